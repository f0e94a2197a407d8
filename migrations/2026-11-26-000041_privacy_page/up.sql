-- What is done with personal data is a page like any other, so that staff word it; its summary stands beside the box that is
-- ticked in the form. Whoever has a page of this name already keeps it.
CREATE TEMPORARY TABLE seed_texts (language text, title text, summary text, search_words text, body text);

INSERT INTO seed_texts VALUES
('ja', '個人情報の取扱い', 'いただいた個人情報は、お問い合わせへの回答と、個人を特定しない統計にだけ使います。', '個人情報 プライバシー こじんじょうほう 保護 開示 訂正 削除 Cookie クッキー', $md$
## お預かりするもの

ご記入いただいたお名前、所属、メールアドレス、電話番号と、お問い合わせの内容、添付ファイル、受け付けた日時です。

## 使いみち

お問い合わせへの回答と、個人を特定しない統計にだけ使います。ほかの目的には使いません。

## 見る人

お問い合わせを担当する職員です。ほかの課がお答えするときは、その課の担当者も見ます。法令に定めがある場合を除き、ほかには渡しません。

## 保管する場所

窓口のシステムの中に保管します。このサイトには広告も外部の計測もなく、公開ページではクッキーを使いません。文字の大きさを変えたときは、お使いのブラウザーの中だけに記録されます。書きかけの内容は、お使いのブラウザーの中だけに24時間残ります。お選びになったファイルは窓口で24時間お預かりし、送信されなければ消去します。

## 確認、訂正、削除

お預かりしている内容の確認、訂正、削除をお求めいただけます。受付番号がお分かりでしたら、お知らせください。お手元のメールのリンクから、ご自身のページでお申し出いただけます。[リンクをもう一度受け取る](/ja/links)こともできます。
$md$),
('en', 'Personal information', 'We use your details to answer you, and for statistics that name no one.', 'privacy policy personal data protection cookies delete correct GDPR', $md$
## What we receive

Your name, organisation, email address and telephone number, as far as you give them, your enquiry with its files, and the time it arrived.

## What we use it for

To answer your enquiry, and for statistics that name no one. For nothing else.

## Who sees it

The staff who deal with your enquiry. If another division has to answer it, that division too. We pass it to nobody else unless the law requires it.

## Where it is kept

In the enquiry desk’s own system. This site has no advertising, no measuring by third parties, and sets no cookie on its public pages. If you change the text size, your browser alone remembers it. While you write, your browser alone keeps your draft, for 24 hours. Files that you choose are kept with us for 24 hours and removed if you do not send your enquiry.

## Seeing, correcting, deleting

You can ask us what we keep about you, and to correct or delete it. Tell us your reference if you have it. The link in our letters leads to your own page, where you can ask. You can [have the links sent again](/en/links).
$md$),
('zh', '个人信息的处理', '您的个人信息仅用于答复咨询，以及不涉及个人身份的统计。', '隐私 个人资料 保护 查询 更正 删除 Cookie', $md$
## 我们收到的信息

您填写的姓名、所属单位、邮箱地址、电话号码，咨询内容和附件，以及收到的时间。

## 用途

仅用于答复咨询，以及不涉及个人身份的统计，不作他用。

## 谁可以看到

负责您的咨询的工作人员。如需由其他部门答复，该部门的负责人员也会看到。除法律另有规定外，不提供给他人。

## 保存在哪里

保存在窗口自己的系统中。本网站没有广告，没有第三方统计，公开页面不使用 Cookie。更改文字大小时，仅由您的浏览器记住。填写中的内容仅在您的浏览器中保留24小时。您选择的文件由本窗口保留24小时，如未发送咨询则予以删除。

## 查询、更正、删除

您可以要求查询、更正或删除我们保存的信息。如知道受理编号，请一并告知。可以从邮件中的链接进入您的页面提出。也可以[重新获取链接](/zh/links)。
$md$),
('ko', '개인정보 처리', '개인정보는 문의에 대한 답변과 개인을 식별하지 않는 통계에만 사용합니다.', '프라이버시 개인정보 보호 열람 정정 삭제 쿠키', $md$
## 받는 정보

적어 주신 성함, 소속, 이메일 주소, 전화번호와 문의 내용, 첨부 파일, 접수한 일시입니다.

## 사용 목적

문의에 대한 답변과 개인을 식별하지 않는 통계에만 사용합니다. 다른 목적으로는 사용하지 않습니다.

## 보는 사람

문의를 담당하는 직원입니다. 다른 과에서 답변할 때에는 그 과의 담당자도 봅니다. 법령에 정해진 경우를 제외하고 다른 곳에 제공하지 않습니다.

## 보관하는 곳

창구의 시스템에 보관합니다. 이 사이트에는 광고도 외부 측정도 없으며, 공개 페이지에서는 쿠키를 사용하지 않습니다. 글자 크기를 바꾸면 사용하시는 브라우저에만 기록됩니다. 작성 중인 내용은 사용하시는 브라우저에만 24시간 남습니다. 선택하신 파일은 창구에서 24시간 보관하며, 문의를 보내지 않으시면 삭제합니다.

## 열람, 정정, 삭제

보관 중인 내용의 열람, 정정, 삭제를 요청하실 수 있습니다. 접수 번호를 아시면 함께 알려 주십시오. 메일에 있는 링크로 본인의 페이지에서 요청하실 수 있습니다. [링크를 다시 받으실](/ko/links) 수도 있습니다.
$md$),
('fr', 'Données personnelles', 'Vos données servent à vous répondre et à établir des statistiques qui ne nomment personne.', 'vie privée confidentialité RGPD protection cookies effacer corriger', $md$
## Ce que nous recevons

Votre nom, votre organisme, votre adresse électronique et votre téléphone, si vous les donnez, votre demande avec ses fichiers, et l’heure de son arrivée.

## À quoi elles servent

À répondre à votre demande et à établir des statistiques qui ne nomment personne. À rien d’autre.

## Qui les voit

Les agents chargés de votre demande. Si une autre division doit y répondre, ses agents aussi. Nous ne les transmettons à personne d’autre, sauf si la loi l’exige.

## Où elles sont conservées

Dans le système propre au guichet. Ce site n’a ni publicité ni mesure d’audience par des tiers, et ses pages publiques ne déposent aucun cookie. Si vous changez la taille du texte, seul votre navigateur s’en souvient. Pendant la saisie, seul votre navigateur garde votre brouillon, pendant 24 heures. Les fichiers que vous choisissez sont gardés chez nous 24 heures, puis supprimés si vous n’envoyez pas votre demande.

## Consulter, corriger, effacer

Vous pouvez nous demander ce que nous conservons sur vous, et de le corriger ou de l’effacer. Indiquez votre référence si vous l’avez. Le lien de nos courriels mène à votre page, où vous pouvez le demander. Vous pouvez aussi [recevoir de nouveau vos liens](/fr/links).
$md$);

INSERT INTO pages (id, slug, kind, topic, position, latest_version, published_version, published_at)
VALUES (gen_random_uuid(), 'privacy', 'information', NULL, 3, 1, 1, now()) ON CONFLICT (slug) DO NOTHING;
INSERT INTO page_versions (page_id, version, texts, saved_at)
SELECT pages.id, 1,
    jsonb_object_agg(language, jsonb_build_object(
        'title', title, 'summary', summary, 'search_words', search_words, 'body', btrim(body, E'\n'))),
    now()
FROM seed_texts, pages WHERE slug = 'privacy' GROUP BY pages.id
ON CONFLICT (page_id, version) DO NOTHING;
DROP TABLE seed_texts;
