-- Continuous screening: what people are told and has not reached them yet, how scheduled runs ended, and changes of customers
-- that other programs told of.

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    recipient BLOB NOT NULL,
    recipient_index TEXT NOT NULL,
    made_at TEXT NOT NULL,
    due_at TEXT NOT NULL
);

CREATE INDEX outbox_by_state ON outbox (state, due_at);

CREATE TABLE followers (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL
);

CREATE TABLE schedule_runs (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    schedule BLOB NOT NULL,
    schedule_index TEXT NOT NULL,
    began_at TEXT NOT NULL
);

CREATE INDEX schedule_runs_by_schedule ON schedule_runs (schedule_index, began_at);

CREATE TABLE customer_changes (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    sent BLOB NOT NULL,
    sent_index TEXT NOT NULL,
    place INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (sent_index)
);

CREATE INDEX customer_changes_by_state ON customer_changes (state, place);
