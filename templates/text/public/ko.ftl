# Words for enquirers.

language-name = 한국어
size-kilobytes = { $size } kB
size-megabytes = { $size } MB

# Every page
skip = 본문으로 이동
text-size = 글자 크기
text-size-normal = 보통 글자
text-size-large = 큰 글자
text-size-largest = 가장 큰 글자
languages = 언어
navigation = 주 메뉴
navigation-programmes = 사업 안내
navigation-enquiries = 문의
top-of-page = 페이지 처음으로
footer = 창구 안내
footer-privacy = 개인정보 처리
page-title = { $title } – { $division }

# The counter
counter = 문의처
counter-telephone = 전화
counter-telephone-abroad = 해외에서 { $number }
counter-fax = 팩스
counter-email = 이메일
counter-hours = 접수
counter-open = 지금 접수 중
counter-open-until = 일본 시간 { $time }까지
counter-closed = 접수 시간이 아닙니다
counter-opens-today = 일본 시간으로 오늘 { $time }에 접수를 시작합니다
counter-opens-tomorrow = 일본 시간으로 내일 { $time }에 접수를 시작합니다
counter-opens-on = 일본 시간으로 { $date } { $time }에 접수를 시작합니다
counter-write = 양식으로 문의하기
hours-monday-friday = 월–금
hours-day = { $day }
hours-days = { $first }–{ $last }
hours-zone = (일본 시간)
hours-between = ,
hours-closed = 일본 공휴일과 연말연시는 쉽니다

# Start
start-headline = 일본 지방정부와의 교류, 이 창구에서 문의해 주십시오.
start-lead = 자매도시, 표창, 세미나와 회의 참가에 관해 국제교류과가 다섯 가지 언어로 답해 드립니다.
start-first = 처음 문의하시는 분
start-first-before = 기록이 남는
start-first-link = 문의 양식
start-first-after = 이 편리합니다. 급하신 경우에는 전화해 주십시오.
start-again = 이미 문의하신 분
start-again-text = 받으신 이메일에 그대로 회신해 주십시오. 같은 문의로 이어집니다.
start-programmes = 사업 안내

# Form
form = 문의
form-lead = 한국어, 일본어, 영어, 중국어, 프랑스어로 접수합니다. 일본의 근무일 기준 3일 이내에 답해 드립니다.
steps = 순서
step-write = 작성
step-done = 접수
mark-required = { "" }
mark-either = { "" }
mark-optional = 선택
form-topic = 무엇에 대한 문의입니까
form-name = 성함
form-organisation = 소속
form-email = 이메일 주소
form-email-hint = 접수 번호와 답변을 보내 드립니다. 이메일이 없으면 비워 두고 전화번호를 적어 주십시오.
form-phone = 전화번호
form-phone-hint = 전화 답변을 원하시는 경우에만 적어 주십시오. 일본 밖의 번호는 +와 국가 번호로 시작합니다.
form-subject = 제목
form-message = 문의 내용
form-message-hint = 급하신 경우에는 언제까지 답변이 필요한지도 적어 주십시오.
form-message-count = { $count } / 10,000자
form-attachments = 첨부 파일
form-attachments-hint = 파일 하나에 10 MB, 모두 합해 20 MB까지 가능합니다.
form-attachments-again = 선택한 파일은 브라우저가 보관하지 않습니다. 첨부하시려면 다시 선택해 주십시오.
form-consent-text = 개인정보는 문의에 대한 답변과 개인을 식별하지 않는 통계에만 사용합니다.
form-consent-link = 개인정보 처리에 대하여
form-consent = 개인정보 처리에 동의합니다
form-trap = 이 칸은 비워 두십시오
form-send = 보내기
form-sending = 보내는 중…

# Mistakes
errors-title = { $count }곳을 확인해 주십시오
errors-kept = 그 밖에 적으신 내용은 그대로 있습니다.
errors-page-title = 확인 필요: { $title }
error-topic-missing = 문의 주제를 선택해 주십시오. 잘 모르시면 ‘기타’를 선택하십시오
error-topic-unknown = 지금은 없는 주제입니다. 다른 주제를 선택해 주십시오
error-name-missing = 성함을 적어 주십시오
error-name-long = 성함이 너무 깁니다. 200자까지 적을 수 있습니다
error-organisation-long = 소속이 너무 깁니다. 200자까지 적을 수 있습니다
error-contact-missing = 답변을 받으실 이메일 주소나 전화번호를 적어 주십시오
error-email-at = 이메일 주소에 ‘@’가 없습니다. 예 name@example.org
error-email-incomplete = 이메일 주소가 완전하지 않습니다. 예 name@example.org
error-phone = 전화번호로 읽을 수 없습니다. 숫자로 적어 주십시오. 예 +81-3-5213-1723
error-subject-missing = 제목을 적어 주십시오. 몇 마디면 됩니다
error-subject-long = 제목이 { $count }자 넘었습니다. 200자까지 적을 수 있습니다
error-message-missing = 문의 내용을 적어 주십시오. 한 문장이면 됩니다
error-message-long = 내용이 { $count }자 넘었습니다. 줄이거나 파일로 첨부해 주십시오
error-file-large = ‘{ $name }’은(는) { $size }입니다. 파일 하나에 10 MB까지입니다. 빼거나 줄여서 보내 주십시오
error-files-large = 파일이 모두 20 MB를 넘습니다. 수를 줄이거나 작게 해서 보내 주십시오
error-files-many = 파일이 너무 많습니다. 한 번에 { $count }개까지 보낼 수 있습니다
error-file-unreadable = ‘{ $name }’이(가) 끝까지 도착하지 않았습니다. 다시 선택해 주십시오
error-consent-missing = 동의하시면 표시해 주십시오. 동의가 없으면 답변에 개인정보를 사용할 수 없습니다

# Notices above the form: nothing has been sent
notice-stale = 페이지를 연 지 오래되어 아직 보내지 않았습니다.
notice-stale-way = 적으신 내용은 그대로 있습니다. 확인하고 다시 보내 주십시오.
notice-large = 파일이 너무 커서 아직 보내지 않았습니다.
notice-large-way = 파일 하나에 10 MB, 모두 합해 20 MB까지입니다. 줄여서 보내시거나 이메일로 보내 주십시오.
notice-many = 같은 네트워크에서 온 문의가 많아 아직 보내지 않았습니다.
notice-many-way = 적으신 내용은 그대로 있습니다. 한 시간 뒤에 다시 보내시거나 전화해 주십시오.
notice-away = 지금은 문의를 접수할 수 없어 아직 보내지 않았습니다.
notice-away-way = 적으신 내용은 그대로 있습니다. 몇 분 뒤에 다시 보내시거나 전화해 주십시오.

# Pages, questions, search
navigation-questions = 자주 묻는 질문
trail = 현재 위치
trail-start = 홈
page-contents = 이 페이지의 내용
page-ask = 이 내용 문의하기
page-updated = 최종 수정일
page-written-in-ja = 이 페이지는 아직 한국어로 준비되지 않아 일본어로 표시합니다.
page-written-in-en = 이 페이지는 아직 한국어로 준비되지 않아 영어로 표시합니다.
page-written-in-zh = 이 페이지는 아직 한국어로 준비되지 않아 중국어로 표시합니다.
page-written-in-ko = 이 페이지는 한국어입니다.
page-written-in-fr = 이 페이지는 아직 한국어로 준비되지 않아 프랑스어로 표시합니다.
page-kind-programme = 사업
page-kind-conference = 회의
page-kind-question = 자주 묻는 질문
page-kind-news = 소식
page-kind-information = 사이트 안내
helpful = 이 페이지가 도움이 되었습니까?
helpful-yes = 예
helpful-no = 아니요
helpful-thanks = 답해 주셔서 감사합니다.
questions = 자주 묻는 질문
questions-lead = 자주 받는 질문과 답변입니다.
questions-none = 지금은 실려 있는 질문이 없습니다.
questions-ask = 다른 내용 문의하기
answer-own = 이 답변만 보기
answer-own-of = 이 답변만 보기: { $title }
start-questions-all = 모든 질문 보기
start-news = 소식
footer-sitemap = 사이트맵
footer-feed = 소식 구독(Atom)
search = 사이트 검색
search-label = 사이트 내 검색
search-go = 검색
search-title = 검색: { $typed }
search-resembling = ‘{ $typed }’와 일치하는 페이지가 없어 비슷한 페이지를 표시합니다.
search-nothing = ‘{ $typed }’에 해당하는 페이지를 찾지 못했습니다.
search-ask = 찾으시는 내용이 없으면
search-ask-text = 창구에 문의해 주십시오. 검색하신 말을 제목에 넣어 두었습니다.
search-ask-go = 양식으로 문의하기
search-found = { $count }건을 찾았습니다.
search-more = { $count }건이 더 있습니다. 말을 더하면 좁힐 수 있습니다.

# Receipt
receipt = 문의를 접수했습니다
receipt-reference = 접수 번호
receipt-reference-hint = 전화하실 때 이 번호를 말씀해 주십시오. 마지막 숫자는 잘못 들은 것을 찾기 위한 것입니다.
receipt-copy = 번호 복사
receipt-copied = 복사했습니다
receipt-print = 이 화면 인쇄
receipt-next = 앞으로의 절차
receipt-letter = 확인 이메일을 보내 드립니다
receipt-letter-text = { $email } 앞으로 보냅니다. 오지 않으면 스팸함도 확인해 주십시오.
receipt-note = 접수 번호를 적어 두십시오
receipt-note-text = 이메일 주소를 적지 않으셨으므로 확인 이메일은 가지 않습니다. 전화하실 때 이 번호를 사용하십시오.
receipt-promise = { $date }까지 담당자가 답해 드립니다
receipt-promise-text = 일본의 근무일 기준 3일 이내입니다. 조사에 시간이 걸리면 그날까지 전망을 알려 드립니다.
receipt-call = { $date }까지 담당자가 전화드립니다
receipt-call-text = 접수 시간(일본 시간)에 전화드립니다.
receipt-more = 덧붙일 내용은 언제든지 보내실 수 있습니다
receipt-more-letter = 확인 이메일에 그대로 회신해 주십시오.
receipt-more-call = 전화로 접수 번호를 말씀해 주십시오.

# Personal information
privacy = 개인정보 처리
privacy-lead = 보내 주신 개인정보를 어떻게 다루는지 설명합니다.
privacy-what = 받는 정보
privacy-what-text = 적어 주신 성함, 소속, 이메일 주소, 전화번호와 문의 내용, 첨부 파일, 접수한 일시입니다.
privacy-why = 사용 목적
privacy-why-text = 문의에 대한 답변과 개인을 식별하지 않는 통계에만 사용합니다. 다른 목적으로는 사용하지 않습니다.
privacy-who = 보는 사람
privacy-who-text = 문의를 담당하는 직원입니다. 다른 과에서 답변할 때에는 그 과의 담당자도 봅니다. 법령에 정해진 경우를 제외하고 다른 곳에 제공하지 않습니다.
privacy-where = 보관하는 곳
privacy-where-text = 창구의 시스템에 보관합니다. 이 사이트에는 광고도 외부 측정도 없으며, 공개 페이지에서는 쿠키를 사용하지 않습니다. 글자 크기를 바꾸면 사용하시는 브라우저에만 기록됩니다.
privacy-rights = 열람, 정정, 삭제
privacy-rights-text = 보관 중인 내용의 열람, 정정, 삭제를 요청하실 수 있습니다. 접수 번호를 아시면 함께 알려 주십시오.
privacy-back = 문의 양식으로 돌아가기

# When something is not right
error-way = 다음에서 계속하실 수 있습니다.
error-way-start = 첫 페이지
error-way-form = 문의 양식
error-way-call = 전화 { $number }
error-not-found = 페이지를 찾을 수 없습니다
error-not-found-text = 주소가 다르거나 페이지가 옮겨졌을 수 있습니다.
error-forbidden = 페이지를 열 수 없습니다
error-forbidden-text = 연 지 오래되었거나 링크의 기한이 지났습니다. 아무것도 보내지 않았습니다.
error-large = 보내신 내용이 너무 큽니다
error-large-text = 파일 하나에 10 MB, 모두 합해 20 MB까지입니다. 아무것도 보내지 않았습니다.
error-many = 짧은 시간에 접속이 많았습니다
error-many-text = 아무것도 보내지 않았습니다. 한 시간 뒤에 다시 시도해 주십시오.
error-away = 지금은 접수할 수 없습니다
error-away-text = 아무것도 보내지 않았습니다. 몇 분 뒤에 다시 시도해 주십시오.
error-failed = 저희 쪽에 문제가 생겼습니다
error-failed-text = 이용자의 잘못이 아니며, 문제는 기록했습니다. 몇 분 뒤에 다시 시도해 주십시오.
error-request = 보내신 내용을 읽을 수 없습니다
error-request-text = 내용이 완전하지 않아 접수하지 않았습니다. 이전 페이지로 돌아가 다시 시도해 주십시오.

# Letters
letter-greeting = { $name } 님께
letter-greeting-unnamed = 안녕하십니까.
letter-acknowledgement-subject = 문의를 접수했습니다
letter-acknowledgement-received = 문의해 주셔서 감사합니다. 다음과 같이 접수했습니다.
letter-acknowledgement-reference = 접수 번호: { $reference }
letter-acknowledgement-about = 제목: { $subject }
letter-about-nothing = (제목 없음)
letter-acknowledgement-promise = { $date }(일본 시간)까지 담당자가 답해 드립니다. 조사에 시간이 걸리면 그날까지 예상 회신일을 안내해 드리겠습니다.
letter-acknowledgement-answer = 덧붙일 내용이 있으면 이 이메일에 그대로 회신해 주십시오. 전화하실 때에는 접수 번호를 말씀해 주십시오.
letter-signature-channels = 전화 { $telephone }  팩스 { $fax }
    이메일 { $email }
letter-quotation = { $date }, { $name }의 이메일:
letter-quotation-you = 문의하신 분
letter-no-subject = 문의하신 건
wording-sample-name = 김민수
wording-sample-subject = 자매도시 제휴 문의
