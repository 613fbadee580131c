-- Version 13. What affiliates were paid, and their sales without those of others.

CREATE TABLE payouts (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id      INTEGER NOT NULL,
  affiliate_id INTEGER NOT NULL,
  reference    TEXT    NOT NULL, -- what the payment is known by
  amount       INTEGER NOT NULL, -- minor units
  currency     TEXT    NOT NULL,
  paid_at      INTEGER NOT NULL,
  recorded_at  INTEGER NOT NULL,
  UNIQUE (site_id, affiliate_id, reference)
);

CREATE INDEX conversions_by_affiliate ON conversions (site_id, affiliate_id, occurred_at) WHERE affiliate_id <> 0;

CREATE INDEX refunds_by_conversion ON refunds (conversion_id);

DROP TABLE IF EXISTS sqlite_stat1;
