-- A customer base that is kept for screening it again, in parts.

CREATE TABLE bases (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL
);

CREATE TABLE base_parts (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    base TEXT NOT NULL REFERENCES bases (id)
);
