-- What a new desk begins with. All of it is data from then on.

INSERT INTO organisation (names) VALUES ('{
    "ja": "自治体国際化協会",
    "en": "Council of Local Authorities for International Relations (CLAIR)",
    "zh": "自治体国际化协会",
    "ko": "자치체국제화협회",
    "fr": "CLAIR (Council of Local Authorities for International Relations)"
}');

INSERT INTO divisions (id, slug, names, telephone, fax, email, calendar, position) VALUES (
    '01938000-0000-7000-8000-000000000001',
    'international-exchange',
    '{
        "ja": "国際交流課",
        "en": "International Exchange Division",
        "zh": "国际交流课",
        "ko": "국제교류과",
        "fr": "Division des échanges internationaux"
    }',
    '+81-3-5213-1723',
    '+81-3-5213-1742',
    'exchange@localhost',
    '{
        "zone": "Asia/Tokyo",
        "hours": {
            "monday": [["09:00", "12:00"], ["13:00", "17:30"]],
            "tuesday": [["09:00", "12:00"], ["13:00", "17:30"]],
            "wednesday": [["09:00", "12:00"], ["13:00", "17:30"]],
            "thursday": [["09:00", "12:00"], ["13:00", "17:30"]],
            "friday": [["09:00", "12:00"], ["13:00", "17:30"]]
        },
        "closed": [["12-29", "01-03"]],
        "public_holidays": "japan"
    }',
    1
);

INSERT INTO topics (slug, names, hints, division_id, position)
SELECT slug, names::jsonb, hints::jsonb, '01938000-0000-7000-8000-000000000001'::uuid, position FROM (VALUES
    ('sister-cities',
        '{"ja": "姉妹都市の情報", "en": "Sister cities", "zh": "友好城市信息", "ko": "자매도시 정보", "fr": "Jumelages"}',
        '{"ja": "提携の状況、相手さがし、手続き", "en": "affiliations, looking for a partner, procedures", "zh": "缔结情况、寻找伙伴、手续", "ko": "제휴 현황, 상대 찾기, 절차", "fr": "jumelages existants, recherche d’un partenaire, démarches"}', 1),
    ('commendation',
        '{"ja": "自治体国際交流表彰（総務大臣賞）", "en": "International Exchange Commendation", "zh": "地方自治体国际交流表彰（总务大臣奖）", "ko": "자치체 국제교류 표창（총무대신상）", "fr": "Prix des échanges internationaux des collectivités"}',
        '{"ja": "推薦のしかた、様式、日程", "en": "how to nominate, forms, dates", "zh": "推荐方法、表格、日程", "ko": "추천 방법, 양식, 일정", "fr": "proposer un candidat, formulaires, dates"}', 2),
    ('seminar',
        '{"ja": "海外自治体幹部交流協力セミナー", "en": "Local Government Exchange and Cooperation Seminar", "zh": "海外地方政府干部交流合作研讨会", "ko": "해외 지방정부 간부 교류협력 세미나", "fr": "Séminaire d’échange et de coopération des collectivités"}',
        '{"ja": "参加できる方、申し込み", "en": "who can take part, how to apply", "zh": "参加资格、报名", "ko": "참가 자격, 신청", "fr": "qui peut participer, inscription"}', 3),
    ('trilateral-conference',
        '{"ja": "日中韓3か国地方政府交流会議", "en": "Japan-China-South Korea Trilateral Conference", "zh": "日中韩三国地方政府交流会议", "ko": "한일중 3국 지방정부 교류회의", "fr": "Conférence trilatérale Japon-Chine-Corée du Sud"}',
        '{"ja": "日程、参加、発表", "en": "dates, taking part, speaking", "zh": "日程、参加、发言", "ko": "일정, 참가, 발표", "fr": "dates, participation, interventions"}', 4),
    ('japan-france-conference',
        '{"ja": "日仏自治体交流会議", "en": "Japan-France Conference", "zh": "日法地方政府交流会议", "ko": "일불 지방정부 교류회의", "fr": "Rencontres franco-japonaises de la coopération décentralisée"}',
        '{"ja": "日程、参加、発表", "en": "dates, taking part, speaking", "zh": "日程、参加、发言", "ko": "일정, 참가, 발표", "fr": "dates, participation, interventions"}', 5),
    ('other',
        '{"ja": "そのほか", "en": "Something else", "zh": "其他", "ko": "기타", "fr": "Autre sujet"}',
        '{"ja": "どれか分からないときも、こちらへ", "en": "also if you are not sure", "zh": "不确定时也请选这里", "ko": "잘 모르실 때에도 선택해 주십시오", "fr": "aussi en cas de doute"}', 6)
) AS seed (slug, names, hints, position);

INSERT INTO programmes (slug, topic, titles, summaries, position)
SELECT slug, topic, titles::jsonb, summaries::jsonb, position FROM (VALUES
    ('sister-cities', 'sister-cities',
        '{"ja": "姉妹都市の情報", "en": "Sister City Information", "zh": "友好城市信息", "ko": "자매도시 정보", "fr": "Informations sur les jumelages"}',
        '{"ja": "海外の自治体との提携についてのご質問や、相手をさがすご相談にお答えします。", "en": "Questions about affiliations with local authorities abroad, and help in finding a partner.", "zh": "解答与海外地方政府缔结友好关系的问题，协助寻找合作伙伴。", "ko": "해외 지방정부와의 제휴에 관한 질문과 상대를 찾는 상담에 답해 드립니다.", "fr": "Questions sur les jumelages avec des collectivités étrangères et aide à la recherche d’un partenaire."}', 1),
    ('commendation', 'commendation',
        '{"ja": "自治体国際交流表彰（総務大臣賞）", "en": "International Exchange Commendation (the Minister for Internal Affairs and Communications Award)", "zh": "地方自治体国际交流表彰（总务大臣奖）", "ko": "자치체 국제교류 표창（총무대신상）", "fr": "Prix des échanges internationaux (prix du ministre des Affaires intérieures et des Communications)"}',
        '{"ja": "国際交流に優れた取り組みをした自治体や団体を表彰します。", "en": "Honours local authorities and organisations for outstanding work in international exchange.", "zh": "表彰在国际交流方面成绩突出的地方政府和团体。", "ko": "국제교류에 뛰어난 활동을 한 지방정부와 단체를 표창합니다.", "fr": "Distingue des collectivités et des organismes pour leurs échanges internationaux."}', 2),
    ('seminar', 'seminar',
        '{"ja": "海外自治体幹部交流協力セミナー", "en": "Local Government Exchange and Cooperation Seminar", "zh": "海外地方政府干部交流合作研讨会", "ko": "해외 지방정부 간부 교류협력 세미나", "fr": "Séminaire d’échange et de coopération des collectivités"}',
        '{"ja": "海外の自治体の管理職員と、国際交流団体の役員の方を対象としたセミナーです。", "en": "For management staff of overseas local governments and executives of organisations for international exchange.", "zh": "面向海外地方政府管理人员和国际交流团体负责人。", "ko": "해외 지방정부의 관리직 직원과 국제교류 단체 임원을 위한 세미나입니다.", "fr": "Pour les cadres des collectivités étrangères et les dirigeants d’organismes d’échanges internationaux."}', 3),
    ('regional-exchange', 'other',
        '{"ja": "地域の国際交流活動", "en": "Regional International Exchange Activities", "zh": "地区国际交流活动", "ko": "지역 국제교류 활동", "fr": "Échanges internationaux des régions"}',
        '{"ja": "地域と地域を結ぶ活動を支えています。海外の自治体と集う二つの会議を開いています。", "en": "Supports what ties regions to one another, and holds two conferences with local governments abroad.", "zh": "支持连接地区与地区的活动，并举办两个与海外地方政府共聚的会议。", "ko": "지역과 지역을 잇는 활동을 지원하며, 해외 지방정부와 함께하는 두 회의를 개최합니다.", "fr": "Soutient les liens entre régions et organise deux conférences avec des collectivités étrangères."}', 4),
    ('trilateral-conference', 'trilateral-conference',
        '{"ja": "日中韓3か国地方政府交流会議", "en": "Japan-China-South Korea Trilateral Local Government Exchange Conference", "zh": "日中韩三国地方政府交流会议", "ko": "한일중 3국 지방정부 교류회의", "fr": "Conférence trilatérale d’échange des collectivités Japon-Chine-Corée du Sud"}',
        '{"ja": "1999年から毎年開催", "en": "held every year since 1999", "zh": "自1999年起每年举办", "ko": "1999년부터 매년 개최", "fr": "chaque année depuis 1999"}', 5),
    ('japan-france-conference', 'japan-france-conference',
        '{"ja": "日仏自治体交流会議", "en": "Japan-France Local Government Exchange Conference", "zh": "日法地方政府交流会议", "ko": "일불 지방정부 교류회의", "fr": "Rencontres franco-japonaises de la coopération décentralisée"}',
        '{"ja": "2008年から隔年で開催", "en": "held every other year since 2008", "zh": "自2008年起隔年举办", "ko": "2008년부터 격년 개최", "fr": "tous les deux ans depuis 2008"}', 6)
) AS seed (slug, topic, titles, summaries, position);
