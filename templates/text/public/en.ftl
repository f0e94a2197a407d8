# Words for enquirers.

# ltr: from left to right; rtl: from right to left
direction = ltr
language-name = English
size-kilobytes = { $size } kB
size-megabytes = { $size } MB

# Every page
skip = Skip to the content
text-size = Text size
text-size-normal = Normal text
text-size-large = Large text
text-size-largest = Largest text
languages = Languages
navigation = Main
navigation-programmes = Programmes
navigation-enquiries = Enquiries
top-of-page = Top of page
footer = About us
page-title = { $title } – { $division }

# The counter
counter = For enquiries
counter-telephone = Tel
counter-telephone-abroad = From abroad { $number }
counter-fax = Fax
counter-email = Email
counter-hours = Hours
counter-open = Open now
counter-open-until = until { $time } Japan time
counter-closed = Closed now
counter-opens-today = Opens today { $time } Japan time
counter-opens-tomorrow = Opens tomorrow { $time } Japan time
counter-opens-on = Opens { $date }, { $time } Japan time
counter-own-time = { $time } where you are
counter-write = Use the enquiry form
hours-monday-friday = Mon–Fri
hours-day = { $day }
hours-days = { $first } to { $last }
hours-zone = Japan time
hours-between = ,
hours-closed = Closed on Japan’s public holidays and over the New Year
hours-closed-holidays = Closed on Japan’s public holidays
hours-closed-new-year = Closed over the New Year
hours-closed-day = Closed on { $day }
hours-closed-days = Closed from { $first } to { $last }

# Start
start-headline = Exchange with local governments in Japan starts at this counter.
start-lead = Sister cities, the commendation, the seminar, the conferences: ask us in any of five languages.
start-first = Writing for the first time
start-first-before = The
start-first-link = form
start-first-after = leaves you a written record. If it is urgent, telephone us.
start-again = If you have already written
start-again-text = Just answer our email. Your message joins the same enquiry.
start-programmes = Programmes

# Form
form = Your enquiry
form-lead = Write in English, Japanese, Chinese, Korean or French. We answer within three working days in Japan.
steps = Steps
step-write = Write
step-check = Check
step-done = Done
mark-required = { "" }
mark-either = { "" }
mark-optional = optional
form-topic = What is it about?
form-name = Name
form-reading = How your name is read
form-organisation = Organisation
form-email = Email address
form-email-hint = We send your reference and our answer here. If you have no email, leave it empty and give a telephone number.
form-phone = Telephone
form-phone-hint = Only if you would like us to call. From outside Japan, start with + and the country code.
form-subject = Subject
form-message = What would you like to know?
form-message-hint = If it is urgent, tell us by when you need an answer.
form-message-count = { $count } / 10,000 characters
form-attachments = Files
form-attachments-hint = Up to 20 files, 10 MB each, 20 MB together.
form-attachments-again = These files could not be kept. Choose them again if they are to go with your enquiry:
form-consent-link = How we handle personal information
form-consent = I agree to this use of my details
form-trap = Leave this field empty
form-sending = Sending…
form-check = Check what you wrote
form-checking = Opening the page to check…
form-attachments-kept = These go with your enquiry. Untick what is not to go:
form-attachments-drop = You can also drop files here, or paste a picture.
form-uploading = “{ $name }” is on its way
form-uploaded = “{ $name }” has arrived
form-upload-failed = “{ $name }” did not arrive. Choose it again
draft-restored = What you had written is here again. Your words are kept in this browser only, files with us, for 24 hours.
draft-clear = Empty the form
draft-cleared = The form is empty, and nothing is kept in this browser.
check = Is this what you would like to send?
check-lead = Nothing has been sent yet.
check-topic = Topic
check-organisation = Organisation
check-message = Text
check-empty = Not given
check-no-files = None
check-change = Change
check-send = Send
check-back = Back to the form
suggestions = These pages may answer it
new-tab = (opens in a new tab)

# Mistakes
errors-title = { $count ->
    [one] One thing needs your attention
    [2] Two things need your attention
    [3] Three things need your attention
    [4] Four things need your attention
    [5] Five things need your attention
   *[other] { $count } things need your attention
}
errors-kept = Everything else you wrote has been kept.
errors-page-title = Error: { $title }
error-topic-missing = Choose what your enquiry is about. If you are not sure, choose the last one
error-topic-unknown = This topic no longer exists. Choose another
error-name-missing = Write your name
error-name-long = The name is too long. It can have 200 characters
error-reading-long = The reading of your name is too long. It can have 200 characters
error-organisation-long = The organisation is too long. It can have 200 characters
error-contact-missing = Write an email address or a telephone number, so that we can answer you
error-email-at = The email address has no “@”. Write it as in name@example.org
error-email-incomplete = The email address is not complete. Write it as in name@example.org
error-phone = This does not look like a telephone number. Write it in digits, as in +81-3-5213-1723
error-subject-missing = Write a subject. A few words are enough
error-subject-long = { $count ->
    [one] The subject is one character too long. It can have 200
   *[other] The subject is { $count } characters too long. It can have 200
}
error-message-missing = Write what you would like to know. One sentence is enough
error-message-long = { $count ->
    [one] The text is one character too long. Shorten it or attach it as a file
   *[other] The text is { $count } characters too long. Shorten it or attach it as a file
}
error-file-large = “{ $name }” is { $size }; a file can have 10 MB. Leave it out or send a smaller one
error-files-large = The files have more than 20 MB together. Leave some out or send smaller ones
error-files-many = There are too many files. { $count } can go with one enquiry
error-file-unreadable = “{ $name }” did not arrive whole. Choose it again
error-file-gone = A file that we had kept is no longer here. Choose it again
error-consent-missing = Tick the box if you agree. Without it we may not use your details to answer
error-answer-missing-line = “{ $question }”: write an answer
error-answer-missing-paragraph = “{ $question }”: write an answer
error-answer-missing-number = “{ $question }”: write a number
error-answer-missing-date = “{ $question }”: choose a date
error-answer-missing-choice = “{ $question }”: choose one
error-answer-missing-country = “{ $question }”: choose a country or region
error-answer-missing-file = “{ $question }”: choose a file
error-answer-long = { $count ->
    [one] “{ $question }”: the answer is one character too long
   *[other] “{ $question }”: the answer is { $count } characters too long
}
error-answer-number = “{ $question }”: write a whole number in digits, such as 12
error-answer-small = “{ $question }”: write { $least } or more
error-answer-large = “{ $question }”: write { $most } or less
error-answer-date = “{ $question }”: this is no date that we can read. Write its year first, as in 2027-02-03
error-answer-past = “{ $question }”: this day is over. Choose today or a later day
error-answer-offered = “{ $question }”: choose one from the list
answer-left-out = Not answered
own-answer = { $question }: { $answer }
answer-choose = Choose
answer-none = No answer

# Notices above the form: nothing has been sent
notice-stale = This page had been open for too long, so nothing has been sent.
notice-stale-way = What you wrote is still here. Check it and send it again.
notice-broken = What your browser sent broke off on its way, so nothing has been sent.
notice-broken-way = What arrived is below. Complete it and send it again.
notice-large = The files were too large, so nothing has been sent.
notice-large-way = A file can have 10 MB, all together 20 MB. Send smaller ones, or write to us by email.
notice-many = Very many enquiries have come from your network, so this one has not been sent.
notice-many-way = What you wrote is still here. Send it again in an hour, or telephone us.
notice-away = We cannot take enquiries at this moment, so this one has not been sent.
notice-away-way = What you wrote is still here. Send it again in a few minutes, or telephone us.

# Pages, questions, search
navigation-questions = Questions
trail = You are here
trail-start = Home
page-contents = On this page
page-ask = Ask about this
page-updated = Last updated
page-written-in-ja = This page is not yet in English. It is shown in Japanese.
page-written-in-en = This page is in English.
page-written-in-zh = This page is not yet in English. It is shown in Chinese.
page-written-in-ko = This page is not yet in English. It is shown in Korean.
page-written-in-fr = This page is not yet in English. It is shown in French.
page-kind-programme = Programme
page-kind-conference = Conference
page-kind-question = Question
page-kind-news = News
page-kind-information = About the site
helpful = Was this page helpful?
helpful-yes = Yes
helpful-no = No
helpful-asking = Does this answer your question?
helpful-asking-yes = Yes, I need not send anything
helpful-thanks = Thank you. We have counted your answer.
helpful-answered = We are glad that this page helped. Nothing has been sent.
questions = Questions often asked
questions-lead = What people often ask us, with our answers.
questions-none = There are no questions here at the moment.
questions-ask = Ask something else
answer-own = This answer on a page of its own
answer-own-of = This answer on a page of its own: { $title }
start-questions-all = All questions
start-news = News
footer-sitemap = Site map
footer-feed = News feed (Atom)
search = Search
search-label = Search this site
search-go = Search
search-title = Search: { $typed }
search-resembling = No page has “{ $typed }”. These come close.
search-nothing = Nothing was found for “{ $typed }”.
search-elsewhere = Found in other languages
search-elsewhere-count = { $count ->
    [one] one page
   *[other] { $count } pages
}
search-ask = Not what you were looking for?
search-ask-text = Ask us. We have put your search words in the subject.
search-ask-go = Ask with the form
search-found = { $count ->
    [one] One page was found.
   *[other] { $count } pages were found.
}
search-more = { $count ->
    [one] There is one more. Add a word to narrow the search.
   *[other] There are { $count } more. Add a word to narrow the search.
}

# The directory of sister cities
navigation-sister-cities = Sister cities
sister-cities = Directory of sister cities
sister-cities-lead = Which local governments in Japan are tied to which ones abroad, and who is looking for a partner.
sister-cities-q = Name or words
sister-cities-prefecture = Prefecture in Japan
sister-cities-country = Country or region
sister-cities-any = All
sister-cities-go = Show
sister-cities-reset = Show all
sister-cities-nothing = No affiliations match.
sister-cities-resembling = Nothing has exactly these words. These come close.
sister-cities-home = In Japan
sister-cities-partner = Partner
sister-cities-since = Since
sister-cities-side = { $name } ({ $place })
sister-cities-ask = Ask
sister-cities-ask-of = Ask about { $home } and { $partner }
sister-cities-ask-subject = The affiliation of { $home } and { $partner }
sister-cities-seekers = Looking for a partner
sister-cities-seekers-text = We pass your message on to them.
sister-cities-seekers-none = No search for a partner matches.
sister-cities-seeker = Get in touch
sister-cities-seeker-of = Get in touch with { $who } through us
sister-cities-seeker-subject = Exchange with { $who }
sister-cities-offer = Are you looking for a partner too?
sister-cities-offer-text = Tell us what you have in mind. With your consent, we add you to this list.
sister-cities-offer-go = Tell us
sister-cities-offer-subject = We are looking for a partner
sister-cities-example = Example
sister-cities-pages = Pages of the list
sister-cities-before = Previous page
sister-cities-after = Next page
sister-cities-count = { $count ->
    [one] One affiliation
   *[other] { $count } affiliations
}
search-directory = { $count ->
    [one] One entry in the directory of sister cities
   *[other] { $count } entries in the directory of sister cities
}

# The enquirer's own page
own = Your enquiry { $reference }
own-sent = Received on { $date }
own-at = { $date }, { $time } Japan time
own-you = You
own-brief = In brief
own-status = Status
own-language = Language
own-status-new = Received
own-status-open = Being worked on
own-status-pending = Waiting for your answer
own-status-resolved = Answered
own-status-closed = Closed
own-waiting = We are waiting for your answer
own-waiting-text = Once you have written, we answer within three working days in Japan.
own-late = Our answer is late. We apologise
own-late-text = We are still working on it. If it is urgent, telephone us.
own-ended-text = If there is more, write below; your enquiry is then open again.
own-conversation = Conversation
own-message = Add a message
own-send = Send
own-data = Your data
own-data-send = Send as a request to correct or erase my data
own-data-hint = To have personal data corrected or erased, say above which and how, and use the second button.
own-data-message = [Request to correct or erase personal data]
own-settled = Is it settled?
own-settled-text = Tell us, and we end the enquiry. A new message opens it again.
own-settled-go = My question is answered
own-rating = How content are you with our answer?
own-score-5 = Very content
own-score-4 = Content
own-score-3 = Neither
own-score-2 = Not content
own-score-1 = Not at all content
own-rating-words = A word about it
own-rating-go = Send
own-left-out = These files are not enclosed. Take them from your own page, one by one.
own-whole = Download the whole conversation (text)
own-whole-files = Download the whole conversation with its files (ZIP)
own-renew = Receive a new link by email
own-renew-text = The links so far then no longer work.
own-open-until = This page stays open for a year after the enquiry is closed.
own-mistake = Nothing has been sent yet
own-mistake-empty = Write what you would like to tell us
own-mistake-score = Choose one of the five
own-done-written = We have your message.
own-done-data = We have your request. A member of the division will answer.
own-done-answered = Thank you for telling us. The enquiry is ended.
own-done-rated = Thank you for your answer.
own-done-renewed = A new link is on its way.
links = Receive the links to your enquiries
links-lead = The status of your enquiry, and the conversation, open by the link in our email.
links-hint = We send them to the address that you gave with your enquiry.
links-go = Send me my links
links-sent = If there are enquiries from this address, the links are on their way. If nothing arrives within a few minutes, check your spam folder too.
links-renewed = A new link is on its way to the address of your enquiry. The links before no longer work.
links-no-key = To open this page you need the link in our email.
links-written = What you wrote has not been sent
links-written-hint = Copy it, and send it again once the new link has come.
links-bad-key = This link does not work, or not any more. You can receive a new one below.
letter-own-page = You can also follow your enquiry, and add to it, on this page:
letter-links-subject = The links to your enquiries
letter-links = As you asked, here are the links to your enquiries.
letter-links-keep = Whoever has a link can open the page, so please keep it to yourself. If you did not ask for this, you can ignore it.

# Receipt
receipt = We have your enquiry
receipt-reference = Reference
receipt-reference-hint = Give this number when you telephone. The last digit is there to catch a misheard one.
receipt-copy = Copy the number
receipt-copied = Copied
receipt-print = Print this page
receipt-next = What happens next
receipt-letter = A confirmation is on its way
receipt-letter-text = It goes to { $email }. If it does not arrive, check your spam folder too.
receipt-note = Make a note of the number
receipt-note-text = You gave no email address, so no letter comes from us. The number is what you need when you telephone.
receipt-promise = We will answer by { $date }
receipt-promise-text = That is within three working days in Japan. If we need longer to find out, we will tell you by then.
receipt-call = We will telephone you by { $date }
receipt-call-text = We call in our opening hours, Japan time.
receipt-more = You can add something at any time
receipt-more-letter = Answer the email from us; it joins the same enquiry.
receipt-more-call = Telephone us and give the number.

# When something is not right
error-way = You can go on from here:
error-way-start = Start page
error-way-form = Enquiry form
error-way-call = By telephone: { $number }
error-not-found = This page does not exist
error-not-found-text = The address may be mistyped, or the page has moved.
error-forbidden = This page could not be opened
error-forbidden-text = It had been open for too long, or the link is no longer good. Nothing has been sent.
error-large = That was too large
error-large-text = A file can have 10 MB, all together 20 MB. Nothing has been sent.
error-many = Too many in a short time
error-many-text = Nothing has been sent. Try again in an hour.
error-away = The desk is away for a moment
error-away-text = Nothing has been sent. Try again in a few minutes.
error-failed = Something went wrong on our side
error-failed-text = It is not your fault, and it has been recorded. Try again in a few minutes.
error-request = This could not be read
error-request-text = What your browser sent was not complete. Nothing has been sent on. Go back and try once more.

# Letters
letter-greeting = Dear { $name },
letter-greeting-unnamed = Dear Sir or Madam,
letter-acknowledgement-subject = We have received your enquiry
letter-acknowledgement-received = Thank you for your enquiry. We have received it.
letter-acknowledgement-reference = Reference: { $reference }
letter-acknowledgement-about = Subject: { $subject }
letter-about-nothing = (no subject)
letter-acknowledgement-promise = We will answer by { $date } (Japan time). If we need longer to find out, we will tell you by then.
letter-acknowledgement-answer = If you would like to add anything, simply reply to this email. If you call us, please quote this reference number.
letter-signature-channels = Tel { $telephone }  Fax { $fax }
    Email { $email }
letter-signature-telephone = Tel { $telephone }
    Email { $email }
letter-quotation = On { $date }, { $name } wrote:
letter-quotation-you = you
letter-no-subject = Your enquiry
wording-sample-name = Ada Smith
wording-sample-subject = Finding a sister city
