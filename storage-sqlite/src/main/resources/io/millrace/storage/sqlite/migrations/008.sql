-- Version 8. The indexes by time are for repeats alone now: they need no site, and a slot's number as four bytes. What asks for
-- the conversions of an affiliate asks for its site's.

DROP INDEX page_views_by_time;

CREATE INDEX page_views_by_time ON page_views (time / 100 & 2147483647, substr(event_id, -2));

DROP INDEX events_by_time;

CREATE INDEX events_by_time ON events (time / 100 & 2147483647, substr(event_id, -2));

DROP INDEX conversions_by_affiliate;

DROP TABLE IF EXISTS sqlite_stat1;
