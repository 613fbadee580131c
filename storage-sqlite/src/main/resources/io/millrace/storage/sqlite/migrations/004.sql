-- Version 4. Sites that are removed, and have rows still: they go a few at a time.

CREATE TABLE removed_sites (
  site_id     INTEGER PRIMARY KEY,
  filtered_to INTEGER NOT NULL -- up to this filtered_events.id there are none of the site
);
