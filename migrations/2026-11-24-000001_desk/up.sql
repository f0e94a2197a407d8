-- The desk's first tables. Keys are uuid v7, made by the program; times are UTC.

CREATE TABLE secrets (
    name text PRIMARY KEY,
    value bytea NOT NULL CHECK (octet_length(value) = 32),
    made_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE secrets IS 'Keys that all instances share; each is made once, by whoever comes first.';
COMMENT ON COLUMN secrets.name IS 'What the key is for.';
COMMENT ON COLUMN secrets.value IS 'The key, 32 random bytes.';
COMMENT ON COLUMN secrets.made_at IS 'When it was made.';

CREATE TABLE organisation (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    names jsonb NOT NULL
);
COMMENT ON TABLE organisation IS 'The public body that stands above the divisions; one row.';
COMMENT ON COLUMN organisation.id IS 'Always 1.';
COMMENT ON COLUMN organisation.names IS 'Its name by language code.';

CREATE TABLE divisions (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{1,60}$'),
    names jsonb NOT NULL,
    telephone text NOT NULL,
    fax text NOT NULL,
    email text NOT NULL,
    email_kept_by text NOT NULL DEFAULT 'settings' CHECK (email_kept_by IN ('settings', 'staff')),
    calendar jsonb NOT NULL,
    position integer NOT NULL
);
COMMENT ON TABLE divisions IS 'Parts of the organisation, each with its own queue, channels and hours.';
COMMENT ON COLUMN divisions.id IS 'Key.';
COMMENT ON COLUMN divisions.slug IS 'Its name in paths and on the command line.';
COMMENT ON COLUMN divisions.names IS 'Its name by language code.';
COMMENT ON COLUMN divisions.telephone IS 'Telephone number, E.164.';
COMMENT ON COLUMN divisions.fax IS 'Fax number, E.164.';
COMMENT ON COLUMN divisions.email IS 'Address for enquiries and sender of its replies.';
COMMENT ON COLUMN divisions.email_kept_by IS 'settings: rewritten at each start for the first division; staff: the database holds.';
COMMENT ON COLUMN divisions.calendar IS 'Zone, opening hours, closed days, public holidays; see domain::calendar.';
COMMENT ON COLUMN divisions.position IS 'Order on pages; the lowest takes what nothing routes.';

CREATE TABLE topics (
    slug text PRIMARY KEY CHECK (slug ~ '^[a-z0-9-]{1,60}$'),
    names jsonb NOT NULL,
    hints jsonb NOT NULL,
    division_id uuid NOT NULL REFERENCES divisions,
    position integer NOT NULL
);
COMMENT ON TABLE topics IS 'What an enquiry can be about.';
COMMENT ON COLUMN topics.slug IS 'Its name in the form and in queries.';
COMMENT ON COLUMN topics.names IS 'Its name by language code.';
COMMENT ON COLUMN topics.hints IS 'A few words below it in the form, by language code.';
COMMENT ON COLUMN topics.division_id IS 'The division that answers.';
COMMENT ON COLUMN topics.position IS 'Order in the form.';

CREATE TABLE programmes (
    slug text PRIMARY KEY CHECK (slug ~ '^[a-z0-9-]{1,60}$'),
    topic text NOT NULL REFERENCES topics,
    titles jsonb NOT NULL,
    summaries jsonb NOT NULL,
    position integer NOT NULL
);
COMMENT ON TABLE programmes IS 'What the divisions do, as the start page lists it.';
COMMENT ON COLUMN programmes.slug IS 'Key.';
COMMENT ON COLUMN programmes.topic IS 'The topic that the form has chosen when one comes from here.';
COMMENT ON COLUMN programmes.titles IS 'Title by language code.';
COMMENT ON COLUMN programmes.summaries IS 'One sentence by language code.';
COMMENT ON COLUMN programmes.position IS 'Order on the page.';

CREATE TABLE routing_rules (
    id uuid PRIMARY KEY,
    position integer NOT NULL,
    condition jsonb NOT NULL,
    division_id uuid NOT NULL REFERENCES divisions,
    topic text REFERENCES topics,
    priority text CHECK (priority IN ('low', 'normal', 'high', 'urgent'))
);
COMMENT ON TABLE routing_rules IS 'Rules asked before topic and address; the first that matches decides.';
COMMENT ON COLUMN routing_rules.id IS 'Key.';
COMMENT ON COLUMN routing_rules.position IS 'Order in which the rules are asked.';
COMMENT ON COLUMN routing_rules.condition IS 'What must hold, all of it; see domain::routing.';
COMMENT ON COLUMN routing_rules.division_id IS 'Where a matching enquiry goes.';
COMMENT ON COLUMN routing_rules.topic IS 'Its topic from then on, or null to leave it.';
COMMENT ON COLUMN routing_rules.priority IS 'Its priority, or null to leave it.';

CREATE TABLE staff (
    id uuid PRIMARY KEY,
    email text NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    role text NOT NULL CHECK (role IN ('admin', 'manager', 'agent', 'viewer')),
    password_hash text,
    language text NOT NULL DEFAULT 'ja' CHECK (language IN ('ja', 'en')),
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX staff_email ON staff (lower(email));
COMMENT ON TABLE staff IS 'Those who work with the desk.';
COMMENT ON COLUMN staff.id IS 'Key.';
COMMENT ON COLUMN staff.email IS 'The address to sign in with.';
COMMENT ON COLUMN staff.name IS 'Name as colleagues see it.';
COMMENT ON COLUMN staff.role IS 'What they may do.';
COMMENT ON COLUMN staff.password_hash IS 'argon2id in PHC form; null until a password is chosen.';
COMMENT ON COLUMN staff.language IS 'Language of their pages.';
COMMENT ON COLUMN staff.created_at IS 'When they were added.';

CREATE TABLE memberships (
    staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
    division_id uuid NOT NULL REFERENCES divisions,
    PRIMARY KEY (staff_id, division_id)
);
COMMENT ON TABLE memberships IS 'The divisions whose tickets a member of staff sees; none: all divisions.';
COMMENT ON COLUMN memberships.staff_id IS 'Who.';
COMMENT ON COLUMN memberships.division_id IS 'Where.';

CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_expires_at ON sessions (expires_at);
COMMENT ON TABLE sessions IS 'Who is signed in.';
COMMENT ON COLUMN sessions.token_hash IS 'SHA-256 of the cookie''s token; the token itself is kept nowhere.';
COMMENT ON COLUMN sessions.staff_id IS 'Who.';
COMMENT ON COLUMN sessions.created_at IS 'When they signed in.';
COMMENT ON COLUMN sessions.expires_at IS 'When it ends.';

CREATE TABLE one_time_links (
    token_hash bytea PRIMARY KEY,
    staff_id uuid REFERENCES staff ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE one_time_links IS 'Links by which a password is chosen; deleted when used.';
COMMENT ON COLUMN one_time_links.token_hash IS 'SHA-256 of the token in the link.';
COMMENT ON COLUMN one_time_links.staff_id IS 'Whose password; null: the link of the first start, which makes the first administrator.';
COMMENT ON COLUMN one_time_links.expires_at IS 'When it stops working.';

CREATE TABLE sign_in_failures (
    account_or_network text PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL
);
COMMENT ON TABLE sign_in_failures IS 'Failed sign-ins in a row, for growing pauses.';
COMMENT ON COLUMN sign_in_failures.account_or_network IS 'SHA-256 in hex of what is throttled: an address to sign in with, or a network address.';
COMMENT ON COLUMN sign_in_failures.failures IS 'How many in a row.';
COMMENT ON COLUMN sign_in_failures.last_at IS 'When the last one was.';

CREATE TABLE people (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    organisation text NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE people IS 'Enquirers.';
COMMENT ON COLUMN people.id IS 'Key.';
COMMENT ON COLUMN people.name IS 'Name as first given, which each ticket may give anew; may be empty.';
COMMENT ON COLUMN people.organisation IS 'Organisation as first given; may be empty.';
COMMENT ON COLUMN people.created_at IS 'When they first wrote or called.';

CREATE TABLE contacts (
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('email', 'phone', 'fax')),
    value text NOT NULL CHECK (value <> ''),
    shown text NOT NULL,
    PRIMARY KEY (person_id, kind, value)
);
CREATE UNIQUE INDEX contacts_email ON contacts (value) WHERE kind = 'email';
CREATE INDEX contacts_number ON contacts (value) WHERE kind <> 'email';
COMMENT ON TABLE contacts IS 'How people are reached: any number of addresses, telephones and faxes, or none.';
COMMENT ON COLUMN contacts.person_id IS 'Whose.';
COMMENT ON COLUMN contacts.kind IS 'email, phone or fax.';
COMMENT ON COLUMN contacts.value IS 'Folded for comparison: an address in lower case, a number in E.164. An address belongs to one person, a number may be a whole office''s.';
COMMENT ON COLUMN contacts.shown IS 'As it was given.';

CREATE SEQUENCE ticket_number;

CREATE TABLE tickets (
    id uuid PRIMARY KEY,
    number bigint NOT NULL UNIQUE CHECK (number > 0),
    subject text NOT NULL,
    status text NOT NULL CHECK (status IN ('new', 'open', 'pending', 'resolved', 'closed', 'spam')),
    priority text NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    channel text NOT NULL CHECK (channel IN ('web', 'email', 'phone', 'fax', 'visit', 'post', 'api')),
    division_id uuid NOT NULL REFERENCES divisions,
    topic text NOT NULL REFERENCES topics,
    person_id uuid NOT NULL REFERENCES people,
    enquirer_name text NOT NULL,
    enquirer_organisation text NOT NULL,
    enquirer_address text,
    assignee_id uuid REFERENCES staff,
    language text CHECK (language IN ('ja', 'en', 'zh', 'ko', 'fr')),
    version bigint NOT NULL DEFAULT 1,
    automatic boolean NOT NULL DEFAULT false,
    bounced boolean NOT NULL DEFAULT false,
    related_number bigint,
    spam_reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    waiting_since timestamptz,
    due_at timestamptz NOT NULL,
    answered_at timestamptz,
    CHECK ((waiting_since IS NOT NULL) = (status IN ('new', 'open')))
);
CREATE INDEX tickets_queue ON tickets (division_id, waiting_since, number) WHERE waiting_since IS NOT NULL;
CREATE INDEX tickets_live ON tickets (division_id, status, channel, assignee_id) WHERE status IN ('new', 'open', 'pending');
CREATE INDEX tickets_assignee ON tickets (assignee_id, number) WHERE assignee_id IS NOT NULL;
CREATE INDEX tickets_status ON tickets (status, number);
CREATE INDEX tickets_channel ON tickets (channel, number);
CREATE INDEX tickets_topic ON tickets (topic, number);
CREATE INDEX tickets_division ON tickets (division_id, number);
CREATE INDEX tickets_person ON tickets (person_id, number);
CREATE INDEX tickets_updated ON tickets (updated_at, number);
CREATE INDEX tickets_due ON tickets (due_at, number);
CREATE INDEX tickets_waiting ON tickets (waiting_since, number) WHERE waiting_since IS NOT NULL;
CREATE INDEX tickets_bounced ON tickets (number) WHERE bounced;
-- Whatever is asked of tickets under way is read off these, and not off the many that are answered.
CREATE INDEX tickets_unassigned ON tickets (number) WHERE assignee_id IS NULL;
CREATE INDEX tickets_live_number ON tickets (number) WHERE status IN ('new', 'open', 'pending');
CREATE INDEX tickets_live_mine ON tickets (assignee_id, number) WHERE status IN ('new', 'open', 'pending');
CREATE INDEX tickets_live_due ON tickets (due_at, number) WHERE status IN ('new', 'open', 'pending');
CREATE INDEX tickets_live_updated ON tickets (updated_at, number) WHERE status IN ('new', 'open', 'pending');
COMMENT ON TABLE tickets IS 'One enquiry and all that follows.';
COMMENT ON COLUMN tickets.id IS 'Key.';
COMMENT ON COLUMN tickets.number IS 'The reference without its check digit; newest first is by this.';
COMMENT ON COLUMN tickets.subject IS 'What it is about, in the enquirer''s words.';
COMMENT ON COLUMN tickets.status IS 'Where it stands.';
COMMENT ON COLUMN tickets.priority IS 'How urgent it is.';
COMMENT ON COLUMN tickets.channel IS 'How the enquiry came.';
COMMENT ON COLUMN tickets.division_id IS 'In whose queue it is.';
COMMENT ON COLUMN tickets.topic IS 'Main topic, which routes.';
COMMENT ON COLUMN tickets.person_id IS 'The enquirer.';
COMMENT ON COLUMN tickets.enquirer_name IS 'Name as given with this enquiry.';
COMMENT ON COLUMN tickets.enquirer_organisation IS 'Organisation as given with this enquiry.';
COMMENT ON COLUMN tickets.enquirer_address IS 'Where answers go; null for those without email.';
COMMENT ON COLUMN tickets.assignee_id IS 'Who of the staff has it.';
COMMENT ON COLUMN tickets.language IS 'Language of the enquirer; null while in doubt.';
COMMENT ON COLUMN tickets.version IS 'Counts messages and changes of status, assignee and division: the optimistic lock.';
COMMENT ON COLUMN tickets.automatic IS 'Made of automatic mail.';
COMMENT ON COLUMN tickets.bounced IS 'A letter of ours came back.';
COMMENT ON COLUMN tickets.related_number IS 'Another ticket that it looks related to, for staff to judge.';
COMMENT ON COLUMN tickets.spam_reason IS 'Why the desk doubted it, where it did.';
COMMENT ON COLUMN tickets.created_at IS 'When the enquiry came.';
COMMENT ON COLUMN tickets.updated_at IS 'When something last happened.';
COMMENT ON COLUMN tickets.waiting_since IS 'Since when it waits for us; null when it does not.';
COMMENT ON COLUMN tickets.due_at IS 'When the promise ends.';
COMMENT ON COLUMN tickets.answered_at IS 'When the first reply was written.';

CREATE TABLE ticket_topics (
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    topic text NOT NULL REFERENCES topics,
    PRIMARY KEY (ticket_id, topic)
);
COMMENT ON TABLE ticket_topics IS 'Further topics, which count in reports.';
COMMENT ON COLUMN ticket_topics.ticket_id IS 'Of which ticket.';
COMMENT ON COLUMN ticket_topics.topic IS 'Which topic.';

CREATE TABLE ticket_tags (
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    tag text NOT NULL CHECK (tag <> '' AND length(tag) <= 60),
    number bigint NOT NULL,
    PRIMARY KEY (ticket_id, tag)
);
CREATE INDEX ticket_tags_tag ON ticket_tags (tag, number);
COMMENT ON TABLE ticket_tags IS 'Words that staff put on tickets.';
COMMENT ON COLUMN ticket_tags.ticket_id IS 'Of which ticket.';
COMMENT ON COLUMN ticket_tags.tag IS 'The word.';
COMMENT ON COLUMN ticket_tags.number IS 'The ticket''s number, so that a tag''s tickets are read in the order of the list.';

CREATE TABLE participants (
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    address text NOT NULL,
    PRIMARY KEY (ticket_id, address)
);
COMMENT ON TABLE participants IS 'Addresses that take part in a ticket: letters from them may be joined to it by id or reference.';
COMMENT ON COLUMN participants.ticket_id IS 'Which ticket.';
COMMENT ON COLUMN participants.address IS 'Folded address.';

CREATE TABLE arrivals (
    id uuid PRIMARY KEY,
    received_at timestamptz NOT NULL,
    channel text NOT NULL CHECK (channel IN ('web', 'email', 'phone', 'fax', 'visit', 'post', 'api')),
    sender text NOT NULL,
    recipients jsonb NOT NULL,
    raw bytea NOT NULL,
    sameness bytea NOT NULL,
    form_nonce bytea,
    outcome text NOT NULL CHECK (outcome IN ('created', 'appended', 'duplicate', 'bounce', 'quarantined')),
    reason text,
    ticket_id uuid REFERENCES tickets,
    acknowledged boolean NOT NULL,
    CHECK (outcome NOT IN ('created', 'appended') OR ticket_id IS NOT NULL)
);
ALTER TABLE arrivals ALTER COLUMN raw SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX arrivals_sameness ON arrivals (sameness) WHERE outcome <> 'duplicate';
CREATE UNIQUE INDEX arrivals_form ON arrivals (form_nonce) WHERE form_nonce IS NOT NULL AND outcome = 'created';
CREATE INDEX arrivals_quarantined ON arrivals (id) WHERE outcome = 'quarantined';
CREATE INDEX arrivals_ticket ON arrivals (ticket_id);
COMMENT ON TABLE arrivals IS 'The intake ledger: everything that came in, as it came, and its one outcome.';
COMMENT ON COLUMN arrivals.id IS 'Key; newest first is by this.';
COMMENT ON COLUMN arrivals.received_at IS 'When it came.';
COMMENT ON COLUMN arrivals.channel IS 'How it came.';
COMMENT ON COLUMN arrivals.sender IS 'From whom, as far as it says.';
COMMENT ON COLUMN arrivals.recipients IS 'The addresses it was sent to, for letters.';
COMMENT ON COLUMN arrivals.raw IS 'The bytes as received; of a form its fields as JSON, files by hash.';
COMMENT ON COLUMN arrivals.sameness IS 'Hash of what makes two arrivals the very same; unique among those that are no duplicates.';
COMMENT ON COLUMN arrivals.form_nonce IS 'The hidden token of the form.';
COMMENT ON COLUMN arrivals.outcome IS 'What became of it.';
COMMENT ON COLUMN arrivals.reason IS 'Why, where that needs a word.';
COMMENT ON COLUMN arrivals.ticket_id IS 'The ticket made, added to, or whose letter bounced.';
COMMENT ON COLUMN arrivals.acknowledged IS 'Whether an acknowledgement was written.';

CREATE TABLE messages (
    id uuid PRIMARY KEY,
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('inbound', 'outbound', 'note')),
    channel text NOT NULL CHECK (channel IN ('web', 'email', 'phone', 'fax', 'visit', 'post', 'api')),
    staff_id uuid REFERENCES staff,
    arrival_id uuid REFERENCES arrivals,
    sender_name text NOT NULL,
    sender_address text NOT NULL,
    sender_known boolean NOT NULL DEFAULT true,
    automatic boolean NOT NULL DEFAULT false,
    language text CHECK (language IN ('ja', 'en', 'zh', 'ko', 'fr')),
    text text NOT NULL,
    new_part text,
    html text,
    mail_id text,
    bounce jsonb,
    created_at timestamptz NOT NULL,
    CHECK ((kind = 'inbound') OR (staff_id IS NOT NULL))
);
CREATE INDEX messages_ticket ON messages (ticket_id, id);
CREATE INDEX messages_mail_id ON messages (mail_id) WHERE mail_id IS NOT NULL;
COMMENT ON TABLE messages IS 'The entries of a ticket''s conversation.';
COMMENT ON COLUMN messages.id IS 'Key; the order of the conversation.';
COMMENT ON COLUMN messages.ticket_id IS 'Of which ticket.';
COMMENT ON COLUMN messages.kind IS 'From outside, from us, or for staff only.';
COMMENT ON COLUMN messages.channel IS 'How it came or went.';
COMMENT ON COLUMN messages.staff_id IS 'Who wrote or logged it.';
COMMENT ON COLUMN messages.arrival_id IS 'The arrival that it was made of.';
COMMENT ON COLUMN messages.sender_name IS 'Name of who wrote it.';
COMMENT ON COLUMN messages.sender_address IS 'Their address; may be empty.';
COMMENT ON COLUMN messages.sender_known IS 'Whether that address took part in the ticket before.';
COMMENT ON COLUMN messages.automatic IS 'Written by a machine.';
COMMENT ON COLUMN messages.language IS 'Its language, where known.';
COMMENT ON COLUMN messages.text IS 'The whole text.';
COMMENT ON COLUMN messages.new_part IS 'The text less quoted history and signature, where that is not all of it.';
COMMENT ON COLUMN messages.html IS 'The sanitised HTML of a letter that had one.';
COMMENT ON COLUMN messages.mail_id IS 'Message-ID of the letter, without angle brackets.';
COMMENT ON COLUMN messages.bounce IS 'The report that this letter of ours did not arrive.';
COMMENT ON COLUMN messages.created_at IS 'When it came or was written.';

CREATE TABLE blobs (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    content bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE blobs ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE blobs IS 'The bytes of attachments, each kept once.';
COMMENT ON COLUMN blobs.sha256 IS 'SHA-256 of the bytes.';
COMMENT ON COLUMN blobs.content IS 'The bytes.';
COMMENT ON COLUMN blobs.created_at IS 'When they first came.';

CREATE TABLE attachments (
    id uuid PRIMARY KEY,
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    position integer NOT NULL,
    filename text NOT NULL,
    content_type text NOT NULL,
    sniffed_type text NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    sha256 bytea NOT NULL REFERENCES blobs,
    inline boolean NOT NULL,
    content_id text
);
CREATE INDEX attachments_message ON attachments (message_id, position);
COMMENT ON TABLE attachments IS 'Files of messages.';
COMMENT ON COLUMN attachments.id IS 'Key.';
COMMENT ON COLUMN attachments.message_id IS 'Of which message.';
COMMENT ON COLUMN attachments.position IS 'Its place among them.';
COMMENT ON COLUMN attachments.filename IS 'Its name, made safe.';
COMMENT ON COLUMN attachments.content_type IS 'The type that the sender declared.';
COMMENT ON COLUMN attachments.sniffed_type IS 'The type that its bytes show.';
COMMENT ON COLUMN attachments.size IS 'In bytes.';
COMMENT ON COLUMN attachments.sha256 IS 'Its bytes.';
COMMENT ON COLUMN attachments.inline IS 'Meant to be shown within the text.';
COMMENT ON COLUMN attachments.content_id IS 'The name by which the HTML refers to it.';

CREATE TABLE events (
    id uuid PRIMARY KEY,
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    at timestamptz NOT NULL,
    staff_id uuid REFERENCES staff,
    event jsonb NOT NULL
);
CREATE INDEX events_ticket ON events (ticket_id, id);
COMMENT ON TABLE events IS 'The history of tickets; append only.';
COMMENT ON COLUMN events.id IS 'Key; the order of the history.';
COMMENT ON COLUMN events.ticket_id IS 'Of which ticket.';
COMMENT ON COLUMN events.at IS 'When.';
COMMENT ON COLUMN events.staff_id IS 'Who did it; null: the enquirer or the desk itself.';
COMMENT ON COLUMN events.event IS 'What happened; see domain::event.';

CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed';
END $$;
CREATE TRIGGER events_stay BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION events_stay();

CREATE TABLE deeds (
    key bytea PRIMARY KEY,
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    at timestamptz NOT NULL
);
CREATE INDEX deeds_at ON deeds (at);
COMMENT ON TABLE deeds IS 'Forms of staff that were carried out, so that the same form sent twice is one deed.';
COMMENT ON COLUMN deeds.key IS 'Hash of the form''s hidden token and content.';
COMMENT ON COLUMN deeds.ticket_id IS 'The ticket that it changed or made.';
COMMENT ON COLUMN deeds.at IS 'When.';

CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    ticket_id uuid NOT NULL REFERENCES tickets ON DELETE CASCADE,
    message_id uuid REFERENCES messages ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('acknowledgement', 'reply')),
    channel text NOT NULL CHECK (channel IN ('web', 'email', 'phone', 'fax', 'visit', 'post', 'api')),
    recipient text NOT NULL,
    letter jsonb NOT NULL,
    mail_id text NOT NULL UNIQUE,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'claimed', 'handing', 'sent', 'captured', 'refused', 'unknown', 'settled')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    lease_until timestamptz,
    lease_holder uuid,
    server_code text,
    server_words text,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((lease_holder IS NOT NULL) = (state IN ('claimed', 'handing')))
);
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state IN ('claimed', 'handing');
CREATE INDEX outbox_unfinished ON outbox (number) WHERE state NOT IN ('sent', 'captured', 'settled');
CREATE INDEX outbox_ticket ON outbox (ticket_id, number);
CREATE INDEX outbox_recipient ON outbox (recipient, created_at) WHERE purpose = 'acknowledgement';
COMMENT ON TABLE outbox IS 'Letters to be sent and their fate.';
COMMENT ON COLUMN outbox.id IS 'Key.';
COMMENT ON COLUMN outbox.number IS 'Names the letter in its return path.';
COMMENT ON COLUMN outbox.ticket_id IS 'The ticket it belongs to.';
COMMENT ON COLUMN outbox.message_id IS 'The reply that it carries; null for acknowledgements.';
COMMENT ON COLUMN outbox.purpose IS 'Why it is sent.';
COMMENT ON COLUMN outbox.channel IS 'The channel of what it answers.';
COMMENT ON COLUMN outbox.recipient IS 'Folded address it goes to.';
COMMENT ON COLUMN outbox.letter IS 'All of it but attachments'' bytes; see domain::letter.';
COMMENT ON COLUMN outbox.mail_id IS 'Its final Message-ID, without angle brackets.';
COMMENT ON COLUMN outbox.state IS 'handing: between the commit before DATA and its answer; settled: a person decided.';
COMMENT ON COLUMN outbox.attempts IS 'How often it was tried.';
COMMENT ON COLUMN outbox.next_attempt_at IS 'Not before this.';
COMMENT ON COLUMN outbox.lease_until IS 'Until when the holder has it.';
COMMENT ON COLUMN outbox.lease_holder IS 'Which worker has it.';
COMMENT ON COLUMN outbox.server_code IS 'The mail server''s last code.';
COMMENT ON COLUMN outbox.server_words IS 'The mail server''s last words.';
COMMENT ON COLUMN outbox.created_at IS 'When it was written.';
COMMENT ON COLUMN outbox.finished_at IS 'When its fate was sealed.';

CREATE TABLE search_pending (
    message_id uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE
);
COMMENT ON TABLE search_pending IS 'Messages whose search documents are still to be written.';
COMMENT ON COLUMN search_pending.message_id IS 'Which message.';

CREATE TABLE search_documents (
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    part integer NOT NULL,
    ticket_number bigint NOT NULL,
    tokens tsvector NOT NULL,
    folded text NOT NULL,
    PRIMARY KEY (message_id, part)
);
CREATE INDEX search_documents_tokens ON search_documents USING gin (tokens) WITH (fastupdate = off);
COMMENT ON TABLE search_documents IS 'What the search looks through, apart from the messages.';
COMMENT ON COLUMN search_documents.message_id IS 'Of which message.';
COMMENT ON COLUMN search_documents.part IS 'A long message has several.';
COMMENT ON COLUMN search_documents.ticket_number IS 'Of which ticket.';
COMMENT ON COLUMN search_documents.tokens IS 'Folded words and bigrams, and the bucket of the ticket''s number.';
COMMENT ON COLUMN search_documents.folded IS 'The folded text, in which neighbouring words are checked.';
