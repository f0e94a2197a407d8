CREATE UNIQUE INDEX CONCURRENTLY outbox_letter ON outbox (mail_id, recipient);
