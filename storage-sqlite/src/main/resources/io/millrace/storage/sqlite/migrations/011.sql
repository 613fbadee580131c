-- Version 11. Payments are refunded in whole or in part, keep the rate of their affiliate, and say with what they were sent. A
-- refund of before has the time of its payment. Days have no revenue, which added amounts of different currencies.

DROP VIEW v_conversions;

CREATE TABLE new_conversions (
  id           INTEGER PRIMARY KEY,
  site_id      INTEGER NOT NULL,
  external_id  TEXT    NOT NULL,
  status       TEXT    NOT NULL, -- completed, refunded: nothing is left of it
  amount       INTEGER NOT NULL, -- what was paid, minor units
  refunded     INTEGER NOT NULL, -- how much of it was paid back, minor units
  currency     TEXT    NOT NULL,
  occurred_at  INTEGER NOT NULL,
  recorded_at  INTEGER NOT NULL,
  visitor_id   INTEGER NOT NULL,
  session_id   INTEGER NOT NULL,
  affiliate_id INTEGER NOT NULL,
  rate         REAL    NOT NULL, -- the affiliate's share when it was recorded
  sent         TEXT,             -- what named visitor, session and affiliate, by field, JSON; null: not known any more
  UNIQUE (site_id, external_id)
);

INSERT INTO new_conversions
SELECT c.id, c.site_id, c.external_id, c.status, c.amount, CASE c.status WHEN 'refunded' THEN c.amount ELSE 0 END,
       c.currency, c.occurred_at, c.recorded_at, c.visitor_id, c.session_id, c.affiliate_id, COALESCE(a.rate, 0), NULL
FROM conversions c
LEFT JOIN affiliates a ON a.id = c.affiliate_id;

DROP TABLE conversions;

ALTER TABLE new_conversions RENAME TO conversions;

CREATE INDEX conversions_by_time ON conversions (site_id, occurred_at);

CREATE INDEX conversions_by_visitor ON conversions (visitor_id, occurred_at);

CREATE TABLE refunds (
  id            INTEGER PRIMARY KEY,
  site_id       INTEGER NOT NULL,
  external_id   TEXT,             -- null: all that was left, told by the payment's status
  conversion_id INTEGER NOT NULL,
  amount        INTEGER NOT NULL, -- minor units of the payment's currency
  occurred_at   INTEGER NOT NULL,
  recorded_at   INTEGER NOT NULL,
  UNIQUE (site_id, external_id)
);

INSERT INTO refunds (site_id, conversion_id, amount, occurred_at, recorded_at)
SELECT site_id, id, amount, occurred_at, recorded_at FROM conversions WHERE status = 'refunded' ORDER BY id;

CREATE VIEW v_conversions AS
SELECT c.id,
       c.site_id,
       sites.domain AS site,
       c.external_id,
       c.status,
       c.amount,
       c.refunded,
       c.currency,
       c.occurred_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.occurred_at / 1000, 'unixepoch') AS occurred_utc,
       CASE typeof(v.name) WHEN 'integer' THEN printf('%016x', v.name) ELSE v.name END AS visitor_id,
       c.session_id AS visit,
       a.slug AS affiliate,
       c.rate
FROM conversions c
LEFT JOIN sites ON sites.id = c.site_id
LEFT JOIN visitors v ON v.id = c.visitor_id
LEFT JOIN affiliates a ON a.id = c.affiliate_id;

CREATE VIEW v_refunds AS
SELECT r.id,
       r.site_id,
       sites.domain AS site,
       r.external_id,
       c.external_id AS conversion,
       r.amount,
       c.currency,
       r.occurred_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.occurred_at / 1000, 'unixepoch') AS occurred_utc
FROM refunds r
LEFT JOIN sites ON sites.id = r.site_id
LEFT JOIN conversions c ON c.id = r.conversion_id;

ALTER TABLE daily_stats DROP COLUMN revenue;

DROP TABLE IF EXISTS sqlite_stat1;
