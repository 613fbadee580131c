-- Version 9. Goals: what a site wants of its visitors. They are definitions alone; what completes them is found in the visits.

CREATE TABLE goals (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name    TEXT    NOT NULL,
  page    TEXT,             -- pattern of the path; null: any
  event   TEXT,             -- pattern of the event's name; null: page views complete it
  props   TEXT    NOT NULL, -- patterns of the event's properties by key, JSON
  scroll  INTEGER NOT NULL, -- percent of the page that must have come into sight
  seconds INTEGER NOT NULL, -- engaged time on the page at least
  UNIQUE (site_id, name)
);
