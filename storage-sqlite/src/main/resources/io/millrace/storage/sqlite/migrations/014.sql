-- Version 14. Annotations: what people noted of a site, for moments of its graph.

CREATE TABLE annotations (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  time    INTEGER NOT NULL, -- that it is about
  text    TEXT    NOT NULL,
  author  TEXT    NOT NULL  -- for people
);

CREATE INDEX annotations_by_time ON annotations (site_id, time);
