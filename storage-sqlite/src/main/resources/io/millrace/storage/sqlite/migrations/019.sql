-- Version 19. Second factors, invitations, where sessions are, and who is told what.

ALTER TABLE users ADD COLUMN factor TEXT; -- what the secret is derived from, with the key in the file "key"; null: none

ALTER TABLE users ADD COLUMN recovery TEXT NOT NULL DEFAULT ''; -- hexadecimal SHA-256 of codes, one a line

ALTER TABLE logins ADD COLUMN agent TEXT;

CREATE TABLE invitations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  hash       TEXT    NOT NULL UNIQUE, -- hexadecimal SHA-256 of the token
  email      TEXT,
  roles      TEXT    NOT NULL, -- a site's id (0: all), a blank and a role, one a line
  author     TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);

CREATE TABLE subscriptions (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id    INTEGER NOT NULL, -- 0: of the server
  channel    TEXT    NOT NULL,
  target     TEXT    NOT NULL, -- an address of mail, or a URL
  topics     TEXT    NOT NULL, -- one a line
  nonce      TEXT    NOT NULL, -- what secrets are derived from, with the key in the file "key"
  created_at INTEGER NOT NULL
);

CREATE INDEX subscriptions_by_site ON subscriptions (site_id);
