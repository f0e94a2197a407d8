ALTER TABLE attachments ADD COLUMN summary jsonb;
COMMENT ON COLUMN attachments.summary IS 'What a calendar, a card or a letter says in short; null: it is none, or nothing is to be got from it.';
