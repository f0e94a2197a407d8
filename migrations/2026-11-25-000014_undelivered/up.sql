CREATE INDEX CONCURRENTLY tickets_undelivered ON tickets (division_id, assignee_id) WHERE bounced AND status IN ('new', 'open', 'pending');
