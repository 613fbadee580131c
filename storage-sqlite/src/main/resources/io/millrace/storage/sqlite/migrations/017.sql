-- Version 17. What was stored may be withdrawn, so that it counts no more, and come back as it was.

ALTER TABLE filtered_events ADD COLUMN since INTEGER NOT NULL DEFAULT 0; -- from when on it does not count, UTC milliseconds

ALTER TABLE filtered_events ADD COLUMN session_id INTEGER; -- the visit that it counted in; null: it never counted

ALTER TABLE filtered_events ADD COLUMN earlier_visitor TEXT; -- who it was under the salt of the day before

UPDATE filtered_events SET since = time, earlier_visitor = event ->> 'earlier_visitor',
  event = json_remove(event, '$.earlier_visitor');

DROP INDEX filtered_events_by_time;

CREATE INDEX filtered_events_by_since ON filtered_events (since);

CREATE INDEX filtered_events_by_earlier_visitor ON filtered_events (site_id, earlier_visitor)
  WHERE earlier_visitor IS NOT NULL;

-- What is to be withdrawn and is not yet.
CREATE TABLE withdrawals (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id   INTEGER NOT NULL,
  reason    TEXT    NOT NULL,
  from_time INTEGER NOT NULL, -- of the hits, UTC milliseconds
  to_time   INTEGER NOT NULL, -- without it
  visitors  TEXT    NOT NULL, -- those that are left, names of a JSON object; none: all there are
  filters   TEXT    NOT NULL, -- one a line, a JSON object
  at_start  INTEGER NOT NULL, -- how far it is: the start of a visit, and its number
  at_id     INTEGER NOT NULL
);

ALTER TABLE removed_sites DROP COLUMN filtered_to;

DROP TABLE IF EXISTS sqlite_stat1;
