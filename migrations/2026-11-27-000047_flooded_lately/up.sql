CREATE INDEX CONCURRENTLY arrivals_flooded ON arrivals (received_at) WHERE flooded;
