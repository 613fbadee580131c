-- Version 2. What other trackers call a site belongs to one site: where several had it, the oldest keeps it.

UPDATE sites SET umami_id = NULL WHERE EXISTS (
  SELECT 1 FROM sites older WHERE older.id < sites.id AND older.umami_id = sites.umami_id COLLATE NOCASE);

UPDATE sites SET goatcounter_host = NULL WHERE EXISTS (
  SELECT 1 FROM sites older WHERE older.id < sites.id AND older.goatcounter_host = sites.goatcounter_host COLLATE NOCASE);

CREATE UNIQUE INDEX sites_by_umami_id ON sites (umami_id COLLATE NOCASE);

CREATE UNIQUE INDEX sites_by_goatcounter_host ON sites (goatcounter_host COLLATE NOCASE);
