ALTER TABLE topics ADD COLUMN is_offered boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN topics.is_offered IS 'Whether the form offers it; tickets keep a topic that is no longer offered.';
