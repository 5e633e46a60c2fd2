-- What an article was kept as, so that a later change of any of it shows (`mene store check`).

CREATE TABLE seals (
    article_id VARCHAR PRIMARY KEY,
    raw_sha256 VARCHAR NOT NULL,    -- the bytes that it was read from
    sha256 VARCHAR NOT NULL         -- of the article with all that was read from it, as an export has it
);

-- DuckDB finds an article's rows by scanning columns, and an index would slow it down; PostgreSQL needs one.
-- postgresql: CREATE INDEX statements_of_article ON statements (article_id);
-- postgresql: CREATE INDEX events_of_article ON events (article_id);
-- postgresql: CREATE INDEX dropped_of_article ON dropped (article_id);
-- postgresql: CREATE INDEX custody_of_raw ON custody (sha256);
