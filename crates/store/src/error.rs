//! What can go wrong with the database, in words that lead on.
//!
//! Messages name kinds, ids and places, never contents: ids are numbers or random, so they tell nothing.

use thiserror::Error;

/// Why the store could not do what was asked. Whenever one of these comes out of an act, nothing was changed.
#[derive(Debug, Error)]
pub enum Error {
    #[error("the database address begins with `{found}`; expected `sqlite:PATH` or `postgres://...`")]
    UnknownAddress { found: String },
    #[error("the folder `{folder}` of the database file is not there")]
    NoFolder { folder: String },
    #[error("there is no database at `{place}`")]
    NoDatabase { place: String },
    #[error("the database at `{place}` could not be opened")]
    CannotOpen { place: String, source: sqlx::Error },
    #[error("a key is 64 hexadecimal digits; found {found} characters, or others than 0-9 and a-f")]
    BadKey { found: usize },
    #[error("the key does not open this database: it was locked with key {wanted}, the given key is {given}")]
    WrongKey { wanted: String, given: String },
    #[error("the keys of the database were rotated after this program opened it")]
    KeysRotated,
    #[error("the database cannot be written: the file or its folder is read-only")]
    ReadOnly,
    #[error("there is no room left to write; nothing was changed")]
    DiskFull,
    #[error("the database file is damaged, or is not a database")]
    Damaged { source: sqlx::Error },
    #[error("another program is writing to the database and did not finish in time")]
    Busy,
    #[error("{kind} {id} was changed after you opened it: you saw revision {seen}, stored is {stored}")]
    Conflict { kind: &'static str, id: String, seen: i64, stored: i64 },
    #[error("{kind} {id} is already there, or another one has the same unique value")]
    AlreadyThere { kind: &'static str, id: String },
    #[error("there is no {kind} {id}")]
    NotFound { kind: &'static str, id: String },
    #[error("{kind} {id} belongs to, or is used by, something that is not (or still) in the database")]
    BrokenLink { kind: &'static str, id: String },
    #[error("{person} worked on {kind} {id} and can neither approve it nor judge a contest of it")]
    OwnWork { kind: &'static str, id: String, person: String },
    #[error("edition {offered} of list {list} is not newer than edition {installed}, which is installed")]
    NotNewer { list: String, offered: u64, installed: u64 },
    #[error("the id of a {kind} has 1 to 100 characters of a-z, A-Z, 0-9 and `._:-`; this one has not")]
    BadId { kind: &'static str },
    #[error("`{found}` is not a word of 1 to 40 characters of a-z, 0-9, `_` and `-`")]
    BadWord { found: String },
    #[error("the ground of an act has 1 to 300 characters and no line breaks; this one has {length}")]
    BadGround { length: usize },
    #[error(
        "the stored {column} of {kind} {id} does not open: it was damaged, or moved there from elsewhere"
    )]
    Unreadable { kind: &'static str, id: String, column: String },
    #[error("the stored {column} of {kind} {id} is not what this program writes there")]
    BadValue { kind: &'static str, id: String, column: String },
    #[error("the file is {size_bytes} bytes long; at most {limit_bytes} can be kept")]
    FileTooLarge { size_bytes: usize, limit_bytes: usize },
    #[error("the file has SHA-256 {found}, expected {wanted}")]
    OtherFile { wanted: String, found: String },
    #[error("audit record {seq} has no personal part that could be erased")]
    NothingToErase { seq: u64 },
    #[error("the audit chain is broken")]
    AuditBroken(#[from] crate::audit::Break),
    #[error("the signer of the checkpoint failed: {0}")]
    Signer(String),
    #[error("the database has migration {version}, which this program does not know: it is from a newer one")]
    NewerDatabase { version: i64 },
    #[error("migration {version} of the database is not the one that this program has")]
    OtherMigration { version: i64 },
    #[error("the database could not be brought up to date")]
    Migration { source: sqlx::migrate::MigrateError },
    #[error("could not {doing}")]
    Database { doing: &'static str, source: sqlx::Error },
    #[error("could not write the dump")]
    DumpNotWritten { source: std::io::Error },
    #[error("line {line} of the dump: {what}")]
    BadDump { line: usize, what: String },
    #[error("a dump is restored into an empty database; this one already holds {rows} rows of {table}")]
    NotEmpty { table: &'static str, rows: i64 },
}

impl Error {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::UnknownAddress { .. } => {
                "give the address as sqlite:/path/to/file.db or postgres://host/database"
            }
            Self::NoFolder { .. } => "make the folder first, or correct the path",
            Self::NoDatabase { .. } => "correct the address, or set the database up first",
            Self::CannotOpen { .. } => "look whether the server runs and whether you may open the file",
            Self::BadKey { .. } => "look whether the key file is complete",
            Self::WrongKey { .. } => {
                "hand over the key that this database was made with; a copy belongs in the safe"
            }
            Self::KeysRotated => "start the program again with the new key",
            Self::ReadOnly => {
                "look at the rights of the file and its folder, and whether the disk is mounted read-only"
            }
            Self::DiskFull => "make room and do it again",
            Self::Damaged { .. } => {
                "stop, keep the file, and restore the last dump; doctor says what is damaged"
            }
            Self::Busy => "do it again in a moment",
            Self::Conflict { .. } => "load it again, look at what changed, and decide again",
            Self::OwnWork { .. } => "ask somebody who has not worked on it",
            Self::NotNewer { .. } => "ask the issuer for the newest edition",
            Self::Unreadable { .. } | Self::BadValue { .. } => "run doctor and restore the row from a dump",
            Self::AuditBroken(_) => {
                "keep the database and its last export; compare with the signed checkpoints"
            }
            Self::NewerDatabase { .. } => "use the newer program, or restore a dump made before the upgrade",
            Self::OtherMigration { .. } => {
                "use the released program; a migration is never changed after release"
            }
            Self::NothingToErase { .. } => "look which acts have details, and erase these",
            Self::NotEmpty { .. } => "restore into a new file or a new database",
            Self::BadDump { .. } => "take another copy of the dump",
            _ => return None,
        })
    }

    /// What the database said, sorted by what a person can do about it.
    pub(crate) fn from_sqlx(doing: &'static str, source: sqlx::Error) -> Self {
        let kind = match &source {
            sqlx::Error::PoolTimedOut => Kind::Busy,
            sqlx::Error::Database(error) => error.code().as_deref().map_or(Kind::Other, kind_of_code),
            _ => Kind::Other,
        };
        match kind {
            Kind::Full => Self::DiskFull,
            Kind::ReadOnly => Self::ReadOnly,
            Kind::Damaged => Self::Damaged { source },
            Kind::Busy => Self::Busy,
            Kind::Other => Self::Database { doing, source },
        }
    }

    /// As [`Error::from_sqlx`], where a refused row says something about that row.
    pub(crate) fn of_row(kind: &'static str, id: &str, doing: &'static str, source: sqlx::Error) -> Self {
        use sqlx::error::ErrorKind;
        match source.as_database_error().map(sqlx::error::DatabaseError::kind) {
            Some(ErrorKind::UniqueViolation) => Self::AlreadyThere { kind, id: id.to_owned() },
            Some(ErrorKind::ForeignKeyViolation) => Self::BrokenLink { kind, id: id.to_owned() },
            _ => Self::from_sqlx(doing, source),
        }
    }
}

enum Kind {
    Full,
    ReadOnly,
    Damaged,
    Busy,
    Other,
}

/// SQLite gives extended result codes as decimal numbers of up to four digits (<https://sqlite.org/rescode.html>;
/// the low byte is the primary code), PostgreSQL a SQLSTATE of five characters.
fn kind_of_code(code: &str) -> Kind {
    match (code.len(), code) {
        (5, "53100") => Kind::Full,
        (5, "25006") => Kind::ReadOnly,
        (5, "XX001" | "XX002") => Kind::Damaged,
        (5, "55P03" | "40P01" | "40001") => Kind::Busy,
        (5, _) => Kind::Other,
        // 778 is a failed write (SQLITE_IOERR_WRITE): a file size limit or quota, where a full disk would be 13.
        (_, "778") => Kind::Full,
        _ => match code.parse::<u32>().map(|code| code & 0xff) {
            Ok(5 | 6) => Kind::Busy,
            Ok(8) => Kind::ReadOnly,
            Ok(11 | 26) => Kind::Damaged,
            Ok(13) => Kind::Full,
            _ => Kind::Other,
        },
    }
}
