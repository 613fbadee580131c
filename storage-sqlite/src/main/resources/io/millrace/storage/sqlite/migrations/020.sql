-- Version 20. Rules by which events of a site do not count, with what they left out last.

CREATE TABLE exclusions (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id INTEGER NOT NULL,
  kind    TEXT    NOT NULL, -- address, hostname, path, country, query, agent
  pattern TEXT    NOT NULL, -- * is any run of characters
  since   INTEGER NOT NULL, -- when it begins to act
  day     INTEGER NOT NULL DEFAULT 0, -- the latest on which it left something out, days since 1970-01-01
  count   INTEGER NOT NULL DEFAULT 0, -- how much on that day
  UNIQUE (site_id, kind, pattern)
);
