CREATE INDEX CONCURRENTLY blobs_unscanned ON blobs (created_at) WHERE scan IS NULL;
