-- Version 5. Days of a site whose time zone has changed: their roll-ups by day are counted anew one at a time, and until then
-- quarters of an hour and rows say what they say.

CREATE TABLE uncounted_days (
  site_id INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  PRIMARY KEY (site_id, day)
) WITHOUT ROWID;
