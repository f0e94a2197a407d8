CREATE TABLE own_page_keys (
    ticket_id uuid PRIMARY KEY REFERENCES tickets ON DELETE CASCADE,
    generation integer NOT NULL CHECK (generation > 1)
);
COMMENT ON TABLE own_page_keys IS 'Tickets whose enquirer asked for a new key to their own page; without a row the first key holds.';
COMMENT ON COLUMN own_page_keys.ticket_id IS 'The ticket.';
COMMENT ON COLUMN own_page_keys.generation IS 'Which key holds; those before it are worth nothing any more.';

CREATE TABLE satisfactions (
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    resolution uuid NOT NULL,
    score smallint NOT NULL CHECK (score BETWEEN 1 AND 5),
    words text NOT NULL CHECK (length(words) <= 2000),
    given_at timestamptz NOT NULL,
    PRIMARY KEY (ticket_id, resolution)
);
COMMENT ON TABLE satisfactions IS 'How content enquirers are, once for each time that their ticket was ended.';
COMMENT ON COLUMN satisfactions.ticket_id IS 'The ticket.';
COMMENT ON COLUMN satisfactions.resolution IS 'The event by which it was ended.';
COMMENT ON COLUMN satisfactions.score IS 'From 1, not at all, to 5.';
COMMENT ON COLUMN satisfactions.words IS 'What they say about it.';
COMMENT ON COLUMN satisfactions.given_at IS 'When.';

-- Checked by the next step, without keeping anybody waiting.
ALTER TABLE outbox DROP CONSTRAINT outbox_purpose_check,
    ADD CONSTRAINT outbox_purpose_check CHECK (purpose IN ('acknowledgement', 'reply', 'links')) NOT VALID;
COMMENT ON COLUMN outbox.purpose IS 'What the letter is for: an acknowledgement, a reply, or the links to an enquirer''s own pages.';
