-- Version 10. Segments: filters that somebody saved under a name, and links that are locked to one.

CREATE TABLE segments (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id    INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  user_id    INTEGER NOT NULL, -- whose alone; 0: the site's
  name       TEXT    NOT NULL,
  filter     TEXT    NOT NULL, -- query string
  created_at INTEGER NOT NULL,
  UNIQUE (site_id, user_id, name)
);

ALTER TABLE links ADD COLUMN segment_id INTEGER NOT NULL DEFAULT 0; -- 0: none
