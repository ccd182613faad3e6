//! What a table is made of. Dump, rotation and doctor go through all tables by this list, so none is forgotten.

use crate::hoster;
use crate::issuer;
use crate::own_keys;

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Plain text that may stand in an index: states, ids, days, hashes of what is public to all partners.
    Text,
    Number,
    /// Confidential text that is looked up by its exact value: the column is sealed, and beside it `<name>_index`
    /// holds the HMAC of the value.
    Secret,
    /// Confidential bytes, sealed.
    Sealed,
    /// Bytes that are not sealed here: the locked keyring.
    Bytes,
}

#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// Every table has `id` (text, primary key) and `revision` (number) before its columns.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The word for one row of it, in errors and in the audit chain.
    pub(crate) kind: &'static str,
    /// Subjects have the columns `state`, `changed_at` and `payload` besides.
    pub(crate) subject: bool,
    pub(crate) columns: &'static [Column],
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

const SUBJECT: &[Column] =
    &[column("state", Kind::Text), column("changed_at", Kind::Text), column("payload", Kind::Sealed)];

pub(crate) const KEYRING: Table = Table {
    name: "keyring",
    kind: "key",
    subject: false,
    columns: &[
        column("purpose", Kind::Text),
        column("number", Kind::Number),
        column("master", Kind::Text),
        column("locked", Kind::Bytes),
    ],
};
pub(crate) const AUDIT_HEAD: Table = Table {
    name: "audit_head",
    kind: "audit head",
    subject: false,
    columns: &[column("seq", Kind::Number), column("hash", Kind::Text)],
};
pub(crate) const AUDIT_RECORDS: Table = Table {
    name: "audit_records",
    kind: "audit record",
    subject: false,
    columns: &[
        column("seq", Kind::Number),
        column("hash", Kind::Text),
        column("body", Kind::Sealed),
        column("personal", Kind::Sealed),
    ],
};
pub(crate) const AUDIT_CHECKPOINTS: Table = Table {
    name: "audit_checkpoints",
    kind: "audit checkpoint",
    subject: false,
    columns: &[column("seq", Kind::Number), column("line", Kind::Text)],
};
pub(crate) const FILES: Table = Table {
    name: "files",
    kind: "file",
    subject: false,
    columns: &[column("size_bytes", Kind::Number), column("sha256", Kind::Sealed)],
};
pub(crate) const FILE_PARTS: Table = Table {
    name: "file_parts",
    kind: "file part",
    subject: false,
    columns: &[column("file", Kind::Text), column("part", Kind::Number), column("bytes", Kind::Sealed)],
};

const FOUNDATION: &[&Table] =
    &[&KEYRING, &AUDIT_HEAD, &AUDIT_RECORDS, &AUDIT_CHECKPOINTS, &FILES, &FILE_PARTS, &own_keys::OWN_KEYS];

/// All tables; what others point to comes first.
pub(crate) fn all() -> impl Iterator<Item = &'static Table> {
    FOUNDATION.iter().chain(issuer::TABLES).chain(hoster::TABLES).copied()
}

impl Table {
    /// The columns of the table behind `id` and `revision`, as the program sees them.
    pub(crate) fn all_columns(&self) -> impl Iterator<Item = Column> {
        let subject: &[Column] = if self.subject { SUBJECT } else { &[] };
        subject.iter().chain(self.columns).copied()
    }

    /// The columns as they stand in the database, with what they hold there: text, number or bytes.
    pub(crate) fn stored_columns(&self) -> Vec<(String, Kind)> {
        let mut stored = vec![("id".to_owned(), Kind::Text), ("revision".to_owned(), Kind::Number)];
        for column in self.all_columns() {
            let kind = match column.kind {
                Kind::Secret | Kind::Sealed => Kind::Bytes,
                kind => kind,
            };
            stored.push((column.name.to_owned(), kind));
            if column.kind == Kind::Secret {
                stored.push((format!("{}_index", column.name), Kind::Text));
            }
        }
        stored
    }

    pub(crate) fn sealed_columns(&self) -> Vec<&'static str> {
        let sealed = |column: &Column| matches!(column.kind, Kind::Secret | Kind::Sealed);
        self.all_columns().filter(sealed).map(|column| column.name).collect()
    }

    /// `a, b, c` of all stored columns.
    pub(crate) fn column_list(&self) -> String {
        self.stored_columns().into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn insert(&self) -> String {
        self.insert_of(1)
    }

    /// A statement that adds so many rows.
    pub(crate) fn insert_of(&self, rows: usize) -> String {
        let count = self.stored_columns().len();
        let places = |row: usize| {
            let of_row: Vec<String> = (1..=count).map(|n| format!("${}", row * count + n)).collect();
            format!("({})", of_row.join(", "))
        };
        let all: Vec<String> = (0..rows).map(places).collect();
        format!("INSERT INTO {} ({}) VALUES {}", self.name, self.column_list(), all.join(", "))
    }
}
