-- Version 3. Days that had more values of a dimension than are kept apart.

CREATE TABLE capped_days (
  site_id   INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  dimension INTEGER NOT NULL, -- dimensions.id
  folded    INTEGER NOT NULL, -- 0: the values are in the rows only; 1: the largest are kept, the rest is (other)
  PRIMARY KEY (site_id, day, dimension)
) WITHOUT ROWID;

-- Until now the first values of a day were kept, not the largest: where there are rows still, they are counted anew.
INSERT INTO capped_days
SELECT v.site_id, v.day, v.dimension, coalesce(date(v.day * 86400, 'unixepoch') < s.rows_complete_from, 0)
FROM day_values v JOIN sites s ON s.id = v.site_id
WHERE v.value_id = 1;
