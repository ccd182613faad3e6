-- Orders of new customers: what the shop knew, what was checked, and how each ended.

CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    ordered BLOB NOT NULL,
    ordered_index TEXT NOT NULL,
    customer BLOB,
    customer_index TEXT,
    email BLOB,
    email_index TEXT,
    phone BLOB,
    phone_index TEXT,
    received_at TEXT NOT NULL,
    UNIQUE (ordered_index)
);

CREATE INDEX applications_by_state ON applications (state);

CREATE INDEX applications_by_customer_index ON applications (customer_index);

CREATE INDEX applications_by_email_index ON applications (email_index);

CREATE INDEX applications_by_phone_index ON applications (phone_index);
