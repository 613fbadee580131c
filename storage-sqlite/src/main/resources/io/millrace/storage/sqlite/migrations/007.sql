-- Version 7. Rows may go before packs do. The instants take the place of a day, which is another one in another time zone; the day is
-- taken for the latest that it can be.

CREATE TABLE pruned_sites (
  site_id    INTEGER PRIMARY KEY,
  rows_from  INTEGER NOT NULL, -- UTC milliseconds: visits that ended before have no rows, or soon will not
  packs_from INTEGER           -- the same of packs: before it only roll-ups are left; null: there are all
);

INSERT INTO pruned_sites
SELECT id, (unixepoch(rows_complete_from) + 43200) * 1000, (unixepoch(rows_complete_from) + 43200) * 1000
FROM sites WHERE rows_complete_from IS NOT NULL;

ALTER TABLE sites DROP COLUMN rows_complete_from;

-- Visitors who are in packs only.
CREATE TABLE packed_visitors (
  site_id INTEGER NOT NULL,
  key     INTEGER NOT NULL, -- what a name of 16 hexadecimal digits writes; of any other, the first 8 bytes of its SHA-256
  id      INTEGER NOT NULL, -- the number that packs and sets of visitors have of them
  day     INTEGER NOT NULL, -- days since 1970-01-01 in UTC of the last visit
  PRIMARY KEY (site_id, key)
) WITHOUT ROWID;
