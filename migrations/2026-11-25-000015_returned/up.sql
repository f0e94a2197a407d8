CREATE INDEX CONCURRENTLY outbox_returned ON outbox (number) WHERE bounce IS NOT NULL AND state <> 'settled';
