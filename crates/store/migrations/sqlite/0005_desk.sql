-- Work at the hoster's desk: what is attached to a customer's file, whose data may not be worked on, and who may use
-- the interface for programs.

CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    customer BLOB NOT NULL,
    customer_index TEXT NOT NULL,
    file TEXT NOT NULL REFERENCES files (id)
);

CREATE INDEX attachments_by_customer_index ON attachments (customer_index);

CREATE INDEX attachments_by_file ON attachments (file);

CREATE TABLE restrictions (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    customer BLOB NOT NULL,
    customer_index TEXT NOT NULL
);

CREATE INDEX restrictions_by_customer_index ON restrictions (customer_index);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    person TEXT NOT NULL
);
