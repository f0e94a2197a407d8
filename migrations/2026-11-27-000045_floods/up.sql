ALTER TABLE arrivals ADD COLUMN flooded boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN arrivals.flooded IS 'Whether it was not acknowledged because letters came faster than people write.';
