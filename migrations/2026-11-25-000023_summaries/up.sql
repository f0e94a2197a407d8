ALTER TABLE attachments ADD COLUMN summary jsonb;
COMMENT ON COLUMN attachments.summary IS 'What a calendar or a card says in short; null: it is neither, or nothing is to be got from it.';
