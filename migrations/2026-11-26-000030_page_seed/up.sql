-- Facts only as the division gave them; everything else is left to its staff.
CREATE TEMPORARY TABLE seed_pages (slug text, kind text, topic text, position integer);
INSERT INTO seed_pages VALUES
    ('sister-cities', 'programme', 'sister-cities', 1),
    ('commendation', 'programme', 'commendation', 2),
    ('seminar', 'programme', 'seminar', 3),
    ('regional-exchange', 'programme', 'other', 4),
    ('trilateral-conference', 'conference', 'trilateral-conference', 1),
    ('japan-france-conference', 'conference', 'japan-france-conference', 2),
    ('finding-a-partner', 'question', 'sister-cities', 1),
    ('who-the-seminar-is-for', 'question', 'seminar', 2),
    ('conference-place-and-date', 'question', 'other', 3),
    ('languages-we-answer-in', 'question', NULL, 4),
    ('when-we-answer', 'question', NULL, 5),
    ('without-email', 'question', NULL, 6),
    ('about', 'information', NULL, 1),
    ('accessibility', 'information', NULL, 2);

CREATE TEMPORARY TABLE seed_texts (slug text, language text, title text, summary text, search_words text, body text);

INSERT INTO seed_texts VALUES
('sister-cities', 'ja', '姉妹都市の情報', '海外の自治体との提携についてのご質問や、相手をさがすご相談にお答えします。', 'しまいとし ゆうこうとし ていけい 友好都市 姉妹提携', $md$
## お尋ねいただけること

- 姉妹都市・友好都市の提携について
- 提携の相手となる海外の自治体のさがし方
- すでに提携している自治体との交流の進め方

提携を決めていなくても、お尋ねいただけます。

## お尋ねの際に伺うこと

次のことをお書きいただくと、はじめのお返事から具体的にご案内できます。お分かりのものだけで構いません。

1. 自治体または団体のお名前
2. 交流したい国や地域
3. 交流したい分野（教育、文化、スポーツ、経済など）
4. これまでの交流

## お返事まで

フォームからお送りいただくと、受付番号をすぐにお知らせします。担当者が内容を拝見し、三開庁日以内にお返事します。
$md$),
('sister-cities', 'en', 'Sister City Information', 'Questions about affiliations with local authorities abroad, and help in finding a partner.', 'twin towns twinning friendship city partnership', $md$
## What you can ask us

- about sister city and friendship affiliations
- how to look for a partner in Japan or abroad
- how to carry on an exchange with a partner you already have

You do not need to have decided on an affiliation to ask.

## What helps us to answer

Tell us as much of this as you know:

1. your municipality or organisation
2. the country or region you have in mind
3. the field of exchange, such as education, culture, sport or business
4. any exchange there has been so far

## After you write to us

You receive a reference at once. A member of the division reads your enquiry and answers within three working days in Japan.
$md$),
('sister-cities', 'zh', '友好城市信息', '解答与海外地方政府缔结友好关系的问题，协助寻找合作伙伴。', '姐妹城市 友城 结好', $md$
## 可以咨询的内容

- 友好城市（姐妹城市）的缔结
- 如何在日本或海外寻找合作伙伴
- 如何与已结好的城市开展交流

尚未决定结好的，也欢迎咨询。

## 请告诉我们

了解以下情况，我们可以更快给出具体答复。知道多少写多少即可。

1. 贵地方政府或团体的名称
2. 希望交流的国家或地区
3. 希望交流的领域（教育、文化、体育、经济等）
4. 以往的交流情况

## 提交之后

提交后会立即得到受理编号。负责人员阅读后，在三个工作日（日本）内答复。
$md$),
('sister-cities', 'ko', '자매도시 정보', '해외 지방정부와의 제휴에 관한 질문과 상대를 찾는 상담에 답해 드립니다.', '우호도시 자매결연 결연', $md$
## 문의하실 수 있는 내용

- 자매도시·우호도시 제휴에 관한 사항
- 일본이나 해외에서 제휴 상대를 찾는 방법
- 이미 제휴한 도시와 교류를 이어 가는 방법

아직 제휴를 결정하지 않으셨어도 문의하실 수 있습니다.

## 함께 알려 주시면 좋은 내용

아시는 범위에서 적어 주시면 처음부터 구체적으로 안내해 드릴 수 있습니다.

1. 지방정부 또는 단체의 이름
2. 교류를 희망하는 국가나 지역
3. 교류를 희망하는 분야(교육, 문화, 스포츠, 경제 등)
4. 지금까지의 교류

## 문의하신 뒤

보내시면 바로 접수번호를 알려 드립니다. 담당자가 읽고 일본의 근무일로 3일 이내에 답해 드립니다.
$md$),
('sister-cities', 'fr', 'Informations sur les jumelages', 'Questions sur les jumelages avec des collectivités étrangères et aide à la recherche d’un partenaire.', 'villes jumelles ville sœur partenariat jumelage', $md$
## Ce que vous pouvez nous demander

- des renseignements sur les jumelages et les accords d’amitié
- comment chercher un partenaire au Japon ou à l’étranger
- comment faire vivre un jumelage existant

Il n’est pas nécessaire d’avoir déjà décidé d’un jumelage.

## Ce qui nous aide à répondre

Indiquez ce que vous savez :

1. votre collectivité ou organisme
2. le pays ou la région qui vous intéresse
3. le domaine d’échange : éducation, culture, sport, économie…
4. les échanges déjà menés

## Après votre message

Vous recevez aussitôt un numéro de référence. Un membre de la division lit votre demande et répond sous trois jours ouvrés au Japon.
$md$),

('commendation', 'ja', '自治体国際交流表彰（総務大臣賞）', '国際交流に優れた取り組みをした自治体や団体を表彰します。', 'ひょうしょう そうむだいじんしょう 推薦 受賞', $md$
## どのような表彰ですか

自治体国際交流表彰は、国際交流に優れた取り組みをした自治体や団体をたたえるもので、総務大臣賞が贈られます。

## お尋ねいただけること

- 対象となる取り組み
- 推薦の方法と必要な書類
- 今年度の日程

募集の条件や日程は年度により異なります。お問い合わせをいただいた時点のものをご案内します。

## お尋ねの際に伺うこと

自治体または団体のお名前と、取り組みの内容を、一、二行でお書きください。資料があれば、フォームに添えてお送りいただけます。
$md$),
('commendation', 'en', 'International Exchange Commendation (the Minister for Internal Affairs and Communications Award)', 'Honours local authorities and organisations for outstanding work in international exchange.', 'award prize nomination minister', $md$
## What it is

The commendation honours local authorities and organisations for outstanding work in international exchange. It carries the award of the Minister for Internal Affairs and Communications.

## What you can ask us

- which kind of work can be honoured
- how to nominate, and with which papers
- the dates of this year

Conditions and dates change from year to year. We tell you those that hold when you ask.

## What helps us to answer

Give the name of the local authority or organisation and describe the work in a sentence or two. You can attach papers to the form.
$md$),
('commendation', 'zh', '地方自治体国际交流表彰（总务大臣奖）', '表彰在国际交流方面成绩突出的地方政府和团体。', '表彰 奖 推荐 总务大臣', $md$
## 表彰简介

地方自治体国际交流表彰授予在国际交流方面成绩突出的地方政府和团体，颁发总务大臣奖。

## 可以咨询的内容

- 哪些活动可以参评
- 推荐办法和所需材料
- 本年度的日程

条件和日程每年不同，我们按咨询时的规定答复。

## 请告诉我们

请写明地方政府或团体的名称，并用一两句话介绍活动内容。如有资料，可随表单一并提交。
$md$),
('commendation', 'ko', '자치체 국제교류 표창（총무대신상）', '국제교류에 뛰어난 활동을 한 지방정부와 단체를 표창합니다.', '표창 상 추천 총무대신', $md$
## 어떤 표창인가요

자치체 국제교류 표창은 국제교류에 뛰어난 활동을 한 지방정부와 단체를 기리는 것으로, 총무대신상이 수여됩니다.

## 문의하실 수 있는 내용

- 대상이 되는 활동
- 추천 방법과 필요한 서류
- 올해의 일정

조건과 일정은 해마다 다릅니다. 문의하신 시점의 내용을 안내해 드립니다.

## 함께 알려 주시면 좋은 내용

지방정부 또는 단체의 이름과 활동 내용을 한두 문장으로 적어 주십시오. 자료가 있으면 양식에 첨부하실 수 있습니다.
$md$),
('commendation', 'fr', 'Prix des échanges internationaux (prix du ministre des Affaires intérieures et des Communications)', 'Distingue des collectivités et des organismes pour leurs échanges internationaux.', 'prix distinction candidature ministre', $md$
## De quoi s’agit-il ?

Ce prix distingue des collectivités et des organismes pour la qualité de leurs échanges internationaux. Il est décerné au nom du ministre des Affaires intérieures et des Communications.

## Ce que vous pouvez nous demander

- quelles actions peuvent être distinguées
- comment proposer une candidature et avec quelles pièces
- le calendrier de l’année

Les conditions et les dates changent d’une année à l’autre ; nous indiquons celles qui sont en vigueur.

## Ce qui nous aide à répondre

Donnez le nom de la collectivité ou de l’organisme et décrivez l’action en une ou deux phrases. Vous pouvez joindre des documents au formulaire.
$md$),

('seminar', 'ja', '海外自治体幹部交流協力セミナー', '海外の自治体の管理職員と、国際交流団体の役員の方を対象としたセミナーです。', 'せみなー けんしゅう 研修 幹部 参加資格', $md$
## 対象となる方

- 海外の自治体の管理職員
- 国際交流団体の役員

日本に姉妹都市がない場合も、お尋ねいただけます。

## 参加についてのお尋ね

お問い合わせフォームで、セミナーを選んでお送りください。はじめのお返事でご案内できるよう、次のことを伺います。

1. お国
2. 自治体または団体のお名前
3. お役職
4. 参加を希望する人数
5. ご都合のよい時期（お決まりの場合）

## お返事まで

受付番号を、画面とメールですぐにお知らせします。担当者が拝見し、お書きになった言語で、三開庁日以内にお返事します。
$md$),
('seminar', 'en', 'Local Government Exchange and Cooperation Seminar', 'For management staff of overseas local governments and executives of organisations for international exchange.', 'training programme participants apply', $md$
## Who it is for

- management staff of overseas local governments
- executives of organisations for international exchange

You do not need an existing sister city in Japan to ask about it.

## Asking to take part

Use the enquiry form with the seminar already chosen. To give you a useful first answer, we ask for five things:

1. your country
2. your municipality or organisation
3. your position there
4. how many people would take part
5. the dates that suit you, if you have any in mind

## After you write to us

You receive a reference at once, by email and on screen. A member of the division reads your enquiry and answers in your language within three working days in Japan.
$md$),
('seminar', 'zh', '海外地方政府干部交流合作研讨会', '面向海外地方政府管理人员和国际交流团体负责人。', '研修 培训 参加 干部', $md$
## 参加对象

- 海外地方政府的管理人员
- 国际交流团体的负责人

在日本没有友好城市的，也可以咨询。

## 咨询参加事宜

请在咨询表单中选择本研讨会。为便于答复，请告诉我们：

1. 国家
2. 地方政府或团体名称
3. 职务
4. 希望参加的人数
5. 方便的时间（如有）

## 提交之后

受理编号会立即显示在页面上，并以电子邮件通知。负责人员阅读后，在三个工作日（日本）内以您使用的语言答复。
$md$),
('seminar', 'ko', '해외 지방정부 간부 교류협력 세미나', '해외 지방정부의 관리직 직원과 국제교류 단체 임원을 위한 세미나입니다.', '연수 참가 간부 세미나', $md$
## 대상

- 해외 지방정부의 관리직 직원
- 국제교류 단체의 임원

일본에 자매도시가 없어도 문의하실 수 있습니다.

## 참가 문의

문의 양식에서 세미나를 선택해 보내 주십시오. 처음부터 안내해 드릴 수 있도록 다음 사항을 여쭙니다.

1. 국가
2. 지방정부 또는 단체의 이름
3. 직위
4. 참가 희망 인원
5. 희망 시기(정해진 경우)

## 문의하신 뒤

접수번호를 화면과 이메일로 바로 알려 드립니다. 담당자가 읽고, 쓰신 언어로 일본의 근무일로 3일 이내에 답해 드립니다.
$md$),
('seminar', 'fr', 'Séminaire d’échange et de coopération des collectivités', 'Pour les cadres des collectivités étrangères et les dirigeants d’organismes d’échanges internationaux.', 'formation participation séminaire cadres', $md$
## À qui s’adresse-t-il ?

- aux cadres des collectivités étrangères
- aux dirigeants d’organismes d’échanges internationaux

Il n’est pas nécessaire d’être déjà jumelé avec une ville japonaise.

## Demander à participer

Utilisez le formulaire, où le séminaire est déjà choisi. Pour une première réponse utile, indiquez :

1. votre pays
2. votre collectivité ou organisme
3. votre fonction
4. le nombre de participants
5. les dates qui vous conviennent, si vous en avez

## Après votre message

Un numéro de référence s’affiche aussitôt et vous parvient par courriel. Un membre de la division lit votre demande et répond dans votre langue, sous trois jours ouvrés au Japon.
$md$),

('regional-exchange', 'ja', '地域の国際交流活動', '地域と地域を結ぶ活動を支えています。海外の自治体と集う二つの会議を開いています。', 'ちいき こうりゅう かいぎ 会議', $md$
## 二つの会議

海外の自治体と集う会議を、二つ開いています。

- [日中韓3か国地方政府交流会議](/ja/pages/trilateral-conference)（1999年から毎年開催）
- [日仏自治体交流会議](/ja/pages/japan-france-conference)（2008年から隔年で開催）

## お尋ねいただけること

- 会議への参加
- 地域どうしの交流を始めるときの進め方
- 交流についてのご相談

どの事業に当たるか分からないときも、このページのフォームからお送りください。担当をこちらで確かめ、お返事します。
$md$),
('regional-exchange', 'en', 'Regional International Exchange Activities', 'Supports what ties regions to one another, and holds two conferences with local governments abroad.', 'regions conferences exchange activities', $md$
## Two conferences

Two conferences bring local governments of Japan together with those of other countries:

- the [Japan-China-South Korea Trilateral Local Government Exchange Conference](/en/pages/trilateral-conference), held every year since 1999
- the [Japan-France Local Government Exchange Conference](/en/pages/japan-france-conference), held every other year since 2008

## What you can ask us

- about taking part in a conference
- how to begin an exchange between regions
- about an exchange you have in mind

If you do not know which programme your question belongs to, write to us from this page. We find out who answers it.
$md$),
('regional-exchange', 'zh', '地区国际交流活动', '支持连接地区与地区的活动，并举办两个与海外地方政府共聚的会议。', '地区 交流 会议', $md$
## 两个会议

我们举办两个与海外地方政府共聚的会议：

- [日中韩三国地方政府交流会议](/zh/pages/trilateral-conference)（自1999年起每年举办）
- [日法地方政府交流会议](/zh/pages/japan-france-conference)（自2008年起隔年举办）

## 可以咨询的内容

- 参加会议
- 如何开展地区之间的交流
- 关于交流的其他问题

不清楚属于哪个项目时，也请从本页提交，由我们确认负责人员后答复。
$md$),
('regional-exchange', 'ko', '지역 국제교류 활동', '지역과 지역을 잇는 활동을 지원하며, 해외 지방정부와 함께하는 두 회의를 개최합니다.', '지역 교류 회의', $md$
## 두 회의

해외 지방정부와 함께하는 두 회의를 개최합니다.

- [한일중 3국 지방정부 교류회의](/ko/pages/trilateral-conference)(1999년부터 매년 개최)
- [일불 지방정부 교류회의](/ko/pages/japan-france-conference)(2008년부터 격년 개최)

## 문의하실 수 있는 내용

- 회의 참가
- 지역 간 교류를 시작하는 방법
- 교류에 관한 상담

어느 사업에 해당하는지 모르실 때도 이 페이지에서 보내 주십시오. 담당자를 확인해 답해 드립니다.
$md$),
('regional-exchange', 'fr', 'Échanges internationaux des régions', 'Soutient les liens entre régions et organise deux conférences avec des collectivités étrangères.', 'régions conférence rencontres échanges', $md$
## Deux conférences

Deux conférences réunissent des collectivités japonaises et étrangères :

- la [Conférence trilatérale d’échange des collectivités Japon-Chine-Corée du Sud](/fr/pages/trilateral-conference), chaque année depuis 1999
- les [Rencontres franco-japonaises de la coopération décentralisée](/fr/pages/japan-france-conference), tous les deux ans depuis 2008

## Ce que vous pouvez nous demander

- comment participer à une conférence
- comment commencer un échange entre régions
- un conseil sur un échange que vous envisagez

Si vous ne savez pas de quel programme relève votre question, écrivez-nous depuis cette page : nous trouverons qui peut répondre.
$md$),

('trilateral-conference', 'ja', '日中韓3か国地方政府交流会議', '1999年から毎年開催', 'にっちゅうかん さんかこく かいぎ 日中韓三か国', $md$
## どのような会議ですか

日本、中国、韓国の自治体が集まり、交流を深める会議です。1999年から毎年開かれています。

## お尋ねいただけること

- 次の会議の開催地と日程
- 参加の方法
- これまでの会議

開催地と日程は、決まったものからご案内します。お名前と自治体名を添えて、フォームからお尋ねください。
$md$),
('trilateral-conference', 'en', 'Japan-China-South Korea Trilateral Local Government Exchange Conference', 'held every year since 1999', 'trilateral conference China Korea', $md$
## What it is

The conference brings together local governments of Japan, China and South Korea. It has been held every year since 1999.

## What you can ask us

- where and when the next conference takes place
- how to take part
- about earlier conferences

We give places and dates as soon as they are settled. Tell us your name and your local government, and use the form.
$md$),
('trilateral-conference', 'zh', '日中韩三国地方政府交流会议', '自1999年起每年举办', '三国 会议 中国 韩国', $md$
## 会议简介

日本、中国、韩国的地方政府汇聚一堂，加深交流。会议自1999年起每年举办。

## 可以咨询的内容

- 下次会议的地点和日程
- 参加办法
- 历届会议的情况

地点和日程确定后即可告知。请写明姓名和地方政府名称，通过表单咨询。
$md$),
('trilateral-conference', 'ko', '한일중 3국 지방정부 교류회의', '1999년부터 매년 개최', '한중일 3국 회의 중국', $md$
## 어떤 회의인가요

한국, 일본, 중국의 지방정부가 모여 교류를 넓히는 회의입니다. 1999년부터 매년 개최되고 있습니다.

## 문의하실 수 있는 내용

- 다음 회의의 장소와 일정
- 참가 방법
- 지금까지의 회의

장소와 일정은 정해지는 대로 안내해 드립니다. 성함과 지방정부 이름을 적어 양식으로 문의해 주십시오.
$md$),
('trilateral-conference', 'fr', 'Conférence trilatérale d’échange des collectivités Japon-Chine-Corée du Sud', 'chaque année depuis 1999', 'conférence trilatérale Chine Corée', $md$
## De quoi s’agit-il ?

Cette conférence réunit des collectivités du Japon, de la Chine et de la Corée du Sud. Elle se tient chaque année depuis 1999.

## Ce que vous pouvez nous demander

- le lieu et les dates de la prochaine conférence
- comment y participer
- des renseignements sur les conférences passées

Nous indiquons le lieu et les dates dès qu’ils sont fixés. Précisez votre nom et votre collectivité dans le formulaire.
$md$),

('japan-france-conference', 'ja', '日仏自治体交流会議', '2008年から隔年で開催', 'にちふつ かいぎ フランス', $md$
## どのような会議ですか

日本とフランスの自治体が集まり、互いの取り組みを語り合う会議です。2008年から隔年で開かれています。フランス語では「Rencontres franco-japonaises de la coopération décentralisée」と呼びます。

## お尋ねいただけること

- 次の会議の開催地と日程
- 参加の方法
- フランスの自治体との交流

開催地と日程は、決まったものからご案内します。
$md$),
('japan-france-conference', 'en', 'Japan-France Local Government Exchange Conference', 'held every other year since 2008', 'France French conference Rencontres', $md$
## What it is

The conference brings together local governments of Japan and France, to learn from one another. It has been held every other year since 2008. In French it is called “Rencontres franco-japonaises de la coopération décentralisée”.

## What you can ask us

- where and when the next conference takes place
- how to take part
- about exchange with local governments in France

We give places and dates as soon as they are settled.
$md$),
('japan-france-conference', 'zh', '日法地方政府交流会议', '自2008年起隔年举办', '法国 会议', $md$
## 会议简介

日本和法国的地方政府汇聚一堂，交流各自的经验。会议自2008年起隔年举办。

## 可以咨询的内容

- 下次会议的地点和日程
- 参加办法
- 与法国地方政府的交流

地点和日程确定后即可告知。
$md$),
('japan-france-conference', 'ko', '일불 지방정부 교류회의', '2008년부터 격년 개최', '프랑스 회의', $md$
## 어떤 회의인가요

일본과 프랑스의 지방정부가 모여 서로의 경험을 나누는 회의입니다. 2008년부터 격년으로 개최되고 있습니다.

## 문의하실 수 있는 내용

- 다음 회의의 장소와 일정
- 참가 방법
- 프랑스 지방정부와의 교류

장소와 일정은 정해지는 대로 안내해 드립니다.
$md$),
('japan-france-conference', 'fr', 'Rencontres franco-japonaises de la coopération décentralisée', 'tous les deux ans depuis 2008', 'rencontres conférence France Japon', $md$
## De quoi s’agit-il ?

Cette conférence réunit des collectivités du Japon et de la France pour partager leurs expériences. Elle se tient tous les deux ans depuis 2008.

## Ce que vous pouvez nous demander

- le lieu et les dates des prochaines Rencontres
- comment y participer
- des renseignements sur les échanges avec les collectivités japonaises

Nous indiquons le lieu et les dates dès qu’ils sont fixés.
$md$),

('finding-a-partner', 'ja', '姉妹都市の相手は、どのようにさがせばよいですか。', '', 'あいて さがしかた 提携先', $md$
まず、交流したい分野と、相手の規模や地域のご希望を、フォームか電話でお知らせください。伺った内容をもとに、次の手順をご案内します。詳しくは「[姉妹都市の情報](/ja/pages/sister-cities)」をご覧ください。
$md$),
('finding-a-partner', 'en', 'How do we look for a sister city?', '', 'find partner search twin', $md$
Tell us first, by the form or by telephone, which field of exchange you have in mind and what size or region of partner you wish for. We then tell you the next steps. More is on the page [Sister City Information](/en/pages/sister-cities).
$md$),
('finding-a-partner', 'zh', '怎样寻找友好城市？', '', '寻找 合作伙伴', $md$
请先通过表单或电话告诉我们希望交流的领域，以及对规模和地区的要求。我们将据此说明下一步。详情请看[友好城市信息](/zh/pages/sister-cities)。
$md$),
('finding-a-partner', 'ko', '자매도시 상대는 어떻게 찾으면 됩니까?', '', '상대 찾기 제휴', $md$
먼저 교류하고 싶은 분야와 상대의 규모나 지역을 양식이나 전화로 알려 주십시오. 그 내용을 바탕으로 다음 절차를 안내해 드립니다. 자세한 내용은 [자매도시 정보](/ko/pages/sister-cities)를 보십시오.
$md$),
('finding-a-partner', 'fr', 'Comment chercher une ville jumelle ?', '', 'trouver partenaire jumelage', $md$
Indiquez-nous d’abord, par le formulaire ou par téléphone, le domaine d’échange et la taille ou la région souhaitée. Nous vous expliquons ensuite les étapes. Plus de détails à la page [Informations sur les jumelages](/fr/pages/sister-cities).
$md$),

('who-the-seminar-is-for', 'ja', 'セミナーには、どのような立場の人が参加できますか。', '', 'さんかしかく 資格 研修', $md$
海外の自治体の管理職員の方と、国際交流団体の役員の方です。詳しくは「[海外自治体幹部交流協力セミナー](/ja/pages/seminar)」をご覧ください。
$md$),
('who-the-seminar-is-for', 'en', 'Who can take part in the seminar?', '', 'eligible participants', $md$
Management staff of overseas local governments, and executives of organisations for international exchange. More is on the page [Local Government Exchange and Cooperation Seminar](/en/pages/seminar).
$md$),
('who-the-seminar-is-for', 'zh', '哪些人可以参加研讨会？', '', '资格 参加', $md$
海外地方政府的管理人员，以及国际交流团体的负责人。详情请看[海外地方政府干部交流合作研讨会](/zh/pages/seminar)。
$md$),
('who-the-seminar-is-for', 'ko', '세미나에는 어떤 사람이 참가할 수 있습니까?', '', '자격 참가', $md$
해외 지방정부의 관리직 직원과 국제교류 단체의 임원입니다. 자세한 내용은 [해외 지방정부 간부 교류협력 세미나](/ko/pages/seminar)를 보십시오.
$md$),
('who-the-seminar-is-for', 'fr', 'Qui peut participer au séminaire ?', '', 'conditions participants', $md$
Les cadres des collectivités étrangères et les dirigeants d’organismes d’échanges internationaux. Plus de détails à la page [Séminaire d’échange et de coopération des collectivités](/fr/pages/seminar).
$md$),

('conference-place-and-date', 'ja', '会議の開催地や日程は、どこで確認できますか。', '', 'にってい かいさいち 日時 場所', $md$
決まったものから、お問い合わせにお答えしてご案内します。[日中韓3か国地方政府交流会議](/ja/pages/trilateral-conference)は毎年、[日仏自治体交流会議](/ja/pages/japan-france-conference)は隔年の開催です。
$md$),
('conference-place-and-date', 'en', 'Where can we find the place and dates of the conferences?', '', 'when where venue schedule', $md$
Ask us: we tell you what is settled so far. The [trilateral conference](/en/pages/trilateral-conference) is held every year, the [Japan-France conference](/en/pages/japan-france-conference) every other year.
$md$),
('conference-place-and-date', 'zh', '在哪里可以查到会议的地点和日程？', '', '时间 地点 日期', $md$
请向我们咨询，已确定的内容会随时告知。[日中韩三国地方政府交流会议](/zh/pages/trilateral-conference)每年举办，[日法地方政府交流会议](/zh/pages/japan-france-conference)隔年举办。
$md$),
('conference-place-and-date', 'ko', '회의의 장소와 일정은 어디에서 확인할 수 있습니까?', '', '날짜 장소 언제', $md$
문의해 주시면 정해진 내용부터 안내해 드립니다. [한일중 3국 지방정부 교류회의](/ko/pages/trilateral-conference)는 매년, [일불 지방정부 교류회의](/ko/pages/japan-france-conference)는 격년으로 개최됩니다.
$md$),
('conference-place-and-date', 'fr', 'Où trouver le lieu et les dates des conférences ?', '', 'quand où calendrier', $md$
Demandez-nous : nous indiquons ce qui est déjà fixé. La [conférence trilatérale](/fr/pages/trilateral-conference) se tient chaque année, les [Rencontres franco-japonaises](/fr/pages/japan-france-conference) tous les deux ans.
$md$),

('languages-we-answer-in', 'ja', '日本語のほかに、どの言語で問い合わせができますか。', '', 'げんご 外国語 英語 中国語 韓国語 フランス語', $md$
英語、中国語、韓国語、フランス語でもお尋ねいただけます。お書きになった言語でお返事します。
$md$),
('languages-we-answer-in', 'en', 'In which languages can we write?', '', 'language Japanese Chinese Korean French translation', $md$
In English, Japanese, Chinese, Korean or French. We answer in the language that you write in.
$md$),
('languages-we-answer-in', 'zh', '可以用哪些语言咨询？', '', '语言 中文 英文', $md$
可以用中文、日文、英文、韩文或法文。我们以您使用的语言答复。
$md$),
('languages-we-answer-in', 'ko', '어떤 언어로 문의할 수 있습니까?', '', '언어 한국어 영어', $md$
한국어, 일본어, 영어, 중국어, 프랑스어로 문의하실 수 있습니다. 쓰신 언어로 답해 드립니다.
$md$),
('languages-we-answer-in', 'fr', 'Dans quelles langues peut-on écrire ?', '', 'langue français anglais japonais', $md$
En français, japonais, anglais, chinois ou coréen. Nous répondons dans la langue de votre message.
$md$),

('when-we-answer', 'ja', '返事はいつ届きますか。', '', 'へんじ 回答 期限', $md$
三開庁日以内にお返事します。受け付けた日は数えません。土曜日、日曜日、祝日、12月29日から1月3日まではお休みです。お調べするのに時間がかかるときは、その日までにお知らせします。
$md$),
('when-we-answer', 'en', 'When do we get an answer?', '', 'reply time how long wait', $md$
Within three working days in Japan, the day of arrival not counted. Saturdays, Sundays, Japan’s public holidays and 29 December to 3 January are no working days. If we need longer to find out, we tell you by then.
$md$),
('when-we-answer', 'zh', '什么时候能收到答复？', '', '答复 多久 时间', $md$
三个工作日（日本）内，收到当日不计。周六、周日、日本法定节假日以及12月29日至1月3日不办公。如需更多时间，我们会在期限内告知。
$md$),
('when-we-answer', 'ko', '답변은 언제 받을 수 있습니까?', '', '회신 기간 며칠', $md$
일본의 근무일로 3일 이내에 답해 드리며, 접수한 날은 세지 않습니다. 토요일, 일요일, 일본의 공휴일, 12월 29일부터 1월 3일까지는 쉽니다. 알아보는 데 시간이 더 걸리면 그날까지 알려 드립니다.
$md$),
('when-we-answer', 'fr', 'Quand recevons-nous une réponse ?', '', 'délai réponse attente', $md$
Sous trois jours ouvrés au Japon, sans compter le jour de réception. Les samedis, dimanches, jours fériés japonais et la période du 29 décembre au 3 janvier ne sont pas ouvrés. S’il nous faut plus de temps, nous vous le disons dans ce délai.
$md$),

('without-email', 'ja', 'メールアドレスがなくても問い合わせができますか。', '', 'でんわ ふぁっくす 電話 FAX', $md$
できます。フォームに電話番号をお書きいただければ、受付時間内にお電話でお返事します。電話とFAXでも承ります。番号は、このページの「お問い合わせ先」にあります。
$md$),
('without-email', 'en', 'Can we ask without an email address?', '', 'telephone fax no email', $md$
Yes. Give a telephone number in the form, and we call you in our opening hours. You can also telephone or send a fax; the numbers stand under “For enquiries” on this page.
$md$),
('without-email', 'zh', '没有电子邮箱也能咨询吗？', '', '电话 传真', $md$
可以。请在表单中填写电话号码，我们会在办公时间致电答复。也可以打电话或发传真，号码见本页的联系方式。
$md$),
('without-email', 'ko', '이메일 주소가 없어도 문의할 수 있습니까?', '', '전화 팩스', $md$
네. 양식에 전화번호를 적어 주시면 업무 시간에 전화로 답해 드립니다. 전화나 팩스로도 문의하실 수 있으며, 번호는 이 페이지의 문의처에 있습니다.
$md$),
('without-email', 'fr', 'Peut-on poser une question sans adresse électronique ?', '', 'téléphone télécopie fax', $md$
Oui. Donnez un numéro de téléphone dans le formulaire : nous vous appelons pendant nos heures d’ouverture. Vous pouvez aussi téléphoner ou envoyer une télécopie ; les numéros figurent sur cette page.
$md$),

('about', 'ja', 'このサイトについて', '国際交流についてのお問い合わせを受け付ける窓口です。', 'サイト 運営', $md$
## 窓口について

海外の自治体との交流についてのお尋ねを、フォーム、メール、電話、FAXで承ります。日本語、英語、中国語、韓国語、フランス語でお答えします。

## ご利用にあたって

JavaScriptやCookieを使わなくても、このサイトのすべての機能をお使いいただけます。広告や、第三者による計測はありません。
$md$),
('about', 'en', 'About this site', 'The desk for questions about international exchange.', 'site imprint', $md$
## The desk

We take questions about exchange with local governments abroad by form, email, telephone and fax, and answer in English, Japanese, Chinese, Korean and French.

## Using the site

Everything on this site works without JavaScript and without cookies. There is no advertising and no measuring by third parties.
$md$),
('about', 'zh', '关于本网站', '受理国际交流咨询的窗口。', '网站', $md$
## 关于窗口

我们通过表单、电子邮件、电话和传真受理有关与海外地方政府交流的咨询，以中文、日文、英文、韩文和法文答复。

## 使用说明

不使用 JavaScript 和 Cookie，也可使用本网站的全部功能。本网站没有广告，也没有第三方统计。
$md$),
('about', 'ko', '이 사이트에 대하여', '국제교류에 관한 문의를 받는 창구입니다.', '사이트', $md$
## 창구에 대하여

해외 지방정부와의 교류에 관한 문의를 양식, 이메일, 전화, 팩스로 받으며, 한국어, 일본어, 영어, 중국어, 프랑스어로 답해 드립니다.

## 이용 안내

JavaScript나 쿠키 없이도 이 사이트의 모든 기능을 이용하실 수 있습니다. 광고나 제3자의 측정은 없습니다.
$md$),
('about', 'fr', 'À propos de ce site', 'Le guichet pour les questions d’échanges internationaux.', 'site mentions', $md$
## Le guichet

Nous recevons les questions sur les échanges avec les collectivités étrangères par formulaire, courriel, téléphone et télécopie, et répondons en français, japonais, anglais, chinois et coréen.

## Utiliser le site

Tout fonctionne sans JavaScript et sans témoin de connexion (cookie). Il n’y a ni publicité ni mesure d’audience par des tiers.
$md$),

('accessibility', 'ja', 'アクセシビリティ', 'どなたにもお使いいただけるよう、WCAG 2.2のレベルAAとJIS X 8341-3:2016のレベルAAを目標にしています。', 'アクセシビリティ 読み上げ 障害 JIS', $md$
## 目標

WCAG 2.2のレベルAAと、JIS X 8341-3:2016のレベルAAに準拠することを目標にしています。

## していること

- キーボードだけで、すべての操作ができます
- 読み上げソフトのために、見出し、項目名、誤りの知らせ方を整えています
- 文字の大きさを変えられます。拡大しても、横に動かさずに読めます
- JavaScriptが使えない環境でも、すべての機能をお使いいただけます
- 各ページを、自動検査の道具で変更のたびに確かめています

## お困りのとき

読めない、使えないところがありましたら、電話、FAX、メール、フォームのいずれかでお知らせください。別の方法でのご案内も承ります。
$md$),
('accessibility', 'en', 'Accessibility', 'We want everybody to be able to use this site. Our aim is WCAG 2.2 level AA and JIS X 8341-3:2016 level AA.', 'screen reader disability WCAG keyboard', $md$
## What we aim for

This site aims to conform to WCAG 2.2 at level AA, and to JIS X 8341-3:2016 at level AA.

## What we do

- everything can be done with the keyboard alone
- headings, names of fields and messages about mistakes are made for screen readers
- the size of the text can be changed, and enlarged pages are read without moving sideways
- everything works without JavaScript
- each page is tested with an automatic tool at every change

## If something does not work for you

Tell us by telephone, fax, email or the form. We also give you the information in another way.
$md$),
('accessibility', 'zh', '无障碍说明', '我们希望人人都能使用本网站，以 WCAG 2.2 AA 级和 JIS X 8341-3:2016 AA 级为目标。', '无障碍 读屏', $md$
## 目标

本网站以符合 WCAG 2.2 AA 级和 JIS X 8341-3:2016 AA 级为目标。

## 我们的做法

- 仅用键盘即可完成所有操作
- 标题、字段名称和错误提示均适合读屏软件
- 可以调整文字大小，放大后无需左右移动即可阅读
- 不使用 JavaScript 也能使用全部功能
- 每次修改都用自动工具检查各页面

## 遇到困难时

请通过电话、传真、电子邮件或表单告诉我们。我们也可以用其他方式提供信息。
$md$),
('accessibility', 'ko', '접근성', '누구나 이용하실 수 있도록 WCAG 2.2 AA 등급과 JIS X 8341-3:2016 AA 등급을 목표로 합니다.', '접근성 스크린리더', $md$
## 목표

이 사이트는 WCAG 2.2 AA 등급과 JIS X 8341-3:2016 AA 등급을 따르는 것을 목표로 합니다.

## 하고 있는 일

- 키보드만으로 모든 조작이 가능합니다
- 제목, 항목 이름, 오류 안내를 화면 낭독 프로그램에 맞추었습니다
- 글자 크기를 바꿀 수 있으며, 확대해도 옆으로 움직이지 않고 읽을 수 있습니다
- JavaScript 없이도 모든 기능을 이용하실 수 있습니다
- 변경할 때마다 자동 도구로 각 페이지를 검사합니다

## 불편하신 점이 있으면

전화, 팩스, 이메일, 양식으로 알려 주십시오. 다른 방법으로도 안내해 드립니다.
$md$),
('accessibility', 'fr', 'Accessibilité', 'Ce site doit être utilisable par tous. Nous visons les niveaux AA de WCAG 2.2 et de JIS X 8341-3:2016.', 'accessibilité lecteur d’écran handicap', $md$
## Notre objectif

Ce site vise la conformité au niveau AA des WCAG 2.2 et de la norme JIS X 8341-3:2016.

## Ce que nous faisons

- tout peut se faire au clavier seul
- les titres, les noms des champs et les messages d’erreur sont conçus pour les lecteurs d’écran
- la taille du texte peut être changée, et les pages agrandies se lisent sans défilement latéral
- tout fonctionne sans JavaScript
- chaque page est vérifiée par un outil automatique à chaque modification

## En cas de difficulté

Dites-le-nous par téléphone, télécopie, courriel ou formulaire. Nous vous donnons aussi l’information d’une autre manière.
$md$);

INSERT INTO pages (id, slug, kind, topic, position, latest_version, published_version, published_at)
SELECT gen_random_uuid(), slug, kind, topic, position, 1, 1, now() FROM seed_pages;
INSERT INTO page_versions (page_id, version, texts, saved_at)
SELECT pages.id, 1,
    jsonb_object_agg(language, jsonb_build_object(
        'title', title, 'summary', summary, 'search_words', search_words, 'body', btrim(body, E'\n'))),
    now()
FROM seed_texts JOIN pages USING (slug) GROUP BY pages.id;
DROP TABLE seed_texts, seed_pages;
