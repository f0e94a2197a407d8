CREATE TABLE sister_cities (
    position integer PRIMARY KEY,
    prefecture smallint CHECK (prefecture BETWEEN 1 AND 47),
    home jsonb CHECK (jsonb_typeof(home) = 'object'),
    country text CHECK (country ~ '^[A-Z]{2}$'),
    partner jsonb CHECK (jsonb_typeof(partner) = 'object'),
    since text CHECK (since ~ '^[0-9]{4}(-[0-9]{2}){0,2}$'),
    wish jsonb CHECK (jsonb_typeof(wish) = 'object'),
    is_example boolean NOT NULL,
    CHECK ((prefecture IS NULL) = (home IS NULL)),
    CHECK ((country IS NULL) = (partner IS NULL)),
    CHECK (home IS NOT NULL OR partner IS NOT NULL),
    CHECK ((wish IS NULL) = (home IS NOT NULL AND partner IS NOT NULL)),
    CHECK (since IS NULL OR wish IS NULL)
);
COMMENT ON TABLE sister_cities IS 'The directory of sister cities; staff replace all of it at once, from a file.';
COMMENT ON COLUMN sister_cities.position IS 'Its place in the list.';
COMMENT ON COLUMN sister_cities.prefecture IS 'Where the side in Japan lies, JIS X 0401.';
COMMENT ON COLUMN sister_cities.home IS 'The side in Japan, its name by language; null where one elsewhere looks for a partner.';
COMMENT ON COLUMN sister_cities.country IS 'Where the other side lies, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN sister_cities.partner IS 'The side elsewhere, its name by language; null where one in Japan looks for a partner.';
COMMENT ON COLUMN sister_cities.since IS 'Since when they are tied, as far as it is known: a year, a month or a day (ISO 8601).';
COMMENT ON COLUMN sister_cities.wish IS 'For what kind of partner one looks, by language.';
COMMENT ON COLUMN sister_cities.is_example IS 'Made up, to show what entries look like.';

CREATE TABLE sister_city_list (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    version integer NOT NULL,
    taken_at timestamptz NOT NULL,
    taken_by uuid REFERENCES staff
);
COMMENT ON TABLE sister_city_list IS 'What is known of the directory of sister cities as a whole.';
COMMENT ON COLUMN sister_city_list.is_only IS 'There is one.';
COMMENT ON COLUMN sister_city_list.version IS 'How often it was replaced.';
COMMENT ON COLUMN sister_city_list.taken_at IS 'When it was last replaced.';
COMMENT ON COLUMN sister_city_list.taken_by IS 'By whom; null for what the program came with.';
INSERT INTO sister_city_list (version, taken_at) VALUES (1, now());

INSERT INTO sister_cities (position, prefecture, home, country, partner, since, wish, is_example) VALUES
    (1, 1, '{"ja": "雪見町", "en": "Yukimi"}', 'CA', '{"ja": "シーダーベイ", "en": "Cedar Bay"}', '1996-08', NULL, true),
    (2, 4, '{"ja": "若草市", "en": "Wakakusa"}', 'FR', '{"ja": "ヴァルモン・シュル・リス", "en": "Valmont-sur-Lys"}', '1987-06-12', NULL, true),
    (3, 20, '{"ja": "白樺村", "en": "Shirakaba"}', 'US', '{"ja": "ウィローフォード", "en": "Willowford"}', '1994', NULL, true),
    (4, 26, '{"ja": "若竹市", "en": "Wakatake"}', 'CN', '{"ja": "明泉市", "en": "Mingquan", "zh": "明泉市"}', '1979-05-03', NULL, true),
    (5, 39, '{"ja": "潮見市", "en": "Shiomi"}', 'DE', '{"ja": "リンデンタール・アム・ゼー", "en": "Lindental am See"}', '2003-10-18', NULL, true),
    (6, 40, '{"ja": "青葉浜市", "en": "Aobahama"}', 'KR', '{"ja": "ハンビッ市", "en": "Hanbit", "ko": "한빛시"}', '2001-10', NULL, true),
    (7, 31, '{"ja": "砂原町", "en": "Sunahara"}', NULL, NULL, NULL, '{"ja": "中学生どうしの交流から始められる、海辺の町をさがしています。", "en": "A town by the sea, to begin with an exchange of pupils.", "zh": "希望与海滨城镇从中学生交流开始建立联系。", "ko": "중학생 교류부터 시작할 수 있는 바닷가 마을을 찾고 있습니다.", "fr": "Une commune du bord de mer, pour commencer par un échange d’élèves."}', true),
    (8, NULL, NULL, 'FR', '{"ja": "ベルリーヴ・アン・マレ", "en": "Bellerive-en-Marais"}', NULL, '{"ja": "人口1万人ほどの、磁器の産地との交流を希望しています。", "en": "A town of about 10,000 that makes porcelain, as we do.", "zh": "希望与人口约一万、出产瓷器的城镇交流。", "ko": "인구 1만 명 정도의 도자기 산지와 교류하기를 희망합니다.", "fr": "Une commune d’environ 10 000 habitants qui, comme nous, vit de la porcelaine."}', true),
    (9, NULL, NULL, 'NZ', '{"ja": "ハラケケベイ", "en": "Harakeke Bay"}', NULL, '{"ja": "酪農と再生可能エネルギーに取り組む自治体をさがしています。", "en": "A municipality with dairy farms and renewable energy.", "zh": "寻找从事奶业和可再生能源的地方政府。", "ko": "낙농과 재생 에너지에 힘쓰는 지자체를 찾고 있습니다.", "fr": "Une collectivité engagée dans l’élevage laitier et les énergies renouvelables."}', true);
