//! Reading and writing rows of a subject: sealing, look-ups, revisions and the note for the audit chain, once for all.

use std::collections::BTreeMap;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row as _};

use crate::act::Act;
use crate::error::Error;
use crate::keys::Vault;
use crate::seal::{self, Place};
use crate::session::Session;
use crate::tables::{Kind, Table};
use crate::values::{Payload, Revision, Value, Word, check_id, moment};

/// One row of a subject, opened.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) revision: i64,
    pub(crate) state: String,
    /// In the order of the table's own columns.
    pub(crate) values: Vec<Value>,
    pub(crate) payload: Payload,
}

/// A type that is stored as rows of one table.
pub(crate) trait Subject: Sized {
    const TABLE: &'static Table;
    fn to_row(&self) -> Row;
    fn from_row(row: Row) -> Result<Self, Error>;
}

/// What is bound to one place of a statement.
#[derive(Clone)]
pub(crate) enum Cell {
    Text(Option<String>),
    Number(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(Some(text.clone())),
            Value::Number(number) => Self::Number(Some(*number)),
            Value::Nothing => Self::Text(None),
        }
    }
}

pub(crate) type Asked = Query<'static, Any, AnyArguments>;

/// The one place where the store hands SQL to the driver. Texts are put together from names in this crate's code
/// only; values are always bound.
pub(crate) fn ask(sql: String, cells: Vec<Cell>) -> Asked {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for cell in cells {
        query = match cell {
            Cell::Text(text) => query.bind(text),
            Cell::Number(number) => query.bind(number),
            Cell::Bytes(bytes) => query.bind(bytes),
        };
    }
    query
}

/// Stores a new row.
pub(crate) async fn add<T: Subject>(act: &mut Act, subject: &T) -> Result<Revision, Error> {
    let (table, mut row) = (T::TABLE, subject.to_row());
    check_id(table.kind, &row.id)?;
    row.revision = 1;
    let cells = cells_of(table, &row, &act.vault, &moment(act.at()));
    ask(table.insert(), cells)
        .execute(act.conn())
        .await
        .map_err(|error| Error::of_row(table.kind, &row.id, "store a new row", error))?;
    let after = state_hash(table, &row, &act.vault);
    act.touch(table.kind, &row.id, None, Some(after));
    Ok(Revision(1))
}

/// Stores several new rows with one statement; an empty slice is nothing to do.
pub(crate) async fn add_all<T: Subject>(act: &mut Act, subjects: &[T]) -> Result<(), Error> {
    let table = T::TABLE;
    for some in subjects.chunks(AT_ONCE) {
        let (mut cells, mut afters) = (Vec::new(), Vec::new());
        for subject in some {
            let mut row = subject.to_row();
            check_id(table.kind, &row.id)?;
            row.revision = 1;
            cells.extend(cells_of(table, &row, &act.vault, &moment(act.at())));
            afters.push((state_hash(table, &row, &act.vault), row.id));
        }
        ask(table.insert_of(some.len()), cells)
            .execute(act.conn())
            .await
            .map_err(|error| Error::from_sqlx("store new rows", error))?;
        for (after, id) in afters {
            act.touch(table.kind, &id, None, Some(after));
        }
    }
    Ok(())
}

/// Rows of one statement: far below the 32,766 values that SQLite and the 65,535 that PostgreSQL take in one.
pub(crate) const AT_ONCE: usize = 200;

/// Stores a changed row, if nobody else changed it since its revision was read.
pub(crate) async fn change<T: Subject>(act: &mut Act, subject: &T) -> Result<Revision, Error> {
    let (table, row) = (T::TABLE, subject.to_row());
    let before = seen::<T>(act, &row.id, row.revision).await?;
    write(act, table, row, before).await
}

/// Stores changed rows, if nobody else changed one since its revision was read.
pub(crate) async fn change_all<T: Subject>(act: &mut Act, subjects: &[T]) -> Result<(), Error> {
    let table = T::TABLE;
    for some in subjects.chunks(AT_ONCE) {
        let rows: Vec<Row> = some.iter().map(Subject::to_row).collect();
        let ids: Vec<Value> = rows.iter().map(|row| Value::Text(row.id.clone())).collect();
        let stored =
            select(act, table, &among("id", ids.len()), ids.iter().map(Cell::from).collect()).await?;
        let mut befores: BTreeMap<String, Row> =
            stored.into_iter().map(|row| (row.id.clone(), row)).collect();
        for row in rows {
            let stored = befores.remove(&row.id);
            let stored = stored.ok_or_else(|| Error::NotFound { kind: table.kind, id: row.id.clone() })?;
            let before = unchanged(table, &stored, row.revision, act)?;
            write(act, table, row, before).await?;
        }
    }
    Ok(())
}

/// `column IN ($1, $2 ...)` for so many values.
pub(crate) fn among(column: &str, count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${place}")).collect();
    format!("{column} IN ({})", places.join(", "))
}

async fn write(
    act: &mut Act,
    table: &'static Table,
    mut row: Row,
    before: String,
) -> Result<Revision, Error> {
    row.revision += 1;
    let stored = table.stored_columns();
    let sets: Vec<String> =
        stored.iter().skip(1).zip(2..).map(|((name, _), place)| format!("{name} = ${place}")).collect();
    let sql = format!("UPDATE {} SET {} WHERE id = $1", table.name, sets.join(", "));
    ask(sql, cells_of(table, &row, &act.vault, &moment(act.at())))
        .execute(act.conn())
        .await
        .map_err(|error| Error::of_row(table.kind, &row.id, "store a changed row", error))?;
    let after = state_hash(table, &row, &act.vault);
    act.touch(table.kind, &row.id, Some(before), Some(after));
    Ok(Revision(row.revision))
}

/// Removes a row, if nobody else changed it since its revision was read.
pub(crate) async fn remove<T: Subject>(act: &mut Act, id: &str, revision: Revision) -> Result<(), Error> {
    let table = T::TABLE;
    let before = seen::<T>(act, id, revision.0).await?;
    ask(format!("DELETE FROM {} WHERE id = $1", table.name), vec![Cell::Text(Some(id.to_owned()))])
        .execute(act.conn())
        .await
        .map_err(|error| Error::of_row(table.kind, id, "remove a row", error))?;
    act.touch(table.kind, id, Some(before), None);
    Ok(())
}

/// The hash of the stored state, if its revision is the one that the caller saw.
async fn seen<T: Subject>(act: &mut Act, id: &str, revision: i64) -> Result<String, Error> {
    let table = T::TABLE;
    let row = one_row(act, table, id).await?;
    let row = row.ok_or_else(|| Error::NotFound { kind: table.kind, id: id.to_owned() })?;
    unchanged(table, &row, revision, act)
}

/// The hash of a stored row, if its revision is the one that the caller saw.
fn unchanged(table: &'static Table, stored: &Row, seen: i64, act: &Act) -> Result<String, Error> {
    if stored.revision != seen {
        let id = stored.id.clone();
        return Err(Error::Conflict { kind: table.kind, id, seen, stored: stored.revision });
    }
    Ok(state_hash(table, stored, &act.vault))
}

pub(crate) async fn one<T: Subject>(session: &mut impl Session, id: &str) -> Result<Option<T>, Error> {
    one_row(session, T::TABLE, id).await?.map(T::from_row).transpose()
}

async fn one_row(session: &mut impl Session, table: &'static Table, id: &str) -> Result<Option<Row>, Error> {
    Ok(select(session, table, "id = $1", vec![Cell::Text(Some(id.to_owned()))]).await?.pop())
}

/// All rows for which `condition` holds, in the order of their ids.
pub(crate) async fn those<T: Subject>(
    session: &mut impl Session,
    condition: &str,
    values: &[Value],
) -> Result<Vec<T>, Error> {
    let rows = select(session, T::TABLE, condition, values.iter().map(Cell::from).collect()).await?;
    rows.into_iter().map(T::from_row).collect()
}

/// The ids of all rows, without opening any.
pub(crate) async fn ids<T: Subject>(session: &mut impl Session) -> Result<Vec<String>, Error> {
    let sql = format!("SELECT id FROM {} ORDER BY id", T::TABLE.name);
    let rows = fetch(session.parts().conn, sql, Vec::new(), "list ids").await?;
    rows.iter()
        .map(|row| row.try_get(0).map_err(|error| Error::from_sqlx("understand an id", error)))
        .collect()
}

/// All rows whose confidential column has exactly this value, found by its blind index.
pub(crate) async fn with_secret<T: Subject>(
    session: &mut impl Session,
    column: &str,
    value: &str,
) -> Result<Vec<T>, Error> {
    let index = session.parts().vault.lookup(T::TABLE.name, column, value);
    those(session, &format!("{column}_index = $1"), &[Value::Text(index)]).await
}

/// All rows whose confidential column has one of these values.
pub(crate) async fn with_secrets<T: Subject>(
    session: &mut impl Session,
    column: &str,
    values: &[String],
) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    for some in values.chunks(AT_ONCE) {
        let vault = session.parts().vault;
        let indexes = some.iter().map(|value| Value::Text(vault.lookup(T::TABLE.name, column, value)));
        let indexes: Vec<Value> = indexes.collect();
        let condition = among(&format!("{column}_index"), indexes.len());
        found.extend(those::<T>(session, &condition, &indexes).await?);
    }
    Ok(found)
}

/// All rows with one of these ids.
pub(crate) async fn with_ids<T: Subject>(
    session: &mut impl Session,
    ids: &[String],
) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let values: Vec<Value> = some.iter().map(|id| Value::Text(id.clone())).collect();
        found.extend(those::<T>(session, &among("id", values.len()), &values).await?);
    }
    Ok(found)
}

pub(crate) async fn count(
    session: &mut impl Session,
    table: &Table,
    condition: &str,
    values: &[Value],
) -> Result<u64, Error> {
    let sql = format!("SELECT COUNT(*) FROM {} WHERE {condition}", table.name);
    let row = ask(sql, values.iter().map(Cell::from).collect())
        .fetch_one(session.parts().conn)
        .await
        .map_err(|error| Error::from_sqlx("count rows", error))?;
    let count: i64 = row.try_get(0).map_err(|error| Error::from_sqlx("count rows", error))?;
    Ok(count.unsigned_abs())
}

pub(crate) async fn select(
    session: &mut impl Session,
    table: &'static Table,
    condition: &str,
    cells: Vec<Cell>,
) -> Result<Vec<Row>, Error> {
    let parts = session.parts();
    let sql = format!("SELECT {} FROM {} WHERE {condition} ORDER BY id", table.column_list(), table.name);
    let rows = fetch(parts.conn, sql, cells, "read rows").await?;
    rows.iter().map(|row| opened(table, &stored_cells(table, row)?, parts.vault)).collect()
}

pub(crate) async fn fetch(
    conn: &mut AnyConnection,
    sql: String,
    cells: Vec<Cell>,
    doing: &'static str,
) -> Result<Vec<AnyRow>, Error> {
    ask(sql, cells).fetch_all(conn).await.map_err(|error| Error::from_sqlx(doing, error))
}

/// The cells of a row as they stand in the database, in the order of `stored_columns`.
pub(crate) fn stored_cells(table: &Table, row: &AnyRow) -> Result<Vec<Cell>, Error> {
    let cell = |(place, (_, kind)): (usize, (String, Kind))| {
        match kind {
            Kind::Number => row.try_get(place).map(Cell::Number),
            Kind::Bytes => row.try_get(place).map(Cell::Bytes),
            _ => row.try_get(place).map(Cell::Text),
        }
        .map_err(|error| Error::from_sqlx("understand a row", error))
    };
    table.stored_columns().into_iter().enumerate().map(cell).collect()
}

/// A row as it will stand in the database.
fn cells_of(table: &Table, row: &Row, vault: &Vault, changed_at: &str) -> Vec<Cell> {
    let place = |column| Place { table: table.name, column, row: &row.id, revision: row.revision };
    let sealed = |column, plain: &[u8]| Cell::Bytes(Some(seal::seal(vault, place(column), plain)));
    let mut cells = vec![
        Cell::Text(Some(row.id.clone())),
        Cell::Number(Some(row.revision)),
        Cell::Text(Some(row.state.clone())),
        Cell::Text(Some(changed_at.to_owned())),
        sealed("payload", row.payload.bytes()),
    ];
    for (column, value) in table.columns.iter().zip(&row.values) {
        match (column.kind, value) {
            (Kind::Secret, Value::Text(text)) => {
                cells.push(sealed(column.name, text.as_bytes()));
                cells.push(Cell::Text(Some(vault.lookup(table.name, column.name, text))));
            }
            (Kind::Secret, _) => cells.extend([Cell::Bytes(None), Cell::Text(None)]),
            (Kind::Number, Value::Nothing) => cells.push(Cell::Number(None)),
            _ => cells.push(Cell::from(value)),
        }
    }
    cells
}

/// A stored row, opened.
pub(crate) fn opened(table: &'static Table, cells: &[Cell], vault: &Vault) -> Result<Row, Error> {
    let mut cells = cells.iter();
    let id = text(cells.next()).unwrap_or_default();
    let revision = number(cells.next()).unwrap_or_default();
    let wrong =
        |column: &str| Error::BadValue { kind: table.kind, id: id.clone(), column: column.to_owned() };
    let open = |column, cell: Option<&Cell>| open_cell(table, &id, revision, column, cell, vault);
    let state = text(cells.next()).ok_or_else(|| wrong("state"))?;
    let _changed_at = cells.next();
    let payload = open("payload", cells.next())?.ok_or_else(|| wrong("payload"))?;
    let mut values = Vec::with_capacity(table.columns.len());
    for column in table.columns {
        let cell = cells.next();
        values.push(match column.kind {
            Kind::Secret => {
                let _index = cells.next();
                match open(column.name, cell)? {
                    Some(plain) => {
                        Value::Text(String::from_utf8(plain.to_vec()).map_err(|_| wrong(column.name))?)
                    }
                    None => Value::Nothing,
                }
            }
            Kind::Number => number(cell).map_or(Value::Nothing, Value::Number),
            _ => text(cell).map_or(Value::Nothing, Value::Text),
        });
    }
    Ok(Row { id: id.clone(), revision, state, values, payload: Payload::new(payload.to_vec()) })
}

/// Opens the sealed bytes of one cell; nothing if the cell is empty.
pub(crate) fn open_cell(
    table: &'static Table,
    id: &str,
    revision: i64,
    column: &'static str,
    cell: Option<&Cell>,
    vault: &Vault,
) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, Error> {
    let Some(Cell::Bytes(Some(sealed))) = cell else { return Ok(None) };
    let place = Place { table: table.name, column, row: id, revision };
    let unreadable = || Error::Unreadable { kind: table.kind, id: id.to_owned(), column: column.to_owned() };
    seal::open(vault, place, sealed).map(Some).ok_or_else(unreadable)
}

pub(crate) fn text(cell: Option<&Cell>) -> Option<String> {
    match cell {
        Some(Cell::Text(text)) => text.clone(),
        _ => None,
    }
}

pub(crate) fn number(cell: Option<&Cell>) -> Option<i64> {
    match cell {
        Some(Cell::Number(number)) => *number,
        _ => None,
    }
}

/// What the audit chain says of a row's state: everything that is in it, but not when it was written.
pub(crate) fn state_hash(table: &Table, row: &Row, vault: &Vault) -> String {
    let revision = row.revision.to_string();
    let values: Vec<String> = row
        .values
        .iter()
        .map(|value| match value {
            Value::Text(text) => format!("t{text}"),
            Value::Number(number) => format!("n{number}"),
            Value::Nothing => "-".to_owned(),
        })
        .collect();
    let mut parts: Vec<&[u8]> =
        vec![table.kind.as_bytes(), row.id.as_bytes(), revision.as_bytes(), row.state.as_bytes()];
    parts.extend(values.iter().map(String::as_bytes));
    parts.push(row.payload.bytes());
    vault.state_hash(&parts)
}

/// The word of a stored state.
pub(crate) fn state_of(kind: &'static str, row: &Row) -> Result<Word, Error> {
    Word::new(&row.state).map_err(|_| Error::BadValue {
        kind,
        id: row.id.clone(),
        column: "state".to_owned(),
    })
}

/// A subject: its struct, its table, and the way between them.
///
/// `columns` are what can be asked for; all else of the subject is in the payload. `text` and `number` stand plain,
/// `secret` is sealed and found by its exact value.
macro_rules! subject {
    (
        $(#[$doc:meta])*
        $name:ident, $id:ty, $table:ident = $sql:literal, $kind:literal,
        { $( $(#[$column_doc:meta])* $column:ident : $column_kind:ident $type:ty ),* $(,)? }
    ) => {
        pub(crate) const $table: $crate::tables::Table = $crate::tables::Table {
            name: $sql,
            kind: $kind,
            subject: true,
            columns: &[$(
                $crate::tables::Column {
                    name: stringify!($column),
                    kind: $crate::rows::subject!(@kind $column_kind),
                },
            )*],
        };

        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name {
            pub id: $id,
            $( $(#[$column_doc])* pub $column: $type, )*
            pub state: $crate::Word,
            pub payload: $crate::Payload,
            /// [`Revision::NEW`](crate::Revision::NEW) before it is stored; then the one that was read.
            pub revision: $crate::Revision,
        }

        /// Shows id, state and revision only.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({}, {}, r{})", stringify!($name), self.id, self.state, self.revision.number())
            }
        }

        impl $crate::rows::Subject for $name {
            const TABLE: &'static $crate::tables::Table = &$table;

            fn to_row(&self) -> $crate::rows::Row {
                $crate::rows::Row {
                    id: self.id.to_string(),
                    revision: self.revision.number(),
                    state: self.state.to_string(),
                    values: vec![$( $crate::values::Field::to_value(&self.$column) ),*],
                    payload: self.payload.clone(),
                }
            }

            fn from_row(row: $crate::rows::Row) -> Result<Self, $crate::Error> {
                let state = $crate::rows::state_of($kind, &row)?;
                let (id, revision) = (row.id, $crate::values::Revision(row.revision));
                let mut values = row.values.into_iter();
                let _ = &mut values;
                $(
                    let $column = values
                        .next()
                        .and_then($crate::values::Field::from_value)
                        .ok_or_else(|| $crate::Error::BadValue {
                            kind: $kind,
                            id: id.clone(),
                            column: stringify!($column).to_owned(),
                        })?;
                )*
                let id = <$id as $crate::values::Field>::from_value($crate::values::Value::Text(id))
                    .expect("an id is text");
                Ok(Self { id, $($column,)* state, payload: row.payload, revision })
            }
        }
    };
    (@kind text) => { $crate::tables::Kind::Text };
    (@kind number) => { $crate::tables::Kind::Number };
    (@kind secret) => { $crate::tables::Kind::Secret };
}
pub(crate) use subject;

/// What is bound for a value of a column.
pub(crate) fn value(field: &impl crate::values::Field) -> Value {
    field.to_value()
}
