-- Continuous screening: what people are told and has not reached them yet, how scheduled runs ended, and changes of customers
-- that other programs told of.

CREATE TABLE outbox (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    recipient BYTEA NOT NULL,
    recipient_index TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    due_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX outbox_by_state ON outbox (state, due_at);

CREATE TABLE followers (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL
);

CREATE TABLE schedule_runs (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    schedule BYTEA NOT NULL,
    schedule_index TEXT COLLATE "C" NOT NULL,
    began_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX schedule_runs_by_schedule ON schedule_runs (schedule_index, began_at);

CREATE TABLE customer_changes (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    sent BYTEA NOT NULL,
    sent_index TEXT COLLATE "C" NOT NULL,
    place BIGINT NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (sent_index)
);

CREATE INDEX customer_changes_by_state ON customer_changes (state, place);
