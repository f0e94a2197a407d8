CREATE TABLE questionnaires (
    id uuid PRIMARY KEY,
    topic text NOT NULL REFERENCES topics,
    version integer NOT NULL CHECK (version > 0),
    questions jsonb NOT NULL CHECK (jsonb_typeof(questions) = 'array'),
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by uuid REFERENCES staff,
    UNIQUE (topic, version)
);
COMMENT ON TABLE questionnaires IS 'What a topic''s form asks beside what every form asks. A version never changes; the newest one is asked.';
COMMENT ON COLUMN questionnaires.id IS 'Key.';
COMMENT ON COLUMN questionnaires.topic IS 'Of which topic.';
COMMENT ON COLUMN questionnaires.version IS 'Counts from one.';
COMMENT ON COLUMN questionnaires.questions IS 'The questions in their order, with their names by language.';
COMMENT ON COLUMN questionnaires.made_at IS 'When it was made.';
COMMENT ON COLUMN questionnaires.made_by IS 'By whom; null for what the program came with.';

CREATE TABLE answers (
    message_id uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    questionnaire_id uuid NOT NULL REFERENCES questionnaires,
    by_question jsonb NOT NULL CHECK (jsonb_typeof(by_question) = 'object')
);
COMMENT ON TABLE answers IS 'What was answered to a topic''s questions, with the message that it came with.';
COMMENT ON COLUMN answers.message_id IS 'The message.';
COMMENT ON COLUMN answers.questionnaire_id IS 'The questions as they were asked.';
COMMENT ON COLUMN answers.by_question IS 'Answers by the names of the questions.';

INSERT INTO questionnaires (id, topic, version, questions)
SELECT '019e0000-0000-7000-8000-000000000038', 'seminar', 1, $$[
    {"name": "country", "kind": {"by": "country"}, "need": "optional", "asking": "asked",
     "labels": {"ja": "国・地域", "en": "Country or region", "zh": "国家或地区", "ko": "국가·지역", "fr": "Pays ou région"},
     "hints": {}},
    {"name": "municipality", "kind": {"by": "line"}, "need": "optional", "asking": "asked",
     "labels": {"ja": "参加する自治体・団体", "en": "Municipality or organisation taking part", "zh": "参加的地方政府或团体", "ko": "참가하는 지방자치단체·단체", "fr": "Collectivité ou organisme participant"},
     "hints": {}},
    {"name": "position", "kind": {"by": "line"}, "need": "optional", "asking": "asked",
     "labels": {"ja": "参加される方の役職", "en": "Position of those taking part", "zh": "参加者的职务", "ko": "참가자의 직위", "fr": "Fonctions des participants"},
     "hints": {"ja": "例：国際課長", "en": "For example: head of international relations", "zh": "例如：国际处处长", "ko": "예: 국제교류과장", "fr": "Par exemple : responsable des relations internationales"}},
    {"name": "participants", "kind": {"by": "number", "least": 1, "most": 1000}, "need": "optional", "asking": "asked",
     "labels": {"ja": "参加予定人数", "en": "Number of participants", "zh": "预计参加人数", "ko": "참가 예정 인원", "fr": "Nombre de participants"},
     "hints": {}},
    {"name": "first-date", "kind": {"by": "date"}, "need": "optional", "asking": "asked",
     "labels": {"ja": "希望日（第1希望）", "en": "Preferred date, first choice", "zh": "希望日期（第一志愿）", "ko": "희망 날짜(1순위)", "fr": "Date souhaitée, premier choix"},
     "hints": {"ja": "決まっていないときは、空欄のままでかまいません。", "en": "Leave it empty if this is not decided yet.", "zh": "尚未确定时可以留空。", "ko": "아직 정해지지 않았으면 비워 두셔도 됩니다.", "fr": "Laissez vide si rien n’est encore décidé."}},
    {"name": "second-date", "kind": {"by": "date"}, "need": "optional", "asking": "asked",
     "labels": {"ja": "希望日（第2希望）", "en": "Preferred date, second choice", "zh": "希望日期（第二志愿）", "ko": "희망 날짜(2순위)", "fr": "Date souhaitée, deuxième choix"},
     "hints": {}}
]$$
WHERE EXISTS (SELECT FROM topics WHERE slug = 'seminar');
