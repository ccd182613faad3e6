-- What the issuer stores. Bytes are encrypted; an `..._index` is a keyed hash, by which its column is looked up.

CREATE TABLE people (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    name BYTEA NOT NULL,
    name_index TEXT COLLATE "C" NOT NULL UNIQUE,
    team BYTEA NOT NULL,
    team_index TEXT COLLATE "C" NOT NULL
);

CREATE INDEX people_by_team_index ON people (team_index);

CREATE TABLE person_keys (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    person TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    fingerprint BYTEA NOT NULL,
    fingerprint_index TEXT COLLATE "C" NOT NULL UNIQUE,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C"
);

CREATE INDEX person_keys_by_person ON person_keys (person);

CREATE TABLE entries (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    version BIGINT NOT NULL,
    review_by TEXT COLLATE "C"
);

CREATE INDEX entries_by_state ON entries (state);

CREATE INDEX entries_by_review_by ON entries (review_by);

CREATE TABLE entry_versions (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    entry TEXT COLLATE "C" NOT NULL REFERENCES entries (id),
    number BIGINT NOT NULL,
    maker TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    UNIQUE (entry, number)
);

CREATE TABLE approvals (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    entry TEXT COLLATE "C" NOT NULL REFERENCES entries (id),
    version BIGINT NOT NULL,
    approver TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    UNIQUE (entry, version, approver),
    FOREIGN KEY (entry, version) REFERENCES entry_versions (entry, number)
);

CREATE INDEX approvals_by_approver ON approvals (approver);

CREATE TABLE contests (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    entry TEXT COLLATE "C" REFERENCES entries (id),
    handler TEXT COLLATE "C" REFERENCES people (id),
    due_on TEXT COLLATE "C" NOT NULL
);

CREATE INDEX contests_by_entry ON contests (entry);

CREATE INDEX contests_by_state_due_on ON contests (state, due_on);

CREATE TABLE evidence (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    collector TEXT COLLATE "C" NOT NULL REFERENCES people (id)
);

CREATE INDEX evidence_by_state ON evidence (state);

CREATE TABLE evidence_files (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    evidence TEXT COLLATE "C" NOT NULL REFERENCES evidence (id),
    file TEXT COLLATE "C" NOT NULL REFERENCES files (id)
);

CREATE INDEX evidence_files_by_evidence ON evidence_files (evidence);

CREATE INDEX evidence_files_by_file ON evidence_files (file);

CREATE TABLE evidence_links (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    evidence TEXT COLLATE "C" NOT NULL REFERENCES evidence (id),
    entry TEXT COLLATE "C" NOT NULL REFERENCES entries (id),
    UNIQUE (evidence, entry)
);

CREATE INDEX evidence_links_by_entry ON evidence_links (entry);

CREATE TABLE deconfliction_keys (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    handle BYTEA NOT NULL,
    handle_index TEXT COLLATE "C" NOT NULL,
    team BYTEA NOT NULL,
    team_index TEXT COLLATE "C" NOT NULL,
    UNIQUE (handle_index, team_index)
);

CREATE TABLE editions (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    list TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    content_root TEXT COLLATE "C" NOT NULL,
    UNIQUE (list, number)
);

CREATE TABLE partners (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    name BYTEA NOT NULL,
    name_index TEXT COLLATE "C" NOT NULL UNIQUE,
    role TEXT COLLATE "C" NOT NULL,
    CHECK (state IN ('invited', 'enrolled', 'suspended'))
);

CREATE TABLE partner_keys (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    partner TEXT COLLATE "C" NOT NULL REFERENCES partners (id),
    fingerprint BYTEA NOT NULL,
    fingerprint_index TEXT COLLATE "C" NOT NULL UNIQUE
);

CREATE INDEX partner_keys_by_partner ON partner_keys (partner);

CREATE TABLE deliveries (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    partner TEXT COLLATE "C" NOT NULL REFERENCES partners (id),
    edition TEXT COLLATE "C" NOT NULL REFERENCES editions (id),
    content_hash TEXT COLLATE "C" NOT NULL
);

CREATE INDEX deliveries_by_partner ON deliveries (partner);

CREATE INDEX deliveries_by_edition_state ON deliveries (edition, state);

CREATE INDEX deliveries_by_content_hash ON deliveries (content_hash);

CREATE TABLE disclosures (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    partner TEXT COLLATE "C" NOT NULL REFERENCES partners (id),
    edition TEXT COLLATE "C" NOT NULL REFERENCES editions (id),
    content_hash TEXT COLLATE "C" NOT NULL,
    ground BYTEA NOT NULL,
    ground_index TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX disclosures_by_partner ON disclosures (partner);

CREATE INDEX disclosures_by_at ON disclosures (at);

CREATE TABLE acknowledgements (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    delivery TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES deliveries (id)
);

CREATE TABLE reminders (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    partner TEXT COLLATE "C" REFERENCES partners (id),
    due_on TEXT COLLATE "C" NOT NULL
);

CREATE INDEX reminders_by_state_due_on ON reminders (state, due_on);

CREATE TABLE receipts (
    id TEXT COLLATE "C" PRIMARY KEY,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    payload BYTEA NOT NULL,
    partner TEXT COLLATE "C" NOT NULL REFERENCES partners (id),
    edition TEXT COLLATE "C" NOT NULL REFERENCES editions (id),
    UNIQUE (partner, edition)
);

CREATE INDEX receipts_by_edition ON receipts (edition);
