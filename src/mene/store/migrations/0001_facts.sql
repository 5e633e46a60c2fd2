-- The facts Mene keeps. Every table only ever grows; the picture is derived from them and is not stored.
-- `payload` is the record as JSON, exactly as it was read; the other columns are copies of its values to query by.
-- To change the layout add a file with the next number; never edit one that was released.

CREATE TABLE meta (
    key VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);

-- The bytes as they were fetched or loaded.
CREATE TABLE raw (
    sha256 VARCHAR PRIMARY KEY,
    bytes BLOB NOT NULL
);

CREATE TABLE articles (
    id VARCHAR PRIMARY KEY,         -- SHA-256 of the raw bytes
    url VARCHAR,
    publisher VARCHAR,
    title VARCHAR,
    published_at DATE,
    first_seen DATE NOT NULL,       -- published_at, or the day of recording where the article bears no date
    recorded_at TIMESTAMP NOT NULL, -- UTC
    mene_version VARCHAR NOT NULL,  -- what read it
    model VARCHAR,                  -- the reader model that read it
    payload VARCHAR NOT NULL
);

CREATE TABLE statements (
    id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,      -- order within the article
    published_at DATE,
    first_seen DATE NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    origin VARCHAR,                 -- name of the innermost source
    kind VARCHAR NOT NULL,
    modality VARCHAR NOT NULL,
    factuality DOUBLE NOT NULL,
    payload VARCHAR NOT NULL
);

CREATE TABLE events (
    id VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    first_seen DATE NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    type VARCHAR NOT NULL,
    modality VARCHAR NOT NULL,
    factuality DOUBLE NOT NULL,
    occurred_start DATE,
    occurred_end DATE,
    place_id VARCHAR,
    place VARCHAR,
    actors VARCHAR[] NOT NULL,      -- codebook ids, or names where unresolved
    recipients VARCHAR[] NOT NULL,
    payload VARCHAR NOT NULL
);

-- What was left out of an article, and why.
CREATE TABLE dropped (
    article_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    payload VARCHAR NOT NULL
);

-- The log of custody (Berkeley Protocol): when which bytes came from where, by what means and whose hand.
CREATE TABLE custody (
    ts_utc TIMESTAMP NOT NULL,
    sha256 VARCHAR NOT NULL,
    url VARCHAR,
    how VARCHAR NOT NULL,
    tool_version VARCHAR NOT NULL,
    operator VARCHAR
);
