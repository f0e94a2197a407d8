ALTER TABLE outbox VALIDATE CONSTRAINT outbox_purpose_check;
