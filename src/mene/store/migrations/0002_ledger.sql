-- The ledger: how every statement is folded and where every event is filed, so that a question reads only what bears
-- on it. All of it is derived from the facts and is written anew where Mene folds otherwise than before.

-- The articles in the order in which they could be known; `day_order` is their order within the day.
CREATE TABLE pages (
    article_id VARCHAR NOT NULL,
    first_seen DATE NOT NULL,
    day_order INTEGER NOT NULL,
    outlet VARCHAR NOT NULL,
    relays VARCHAR[] NOT NULL       -- outlets that it names as its source
);

-- `number` names a statement in the tables below.
CREATE TABLE folds (
    number INTEGER NOT NULL,
    statement_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,      -- order within the article
    is_narrated BOOLEAN NOT NULL,
    origin VARCHAR NOT NULL,        -- the independent origin that it is counted under
    copy_of VARCHAR,                -- the statement that it is folded under
    reason VARCHAR
);

CREATE TABLE shingles (
    shingle BIGINT NOT NULL,
    number INTEGER NOT NULL
);

CREATE TABLE happenings (
    kind BIGINT NOT NULL,           -- type, place and modality of an event
    day INTEGER NOT NULL,
    number INTEGER NOT NULL
);

-- The first statement of each origin: by it the origin has its name and kind.
CREATE TABLE origins (
    origin VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL
);

-- Where each event is filed; the plain name and words of its place are what is asked for where it has no key.
CREATE TABLE filed (
    event_id VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    first_seen DATE NOT NULL,
    type VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,       -- what it tells of: ground, backing, other
    modality VARCHAR NOT NULL,      -- as the picture takes it
    day DATE,                       -- by which it had happened
    ended DATE,                     -- its own last day
    country VARCHAR,
    place_key VARCHAR,
    place_name VARCHAR,
    place_text VARCHAR,
    where_key VARCHAR,              -- where, or by whom to whom, it can be disputed
    backers VARCHAR[] NOT NULL,     -- by all the ways in which they can be asked for; of a backing only
    backed VARCHAR[] NOT NULL,
    part INTEGER NOT NULL           -- by which the whole is drawn piece by piece: one for all that is told of a place
);

-- What each statement says and who says it, in plain words with a blank before and after each.
CREATE TABLE said (
    statement_id VARCHAR NOT NULL,
    first_seen DATE NOT NULL,
    words VARCHAR NOT NULL,
    speaker VARCHAR NOT NULL,
    actor_id VARCHAR
);

CREATE INDEX statements_by_id ON statements (id);
CREATE INDEX events_by_id ON events (id);
CREATE INDEX folds_by_number ON folds (number);
CREATE INDEX folds_by_statement ON folds (statement_id);
CREATE INDEX folds_by_origin ON folds (origin);
CREATE INDEX origins_by_key ON origins (origin);
CREATE INDEX filed_by_place ON filed (place_key);

-- DuckDB scans these in a few milliseconds a million rows.
-- postgresql: CREATE INDEX shingles_by_value ON shingles (shingle);
-- postgresql: CREATE INDEX happenings_by_kind ON happenings (kind, day);
-- postgresql: CREATE INDEX pages_by_day ON pages (first_seen);
-- postgresql: CREATE INDEX pages_by_article ON pages (article_id);
-- postgresql: CREATE INDEX filed_by_article ON filed (article_id);
-- postgresql: CREATE INDEX folds_by_article ON folds (article_id);
