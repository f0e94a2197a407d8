CREATE TABLE kept_files (
    sha256 bytea PRIMARY KEY REFERENCES blobs ON DELETE CASCADE,
    until timestamptz NOT NULL
);
CREATE INDEX kept_files_until ON kept_files (until);
COMMENT ON TABLE kept_files IS 'Files of forms that are not sent yet: their blobs go when the time is over, unless a message has them by then.';
COMMENT ON COLUMN kept_files.sha256 IS 'Its bytes.';
COMMENT ON COLUMN kept_files.until IS 'Until when a form may come back to it.';

ALTER TABLE page_votes ADD COLUMN answered integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN page_votes.answered IS 'How often it answered somebody who was about to ask.';
