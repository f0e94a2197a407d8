CREATE INDEX CONCURRENTLY tickets_undelivered_ever ON tickets (division_id, assignee_id) WHERE bounced AND status <> 'spam';
