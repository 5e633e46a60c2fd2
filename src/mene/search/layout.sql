-- The search file: derived from a store, and written anew where it is gone, damaged or of another layout.
-- Days are whole numbers (Python's date.toordinal). `plain` columns hold folded words, one blank between them.

CREATE TABLE about (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT
);

CREATE TABLE outlets (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    plain TEXT NOT NULL
);

CREATE TABLE origins (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    plain TEXT NOT NULL,
    UNIQUE (name, kind)
);

CREATE TABLE places (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,              -- mene.picture.places.place_key
    name TEXT NOT NULL,
    plain TEXT NOT NULL,            -- of the name
    words TEXT NOT NULL,            -- as told, plain
    UNIQUE (key, name, words)
);

CREATE TABLE actors (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,               -- the codebook's, or ''
    name TEXT NOT NULL,
    plain TEXT NOT NULL,            -- of the name
    plain_id TEXT NOT NULL,
    UNIQUE (id, name)
);

-- `number` grows with the day: newest first is backwards. Narrow, for it is looked through; the text stands elsewhere.
CREATE TABLE said (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    article INTEGER NOT NULL,
    outlet INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    day INTEGER,                    -- published, or first seen
    seen INTEGER,                   -- first seen
    kind TEXT NOT NULL,
    modality TEXT NOT NULL,
    copy_of TEXT                    -- the statement that it is folded under
);

CREATE TABLE texts (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL
);

-- The events of a statement; one that tells none has one row, with its own modality and day.
CREATE TABLE told (
    said INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id TEXT,
    type TEXT,
    mode TEXT,
    modality TEXT NOT NULL,
    first INTEGER,                  -- first and last day of the event, or the day of the statement
    last INTEGER,
    is_dated INTEGER NOT NULL,      -- whether the days are the event's
    place INTEGER,
    PRIMARY KEY (said, position)
) WITHOUT ROWID;

-- Who takes part in what is told, or says it.
CREATE TABLE parties (
    actor INTEGER NOT NULL,
    said INTEGER NOT NULL,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,             -- actor, recipient, source
    PRIMARY KEY (actor, said, position, role)
) WITHOUT ROWID;

-- The folded words of a statement, and of its article's title. The index alone is kept.
CREATE VIRTUAL TABLE words USING fts5 (
    text, title, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE INDEX said_by_id ON said (id);
CREATE INDEX said_by_copy ON said (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX told_by_type ON told (type, said);
CREATE INDEX told_by_modality ON told (modality, said);
CREATE INDEX told_by_place ON told (place, said);
CREATE INDEX told_by_day ON told (first, last, said);
CREATE INDEX parties_by_told ON parties (said, position);
