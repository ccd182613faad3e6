-- A customer base that is kept for screening it again, in parts.

CREATE TABLE bases (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL
);

CREATE TABLE base_parts (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    base TEXT COLLATE "C" NOT NULL REFERENCES bases (id)
);
