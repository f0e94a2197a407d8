ALTER TABLE messages ADD COLUMN failed_checks jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN messages.failed_checks IS 'How the sender could not be confirmed: spf, dkim, dmarc, arc; by the word of a trusted server, or as the desk found out itself.';

CREATE TABLE unjudged (
    message_id uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    joined_by text CHECK (joined_by IN ('token', 'message-id', 'subject', 'staff')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL
);
CREATE INDEX unjudged_next ON unjudged (next_attempt_at);
COMMENT ON TABLE unjudged IS 'Signed letters whose senders no trusted server has judged: the desk checks their signatures (DKIM, ARC) once they are stored.';
COMMENT ON COLUMN unjudged.message_id IS 'The message made of the letter.';
COMMENT ON COLUMN unjudged.joined_by IS 'By what it joined its ticket, and null where it began one: the reference in its subject alone is not believed from a sender who fails.';
COMMENT ON COLUMN unjudged.attempts IS 'How often it was tried; keys are asked for in the DNS, which may not answer.';
COMMENT ON COLUMN unjudged.next_attempt_at IS 'When it is tried next.';

ALTER TABLE blobs
    ADD COLUMN scan text,
    ADD COLUMN virus text,
    ADD CONSTRAINT blobs_scan CHECK (scan IN ('clean', 'found', 'unscannable')) NOT VALID,
    ADD CONSTRAINT blobs_virus CHECK ((virus IS NOT NULL) = (scan IS NOT DISTINCT FROM 'found')) NOT VALID;
COMMENT ON COLUMN blobs.scan IS 'What the virus scanner says; null: it was not asked yet. unscannable: more than it takes, or it failed.';
COMMENT ON COLUMN blobs.virus IS 'The name of the virus that it found. Such bytes are kept, and never handed out.';
