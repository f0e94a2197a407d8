DROP INDEX CONCURRENTLY tickets_undelivered;
