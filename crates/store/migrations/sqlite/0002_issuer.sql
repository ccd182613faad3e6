-- What the issuer stores. Bytes are encrypted; an `..._index` is a keyed hash, by which its column is looked up.

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    name BLOB NOT NULL,
    name_index TEXT NOT NULL UNIQUE,
    team BLOB NOT NULL,
    team_index TEXT NOT NULL
);

CREATE INDEX people_by_team_index ON people (team_index);

CREATE TABLE person_keys (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    person TEXT NOT NULL REFERENCES people (id),
    fingerprint BLOB NOT NULL,
    fingerprint_index TEXT NOT NULL UNIQUE,
    valid_from TEXT NOT NULL,
    valid_until TEXT
);

CREATE INDEX person_keys_by_person ON person_keys (person);

CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    version INTEGER NOT NULL,
    review_by TEXT
);

CREATE INDEX entries_by_state ON entries (state);

CREATE INDEX entries_by_review_by ON entries (review_by);

CREATE TABLE entry_versions (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    entry TEXT NOT NULL REFERENCES entries (id),
    number INTEGER NOT NULL,
    maker TEXT NOT NULL REFERENCES people (id),
    UNIQUE (entry, number)
);

CREATE TABLE approvals (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    entry TEXT NOT NULL REFERENCES entries (id),
    version INTEGER NOT NULL,
    approver TEXT NOT NULL REFERENCES people (id),
    UNIQUE (entry, version, approver),
    FOREIGN KEY (entry, version) REFERENCES entry_versions (entry, number)
);

CREATE INDEX approvals_by_approver ON approvals (approver);

CREATE TABLE contests (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    entry TEXT REFERENCES entries (id),
    handler TEXT REFERENCES people (id),
    due_on TEXT NOT NULL
);

CREATE INDEX contests_by_entry ON contests (entry);

CREATE INDEX contests_by_state_due_on ON contests (state, due_on);

CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    collector TEXT NOT NULL REFERENCES people (id)
);

CREATE INDEX evidence_by_state ON evidence (state);

CREATE TABLE evidence_files (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    evidence TEXT NOT NULL REFERENCES evidence (id),
    file TEXT NOT NULL REFERENCES files (id)
);

CREATE INDEX evidence_files_by_evidence ON evidence_files (evidence);

CREATE INDEX evidence_files_by_file ON evidence_files (file);

CREATE TABLE evidence_links (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    evidence TEXT NOT NULL REFERENCES evidence (id),
    entry TEXT NOT NULL REFERENCES entries (id),
    UNIQUE (evidence, entry)
);

CREATE INDEX evidence_links_by_entry ON evidence_links (entry);

CREATE TABLE deconfliction_keys (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    handle BLOB NOT NULL,
    handle_index TEXT NOT NULL,
    team BLOB NOT NULL,
    team_index TEXT NOT NULL,
    UNIQUE (handle_index, team_index)
);

CREATE TABLE editions (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    list TEXT NOT NULL,
    number INTEGER NOT NULL,
    content_root TEXT NOT NULL,
    UNIQUE (list, number)
);

CREATE TABLE partners (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    name BLOB NOT NULL,
    name_index TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    CHECK (state IN ('invited', 'enrolled', 'suspended'))
);

CREATE TABLE partner_keys (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    partner TEXT NOT NULL REFERENCES partners (id),
    fingerprint BLOB NOT NULL,
    fingerprint_index TEXT NOT NULL UNIQUE
);

CREATE INDEX partner_keys_by_partner ON partner_keys (partner);

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    partner TEXT NOT NULL REFERENCES partners (id),
    edition TEXT NOT NULL REFERENCES editions (id),
    content_hash TEXT NOT NULL
);

CREATE INDEX deliveries_by_partner ON deliveries (partner);

CREATE INDEX deliveries_by_edition_state ON deliveries (edition, state);

CREATE INDEX deliveries_by_content_hash ON deliveries (content_hash);

CREATE TABLE disclosures (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    partner TEXT NOT NULL REFERENCES partners (id),
    edition TEXT NOT NULL REFERENCES editions (id),
    content_hash TEXT NOT NULL,
    ground BLOB NOT NULL,
    ground_index TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE INDEX disclosures_by_partner ON disclosures (partner);

CREATE INDEX disclosures_by_at ON disclosures (at);

CREATE TABLE acknowledgements (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    delivery TEXT NOT NULL UNIQUE REFERENCES deliveries (id)
);

CREATE TABLE reminders (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    partner TEXT REFERENCES partners (id),
    due_on TEXT NOT NULL
);

CREATE INDEX reminders_by_state_due_on ON reminders (state, due_on);

CREATE TABLE receipts (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    partner TEXT NOT NULL REFERENCES partners (id),
    edition TEXT NOT NULL REFERENCES editions (id),
    UNIQUE (partner, edition)
);

CREATE INDEX receipts_by_edition ON receipts (edition);
