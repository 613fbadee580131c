-- Version 6. Packs: visits with their hits as columns, a derived copy of the rows that questions read. A visit may be in several
-- and counts in the one in which it is not among the superseded.

CREATE TABLE packs (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id    INTEGER NOT NULL,
  day        INTEGER NOT NULL, -- days since 1970-01-01 in UTC on which its visits started
  format     INTEGER NOT NULL,
  visits     INTEGER NOT NULL,
  hits       INTEGER NOT NULL,
  first_id   INTEGER NOT NULL, -- of its visits
  last_id    INTEGER NOT NULL,
  earliest   INTEGER NOT NULL, -- start or hit
  latest     INTEGER NOT NULL,
  early      INTEGER NOT NULL, -- 1: some hit lies before the start of its visit
  superseded BLOB              -- visits that do not count here, less first_id: a RoaringBitmap; null: none
);

CREATE INDEX packs_by_day ON packs (site_id, day);

CREATE TABLE pack_columns (
  id   INTEGER PRIMARY KEY, -- packs.id * 32 + number of the column; 31: property sets, a line each, deflated
  data BLOB NOT NULL
);

-- Days in UTC on which visits started that are not all in packs as they are now.
CREATE TABLE unpacked_days (
  site_id   INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  rows_only INTEGER NOT NULL, -- 1: whatever packs it has, only the rows are right
  changed   BLOB,             -- 0: visits whose rows are newer than the packs, a Roaring64Bitmap; null: only the server knows
  PRIMARY KEY (site_id, day)
) WITHOUT ROWID;

INSERT INTO unpacked_days
SELECT DISTINCT site_id, started_at / 86400000 - (started_at % 86400000 < 0), 1, NULL FROM sessions;

CREATE INDEX packs_to_rewrite ON packs (site_id, day) WHERE superseded IS NOT NULL;

CREATE TRIGGER packs_deleted AFTER DELETE ON packs BEGIN DELETE FROM pack_columns
  WHERE id BETWEEN old.id * 32 AND old.id * 32 + 31; END;
