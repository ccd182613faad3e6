-- What the hoster stores of lists. Nothing here belongs to the issuer.

CREATE TABLE trust_states (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL
);

CREATE TABLE received_deliveries (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    content_hash TEXT COLLATE "C" NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX received_deliveries_by_content_hash ON received_deliveries (content_hash);

CREATE TABLE installed_editions (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    list TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    content_root TEXT COLLATE "C" NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (list, number),
    CHECK (origin IN ('verified', 'unverified'))
);

CREATE TABLE retractions (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    list TEXT COLLATE "C" NOT NULL,
    entry TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL
);

CREATE INDEX retractions_by_list_entry ON retractions (list, entry);

CREATE INDEX retractions_by_state ON retractions (state);
