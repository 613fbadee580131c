-- Version 16. What does not count is kept whole, but for addresses and agents, so that it can count after all, and within bounds.

ALTER TABLE filtered_events ADD COLUMN day INTEGER NOT NULL DEFAULT 0; -- of the ledger, days since 1970-01-01

ALTER TABLE filtered_events ADD COLUMN visitor TEXT;

ALTER TABLE filtered_events ADD COLUMN event TEXT; -- what is no column, JSON; null: of before, and not known any more

ALTER TABLE filtered_events ADD COLUMN bytes INTEGER NOT NULL DEFAULT 100; -- about what it takes

CREATE INDEX filtered_events_by_site ON filtered_events (site_id);

CREATE INDEX filtered_events_by_visitor ON filtered_events (site_id, visitor);

CREATE TABLE filtered_bytes (
  site_id INTEGER PRIMARY KEY,
  bytes   INTEGER NOT NULL
);

INSERT INTO filtered_bytes SELECT site_id, sum(bytes) FROM filtered_events GROUP BY site_id;

DROP TABLE IF EXISTS sqlite_stat1;
