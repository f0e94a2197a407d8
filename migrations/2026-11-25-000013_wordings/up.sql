CREATE TABLE wordings (
    message text NOT NULL CHECK (message IN ('acknowledgement')),
    language text NOT NULL CHECK (language IN ('ja', 'en', 'zh', 'ko', 'fr')),
    subject text NOT NULL CHECK (subject <> ''),
    body text NOT NULL CHECK (body <> ''),
    changed_at timestamptz NOT NULL,
    changed_by uuid NOT NULL REFERENCES staff,
    PRIMARY KEY (message, language)
);
COMMENT ON TABLE wordings IS 'What administrators have automatic messages say; where there is none, the texts of the program hold.';
COMMENT ON COLUMN wordings.message IS 'Which message; see domain::wording.';
COMMENT ON COLUMN wordings.language IS 'In which language.';
COMMENT ON COLUMN wordings.subject IS 'Its subject, without the reference, with placeholders.';
COMMENT ON COLUMN wordings.body IS 'Its text, without the signature, with placeholders.';
COMMENT ON COLUMN wordings.changed_at IS 'When it was last changed.';
COMMENT ON COLUMN wordings.changed_by IS 'By whom.';
