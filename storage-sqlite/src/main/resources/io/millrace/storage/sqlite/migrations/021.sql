-- Version 21. The one form that the pages of a site have; sites of before keep them as they are sent.

ALTER TABLE sites ADD COLUMN without_slash INTEGER NOT NULL DEFAULT 0; -- 1: a slash at the end of a path is left out

ALTER TABLE sites ADD COLUMN lower_case INTEGER NOT NULL DEFAULT 0; -- 1: letters of paths become small

ALTER TABLE sites ADD COLUMN path_patterns TEXT NOT NULL DEFAULT ''; -- what paths become that match it, one a line
