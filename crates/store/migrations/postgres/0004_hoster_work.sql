-- Own secrets; screenings of a hoster, their hits, and decisions on customers; who may log in at the web desk.

CREATE TABLE own_keys (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    CHECK (kind IN ('decryption', 'receipt', 'snapshot', 'timestamp', 'mark', 'deconfliction'))
);

CREATE TABLE screenings (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    started_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE hits (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    screening TEXT COLLATE "C" NOT NULL REFERENCES screenings (id),
    list TEXT COLLATE "C" NOT NULL,
    entry TEXT COLLATE "C" NOT NULL
);

CREATE INDEX hits_by_screening ON hits (screening);

CREATE INDEX hits_by_list_entry ON hits (list, entry);

CREATE TABLE decisions (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    customer BYTEA NOT NULL,
    customer_index TEXT COLLATE "C" NOT NULL
);

CREATE INDEX decisions_by_customer_index ON decisions (customer_index);

CREATE TABLE accounts (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL
);
