-- Version 1. Texts are interned: an id of 0 means absent. Times are UTC milliseconds, days are days since 1970-01-01
-- in the site's zone, durations whole seconds. What people read are the views at the end.

CREATE TABLE sites (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  domain             TEXT    NOT NULL UNIQUE,
  name               TEXT    NOT NULL,
  timezone           TEXT    NOT NULL,
  cookieless         INTEGER NOT NULL,
  hostnames          TEXT    NOT NULL, -- one a line
  keep_params        TEXT    NOT NULL, -- one a line
  public_live        INTEGER NOT NULL,
  umami_id           TEXT,
  goatcounter_host   TEXT,
  rows_complete_from TEXT              -- YYYY-MM-DD: before this day only roll-ups are left; null: nothing was pruned
);

CREATE TABLE generations (
  site_id    INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL
);

-- ---------------------------------------------------------------- dictionaries

CREATE TABLE texts (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

INSERT INTO texts VALUES (1, '(other)'); -- what is beyond a cap

CREATE TABLE agents (
  id                 INTEGER PRIMARY KEY,
  browser_id         INTEGER NOT NULL,
  browser_version_id INTEGER NOT NULL,
  os_id              INTEGER NOT NULL,
  os_version_id      INTEGER NOT NULL,
  device_id          INTEGER NOT NULL,
  UNIQUE (browser_id, browser_version_id, os_id, os_version_id, device_id)
);

CREATE TABLE places (
  id         INTEGER PRIMARY KEY,
  country_id INTEGER NOT NULL,
  region_id  INTEGER NOT NULL,
  city_id    INTEGER NOT NULL,
  UNIQUE (country_id, region_id, city_id)
);

-- How a visit came: referrer and campaign.
CREATE TABLE origins (
  id               INTEGER PRIMARY KEY,
  source_id        INTEGER NOT NULL,
  channel_id       INTEGER NOT NULL,
  referrer_id      INTEGER NOT NULL,
  referrer_host_id INTEGER NOT NULL,
  utm_source_id    INTEGER NOT NULL,
  utm_medium_id    INTEGER NOT NULL,
  utm_campaign_id  INTEGER NOT NULL,
  utm_term_id      INTEGER NOT NULL,
  utm_content_id   INTEGER NOT NULL,
  UNIQUE (referrer_id, source_id, channel_id, referrer_host_id, utm_source_id, utm_medium_id, utm_campaign_id,
          utm_term_id, utm_content_id)
);

-- ---------------------------------------------------------------- rows

-- A name of 16 hexadecimal digits (a cookieless visitor) is kept as the integer it writes.
CREATE TABLE visitors (
  id      INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: sets of visitors outlive them
  site_id INTEGER NOT NULL,
  name    NOT NULL,
  UNIQUE (site_id, name)
);

CREATE TABLE sessions (
  id            INTEGER PRIMARY KEY,
  site_id       INTEGER NOT NULL,
  visitor_id    INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  length_ms     INTEGER NOT NULL, -- last activity less start
  page_count    INTEGER NOT NULL,
  event_count   INTEGER NOT NULL,
  engaged_ms    INTEGER NOT NULL,
  entry_path_id INTEGER NOT NULL,
  exit_path_id  INTEGER NOT NULL,
  exit_ms       INTEGER NOT NULL, -- time of the exit page less start
  origin_id     INTEGER NOT NULL,
  place_id      INTEGER NOT NULL,
  agent_id      INTEGER NOT NULL,
  host_id       INTEGER NOT NULL,
  language_id   INTEGER NOT NULL,
  screen_id     INTEGER NOT NULL, -- text WIDTHxHEIGHT
  client_id     TEXT              -- the session id as the client sent it
);

CREATE INDEX sessions_by_start ON sessions (site_id, started_at);

CREATE INDEX sessions_by_visitor ON sessions (visitor_id, started_at);

-- Clustered by visit. An event id of 22 base64url characters or a UUID is kept as the bytes it writes.
CREATE TABLE page_views (
  session_id INTEGER NOT NULL,
  n          INTEGER NOT NULL, -- of the visit, from 1
  site_id    INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  path_id    INTEGER NOT NULL,
  host_id    INTEGER,          -- null: the visit's
  title_id   INTEGER NOT NULL,
  event_id,
  engaged_ms INTEGER NOT NULL,
  scroll     INTEGER NOT NULL,
  id         INTEGER GENERATED ALWAYS AS (session_id * 1048576 + n) VIRTUAL,
  PRIMARY KEY (session_id, n)
) WITHOUT ROWID;

-- A tenth of a second together, so that it grows at its end, then the end of the event id: finds a time range, and a repeat
-- by a short seek for each tenth of a second that it may lie in.
CREATE INDEX page_views_by_time ON page_views (site_id, time / 100, substr(event_id, -2));

-- Custom events.
CREATE TABLE events (
  session_id INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  site_id    INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  name_id    INTEGER NOT NULL,
  path_id    INTEGER NOT NULL,
  host_id    INTEGER,
  event_id,
  props      TEXT,             -- a JSON object
  amount     INTEGER,          -- unverified revenue, minor units
  currency   TEXT,
  id         INTEGER GENERATED ALWAYS AS (session_id * 1048576 + n) VIRTUAL,
  PRIMARY KEY (session_id, n)
) WITHOUT ROWID;

CREATE INDEX events_by_time ON events (site_id, time / 100, substr(event_id, -2));

CREATE TABLE affiliates (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id   INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  slug      TEXT    NOT NULL,
  name      TEXT    NOT NULL,
  rate      REAL    NOT NULL,
  window_ms INTEGER NOT NULL,
  UNIQUE (site_id, slug)
);

CREATE TABLE affiliate_visits (
  session_id   INTEGER NOT NULL,
  affiliate_id INTEGER NOT NULL,
  site_id      INTEGER NOT NULL,
  visitor_id   INTEGER NOT NULL,
  time         INTEGER NOT NULL,
  landing_id   INTEGER NOT NULL,
  PRIMARY KEY (session_id, affiliate_id)
) WITHOUT ROWID;

CREATE INDEX affiliate_visits_by_affiliate ON affiliate_visits (affiliate_id, time);

CREATE INDEX affiliate_visits_by_site ON affiliate_visits (site_id, time);

CREATE INDEX affiliate_visits_by_visitor ON affiliate_visits (visitor_id, time);

CREATE TABLE conversions (
  id           INTEGER PRIMARY KEY,
  site_id      INTEGER NOT NULL,
  external_id  TEXT    NOT NULL,
  status       TEXT    NOT NULL, -- completed, refunded
  amount       INTEGER NOT NULL, -- minor units
  currency     TEXT    NOT NULL,
  occurred_at  INTEGER NOT NULL,
  recorded_at  INTEGER NOT NULL,
  visitor_id   INTEGER NOT NULL,
  session_id   INTEGER NOT NULL,
  affiliate_id INTEGER NOT NULL,
  UNIQUE (site_id, external_id)
);

CREATE INDEX conversions_by_time ON conversions (site_id, occurred_at);

CREATE INDEX conversions_by_affiliate ON conversions (affiliate_id, occurred_at);

CREATE INDEX conversions_by_visitor ON conversions (visitor_id, occurred_at);

-- Events that do not count; kept for 30 days.
CREATE TABLE filtered_events (
  id       INTEGER PRIMARY KEY,
  site_id  INTEGER NOT NULL,
  time     INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  type     TEXT    NOT NULL,
  hostname TEXT,
  path     TEXT,
  source   TEXT,
  browser  TEXT,
  country  TEXT
);

CREATE INDEX filtered_events_by_time ON filtered_events (time);

-- How far from the start of their visit page views, events and last activities lie at most.
CREATE TABLE reach (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  before_ms INTEGER NOT NULL,
  after_ms  INTEGER NOT NULL
);

INSERT INTO reach VALUES (1, 0, 0);

-- ---------------------------------------------------------------- roll-ups

CREATE TABLE daily_stats (
  site_id    INTEGER NOT NULL,
  date       TEXT    NOT NULL, -- YYYY-MM-DD in the site's zone
  visitors   INTEGER NOT NULL,
  sessions   INTEGER NOT NULL,
  page_views INTEGER NOT NULL,
  bounces    INTEGER NOT NULL,
  duration   INTEGER NOT NULL,
  events     INTEGER NOT NULL,
  revenue    INTEGER NOT NULL, -- completed conversions less refunds, minor units
  engaged_ms INTEGER NOT NULL,
  PRIMARY KEY (site_id, date)
) WITHOUT ROWID;

-- The same for each 15 minutes of UTC (time / 900000), for other zones and parts of days.
CREATE TABLE quarter_stats (
  site_id    INTEGER NOT NULL,
  quarter    INTEGER NOT NULL,
  sessions   INTEGER NOT NULL,
  page_views INTEGER NOT NULL,
  bounces    INTEGER NOT NULL,
  duration   INTEGER NOT NULL,
  events     INTEGER NOT NULL,
  engaged_ms INTEGER NOT NULL,
  PRIMARY KEY (site_id, quarter)
) WITHOUT ROWID;

-- A day's figures by one dimension, with the set of its visitors. Written when the day is put away, see open_days.
CREATE TABLE day_values (
  site_id    INTEGER NOT NULL,
  dimension  INTEGER NOT NULL, -- dimensions.id
  day        INTEGER NOT NULL,
  value_id   INTEGER NOT NULL, -- texts.id
  sessions   INTEGER NOT NULL,
  page_views INTEGER NOT NULL,
  bounces    INTEGER NOT NULL,
  duration   INTEGER NOT NULL,
  events     INTEGER NOT NULL,
  engaged_ms INTEGER NOT NULL,
  visitors   BLOB    NOT NULL,
  PRIMARY KEY (site_id, dimension, day, value_id)
) WITHOUT ROWID;

CREATE TABLE dimensions (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

INSERT INTO dimensions VALUES
  (1, 'source'), (2, 'channel'), (3, 'country'), (4, 'region'), (5, 'city'), (6, 'entry_page'), (7, 'exit_page'),
  (8, 'browser'), (9, 'os'), (10, 'device'), (11, 'page');

-- The set of visitors of a day and of each 15 minutes.
CREATE TABLE day_sets (
  site_id  INTEGER NOT NULL,
  day      INTEGER NOT NULL,
  visitors BLOB    NOT NULL,
  PRIMARY KEY (site_id, day)
) WITHOUT ROWID;

CREATE TABLE quarter_sets (
  site_id  INTEGER NOT NULL,
  quarter  INTEGER NOT NULL,
  visitors BLOB    NOT NULL,
  PRIMARY KEY (site_id, quarter)
) WITHOUT ROWID;

-- Days whose values and sets are in the server's memory and not up to date here; rebuilt from rows after a crash.
CREATE TABLE open_days (
  site_id INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  PRIMARY KEY (site_id, day)
) WITHOUT ROWID;

-- Visits with page views or events on more than one day.
CREATE TABLE crossing_visits (
  session_id INTEGER PRIMARY KEY
);

CREATE TABLE ledger (
  site_id INTEGER NOT NULL, -- 0: of no site
  date    TEXT    NOT NULL,
  counter TEXT    NOT NULL,
  count   INTEGER NOT NULL,
  PRIMARY KEY (site_id, date, counter)
) WITHOUT ROWID;

CREATE TABLE positions (
  source   TEXT PRIMARY KEY,
  position INTEGER NOT NULL
) WITHOUT ROWID;

-- ---------------------------------------------------------------- access

CREATE TABLE api_keys (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  hash       TEXT    NOT NULL UNIQUE,
  scope      TEXT    NOT NULL,
  site_id    INTEGER NOT NULL, -- 0: all
  name       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  last_used  INTEGER NOT NULL
);

CREATE TABLE users (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  email         TEXT    NOT NULL UNIQUE,
  name          TEXT,
  password_hash TEXT    NOT NULL,
  created_at    INTEGER NOT NULL
);

CREATE TABLE user_roles (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  site_id INTEGER NOT NULL, -- 0: all
  role    TEXT    NOT NULL,
  PRIMARY KEY (user_id, site_id)
) WITHOUT ROWID;

CREATE TABLE logins (
  hash       TEXT    PRIMARY KEY,
  user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX logins_by_user ON logins (user_id);

CREATE TABLE links (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  hash          TEXT    NOT NULL UNIQUE,
  site_id       INTEGER NOT NULL,
  affiliate_id  INTEGER NOT NULL, -- 0: the whole site
  name          TEXT,
  filter        TEXT,
  password_hash TEXT,
  created_at    INTEGER NOT NULL
);

CREATE TABLE audit (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  time    INTEGER NOT NULL,
  actor   TEXT,
  action  TEXT    NOT NULL,
  site_id INTEGER NOT NULL, -- 0: of no site
  detail  TEXT
);

CREATE INDEX audit_by_site ON audit (site_id, id);

-- ---------------------------------------------------------------- views in words

CREATE VIEW v_sessions AS
SELECT s.id,
       s.site_id,
       sites.domain AS site,
       CASE typeof(v.name) WHEN 'integer' THEN printf('%016x', v.name) ELSE v.name END AS visitor_id,
       s.client_id AS session_id,
       s.started_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', s.started_at / 1000, 'unixepoch') AS started_utc,
       s.started_at + s.length_ms AS last_activity,
       s.length_ms / 1000 AS duration,
       s.page_count,
       s.event_count,
       s.engaged_ms,
       s.page_count = 1 AND s.event_count = 0 AND s.engaged_ms < 10000 AS bounce,
       entry.text AS entry_page,
       exit.text AS exit_page,
       host.text AS hostname,
       source.text AS source,
       channel.text AS channel,
       referrer.text AS referrer,
       referrer_host.text AS referrer_host,
       utm_source.text AS utm_source,
       utm_medium.text AS utm_medium,
       utm_campaign.text AS utm_campaign,
       utm_term.text AS utm_term,
       utm_content.text AS utm_content,
       country.text AS country,
       region.text AS region,
       city.text AS city,
       browser.text AS browser,
       browser_version.text AS browser_version,
       os.text AS os,
       os_version.text AS os_version,
       device.text AS device,
       language.text AS language,
       screen.text AS screen
FROM sessions s
LEFT JOIN sites ON sites.id = s.site_id
LEFT JOIN visitors v ON v.id = s.visitor_id
LEFT JOIN origins o ON o.id = s.origin_id
LEFT JOIN places p ON p.id = s.place_id
LEFT JOIN agents a ON a.id = s.agent_id
LEFT JOIN texts entry ON entry.id = s.entry_path_id
LEFT JOIN texts exit ON exit.id = s.exit_path_id
LEFT JOIN texts host ON host.id = s.host_id
LEFT JOIN texts source ON source.id = o.source_id
LEFT JOIN texts channel ON channel.id = o.channel_id
LEFT JOIN texts referrer ON referrer.id = o.referrer_id
LEFT JOIN texts referrer_host ON referrer_host.id = o.referrer_host_id
LEFT JOIN texts utm_source ON utm_source.id = o.utm_source_id
LEFT JOIN texts utm_medium ON utm_medium.id = o.utm_medium_id
LEFT JOIN texts utm_campaign ON utm_campaign.id = o.utm_campaign_id
LEFT JOIN texts utm_term ON utm_term.id = o.utm_term_id
LEFT JOIN texts utm_content ON utm_content.id = o.utm_content_id
LEFT JOIN texts country ON country.id = p.country_id
LEFT JOIN texts region ON region.id = p.region_id
LEFT JOIN texts city ON city.id = p.city_id
LEFT JOIN texts browser ON browser.id = a.browser_id
LEFT JOIN texts browser_version ON browser_version.id = a.browser_version_id
LEFT JOIN texts os ON os.id = a.os_id
LEFT JOIN texts os_version ON os_version.id = a.os_version_id
LEFT JOIN texts device ON device.id = a.device_id
LEFT JOIN texts language ON language.id = s.language_id
LEFT JOIN texts screen ON screen.id = s.screen_id;

CREATE VIEW v_page_views AS
SELECT p.id,
       p.site_id,
       sites.domain AS site,
       p.time,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.time / 1000, 'unixepoch') AS time_utc,
       path.text AS pathname,
       title.text AS title,
       CASE WHEN p.host_id IS NULL THEN visit_host.text ELSE host.text END AS hostname,
       CASE typeof(v.name) WHEN 'integer' THEN printf('%016x', v.name) ELSE v.name END AS visitor_id,
       s.client_id AS session_id,
       p.session_id AS visit,
       p.n,
       p.engaged_ms,
       p.scroll,
       CASE typeof(p.event_id) WHEN 'blob' THEN lower(hex(p.event_id)) ELSE p.event_id END AS event_id
FROM page_views p
LEFT JOIN sites ON sites.id = p.site_id
LEFT JOIN sessions s ON s.id = p.session_id
LEFT JOIN visitors v ON v.id = s.visitor_id
LEFT JOIN texts path ON path.id = p.path_id
LEFT JOIN texts title ON title.id = p.title_id
LEFT JOIN texts host ON host.id = p.host_id
LEFT JOIN texts visit_host ON visit_host.id = s.host_id;

CREATE VIEW v_events AS
SELECT e.id,
       e.site_id,
       sites.domain AS site,
       e.time,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.time / 1000, 'unixepoch') AS time_utc,
       name.text AS name,
       path.text AS pathname,
       CASE WHEN e.host_id IS NULL THEN visit_host.text ELSE host.text END AS hostname,
       CASE typeof(v.name) WHEN 'integer' THEN printf('%016x', v.name) ELSE v.name END AS visitor_id,
       s.client_id AS session_id,
       e.session_id AS visit,
       e.props,
       e.amount AS unverified_amount,
       e.currency,
       CASE typeof(e.event_id) WHEN 'blob' THEN lower(hex(e.event_id)) ELSE e.event_id END AS event_id
FROM events e
LEFT JOIN sites ON sites.id = e.site_id
LEFT JOIN sessions s ON s.id = e.session_id
LEFT JOIN visitors v ON v.id = s.visitor_id
LEFT JOIN texts name ON name.id = e.name_id
LEFT JOIN texts path ON path.id = e.path_id
LEFT JOIN texts host ON host.id = e.host_id
LEFT JOIN texts visit_host ON visit_host.id = s.host_id;

CREATE VIEW v_affiliate_visits AS
SELECT av.affiliate_id,
       a.slug AS affiliate,
       av.site_id,
       sites.domain AS site,
       av.time,
       strftime('%Y-%m-%dT%H:%M:%SZ', av.time / 1000, 'unixepoch') AS time_utc,
       landing.text AS landing_page,
       CASE typeof(v.name) WHEN 'integer' THEN printf('%016x', v.name) ELSE v.name END AS visitor_id,
       s.client_id AS session_id,
       av.session_id AS visit
FROM affiliate_visits av
LEFT JOIN affiliates a ON a.id = av.affiliate_id
LEFT JOIN sites ON sites.id = av.site_id
LEFT JOIN sessions s ON s.id = av.session_id
LEFT JOIN visitors v ON v.id = av.visitor_id
LEFT JOIN texts landing ON landing.id = av.landing_id;

CREATE VIEW v_conversions AS
SELECT c.id,
       c.site_id,
       sites.domain AS site,
       c.external_id,
       c.status,
       c.amount,
       c.currency,
       c.occurred_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.occurred_at / 1000, 'unixepoch') AS occurred_utc,
       CASE typeof(v.name) WHEN 'integer' THEN printf('%016x', v.name) ELSE v.name END AS visitor_id,
       c.session_id AS visit,
       a.slug AS affiliate
FROM conversions c
LEFT JOIN sites ON sites.id = c.site_id
LEFT JOIN visitors v ON v.id = c.visitor_id
LEFT JOIN affiliates a ON a.id = c.affiliate_id;

CREATE VIEW v_day_values AS
SELECT d.site_id,
       sites.domain AS site,
       dimensions.name AS dimension,
       date(d.day * 86400, 'unixepoch') AS date,
       value.text AS value,
       d.sessions,
       d.page_views,
       d.bounces,
       d.duration,
       d.events,
       d.engaged_ms
FROM day_values d
LEFT JOIN sites ON sites.id = d.site_id
LEFT JOIN dimensions ON dimensions.id = d.dimension
LEFT JOIN texts value ON value.id = d.value_id;
