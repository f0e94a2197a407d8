CREATE TABLE logos (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    kind text NOT NULL CHECK (kind IN ('png', 'jpeg', 'webp')),
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    content bytea NOT NULL
);
COMMENT ON TABLE logos IS 'Pictures that are or were the organisation''s logo; pages that are still open show an earlier one.';
COMMENT ON COLUMN logos.sha256 IS 'Of its bytes.';
COMMENT ON COLUMN logos.kind IS 'What kind of picture its bytes are.';
COMMENT ON COLUMN logos.width IS 'In pixels.';
COMMENT ON COLUMN logos.height IS 'In pixels.';
COMMENT ON COLUMN logos.content IS 'Its bytes.';
ALTER TABLE organisation ADD COLUMN logo bytea REFERENCES logos;
COMMENT ON COLUMN organisation.logo IS 'The picture beside its name; null: the program''s.';
