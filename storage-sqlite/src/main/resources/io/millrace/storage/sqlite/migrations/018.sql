-- Version 18. Files of other trackers whose rows were brought in, and the visits that these opened.

CREATE TABLE imports (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id     INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL,
  hash        TEXT NOT NULL,   -- SHA-256 of the file
  started_at  INTEGER NOT NULL,
  finished_at INTEGER NOT NULL, -- 0: it goes on when it is run again
  page_views  INTEGER NOT NULL, -- of the file
  events      INTEGER NOT NULL  -- of the file
);

CREATE INDEX imports_by_site ON imports (site_id, hash);

CREATE TABLE import_visits (
  session_id INTEGER PRIMARY KEY,
  import_id  INTEGER NOT NULL
);

CREATE INDEX import_visits_by_import ON import_visits (import_id);
