-- Orders of new customers: what the shop knew, what was checked, and how each ended.

CREATE TABLE applications (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    ordered BYTEA NOT NULL,
    ordered_index TEXT COLLATE "C" NOT NULL,
    customer BYTEA,
    customer_index TEXT COLLATE "C",
    email BYTEA,
    email_index TEXT COLLATE "C",
    phone BYTEA,
    phone_index TEXT COLLATE "C",
    received_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (ordered_index)
);

CREATE INDEX applications_by_state ON applications (state);

CREATE INDEX applications_by_customer_index ON applications (customer_index);

CREATE INDEX applications_by_email_index ON applications (email_index);

CREATE INDEX applications_by_phone_index ON applications (phone_index);
