-- Work at the hoster's desk: what is attached to a customer's file, whose data may not be worked on, and who may use
-- the interface for programs.

CREATE TABLE attachments (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    customer BYTEA NOT NULL,
    customer_index TEXT COLLATE "C" NOT NULL,
    file TEXT COLLATE "C" NOT NULL REFERENCES files (id)
);

CREATE INDEX attachments_by_customer_index ON attachments (customer_index);

CREATE INDEX attachments_by_file ON attachments (file);

CREATE TABLE restrictions (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    customer BYTEA NOT NULL,
    customer_index TEXT COLLATE "C" NOT NULL
);

CREATE INDEX restrictions_by_customer_index ON restrictions (customer_index);

CREATE TABLE tokens (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    person TEXT COLLATE "C" NOT NULL
);
