CREATE TABLE pages (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
    kind text NOT NULL CHECK (kind IN ('programme', 'conference', 'question', 'news', 'information')),
    topic text REFERENCES topics,
    position integer NOT NULL,
    latest_version integer NOT NULL,
    published_version integer,
    published_at timestamptz,
    CHECK (published_version <= latest_version),
    CHECK ((published_version IS NULL) OR (published_at IS NOT NULL))
);
COMMENT ON TABLE pages IS 'What the public can read: programmes, questions often asked, news, information about the site.';
COMMENT ON COLUMN pages.id IS 'Key.';
COMMENT ON COLUMN pages.slug IS 'Name in paths.';
COMMENT ON COLUMN pages.kind IS 'Where it is listed; see domain::page.';
COMMENT ON COLUMN pages.topic IS 'The topic that the form has chosen when one comes from here; null where there is none.';
COMMENT ON COLUMN pages.position IS 'Order among its kind.';
COMMENT ON COLUMN pages.latest_version IS 'The version last saved, which staff go on writing.';
COMMENT ON COLUMN pages.published_version IS 'The version that the public sees; null for a draft.';
COMMENT ON COLUMN pages.published_at IS 'When it was first published: the date of news.';

CREATE TABLE page_versions (
    page_id uuid NOT NULL REFERENCES pages ON DELETE CASCADE,
    version integer NOT NULL CHECK (version > 0),
    texts jsonb NOT NULL CHECK (jsonb_typeof(texts) = 'object'),
    saved_at timestamptz NOT NULL,
    saved_by uuid REFERENCES staff,
    PRIMARY KEY (page_id, version)
);
COMMENT ON TABLE page_versions IS 'Every text that a page ever had.';
COMMENT ON COLUMN page_versions.page_id IS 'The page.';
COMMENT ON COLUMN page_versions.version IS 'Counted from 1.';
COMMENT ON COLUMN page_versions.texts IS 'Title, summary, Markdown body and search words by language code; see domain::page.';
COMMENT ON COLUMN page_versions.saved_at IS 'When it was saved.';
COMMENT ON COLUMN page_versions.saved_by IS 'By whom; null for what the program came with.';
-- Both stand in one transaction, the page first.
ALTER TABLE pages ADD FOREIGN KEY (id, latest_version) REFERENCES page_versions (page_id, version) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE pages ADD FOREIGN KEY (id, published_version) REFERENCES page_versions (page_id, version) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE page_votes (
    page_id uuid NOT NULL REFERENCES pages ON DELETE CASCADE,
    language text NOT NULL CHECK (language IN ('ja', 'en', 'zh', 'ko', 'fr')),
    day date NOT NULL,
    helpful integer NOT NULL DEFAULT 0,
    unhelpful integer NOT NULL DEFAULT 0,
    PRIMARY KEY (page_id, language, day)
);
COMMENT ON TABLE page_votes IS 'How often readers said that a page was helpful or was not. Nobody is remembered.';
COMMENT ON COLUMN page_votes.page_id IS 'The page.';
COMMENT ON COLUMN page_votes.language IS 'In which language it was read.';
COMMENT ON COLUMN page_votes.day IS 'On which day, UTC.';
COMMENT ON COLUMN page_votes.helpful IS 'How often it was.';
COMMENT ON COLUMN page_votes.unhelpful IS 'How often it was not.';

CREATE TABLE missed_searches (
    folded text NOT NULL CHECK (length(folded) <= 200),
    language text NOT NULL CHECK (language IN ('ja', 'en', 'zh', 'ko', 'fr')),
    typed text NOT NULL,
    times integer NOT NULL DEFAULT 1,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (folded, language)
);
CREATE INDEX missed_searches_last ON missed_searches (last_at DESC);
COMMENT ON TABLE missed_searches IS 'What the public looked for and nothing was found by, so that staff learn what is missing.';
COMMENT ON COLUMN missed_searches.folded IS 'What was looked for, folded.';
COMMENT ON COLUMN missed_searches.language IS 'On pages of which language.';
COMMENT ON COLUMN missed_searches.typed IS 'As it was typed the last time.';
COMMENT ON COLUMN missed_searches.times IS 'How often.';
COMMENT ON COLUMN missed_searches.last_at IS 'When it was last looked for.';
COMMENT ON TABLE programmes IS 'Superseded by pages; kept for instances of the version before, which still read it.';
