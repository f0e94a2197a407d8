-- Copies of a letter share its Message-ID: `outbox_letter` says what is unique from now on.
ALTER TABLE outbox DROP CONSTRAINT outbox_mail_id_key;
