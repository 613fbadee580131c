-- Version 15. How much of what does not look like people a site leaves out; sites of before go on as they were.

ALTER TABLE sites ADD COLUMN bots TEXT NOT NULL DEFAULT 'off'; -- off, basic, strict

ALTER TABLE sites ADD COLUMN allowed_bots TEXT NOT NULL DEFAULT ''; -- reasons that count nevertheless, one a line
