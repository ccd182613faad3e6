//! How much is read before anything is trusted. Each limit is far above what an honest issuer needs.

/// A root with 100 keys has about 20 KiB.
pub const ROOT_BYTES: u64 = 64 * 1024;
/// A timestamp names one file.
pub const TIMESTAMP_BYTES: u64 = 16 * 1024;
/// A snapshot names two files.
pub const SNAPSHOT_BYTES: u64 = 16 * 1024;
/// A list of targets has about 200 bytes for each part.
pub const TARGETS_BYTES: u64 = 64 * 1024;
/// One encrypted part: an edition of 100,000 entries has about 60 MiB.
pub const PART_BYTES: u64 = 128 * 1024 * 1024;
/// A whole delivery in one file.
pub const ONE_FILE_BYTES: u64 = 512 * 1024 * 1024;
/// Files in one archive. A delivery has a dozen; drafts of all partners together have some thousand.
pub const FILES: usize = 20_000;
/// Root versions followed in one go, as TUF 5.3 asks for some limit: four a day for a year would be more.
pub const ROOTS: u64 = 1024;
/// Encrypted parts: statement, edition and attachments.
pub const PARTS: usize = 32;
/// Key files are some hundred bytes.
pub const KEY_FILE_BYTES: usize = 16 * 1024;
/// How far two honest clocks may differ, in seconds.
pub const CLOCK_TOLERANCE_SECONDS: i64 = 600;
