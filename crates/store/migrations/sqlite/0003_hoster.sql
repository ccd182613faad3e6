-- What the hoster stores of lists. Nothing here belongs to the issuer.

CREATE TABLE trust_states (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL
);

CREATE TABLE received_deliveries (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
);

CREATE INDEX received_deliveries_by_content_hash ON received_deliveries (content_hash);

CREATE TABLE installed_editions (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    list TEXT NOT NULL,
    number INTEGER NOT NULL,
    content_root TEXT NOT NULL,
    origin TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (list, number),
    CHECK (origin IN ('verified', 'unverified'))
);

CREATE TABLE retractions (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    list TEXT NOT NULL,
    entry TEXT NOT NULL,
    edition INTEGER NOT NULL
);

CREATE INDEX retractions_by_list_entry ON retractions (list, entry);

CREATE INDEX retractions_by_state ON retractions (state);
