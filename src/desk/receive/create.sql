, new_people AS (
    INSERT INTO people (id, name, organisation, created_at)
    SELECT r.id, r.name, r.organisation, r.created_at
    FROM batch, jsonb_to_recordset(batch.rows -> 'people')
        AS r (id uuid, name text, organisation text, created_at timestamptz)
), new_contacts AS (
    INSERT INTO contacts (person_id, kind, value, shown)
    SELECT r.person_id, r.kind, r.value, r.shown
    FROM batch, jsonb_to_recordset(batch.rows -> 'contacts') AS r (person_id uuid, kind text, value text, shown text)
    ON CONFLICT (person_id, kind, value) DO NOTHING
), new_tickets AS (
    INSERT INTO tickets (id, number, subject, status, priority, channel, division_id, topic, person_id, enquirer_name,
        enquirer_reading, enquirer_organisation, enquirer_address, language, automatic, related_number, spam_reason, created_at,
        updated_at, waiting_since, due_at)
    SELECT r.id, r.number, r.subject, r.status, r.priority, r.channel, r.division_id, r.topic, r.person_id,
        r.enquirer_name, r.enquirer_reading, r.enquirer_organisation, r.enquirer_address, r.language, r.automatic, r.related_number,
        r.spam_reason, r.created_at, r.created_at, r.waiting_since, r.due_at
    FROM batch, jsonb_to_recordset(batch.rows -> 'tickets')
        AS r (id uuid, number bigint, subject text, status text, priority text, channel text, division_id uuid,
            topic text, person_id uuid, enquirer_name text, enquirer_reading text, enquirer_organisation text, enquirer_address text,
            language text, automatic boolean, related_number bigint, spam_reason text, created_at timestamptz,
            waiting_since timestamptz, due_at timestamptz)
    RETURNING id
), new_participants AS (
    INSERT INTO participants (ticket_id, address)
    SELECT r.ticket_id, r.address
    FROM batch, jsonb_to_recordset(batch.rows -> 'participants') AS r (ticket_id uuid, address text)
), new_arrivals AS (
    INSERT INTO arrivals (id, received_at, channel, sender, recipients, raw, sameness, form_nonce, outcome, ticket_id,
        acknowledged, flooded)
    SELECT r.id, r.received_at, r.channel, r.sender, r.recipients, batch.raws[r.raw_index], r.sameness, r.form_nonce,
        'created', r.ticket_id, r.acknowledged, r.flooded
    FROM batch, jsonb_to_recordset(batch.rows -> 'arrivals')
        AS r (id uuid, raw_index integer, received_at timestamptz, channel text, sender text, recipients jsonb,
            sameness bytea, form_nonce bytea, ticket_id uuid, acknowledged boolean,
            flooded boolean)
), new_messages AS (
    INSERT INTO messages (id, ticket_id, kind, channel, staff_id, arrival_id, sender_name, sender_address, automatic,
        language, text, new_part, html, mail_id, cc, failed_checks, created_at)
    SELECT r.id, r.ticket_id, 'inbound', r.channel, r.staff_id, r.arrival_id, r.sender_name, r.sender_address,
        r.automatic, r.language, r.text, r.new_part, r.html, r.mail_id, r.cc, r.failed_checks,
        r.created_at
    FROM batch, jsonb_to_recordset(batch.rows -> 'messages')
        AS r (id uuid, ticket_id uuid, channel text, staff_id uuid, arrival_id uuid, sender_name text,
            sender_address text, automatic boolean, language text, text text, new_part text, html text, mail_id text,
            cc jsonb, failed_checks jsonb, created_at timestamptz)
    RETURNING id
), new_attachments AS (
    INSERT INTO attachments (id, message_id, position, filename, content_type, sniffed_type, size, sha256, inline,
        content_id, summary)
    SELECT r.id, r.message_id, r.position, r.filename, r.content_type, r.sniffed_type, r.size, r.sha256, r.inline,
        r.content_id, r.summary
    FROM batch, jsonb_to_recordset(batch.rows -> 'attachments')
        AS r (id uuid, message_id uuid, position integer, filename text, content_type text, sniffed_type text,
            size bigint, sha256 bytea, inline boolean, content_id text, summary jsonb)
), new_answers AS (
    INSERT INTO answers (message_id, questionnaire_id, by_question)
    SELECT r.message_id, r.questionnaire_id, r.by_question
    FROM batch, jsonb_to_recordset(batch.rows -> 'answers')
        AS r (message_id uuid, questionnaire_id uuid, by_question jsonb)
), new_events AS (
    INSERT INTO events (id, ticket_id, at, staff_id, event)
    SELECT r.id, r.ticket_id, r.at, r.staff_id, r.event
    FROM batch, jsonb_to_recordset(batch.rows -> 'events')
        AS r (id uuid, ticket_id uuid, at timestamptz, staff_id uuid, event jsonb)
), new_outbox AS (
    INSERT INTO outbox (id, ticket_id, purpose, channel, recipient, letter, mail_id, next_attempt_at, created_at)
    SELECT r.id, r.ticket_id, 'acknowledgement', r.channel, r.recipient, r.letter, r.mail_id, r.created_at, r.created_at
    FROM batch, jsonb_to_recordset(batch.rows -> 'outbox')
        AS r (id uuid, ticket_id uuid, channel text, recipient text, letter jsonb, mail_id text,
            created_at timestamptz)
), new_unjudged AS (
    INSERT INTO unjudged (message_id, next_attempt_at)
    SELECT r.message_id, r.next_attempt_at
    FROM batch, jsonb_to_recordset(batch.rows -> 'unjudged') AS r (message_id uuid, next_attempt_at timestamptz)
), new_search AS (
    INSERT INTO search_pending (message_id) SELECT id FROM new_messages
)
SELECT count(*) FROM new_tickets
