-- Version 12. Funnels: steps that a site wants its visitors to take. They are definitions alone, as goals are.

CREATE TABLE funnels (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name    TEXT    NOT NULL,
  strict  INTEGER NOT NULL, -- 1: each step must be the very next hit
  days    INTEGER NOT NULL, -- for all steps; 0: they must be taken in one visit
  UNIQUE (site_id, name)
);

CREATE TABLE funnel_steps (
  funnel_id INTEGER NOT NULL,
  n         INTEGER NOT NULL, -- from 0
  site_id   INTEGER NOT NULL,
  page      TEXT,             -- pattern of the path; null: any
  event     TEXT,             -- pattern of the event's name; null: page views take it
  props     TEXT    NOT NULL, -- patterns of the event's properties by key, JSON
  goal_id   INTEGER NOT NULL, -- whose completion takes it; 0: of none
  PRIMARY KEY (funnel_id, n)
) WITHOUT ROWID;
