ALTER TABLE messages ADD COLUMN subject text;
COMMENT ON COLUMN messages.subject IS 'What its subject says that the ticket''s does not; none where it says nothing new, and for messages of before this column.';
