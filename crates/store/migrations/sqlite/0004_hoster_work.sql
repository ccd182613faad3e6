-- Own secrets; screenings of a hoster, their hits, and decisions on customers; who may log in at the web desk.

CREATE TABLE own_keys (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    kind TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CHECK (kind IN ('decryption', 'receipt', 'snapshot', 'timestamp', 'mark', 'deconfliction'))
);

CREATE TABLE screenings (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    started_at TEXT NOT NULL
);

CREATE TABLE hits (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    screening TEXT NOT NULL REFERENCES screenings (id),
    list TEXT NOT NULL,
    entry TEXT NOT NULL
);

CREATE INDEX hits_by_screening ON hits (screening);

CREATE INDEX hits_by_list_entry ON hits (list, entry);

CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    customer BLOB NOT NULL,
    customer_index TEXT NOT NULL
);

CREATE INDEX decisions_by_customer_index ON decisions (customer_index);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL
);
