CREATE INDEX CONCURRENTLY outbox_acknowledged_lately ON outbox (created_at) WHERE purpose = 'acknowledgement' AND channel = 'email';
