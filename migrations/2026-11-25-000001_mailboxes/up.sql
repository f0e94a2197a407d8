CREATE TABLE mailboxes (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    uid_validity bigint NOT NULL DEFAULT 0,
    last_uid bigint NOT NULL DEFAULT 0,
    reached_at timestamptz,
    trouble text,
    trouble_since timestamptz,
    counted_at timestamptz,
    on_server bigint,
    in_ledger bigint
);
COMMENT ON TABLE mailboxes IS 'Mailboxes that letters are fetched from, and how far each has been read.';
COMMENT ON COLUMN mailboxes.id IS 'Key.';
COMMENT ON COLUMN mailboxes.name IS 'User, server and folder; no secret.';
COMMENT ON COLUMN mailboxes.uid_validity IS 'UIDVALIDITY for which last_uid holds (RFC 9051, 2.3.1.1).';
COMMENT ON COLUMN mailboxes.last_uid IS 'The highest UID that has been looked at.';
COMMENT ON COLUMN mailboxes.reached_at IS 'When the server was last reached.';
COMMENT ON COLUMN mailboxes.trouble IS 'Why letters cannot be fetched; null: they can.';
COMMENT ON COLUMN mailboxes.trouble_since IS 'Since when they cannot.';
COMMENT ON COLUMN mailboxes.counted_at IS 'When the server''s letters were last compared with the ledger, which is done daily.';
COMMENT ON COLUMN mailboxes.on_server IS 'How many there were on the server then.';
COMMENT ON COLUMN mailboxes.in_ledger IS 'How many of those were in the ledger.';

CREATE TABLE fetched_letters (
    mailbox_id uuid NOT NULL REFERENCES mailboxes ON DELETE CASCADE,
    uid_validity bigint NOT NULL,
    uid bigint NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (mailbox_id, uid_validity, uid)
);
CREATE INDEX fetched_letters_digest ON fetched_letters (mailbox_id, digest);
COMMENT ON TABLE fetched_letters IS 'Letters of mailboxes that are in the ledger.';
COMMENT ON COLUMN fetched_letters.mailbox_id IS 'Of which mailbox.';
COMMENT ON COLUMN fetched_letters.uid_validity IS 'UIDVALIDITY under which the UID holds.';
COMMENT ON COLUMN fetched_letters.uid IS 'UID on the server.';
COMMENT ON COLUMN fetched_letters.digest IS 'SHA-256 of its bytes: by it a letter is known again when the server has numbered anew.';
