ALTER TABLE organisation
    ADD COLUMN headline jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN lead jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN accent_light text CHECK (accent_light ~ '^#[0-9a-f]{6}$'),
    ADD COLUMN accent_dark text CHECK (accent_dark ~ '^#[0-9a-f]{6}$'),
    ADD CHECK ((accent_light IS NULL) = (accent_dark IS NULL));
COMMENT ON COLUMN organisation.headline IS 'The heading of the start page by language code; where it is not there, the program''s.';
COMMENT ON COLUMN organisation.lead IS 'What stands below it, likewise.';
COMMENT ON COLUMN organisation.accent_light IS 'The colour of links and buttons on light pages; null: the program''s.';
COMMENT ON COLUMN organisation.accent_dark IS 'The same on dark pages.';
