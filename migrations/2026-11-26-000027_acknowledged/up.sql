CREATE INDEX CONCURRENTLY outbox_acknowledged ON outbox (regexp_replace(recipient, '\+[^@]*@', '@'), created_at) WHERE purpose = 'acknowledgement';
