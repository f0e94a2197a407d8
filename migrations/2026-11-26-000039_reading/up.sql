ALTER TABLE tickets ADD COLUMN enquirer_reading text NOT NULL DEFAULT '';
COMMENT ON COLUMN tickets.enquirer_reading IS 'How the enquirer''s name is read (furigana), as they gave it; may be empty.';
