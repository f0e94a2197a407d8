-- 100 000 tickets, 2 % of them under way, in seconds: plain rows whose figures are those of the demo's, without the
-- triggers of foreign keys (the keys are right by construction).
SET session_replication_role = replica;
SET synchronous_commit = off;
SET work_mem = '256MB';
SET maintenance_work_mem = '256MB';

CREATE FUNCTION pg_temp.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (lpad(to_hex(100000000000 + n), 12, '0') || '70008000' || lpad(to_hex(kind), 12, '0'))::uuid $$;

INSERT INTO staff (id, email, name, role, created_at)
SELECT pg_temp.id(9, n), 'member' || n || '@desk.example', 'Member ' || n, 'agent', now() FROM generate_series(1, 8) AS n;

INSERT INTO people (id, name, organisation, created_at)
SELECT pg_temp.id(1, n), 'Person ' || n, 'Town of ' || n % 500, now() FROM generate_series(1, 60000) AS n;

INSERT INTO contacts (person_id, kind, value, shown)
SELECT pg_temp.id(1, n), 'email', 'person' || n || '@town.example', 'person' || n || '@town.example'
FROM generate_series(1, 60000) AS n
UNION ALL
SELECT pg_temp.id(1, n), 'phone', '+813' || n, '03-' || n FROM generate_series(1, 20000) AS n;

INSERT INTO tickets (id, number, subject, status, priority, channel, division_id, topic, person_id, enquirer_name,
    enquirer_organisation, enquirer_address, assignee_id, language, bounced, created_at, updated_at, waiting_since, due_at,
    answered_at)
SELECT pg_temp.id(2, n), n, 'Subject ' || n % 700, status, 'normal',
    (ARRAY['web', 'web', 'web', 'web', 'web', 'email', 'email', 'email', 'phone', 'fax'])[1 + n % 10],
    '01938000-0000-7000-8000-000000000001',
    (ARRAY['sister-cities', 'commendation', 'seminar', 'trilateral-conference', 'japan-france-conference', 'other'])[1 + n % 6],
    pg_temp.id(1, 1 + n * 7919 % 60000), 'Person', 'Town of ' || n % 500,
    'person' || 1 + n * 7919 % 60000 || '@town.example', CASE WHEN status <> 'new' THEN pg_temp.id(9, 1 + n % 8) END,
    (ARRAY['ja', 'en', 'zh', 'ko', 'fr'])[1 + n % 5], n % 100 = 0, at, at + interval '1 day',
    CASE WHEN status IN ('new', 'open') THEN at END, at + interval '4 days',
    CASE WHEN status NOT IN ('new', 'open', 'spam') THEN at + interval '1 day' END
FROM (
    SELECT n, now() - interval '365 days' * (1 - n / 100001.0) AS at,
        CASE WHEN n > 96000 AND n % 2 = 0 THEN (ARRAY['new', 'open', 'pending'])[1 + n / 2 % 3]
            WHEN n % 29 = 0 THEN 'spam' WHEN n % 3 = 0 THEN 'closed' ELSE 'resolved' END AS status
    FROM generate_series(1, 100000) AS n
) AS drawn;
SELECT setval('ticket_number', 100000);

INSERT INTO ticket_tags (ticket_id, tag, number)
SELECT pg_temp.id(2, n), 'tag' || n % 40, n FROM generate_series(1, 100000, 8) AS n
UNION ALL
SELECT pg_temp.id(2, n), 'rare', n FROM generate_series(1, 100000, 20000) AS n;
INSERT INTO ticket_topics (ticket_id, topic) SELECT pg_temp.id(2, n), 'seminar' FROM generate_series(1, 100000, 24) AS n;
INSERT INTO participants (ticket_id, address) SELECT id, enquirer_address FROM tickets;

INSERT INTO arrivals (id, received_at, channel, sender, recipients, raw, sameness, form_nonce, outcome, ticket_id, acknowledged)
SELECT pg_temp.id(3, number), created_at, channel, enquirer_address, '[]', 'raw',
    decode(md5(number::text) || md5(number::text), 'hex'), decode(md5('f' || number), 'hex'),
    'created', id, true FROM tickets;

INSERT INTO messages (id, ticket_id, kind, channel, staff_id, arrival_id, sender_name, sender_address, text, mail_id, created_at)
SELECT pg_temp.id(4, number), id, 'inbound', channel, NULL, pg_temp.id(3, number), 'Person', enquirer_address,
    'A question about ' || topic, 'in' || number || '@town.example', created_at FROM tickets
UNION ALL
SELECT pg_temp.id(5, number), id, 'outbound', 'email', assignee_id, NULL, 'Member', '', 'An answer about ' || topic,
    'out' || number || '@desk.example', created_at + interval '1 day' FROM tickets WHERE answered_at IS NOT NULL;

INSERT INTO blobs (sha256, content) VALUES (decode(repeat('00', 32), 'hex'), '');
INSERT INTO blobs (sha256, content, scan) SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), '', 'clean' FROM generate_series(1, 100000) n;
INSERT INTO attachments (id, message_id, position, filename, content_type, sniffed_type, size, sha256, inline)
SELECT pg_temp.id(6, n), pg_temp.id(4, n), 0, 'a.pdf', 'application/pdf', 'application/pdf', 0, decode(repeat('00', 32), 'hex'), false
FROM generate_series(1, 100000, 10) AS n;

INSERT INTO answers (message_id, questionnaire_id, by_question)
SELECT pg_temp.id(4, n), (SELECT id FROM questionnaires WHERE topic = 'seminar' AND version = 1), '{"country": "FR", "participants": "3"}'
FROM generate_series(1, 100000, 2) AS n;
INSERT INTO kept_files (sha256, until)
SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), now() + (n - 50) * interval '1 minute' FROM generate_series(1, 20000) AS n;

INSERT INTO unjudged (message_id, joined_by, next_attempt_at)
SELECT pg_temp.id(4, n), 'token', now() + (n - 5) * interval '1 hour' FROM generate_series(1, 5000) AS n;

INSERT INTO events (id, ticket_id, at, staff_id, event)
SELECT pg_temp.id(7, number * 2), id, created_at, NULL::uuid, '{"what": "created", "channel": "web"}'::jsonb FROM tickets
UNION ALL
SELECT pg_temp.id(7, number * 2 + 1), id, updated_at, assignee_id, '{"what": "noted"}' FROM tickets WHERE assignee_id IS NOT NULL;

INSERT INTO outbox (id, ticket_id, message_id, purpose, channel, recipient, letter, mail_id, state, attempts, next_attempt_at,
    created_at, finished_at)
SELECT pg_temp.id(8, number), id, NULL::uuid, 'acknowledgement', channel, enquirer_address, '{}'::jsonb,
    'ack' || number || '@desk.example', 'sent', 1, created_at, created_at, created_at FROM tickets
UNION ALL
SELECT pg_temp.id(10, number), id, pg_temp.id(5, number), 'reply', 'email', enquirer_address, '{}',
    'out' || number || '@desk.example', 'sent', 1, created_at, created_at, created_at FROM tickets WHERE answered_at IS NOT NULL;

ALTER INDEX search_documents_tokens SET (fastupdate = on);
INSERT INTO search_documents (message_id, part, ticket_number, tokens, folded)
SELECT pg_temp.id(4, n), 0, n, array_to_tsvector(ARRAY['common', 'person', 'half' || n % 2, 'some' || n % 50, 'few' || n % 5000,
    '#' || n / 1024]), 'common person half' || n % 2 || ' some' || n % 50 || ' few' || n % 5000
FROM generate_series(1, 100000) AS n;
ALTER INDEX search_documents_tokens SET (fastupdate = off);
SELECT gin_clean_pending_list('search_documents_tokens');
VACUUM ANALYZE;
