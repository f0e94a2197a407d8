# Words for enquirers.

language-name = 中文
size-kilobytes = { $size } kB
size-megabytes = { $size } MB

# Every page
skip = 跳到正文
text-size = 文字大小
text-size-normal = 标准文字
text-size-large = 大号文字
text-size-largest = 特大文字
languages = 语言
navigation = 主要栏目
navigation-programmes = 业务介绍
navigation-enquiries = 咨询
top-of-page = 返回页首
footer = 关于本窗口
footer-privacy = 个人信息的处理
page-title = { $title }｜{ $division }

# The counter
counter = 咨询方式
counter-telephone = 电话
counter-telephone-abroad = 从海外拨打 { $number }
counter-fax = 传真
counter-email = 邮箱
counter-hours = 受理时间
counter-open = 现在受理中
counter-open-until = 至日本时间{ $time }
counter-closed = 现在不在受理时间
counter-opens-today = 日本时间今天{ $time }开始受理
counter-opens-tomorrow = 日本时间明天{ $time }开始受理
counter-opens-on = 日本时间{ $date }{ $time }开始受理
counter-write = 填写咨询表
hours-monday-friday = 周一至周五
hours-day = { $day }
hours-days = { $first }至{ $last }
hours-zone = （日本时间）
hours-between = 、
hours-closed = 日本法定节假日及年末年初休息

# Start
start-headline = 与日本地方政府的交流，请在这个窗口咨询。
start-lead = 友好城市、表彰、研讨会和会议的参加事宜，国际交流课以五种语言为您解答。
start-first = 初次咨询
start-first-before = 使用
start-first-link = 咨询表
start-first-after = 可以留下记录。急事请来电。
start-again = 已经咨询过
start-again-text = 请直接回复我们的邮件，内容会归入同一咨询。
start-programmes = 业务介绍

# Form
form = 咨询
form-lead = 可用中文、日文、英文、韩文、法文填写。我们在三个工作日（日本）内答复。
steps = 步骤
step-write = 填写
step-done = 受理
mark-required = { "" }
mark-either = { "" }
mark-optional = 选填
form-topic = 您想咨询哪方面的内容
form-name = 姓名
form-organisation = 所属单位
form-email = 邮箱地址
form-email-hint = 受理编号和答复将发送到这里。如果没有邮箱，只填电话号码即可。
form-phone = 电话号码
form-phone-hint = 仅在希望我们电话答复时填写。日本以外的号码请以 + 和国家代码开头。
form-subject = 主题
form-message = 咨询内容
form-message-hint = 如有急事，请写明需要在何时之前得到答复。
form-message-count = { $count } / 10,000 字
form-attachments = 附件
form-attachments-hint = 每个不超过 10 MB，合计不超过 20 MB。
form-attachments-again = 浏览器无法保留已选的文件。如需附上，请重新选择：
form-consent-text = 您的个人信息仅用于答复咨询，以及不涉及个人身份的统计。
form-consent-link = 个人信息的处理方式
form-consent = 我同意上述个人信息的处理
form-trap = 请勿填写此栏
form-send = 发送
form-sending = 正在发送…

# Mistakes
errors-title = 有 { $count } 处需要您确认
errors-kept = 您填写的其他内容都已保留。
errors-page-title = 请确认：{ $title }
error-topic-missing = 请选择咨询的内容。不确定时请选“其他”
error-topic-unknown = 这个类别已不存在，请另选一个
error-name-missing = 请填写姓名
error-name-long = 姓名过长，最多 200 字
error-organisation-long = 所属单位过长，最多 200 字
error-contact-missing = 请填写邮箱地址或电话号码，以便我们答复
error-email-at = 邮箱地址中没有“@”。例 name@example.org
error-email-incomplete = 邮箱地址不完整。例 name@example.org
error-phone = 无法识别为电话号码，请用数字填写。例 +81-3-5213-1723
error-subject-missing = 请填写主题，几个字即可
error-subject-long = 主题超出 { $count } 字，最多 200 字
error-message-missing = 请填写咨询内容，一句话也可以
error-message-long = 内容超出 { $count } 字。请缩短，或作为附件发送
error-file-large = “{ $name }”有 { $size }，每个文件不能超过 10 MB。请去掉，或缩小后再发送
error-files-large = 文件合计超过 20 MB。请减少，或缩小后再发送
error-files-many = 文件过多，一次最多可附 { $count } 个
error-file-unreadable = “{ $name }”没有完整送达，请重新选择
error-consent-missing = 如果同意，请勾选。未经同意，我们不能使用您的信息进行答复

# Notices above the form: nothing has been sent
notice-stale = 页面打开时间过长，内容尚未发送。
notice-stale-way = 您填写的内容仍在。确认后请再次发送。
notice-large = 文件过大，内容尚未发送。
notice-large-way = 每个文件不超过 10 MB，合计不超过 20 MB。请缩小后发送，或通过邮件联系我们。
notice-many = 来自您所在网络的咨询过多，内容尚未发送。
notice-many-way = 您填写的内容仍在。请在一小时后再次发送，或来电咨询。
notice-away = 目前暂时无法受理，内容尚未发送。
notice-away-way = 您填写的内容仍在。请在几分钟后再次发送，或来电咨询。

# Pages, questions, search
navigation-questions = 常见问题
trail = 当前位置
trail-start = 首页
page-contents = 本页内容
page-ask = 就此咨询
page-updated = 最后更新
page-written-in-ja = 本页尚无中文版，以日文显示。
page-written-in-en = 本页尚无中文版，以英文显示。
page-written-in-zh = 本页为中文。
page-written-in-ko = 本页尚无中文版，以韩文显示。
page-written-in-fr = 本页尚无中文版，以法文显示。
page-kind-programme = 项目
page-kind-conference = 会议
page-kind-question = 常见问题
page-kind-news = 通知
page-kind-information = 网站说明
helpful = 本页对您有帮助吗？
helpful-yes = 有
helpful-no = 没有
helpful-thanks = 谢谢，您的回答已记录。
questions = 常见问题
questions-lead = 经常收到的咨询和答复。
questions-none = 目前没有常见问题。
questions-ask = 咨询其他问题
answer-own = 单独查看此答复
answer-own-of = 单独查看此答复：{ $title }
start-questions-all = 查看全部问题
start-news = 通知
footer-sitemap = 网站地图
footer-feed = 通知订阅（Atom）
search = 站内搜索
search-label = 在本站搜索
search-go = 搜索
search-title = 搜索：{ $typed }
search-resembling = 没有与“{ $typed }”完全一致的页面，以下为相近内容。
search-nothing = 没有找到与“{ $typed }”有关的页面。
search-ask = 没有找到需要的内容？
search-ask-text = 请向我们咨询，搜索的词语已填入主题。
search-ask-go = 通过表单咨询
search-found = 找到 { $count } 个页面。
search-more = 还有 { $count } 个页面。增加词语可缩小范围。

# Receipt
receipt = 您的咨询已受理
receipt-reference = 受理编号
receipt-reference-hint = 来电时请告知此编号。最后一位用于发现听错的数字。
receipt-copy = 复制编号
receipt-copied = 已复制
receipt-print = 打印此页
receipt-next = 接下来
receipt-letter = 我们将发送确认邮件
receipt-letter-text = 发往 { $email }。如未收到，请查看垃圾邮件。
receipt-note = 请记下受理编号
receipt-note-text = 您没有填写邮箱地址，因此我们不发送确认邮件。来电时请使用此编号。
receipt-promise = 我们将在{ $date }之前答复
receipt-promise-text = 以日本的三个工作日为准。如需更多时间调查，我们会在该日之前告知进展。
receipt-call = 我们将在{ $date }之前致电答复
receipt-call-text = 我们在受理时间（日本时间）内致电。
receipt-more = 您可以随时补充
receipt-more-letter = 直接回复确认邮件，内容会归入同一咨询。
receipt-more-call = 请来电并告知受理编号。

# Personal information
privacy = 个人信息的处理
privacy-lead = 说明我们如何处理您提供的个人信息。
privacy-what = 我们收到的信息
privacy-what-text = 您填写的姓名、所属单位、邮箱地址、电话号码，咨询内容和附件，以及收到的时间。
privacy-why = 用途
privacy-why-text = 仅用于答复咨询，以及不涉及个人身份的统计，不作他用。
privacy-who = 谁可以看到
privacy-who-text = 负责您的咨询的工作人员。如需由其他部门答复，该部门的负责人员也会看到。除法律另有规定外，不提供给他人。
privacy-where = 保存在哪里
privacy-where-text = 保存在窗口自己的系统中。本网站没有广告，没有第三方统计，公开页面不使用 Cookie。更改文字大小时，仅由您的浏览器记住。
privacy-rights = 查询、更正、删除
privacy-rights-text = 您可以要求查询、更正或删除我们保存的信息。如知道受理编号，请一并告知。
privacy-back = 返回咨询表

# When something is not right
error-way = 您可以从这里继续：
error-way-start = 首页
error-way-form = 咨询表
error-way-call = 电话 { $number }
error-not-found = 找不到此页面
error-not-found-text = 网址可能有误，或页面已经移动。
error-forbidden = 无法打开此页面
error-forbidden-text = 页面打开时间过长，或链接已失效。没有发送任何内容。
error-large = 发送的内容过大
error-large-text = 每个文件不超过 10 MB，合计不超过 20 MB。没有发送任何内容。
error-many = 短时间内访问过多
error-many-text = 没有发送任何内容。请在一小时后再试。
error-away = 目前暂时无法受理
error-away-text = 没有发送任何内容。请在几分钟后再试。
error-failed = 我们的系统出现问题
error-failed-text = 这不是您的操作造成的，问题已记录。请在几分钟后再试。
error-request = 无法读取发送的内容
error-request-text = 内容不完整，没有受理。请返回上一页再试一次。

# Letters
letter-greeting = { $name }，您好：
letter-greeting-unnamed = 您好：
letter-acknowledgement-subject = 您的咨询已受理
letter-acknowledgement-received = 感谢您的咨询，我们已经收到。
letter-acknowledgement-reference = 受理编号：{ $reference }
letter-acknowledgement-about = 主题：{ $subject }
letter-about-nothing = （无主题）
letter-acknowledgement-promise = 我们将在{ $date }（日本时间）之前答复。如需更多时间调查，会在该日之前告知进展。
letter-acknowledgement-answer = 如需补充，请直接回复此邮件。来电时请告知受理编号。
letter-signature-channels = 电话 { $telephone }  传真 { $fax }
    邮箱 { $email }
letter-quotation = { $date }，{ $name }写道：
letter-quotation-you = 您
letter-no-subject = 您的咨询
wording-sample-name = 王小明
wording-sample-subject = 关于缔结友好城市
