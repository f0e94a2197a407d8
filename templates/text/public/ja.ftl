# Words for enquirers.

language-name = 日本語
size-kilobytes = { $size } kB
size-megabytes = { $size } MB

# Every page
skip = 本文へ移動
text-size = 文字の大きさ
text-size-normal = 標準の文字
text-size-large = 大きい文字
text-size-largest = 最も大きい文字
languages = 言語
navigation = 主なメニュー
navigation-programmes = 事業のご案内
navigation-enquiries = お問い合わせ
top-of-page = ページの先頭へ
footer = この窓口について
footer-privacy = 個人情報の取扱い
page-title = { $title }｜{ $division }

# The counter
counter = お問い合わせ先
counter-telephone = 電話
counter-telephone-abroad = 海外から { $number }
counter-fax = FAX
counter-email = メール
counter-hours = 受付
counter-open = ただいま受付中
counter-open-until = { $time }まで
counter-closed = 受付時間外です
counter-opens-today = 本日{ $time }に開きます
counter-opens-tomorrow = 明日{ $time }に開きます
counter-opens-on = { $date }{ $time }に開きます
counter-write = フォームで問い合わせる
hours-monday-friday = 平日
hours-day = { $day }曜
hours-days = { $first }〜{ $last }
hours-zone = { "" }
hours-between = 、
hours-closed = 土日・祝日・年末年始は休み

# Start
start-headline = 海外の自治体との交流、この窓口でお尋ねください。
start-lead = 姉妹都市のこと、表彰のこと、セミナーや会議への参加のこと。国際交流課が五つの言語でお答えします。
start-first = はじめての方
start-first-before = 記録の残る
start-first-link = フォーム
start-first-after = が便利です。お急ぎのときは電話へ。
start-again = お問い合わせ済みの方
start-again-text = 届いたメールに、そのままご返信ください。同じお問い合わせの続きとして承ります。
start-programmes = 事業のご案内

# Form
form = お問い合わせ
form-lead = 日本語、英語、中国語、韓国語、フランス語で受け付けています。3開庁日以内にお返事します。
steps = 手順
step-write = 入力
step-done = 受付
mark-required = 必須
mark-either = 電話番号とどちらか必須
mark-optional = 任意
form-topic = 何についてのお問い合わせですか
form-name = お名前
form-organisation = 所属（自治体・団体・会社など）
form-email = メールアドレス
form-email-hint = 受付番号とお返事をお送りします。メールをお使いでないときは、電話番号だけで結構です。
form-phone = 電話番号
form-phone-hint = 電話でのお返事をご希望のときだけ、ご記入ください。国外の番号は + から始めてください。
form-subject = 件名
form-message = お問い合わせの内容
form-message-hint = お急ぎのときは、いつまでにお返事が必要かもお書きください。
form-message-count = { $count } / 10,000 字
form-attachments = 添付ファイル
form-attachments-hint = 1つ10 MBまで、合わせて20 MBまで。
form-attachments-again = 選んだファイルは、ブラウザーの決まりで残せません。添付するときは、もう一度お選びください。
form-consent-text = いただいた個人情報は、お問い合わせへの回答と、個人を特定しない統計にだけ使います。
form-consent-link = 個人情報の取扱いについて
form-consent = 個人情報の取扱いに同意します
form-trap = この欄には何も書かないでください
form-send = 送信する
form-sending = 送信しています…

# Mistakes
errors-title = { $count }か所、ご確認ください
errors-kept = そのほかに書かれた内容は、残っています。
errors-page-title = 入力の確認：{ $title }
error-topic-missing = 何についてのお問い合わせか、お選びください。分からないときは「そのほか」で結構です
error-topic-unknown = この用件は、今はありません。ほかの用件をお選びください
error-name-missing = お名前をご記入ください
error-name-long = お名前が長すぎます。200字までご記入いただけます
error-organisation-long = 所属が長すぎます。200字までご記入いただけます
error-contact-missing = お返事の送り先として、メールアドレスか電話番号をご記入ください
error-email-at = メールアドレスに「@」がありません。例 name@example.org
error-email-incomplete = メールアドレスが途中で切れているようです。例 name@example.org
error-phone = 電話番号として読み取れません。数字でご記入ください。例 03-5213-1723
error-subject-missing = 件名をご記入ください。短くて結構です
error-subject-long = 件名が{ $count }字多くなっています。200字までご記入いただけます
error-message-missing = お問い合わせの内容をご記入ください。ひとことで結構です
error-message-long = 内容が{ $count }字多くなっています。短くするか、ファイルにして添付してください
error-file-large = 「{ $name }」は{ $size }あります。1つ10 MBまでです。外すか、小さくしてお送りください
error-files-large = ファイルの合計が20 MBを超えています。減らすか、小さくしてお送りください
error-files-many = ファイルが多すぎます。一度にお送りいただけるのは{ $count }つまでです
error-file-unreadable = 「{ $name }」は途中までしか届きませんでした。もう一度お選びください
error-consent-missing = 同意いただける場合は、印を付けてください。同意がないと、回答のために個人情報を使えません

# Notices above the form: nothing has been sent
notice-stale = ページを開いてから時間がたったため、まだ送信していません。
notice-stale-way = 書かれた内容は残っています。お確かめのうえ、もう一度送信してください。
notice-large = ファイルが大きすぎるため、まだ送信していません。
notice-large-way = 1つ10 MBまで、合わせて20 MBまでです。小さくしてお送りになるか、メールでお寄せください。
notice-many = 同じネットワークからのお問い合わせが多いため、まだ送信していません。
notice-many-way = 書かれた内容は残っています。1時間ほどおいて送信されるか、お電話ください。
notice-away = ただいまお問い合わせを受け付けられないため、まだ送信していません。
notice-away-way = 書かれた内容は残っています。数分おいてもう一度送信されるか、お電話ください。

# Pages, questions, search
navigation-questions = よくあるご質問
trail = 現在の位置
trail-start = ホーム
page-contents = このページの内容
page-ask = このことについて問い合わせる
page-updated = 最終更新日
page-written-in-ja = このページの日本語版はこれから用意します。
page-written-in-en = このページの日本語版はまだありません。英語で表示しています。
page-written-in-zh = このページの日本語版はまだありません。中国語で表示しています。
page-written-in-ko = このページの日本語版はまだありません。韓国語で表示しています。
page-written-in-fr = このページの日本語版はまだありません。フランス語で表示しています。
page-kind-programme = 事業
page-kind-conference = 会議
page-kind-question = よくあるご質問
page-kind-news = お知らせ
page-kind-information = このサイトについて
helpful = このページは役に立ちましたか。
helpful-yes = はい
helpful-no = いいえ
helpful-thanks = ご回答ありがとうございました。
questions = よくあるご質問
questions-lead = お問い合わせの多いご質問とお答えです。
questions-none = ただいま掲載しているご質問はありません。
questions-ask = ほかのことを問い合わせる
answer-own = このお答えのページ
answer-own-of = お答えのページ：{ $title }
start-questions-all = すべてのご質問を見る
start-news = お知らせ
footer-sitemap = サイトマップ
footer-feed = 新着情報の配信（Atom）
search = サイト内検索
search-label = サイト内を検索
search-go = 検索
search-title = 「{ $typed }」の検索結果
search-resembling = 「{ $typed }」と一致するページはありません。近い内容のページを表示しています。
search-nothing = 「{ $typed }」に当てはまるページは見つかりませんでした。
search-ask = 見つからないときは
search-ask-text = 窓口にお尋ねください。検索した言葉を、件名に入れてご用意します。
search-ask-go = フォームで問い合わせる
search-found = { $count }件見つかりました。
search-more = ほかに{ $count }件あります。言葉を足すと、しぼりこめます。

# Receipt
receipt = お問い合わせを受け付けました
receipt-reference = 受付番号
receipt-reference-hint = お電話のときは、この番号をお伝えください。最後の1桁は、聞き間違いを見つけるための数字です。
receipt-copy = 番号をコピー
receipt-copied = コピーしました
receipt-print = この画面を印刷
receipt-next = これからのこと
receipt-letter = 控えのメールをお送りします
receipt-letter-text = { $email } あて。届かないときは、迷惑メールの中もご確認ください。
receipt-note = 受付番号をお控えください
receipt-note-text = メールアドレスのご記入がないため、控えのメールはお送りしません。お電話の際に、この番号をお使いください。
receipt-promise = { $date }までに、担当者からお返事します
receipt-promise-text = 3開庁日以内の目安です。調べるのに時間がかかるときは、その日までに見通しをお知らせします。
receipt-call = { $date }までに、担当者からお電話します
receipt-call-text = 受付時間のあいだにおかけします。
receipt-more = 書き足したいことがあれば、いつでも承ります
receipt-more-letter = 控えのメールに、そのままご返信ください。
receipt-more-call = お電話で、受付番号をお伝えください。

# Personal information
privacy = 個人情報の取扱い
privacy-lead = お寄せいただいた個人情報を、どのように扱うかをご説明します。
privacy-what = お預かりするもの
privacy-what-text = ご記入いただいたお名前、所属、メールアドレス、電話番号と、お問い合わせの内容、添付ファイル、受け付けた日時です。
privacy-why = 使いみち
privacy-why-text = お問い合わせへの回答と、個人を特定しない統計にだけ使います。ほかの目的には使いません。
privacy-who = 見る人
privacy-who-text = お問い合わせを担当する職員です。ほかの課がお答えするときは、その課の担当者も見ます。法令に定めがある場合を除き、ほかには渡しません。
privacy-where = 保管する場所
privacy-where-text = 窓口のシステムの中に保管します。このサイトには広告も外部の計測もなく、公開ページではクッキーを使いません。文字の大きさを変えたときは、お使いのブラウザーの中だけに記録されます。
privacy-rights = 確認、訂正、削除
privacy-rights-text = お預かりしている内容の確認、訂正、削除をお求めいただけます。受付番号がお分かりでしたら、お知らせください。
privacy-back = お問い合わせフォームへ戻る

# When something is not right
error-way = こちらからお進みください。
error-way-start = 最初のページ
error-way-form = お問い合わせフォーム
error-way-call = お電話 { $number }
error-not-found = ページが見つかりません
error-not-found-text = アドレスが違っているか、ページが移った可能性があります。
error-forbidden = ページを開けませんでした
error-forbidden-text = 開いてから時間がたったか、リンクの期限が過ぎています。何も送信していません。
error-large = 送られた内容が大きすぎます
error-large-text = ファイルは1つ10 MBまで、合わせて20 MBまでです。何も送信していません。
error-many = 短い時間に多くのアクセスがありました
error-many-text = 何も送信していません。1時間ほどおいてお試しください。
error-away = ただいま受け付けられません
error-away-text = 何も送信していません。数分おいてお試しください。
error-failed = こちらの不具合で表示できませんでした
error-failed-text = お客様の操作によるものではありません。不具合は記録しました。数分おいてお試しください。
error-request = 送られた内容を読み取れませんでした
error-request-text = 途中で切れていたため、受け付けていません。前のページに戻って、もう一度お試しください。

# Letters
letter-greeting = { $name } 様
letter-greeting-unnamed = ご担当者様
letter-acknowledgement-subject = お問い合わせを受け付けました
letter-acknowledgement-received = お問い合わせいただき、ありがとうございます。次のとおり受け付けました。
letter-acknowledgement-reference = 受付番号：{ $reference }
letter-acknowledgement-about = 件名：{ $subject }
letter-about-nothing = （件名なし）
letter-acknowledgement-promise = { $date }までに、担当者からお返事します。調べるのに時間がかかるときは、その日までに見通しをお知らせします。
letter-acknowledgement-answer = 書き足したいことがあれば、このメールにそのままご返信ください。お電話のときは、受付番号をお伝えください。
letter-signature-channels = 電話 { $telephone }  FAX { $fax }
    メール { $email }
letter-quotation = { $date }、{ $name }からのメール：
letter-quotation-you = お客様
letter-no-subject = お問い合わせの件
wording-sample-name = 山田 花子
wording-sample-subject = 姉妹都市の提携について
