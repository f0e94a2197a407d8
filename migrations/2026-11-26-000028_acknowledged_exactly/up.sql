DROP INDEX CONCURRENTLY outbox_recipient;
