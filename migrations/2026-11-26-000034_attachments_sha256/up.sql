CREATE INDEX CONCURRENTLY attachments_sha256 ON attachments (sha256);
