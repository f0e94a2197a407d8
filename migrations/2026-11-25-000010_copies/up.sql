-- Copies of letters: who else was addressed, and what became of each copy.

ALTER TABLE messages
    ADD COLUMN cc jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN bcc jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN messages.cc IS 'Who else was addressed, by name and address: all in To and Cc of a letter to us but us, Cc of a letter of ours.';
COMMENT ON COLUMN messages.bcc IS 'Who got a letter of ours without the others seeing it, by name and address.';

ALTER TABLE outbox ADD COLUMN bounce jsonb;
COMMENT ON COLUMN outbox.bounce IS 'The report that this copy did not arrive.';
COMMENT ON COLUMN outbox.mail_id IS 'Its final Message-ID, without angle brackets; all copies of a letter have the same.';
