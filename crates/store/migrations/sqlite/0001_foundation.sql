-- The keyring, the audit chain and captured files: what both sides have.
-- A migration is never edited after its release; a change is a new file in both folders.

CREATE TABLE keyring (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    number INTEGER NOT NULL,
    master TEXT NOT NULL,
    locked BLOB NOT NULL,
    UNIQUE (purpose, number)
);

CREATE TABLE audit_head (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    CHECK (id = 'head')
);

INSERT INTO audit_head (id, revision, seq, hash)
VALUES ('head', 1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE audit_records (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    body BLOB NOT NULL,
    personal BLOB
);

CREATE TABLE audit_checkpoints (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    line TEXT NOT NULL
);

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL
);

CREATE TABLE file_parts (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    file TEXT NOT NULL REFERENCES files (id),
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (file, part)
);

-- A record stays. What may change is its encryption (a rotation) and its personal part (an erasure).
CREATE TRIGGER audit_records_stay BEFORE DELETE ON audit_records
BEGIN SELECT RAISE(ABORT, 'an audit record is never removed'); END;

CREATE TRIGGER audit_records_hold BEFORE UPDATE OF id, revision, seq, hash ON audit_records
BEGIN SELECT RAISE(ABORT, 'an audit record is never changed'); END;

CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE ON audit_checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;

CREATE TRIGGER audit_checkpoints_hold BEFORE UPDATE ON audit_checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
