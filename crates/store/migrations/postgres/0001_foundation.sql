-- The keyring, the audit chain and captured files: what both sides have.
-- A migration is never edited after its release; a change is a new file in both folders.

CREATE TABLE keyring (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    master TEXT COLLATE "C" NOT NULL,
    locked BYTEA NOT NULL,
    UNIQUE (purpose, number)
);

CREATE TABLE audit_head (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    CHECK (id = 'head')
);

INSERT INTO audit_head (id, revision, seq, hash)
VALUES ('head', 1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE audit_records (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    seq BIGINT NOT NULL UNIQUE,
    hash TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    personal BYTEA
);

CREATE TABLE audit_checkpoints (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    line TEXT COLLATE "C" NOT NULL
);

CREATE TABLE files (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 BYTEA NOT NULL
);

CREATE TABLE file_parts (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    file TEXT COLLATE "C" NOT NULL REFERENCES files (id),
    part BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    UNIQUE (file, part)
);

-- A record stays. What may change is its encryption (a rotation) and its personal part (an erasure).
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'an audit record or checkpoint is never changed or removed'; END $$;

CREATE TRIGGER audit_records_stay BEFORE DELETE ON audit_records
FOR EACH ROW EXECUTE FUNCTION audit_stays();

CREATE TRIGGER audit_records_hold BEFORE UPDATE OF id, revision, seq, hash ON audit_records
FOR EACH ROW EXECUTE FUNCTION audit_stays();

CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE OR UPDATE ON audit_checkpoints
FOR EACH ROW EXECUTE FUNCTION audit_stays();
