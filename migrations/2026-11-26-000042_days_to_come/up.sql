-- Nobody prefers a day that is over. Whoever has changed the questions of the seminar has decided for themselves.
INSERT INTO questionnaires (id, topic, version, questions)
SELECT '019e0000-0000-7000-8000-000000000042', first.topic, 2, (
    SELECT jsonb_agg(
        CASE question -> 'kind' ->> 'by'
            WHEN 'date' THEN jsonb_set(question, '{kind,days}', '"from-today"')
            ELSE question
        END ORDER BY place)
    FROM jsonb_array_elements(first.questions) WITH ORDINALITY AS each (question, place))
FROM questionnaires AS first
WHERE first.id = '019e0000-0000-7000-8000-000000000038'
    AND NOT EXISTS (SELECT FROM questionnaires AS later WHERE later.topic = first.topic AND later.version > 1);
