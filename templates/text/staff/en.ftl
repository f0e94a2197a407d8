# Words for staff.

size-kilobytes = { $size } kB
size-megabytes = { $size } MB
skip = Skip to the content
navigation = Main
menu = Menu
bar = Screens
bar-now = Now
bar-search = Find
nav-dashboard = Dashboard
nav-queue = Queue
nav-mine = Mine
nav-all = All tickets
nav-arrivals = Arrivals
nav-outbox = Outbox
nav-spam = Spam
search = Search tickets
search-hint = Words, number, name or address
search-go = Search
other-language = 日本語
sign-out = Sign out

# Signing in
sign-in = Staff sign-in
sign-in-go = Sign in
sign-in-help = If you cannot get in, ask your division’s administrator for a new link.
sign-in-public = Public pages
email = Email address
password = Password
sign-in-refused = The email address or the password is wrong.
sign-in-paused = Too many failed tries. Wait { $seconds } seconds and try again.
sign-in-stale = This page had been open for too long. Try again.
set-up = Choose a password
set-up-hint = At least { $least } characters. A sentence is easier to remember than signs.
set-up-go = Save
password-new = New password
password-again = The same once more
set-up-short = The password is too short. It needs at least { $least } characters.
set-up-different = The two passwords differ.
set-up-address = Write your email address as in name@example.org.
set-up-gone = This link has been used or is too old. Ask for a new one.

# Dashboard
open-until = Open until { $time }
closed-until = Closed. Opens { $date }, { $time }
closed = Closed
log-phone = Log a call
log-fax = Log a fax
log-visit = Log a visit
channels = Channels
waits = Waiting
waits-form = Waiting, by form
tickets = { $count }
channel-call = Call
channel-log = Log
channel-write = Write
copy-number = Copy the number
copy-address = Copy the address
copied = Copied
flooded = Letters came faster than people write, and the last ones (until { $time }) were not acknowledged.
flooded-way = All of them are kept. Perhaps a machine answers our letters.
flooded-look = Look at the newest
captured = No mail leaves yet.
captured-way = No mail server is set, so letters are kept as files in the outbox folder. Set MADOGUCHI_SMTP_URL and start the service again.
letters-troubled = { $count ->
    [one] One letter could not be delivered.
   *[other] { $count } letters could not be delivered.
}
undelivered = { $count ->
    [one] In one ticket a letter did not arrive.
   *[other] In { $count } tickets a letter did not arrive.
}
undelivered-way = Look at all of them
undelivered-mine = { $count ->
    [one] One of yours
   *[other] { $count } of yours
}
letters-troubled-way = Look at the outbox
quarantined = { $count ->
    [one] One arrival could not be understood.
   *[other] { $count } arrivals could not be understood.
}
unscanned = { $count ->
    [one] One file has not been checked for viruses.
   *[other] { $count } files have not been checked for viruses.
}
unscanned-way = The virus scanner does not answer. Files are handed out once it has checked them.
mailboxes = Mailboxes
mailbox-count = { $server } on the server, { $ledger } of them in the ledger (counted { $at })
mailbox-lacks = A mailbox holds letters that could not be fetched.
mailbox-not-yet = Not read yet
mailbox-read = Last read { $at }
mailbox-trouble = A mailbox has not been readable since { $at }.
quarantined-way = Look at the arrivals
queue-order = longest waiting first
queue-all = all { $count }
queue-empty = No one is waiting
mine-empty = You have no tickets
counts = By status
unassigned = Unassigned

# Lists
filter = Filter
filter-go = Show
any = All
sort = Order
sort-newest = Newest first
sort-oldest = Oldest first
sort-waiting = Longest waiting first
sort-due = Nearest due date first
sort-updated = Last touched first
me = Me
tokens = Filters in use
token-without = Without { $name } { $value }
list-table = All of this list as a table (CSV)
table-received = Received
table-answered = First answered
table-answers = Other answers
table-answer = { $question }: { $answer }
list-empty = No ticket fits
list-empty-words = No ticket fits “{ $words }”
list-empty-way = Take all filters away
list-mistake = “{ $value }” is not known as { $name } and was left out.
page-first = To the beginning
page-next = Next page
column-status = Status
column-reference = Number
column-subject = Subject
column-from = From
column-channel = Channel
column-language = Language
column-assignee = Assignee
column-due = Due
column-age = Age
column-when = When
column-outcome = Outcome
column-ticket = Ticket
no-subject = (no subject)
nobody = No one
facet-bounced = Not delivered
mark-bounced = not delivered
mark-automatic = automatic
due-stopped = paused
late-minutes = { $count } min late
late-hours = { $count } h late
late-days = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}
left-minutes = in { $count } min
left-hours = in { $count } h
left-days = { $count ->
    [one] in 1 day
   *[other] in { $count } days
}
tomorrow = Tomorrow
yesterday = Yesterday { $time }
age-now = now
age-minutes = { $count } min
age-hours = { $count } h
age-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
status = Status
status-new = New
status-open = Open
status-pending = Pending
status-resolved = Resolved
status-closed = Closed
status-spam = Spam
priority = Priority
priority-low = Low
priority-normal = Normal
priority-high = High
priority-urgent = Urgent
channel = Channel
channel-web = Web form
channel-email = Email
channel-phone = Telephone
channel-fax = Fax
channel-visit = Visit
channel-post = Letter
channel-api = Interface
language = Language
language-unknown = not certain
language-ja = Japanese
language-en = English
language-zh = Chinese
language-ko = Korean
language-fr = French
division = Division
assignee = Assignee
topic = Topic
tag = Tag

# Ticket
ticket-automatic = Made of automatic mail. It was not acknowledged.
ticket-bounced = A letter of ours did not arrive.
ticket-bounced-hint = The message below says to whom. The mark goes when the letter is settled or the ticket is ended.
ticket-related = Looks related to
spam-by-staff = A colleague marked this as spam.
not-spam = Not spam
not-spam-hint = It becomes a new enquiry, and is acknowledged if it was not before.
doubt-filtered-as-spam = Taken for spam by the mail server's filter.
doubt-hidden-field-filled = Taken for spam: a field was filled in that people do not see.
doubt-same-text-again = Taken for spam: the same text came very often within an hour.
doubt-links-at-once = Taken for spam: it has many links, and was sent as soon as its page was shown.
doubt-work-missing = Taken for spam: it came while the desk was flooded, and its browser ran no scripts. It may well be a person.
timeline = Conversation
note-mark = not visible to the enquirer
meanwhile = meanwhile
sender-unknown = New address in this ticket
folded = Show quotation and signature ({ $count ->
    [one] 1 line
   *[other] { $count } lines
})
picture-absent = picture
pictures-load = Load pictures from other servers
pictures-hint = The sender may learn from it that the message was read.
sender-unconfirmed = sender not confirmed ({ $checks } failed)
entry-beginning = This letter is too long to be shown whole. See “Original message” for the rest.
show-html = Original layout
file-virus = Withheld: { $virus } found
file-withheld = This file is withheld
file-withheld-way = The virus scanner found { $virus } in it. It is kept, and is not handed out. Ask the sender for it in another way if you need what it says.
file-unchecked-mark = Not checked for viruses
file-unchecked = This file could not be checked for viruses
file-unchecked-way = The virus scanner does not take it, since it is too large or of an odd kind. It may hold a virus. Open it only if you know the sender and expect it.
file-unchecked-on = Download it all the same
file-unscanned = This file has not been checked yet
file-unscanned-way = The virus scanner does not answer, and files are handed out only once it has checked them. Try again in a few minutes; if it lasts, tell your administrator.
summary-event = Event
summary-request = Invitation
summary-reply = Answer to an invitation
summary-accepted = Invitation accepted
summary-declined = Invitation declined
summary-tentative = Invitation accepted for now
summary-cancel = Cancelled event
summary-letter = Letter
summary-letter-text = Its text
summary-person = Contact
summary-further = { $count } more
file-unnamed = File without a name
raw = Original message
download = Download
reply = Reply
entries-left-out = { $count ->
    [one] Show the message in between
   *[other] Show { $count } messages in between
}
entries-newest = Show the newest messages
entry-subject = Subject
answer-left-out = Not answered
entry-empty = No text
reply-to = To
cc = CC
bcc = BCC
also-to = Also to
bcc-mark = seen by staff only
copies = CC, BCC
copies-offered = Also in this conversation; nobody is included unless you choose them
copies-hint = Separate several addresses by commas. The others do not see who is under BCC.
confirm = I mean to send this to { $addresses } as well as to the enquirer
reply-body = Your reply
reply-status = Then set to
draft-kept = Draft kept on this device
reply-send = Send
reply-no-address = The enquirer has no email address. Call them and write down what was said as a note, or enter an address at “Replies go to”.
files = Files
picture = Picture
files-hint = 10 MB each, 20 MB together. A picture that you paste into the text, or name there as ![what it shows](its file name), is shown in its place.
note = Note
note-save = Save note
properties = Properties
property-set = Set
property-set-named = Set { $name }
route = Division and topic
tags = Tags
tags-none = None
enquirer = Enquirer
enquirer-unnamed = Unknown sender
answers-to = Replies go to
answers-to-nobody = No address
answers-to-change = Change the address
contact-email = Email
contact-phone = Tel
contact-fax = Fax
others = Other tickets of this person
delivery-waiting = To be sent
delivery-retrying = Not sent yet, it is tried again. { $answer }
delivery-sending = Being sent
delivery-sent = Taken by the mail server
delivery-captured = Kept as a file; no mail server is set
delivery-refused = Not delivered to { $recipient }. The mail server says: { $answer }
delivery-hindered = Not sent to { $recipient }. { $answer }
hindrance-virus = The virus scanner found something in { $detail }. Send a reply without this file.
hindrance-unscanned = { $detail } waits for the virus scanner, which has not answered yet.
hindrance-no-smtputf8 = The mail server takes no address with other than ASCII letters before the @: { $detail }. Ask for another address, or use a server that offers SMTPUTF8.
hindrance-cut-off = The conversation with the mail server failed ({ $detail }).
hindrance-unwritable = It could not be written as a letter: { $detail }
delivery-unknown = Nobody knows whether { $recipient } got this. Decide in the outbox. { $answer }
delivery-of = { $recipient }: { $fate }
delivery-settled = Given up by hand
delivery-acknowledgement = Acknowledgement: { $fate }
delivery-not-acknowledged = No acknowledgement was sent, since the last one to this address was not long before, or very many letters came at once: it stops machines that answer each other
delivery-bounced = Not delivered to { $recipient } ({ $status })
delivery-bounced-for-now = Not delivered to { $recipient } ({ $status }). The reason is a passing one: sending it again later may help
delivery-delayed = Delayed for { $recipient } ({ $status })
held-title = Your change has not been made.
held-title-reply = Your reply has not been sent.
held-something = Something happened meanwhile.
held-replied = { $who } replied at { $time }.
held-wrote = { $who } wrote at { $time }.
held-changed = { $what } ({ $time }).
held-after = { $what } { $not }
held-way = What happened meanwhile is marked above. What you wrote is still here.
held-read = Read it first
held-draft = Mend the draft
held-anyway = Do it all the same
colon = :{ " " }
thumb = Write in this ticket
thumb-reply = Write a reply
refused-empty = Nothing was written, so nothing has been sent.
refused-long = The text is too long; it can have 100,000 characters. Nothing has been sent.
refused-no-address = The enquirer has no email address. Nothing has been sent.
refused-own-address = The enquirer’s address is the desk’s own. An answer would come back as an enquiry. Enter another address at “Replies go to”. Nothing has been sent.
refused-step = This status cannot be set from the present one. Nothing has been changed.
refused-picture = Not sent: the text shows the picture “{ $name }”, which is not attached.
refused-picture-way = Attach it under this name, or take it out of the text.
refused-spam = Spam is not answered. Press “Not spam” first.
refused-copy-address = “{ $typed }” is no complete email address. Nothing has been sent.
refused-copies = These are too many addresses; a reply can have { $most } copies. Nothing has been sent.
refused-copy-ours = { $address } is the desk’s own address. A copy to it would come back as an enquiry. Nothing has been sent.
refused-address = “{ $typed }” is no complete email address. Answers go where they went before.
refused-address-ours = { $address } is the desk’s own address. Answers to it would come back as enquiries, so they go where they went before.
refused-third-party = The enquirer and { $addresses } would get the same letter. It has not been sent.
refused-third-party-way = If that is meant, tick the confirmation below and send it again; otherwise take the address away.
refused-role = Your role may read, not change. Agents, managers and administrators may.
refused-role-way = Ask one of them. What you wrote is still here.
refused-administrator = Only administrators may do this. Ask one of them.
refused-files = The files are too large: 10 MB each, 20 MB together. Nothing has been sent.
refused-choice = What was chosen does not exist any more. Nothing has been changed.
refused-stale = This page had been open for too long. Nothing has been changed; what you wrote is still here.
refused-away = The database does not answer. Nothing has been changed; what you wrote is still here.
refused-way = Mend it and send it again.

# History
signed-out = You are signed out, and this was not done
signed-out-way = Copy what you wrote, sign in, and send it again.
signed-out-typed = What you wrote
event-desk = The desk
event-reopened = A new message came in: the ticket is { $status } again
event-elsewhere = A letter that was sent here too stands in { $ticket }
event-put-apart = A letter that named this ticket stands in { $ticket }, since its sender could not be confirmed ({ $checks } failed)
event-assigned = { $who } assigned it to { $assignee }
event-taken = { $who } took it
event-unassigned = { $who } took the assignee away
event-status = { $who } set the status to { $status }
no-topics = none
event-moved = { $who } sent it to { $division } (topic: { $topic })
event-routed = { $who } set the topic to “{ $topic }”
event-priority = { $who } set the priority to { $priority }
event-language = { $who } set the language to { $language }
event-address = { $who } had answers go to { $address }
further-topics = Further topics
event-topics = { $who } set the further topics: { $topics }
event-tagged = { $who } set the tags: { $tags }
event-delayed = A letter to { $recipient } has not arrived so far ({ $status })
event-bounced = A letter to { $recipient } came back ({ $status })
event-refused = The mail server refused the letter to { $recipient }: { $answer }
event-hindered = The letter to { $recipient } was not sent: { $answer }
event-fate-unknown = Nobody knows whether the letter to { $recipient } arrived
event-sent-again = { $who } had the letter to { $recipient } sent again
event-settled = { $who } gave up the letter to { $recipient }
event-arrived = { $who } found that the letter to { $recipient } arrived

# Logging
log = New ticket
log-title-phone = Log a call
log-title-fax = Log a fax
log-title-visit = Log a visit
log-title-post = Log a letter
log-number = Their number (telephone or fax)
log-name = Name
log-reading = Reading of the name
log-organisation = Organisation
log-message = What it is about
log-subject = Subject
log-subject-hint = if empty, the first line
log-channel = How it came
log-if-any = if any
log-reference = Reference
log-save = Save
log-suggestions = Perhaps:
mistakes = { $count ->
    [one] One thing needs your attention
   *[other] { $count } things need your attention
}
mistakes-kept = What you wrote is still here.
log-how = Say how it came: telephone, fax, visit or letter
log-empty = Write down what it is about.
log-bad-email = The email address is not complete. Write it as in name@example.org.
log-bad-phone = This is no telephone number.
log-bad-reference = The last digit does not agree with the others. It may have been misheard. Correct it, or empty the field to make a new ticket.
log-no-ticket = There is no ticket with this reference. Correct it, or empty the field to make a new ticket.
log-questions-hint = Only what they told you.
log-files-large = Up to 20 files, 10 MB each, 20 MB together. Take some out and save again.
log-files-left-out = { $names } could not be attached: up to 20 files, 10 MB each, 20 MB together. Save again to go on without.
log-file-gone = A file was kept for 24 hours and is gone. Choose it again.
form-attachments-hint = Up to 20 files, 10 MB each, 20 MB together.
form-attachments-kept = These files are kept for you. Untick what is not to be attached:
answer-choose = Choose
answer-none = No answer
error-answer-long = { $count ->
    [one] “{ $question }”: the answer is one character too long
   *[other] “{ $question }”: the answer is { $count } characters too long
}
error-answer-number = “{ $question }”: write a whole number in digits, such as 12
error-answer-small = “{ $question }”: write { $least } or more
error-answer-large = “{ $question }”: write { $most } or less
error-answer-date = “{ $question }”: this is no date. Write its year first, as in 2027-02-03
error-answer-past = “{ $question }”: this day is over. Choose today or a later day
error-answer-offered = “{ $question }”: choose one from the list

# Arrivals and outbox
arrivals-hint = Everything that came in, and what became of it. The originals are kept.
arrivals-quarantined = These could not be made into tickets. Look at the originals.
arrivals-quarantined-title = Not understood
quarantine-again = Try again
quarantine-again-hint = The desk reads the original once more, as if it had just come.
quarantine-once = not understood at first:
quarantine-cleared = Somebody else has already taken care of this
quarantine-cleared-way = What you wrote has not been stored. Look at what it became; what is missing there can be added as a note.
quarantine-belongs = Reference of the ticket it belongs to
quarantine-by-hand = Make a ticket by hand
quarantine-by-hand-hint = Write down what you read in the original. The original is attached to the ticket.
quarantine-look = Look
quarantine-make = Make the ticket
quarantine-not-stored = The ticket could not be stored. Shorten the text, or leave out what looks unusual in it.
quarantine-original = The original
quarantine-reason = Why
quarantine-rest = { $count ->
    [one] { $count } more byte: download the original to see it
   *[other] { $count } more bytes: download the original to see them
}
quarantine-still = It could still not be understood. Make a ticket by hand below.
quarantine-title = Not understood
trouble-too-large = It is { $size } large; up to { $most } are read.
trouble-too-large-cut = It is { $size } large, of which only the beginning has been kept; up to { $most } are read.
trouble-too-slow = Reading it took longer than { $seconds } seconds.
trouble-unreadable = The desk failed to read it.
quarantine-to = Sent to
arrivals-rest = All others
arrivals-empty = Nothing has come in yet
outcome-created = new ticket
outcome-appended = added
outcome-duplicate = duplicate
outcome-bounce = bounce
outcome-quarantined = not understood
outbox-unsent-hint = Letters not sent yet, and those that did not arrive.
outbox-unsent = Not sent
outbox-returned = Came back
outbox-returned-hint = Letters that another server could not deliver. Try again, or give up once the enquirer has been reached.
outbox-returned-empty = No letter has come back
outbox-sent = Sent
outbox-sent-hint = Letters that the mail server took, newest first, and those that somebody settled.
outbox-sent-empty = No letter has been sent yet
outbox-unsent-empty = Every letter has been sent
letter-waiting = To be sent
letter-claimed = Being sent
letter-handing = Being handed over
letter-sent = Sent
letter-captured = Kept as a file
letter-refused = Refused
letter-unknown = Fate unknown: perhaps sent, perhaps not
letter-hindered = Not sent
letter-unknown-way = The connection to the mail server broke off while the letter was being handed over. Look into the mail server’s log, or ask the recipient. Trying again may make it arrive twice.
letter-arrived = It arrived
letter-settled = Given up
letter-tries = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
letter-next = next try { $time }
letter-bounced = Came back: not delivered ({ $status })
letter-delayed = Not delivered so far ({ $status })
letter-again = Try again
letter-settle = Give up
letter-decided-settled = This letter has been settled already
letter-decided-settled-way = Somebody else was faster. Nothing has been changed. The ticket’s history says who it was.
letter-decided-otherwise = This letter is no longer as the page showed it
letter-decided-otherwise-way = Somebody decided about it, or the mail server answered meanwhile. Nothing has been changed. Look at it again before you decide.

# What automatic messages say
nav-wording = Automatic letters
wording-hint = What the desk sends automatically, in the enquirer’s language.
wording-acknowledgement = Acknowledgement
wording-links = Links to one’s own pages
wording-title = { $message }: { $language }
wording-default = default text
wording-changed = changed by { $who }, { $time }
wording-subject = Subject
wording-subject-hint-acknowledgement = The reference is added in front of it.
wording-subject-hint-links = It is used as written; nothing is added or filled in.
wording-body = Text
wording-body-hint = The division’s signature is added below it. The parts in braces are filled in:
placeholder-greeting = greeting with the name
placeholder-reference = reference (needed)
placeholder-subject = subject of the enquiry
placeholder-date = day by which you answer
placeholder-links = links to all pages of whoever asked (needed)
wording-save = Save
wording-preview = Preview
wording-reset = Restore the default
wording-preview-title = What an enquirer receives (example)
wording-no-subject = Enter a subject.
wording-no-body = Enter the text.
wording-no-reference = { $placeholder } is missing in the text. Put it in, so that the enquirer learns the reference.
wording-no-links = { $placeholder } is missing in the text. Put it in: the letter is sent for the links.
wording-held = Somebody else has changed this since you opened the page, so nothing has been saved. It says below what it is now. Save again what is to hold.
wording-now = What it says now
wording-unknown = { $typed } cannot be filled in. You can use: { $known }
wording-long = This is too long. The text can have { $limit } characters, the subject 200.

# When something is not right
error-forbidden = This was not done
error-forbidden-way = The page had been open for too long, or you may not do this. Go back, load the page again and repeat it.
error-not-found = This does not exist
error-not-found-way = The number may be mistyped, or it belongs to another division.
error-away = The desk is away for a moment
error-away-way = The database does not answer. Nothing has been changed. Try again in a few minutes.
error-failed = Something went wrong
error-failed-way = It has been recorded. Try again in a few minutes.

# The pages of the public
nav-pages = Public pages
pages-hint = Programme pages, questions and news, written and published in five languages.
pages-none = None yet.
pages-missing = Not yet in: { $languages }
list-between = {", "}
kinds-programme = Programmes
kinds-conference = Conferences
kinds-question = Questions often asked
kinds-news = News
kinds-information = About the site
kind-programme = Programme
kind-conference = Conference
kind-question = Question often asked
kind-news = News
kind-information = About the site
page-add-programme = Add a programme
page-add-conference = Add a conference
page-add-question = Add a question
page-add-news = Add news
page-add-information = Add a page
page-state-draft = Draft
page-state-published = Published
page-state-newer-draft = Published, with a newer draft
page-saved-by = Saved by { $who }, { $time }
page-saved-with-program = As it came with the program
page-new = New page
page-versions = Versions
page-see = See it as the public does
page-languages = Languages
page-not-written = (not yet)
page-part-title = Title
page-part-title-hint = With all fields empty the page is not in this language.
page-part-summary = Summary
page-part-summary-hint = One sentence below the title and in lists, plain text. May be left out.
page-privacy-hint = One sentence below the title and beside the box that enquirers tick, plain text. This page needs it.
page-part-body = Text
page-part-body-hint = Markdown: “## ” makes a heading, “- ” a list, “[words](/en/pages/seminar)” a link.
page-part-search_words = Search words
page-part-search_words-hint = Readings and other names. Not shown, but found by the search.
page-place = Where it stands
page-slug = Name in the address
page-slug-hint = Small letters and digits, joined by hyphens: new-year
page-position = Order
page-position-hint = Smaller numbers come first. News goes by date.
page-kind = Kind
page-topic = Topic
page-topic-none = None
page-save = Save draft
page-publish = Save and publish
page-withdraw = Withdraw
page-done-saved = Saved as a draft. What the public sees has not changed.
page-done-published = Published.
page-done-withdrawn = Withdrawn.
page-preview = As it will look
page-changes = Changes since it was last saved
page-changes-none = Nothing has changed.
change-gone = Removed: 
change-new = Added: 
page-version = Version { $number }
page-version-published = Published
page-go-back = Go back to version { $number }
page-held = Somebody else has saved this page meanwhile. Yours has not been saved. Keep a copy of what you wrote, open the page again and add it.
page-away = The database does not answer. Nothing has been saved. Wait a little and save again.
page-no-text = A page that is empty in every language cannot be saved. Write a title and a text.
page-no-title = Write a title.
page-no-body = Write a text.
page-no-summary = Write a summary. It stands beside the box that enquirers tick.
page-needed = The enquiry form leads to this page, so it stays published under its name. What it says can be changed.
page-too-long = This is too long: { $limit } characters at most.
page-bad-slug = Use small letters and digits joined by hyphens, at most 60 characters, as in new-year.
page-slug-taken = Another page has this name. Choose a different one.
page-no-kind = Choose a kind.
page-bad-position = Write a number from 0 to 9999.
missed-searches = Searches that found nothing
missed-searches-hint = What people looked for on the public site without finding anything: a hint which page or search word is missing.
missed-searches-none = None.
refused-page = Your role only reads. Ask an administrator if you should write public pages.
votes-helpful = { $count ->
    [one] { $count } found it helpful.
   *[other] { $count } found it helpful.
}
votes-unhelpful = { $count ->
    [one] { $count } did not.
   *[other] { $count } did not.
}
votes-answered = { $count ->
    [one] { $count } had no need to ask any more.
   *[other] { $count } had no need to ask any more.
}
missed-times = { $count ->
    [one] once
   *[other] { $count } times
}
satisfaction = How content they are
satisfaction-score = { $score } of 5

# The directory of sister cities
sister-cities = Sister cities
sister-replaced = The directory has been replaced. The public sees the new one.
sister-refused = The directory has not been changed
sister-changes = What would change
sister-replace = Replace the directory
sister-leave = Leave it as it is
sister-take = The directory as a file
sister-take-hint = Open it in a spreadsheet, change it, save it as CSV, and give it back below.
sister-take-go = Download (CSV)
sister-give = Replace the directory by a file
sister-file = File
sister-file-hint = CSV in UTF-8 or Shift_JIS with all entries. Nothing changes before you have seen what would.
sister-check = Look at what would change
sister-columns = Columns
sister-columns-hint = In any order. An affiliation has both sides. Who looks for a partner has one side and what they wish for. A prefecture or country is given by its name in any language or its code, a date as 1955, 1955-12 or 1955-12-07. Examples have a 1 in the last column.
sister-column-in = { $column } ({ $language })
sister-column-prefecture = Prefecture
sister-column-home = Municipality
sister-column-country = Country or region
sister-column-partner = Partner
sister-column-since = Since
sister-column-wish = Wish
sister-column-example = Example
sister-line-side = { $names } ({ $place })
sister-no-file = Choose a file, and look at what would change.
sister-held = Somebody else replaced the directory meanwhile. Below is what would change now.
sister-bad-table = The file cannot be read as a table. Save it as CSV.
sister-bad-empty = The file has no entries.
sister-bad-many = The file has more than { $limit } entries.
sister-bad-columns = The first line names no such columns: { $columns }. If it does, the file is neither in UTF-8 nor in Shift_JIS: save it as “CSV UTF-8”
sister-bad-workbook = This is a workbook. Save its table as “CSV UTF-8” and choose that file.
sister-bad-column-twice = The column “{ $column }” is there twice.
sister-bad-lost = letters were lost in “{ $typed }” when the file was saved; save it as “CSV UTF-8”
sister-bad-twice = the same entry stands in a line before
sister-bad-line = Line { $line }: { $what }
sister-bad-prefecture = there is no prefecture “{ $typed }”
sister-bad-country = there is no country or region “{ $typed }”
sister-bad-since = “{ $typed }” is not a date such as 1955, 1955-12 or 1955-12-07
sister-bad-half = a side needs both its name and where it lies
sister-bad-nobody = no municipality is given
sister-bad-no-wish = one side alone needs what it wishes for
sister-bad-satisfied = with both sides there is nothing to wish for
sister-bad-long = a cell has more than { $limit } characters
sister-affiliations = { $count ->
    [one] One affiliation.
   *[other] { $count } affiliations.
}
sister-seekers = { $count ->
    [one] One looks for a partner.
   *[other] { $count } look for a partner.
}
sister-unchanged = { $count ->
    [one] One entry stays.
   *[other] { $count } entries stay.
}
sister-added = { $count ->
    [one] One entry comes
   *[other] { $count } entries come
}
sister-removed = { $count ->
    [one] One entry goes
   *[other] { $count } entries go
}
sister-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

# The organisation, its divisions, topics and colours
nav-settings = Organisation
settings-hint = What the public reads of the organisation and its divisions, and what enquiries can be about.
settings-saved = Saved. The public sees it within a few seconds.
settings-save = Save
settings-held = Somebody else has changed this since you opened the page, so nothing has been saved. Where it differs from what you typed, it says below what it is now. Save again what is to hold
settings-now = { $field } is now “{ $value }”
settings-organisation-part = Organisation
settings-organisation = Name and start page
settings-divisions = Divisions
settings-topics = Topics
settings-division-new = New division
settings-topic-new = New topic
settings-logo = Logo
settings-logo-own = Your own
settings-logo-now = The logo as it is now
settings-logo-default = The program’s mark is shown.
settings-logo-remove = Show the program’s mark again
settings-logo-file = Picture
settings-logo-hint = PNG, JPEG or WebP, up to 100 kB. It stands beside the name on every public page, 40 pixels high.
settings-logo-missing = Choose a picture
settings-logo-unknown = This is no PNG, JPEG or WebP picture. Save it as PNG and choose it again
settings-logo-large = This picture is too large. It can have { $most } kB, and { $side } pixels to a side
settings-colours = Colours
settings-colours-own = Your own
settings-colours-default = Indigo, as the program comes
settings-names = Name
settings-names-hint = Japanese and English are needed; the other languages fall back on English.
settings-headline = Heading of the start page
settings-headline-hint = Left empty, it is the one that the program comes with.
settings-lead = Below the heading
settings-lead-hint = One or two sentences. Left empty, as above.
settings-hints = A few words below it in the form
settings-hints-hint = What belongs to the topic. May be left empty.
settings-answers = Who answers
settings-division = Division
settings-offer-hint = Enquiries keep a topic that is no longer offered.
settings-withdrawn = No longer offered
settings-offered = Offered
settings-offer = In the form
settings-division-bad = Choose a division
settings-reached = How it is reached
settings-reached-hint = Numbers as they are dialled from abroad, as in +81-3-5213-1723. In Japanese they are shown with their leading 0.
settings-telephone = Telephone
settings-fax = Fax, if there is one
settings-number-bad = Write the number with + and the country code, as in +81-3-5213-1723
settings-email-bad = Write an email address, as in name@example.org
settings-email-taken = Another division has this address
settings-hours = Hours
settings-hours-hint = As in 9:00-12:00, 13:00-17:30. Left empty: closed all day.
settings-hours-bad = Write the hours as in 9:00-12:00, 13:00-17:30, the earlier first
settings-never-open = There is no working day in the coming year. Write hours for one day of the week at least, and leave some days open
settings-monday = Monday
settings-tuesday = Tuesday
settings-wednesday = Wednesday
settings-thursday = Thursday
settings-friday = Friday
settings-saturday = Saturday
settings-sunday = Sunday
settings-closed = Closed days
settings-closed-hint = They count for opening hours and for the day by which an answer is promised.
settings-closed-days = Every year (month/day) or once (year/month/day), a line each, as in 12/29-1/3 or 2026/12/1
settings-closed-bad = Write closed days as month/day or year/month/day, as in 12/29-1/3 or 2026/12/1
settings-holidays = Public holidays
settings-holidays-japan = Closed on Japan’s public holidays
settings-holidays-none = Open on public holidays
settings-place = Order
settings-holidays-bad = Choose one of the two
settings-place-division-hint = The lower the number, the higher in the list. The first division’s name, numbers and hours stand on every public page, and it takes what nothing routes elsewhere.
settings-slug-hint = The name in links cannot be changed later.
settings-place-hint = The lower the number, the higher in the list.
settings-slug = Name in links (a to z, 0 to 9, hyphens)
settings-slug-bad = Use small letters, digits and single hyphens, as in sister-cities
settings-slug-taken = This name is used already
settings-position = Number in the order
settings-position-bad = Write a number from 0 to 9999
settings-name-missing = Write the name in this language: { $language }
settings-long = That is more than { $limit } characters
settings-accent = Accent
settings-accent-hint = Links, main buttons and what is chosen. What cannot be read by everybody is not taken (WCAG 2.2: 4.5 to 1).
settings-colour-light = On light pages
settings-colour-dark = On dark pages
settings-colour-bad = Write a colour as in #165e83
settings-contrast-light = Text in this colour has a contrast of { $contrast } to 1 on light pages; choose a darker one
settings-contrast-dark = Text in this colour has a contrast of { $contrast } to 1 on dark pages; choose a lighter one
questions = What the form asks about this topic
questions-none = Nothing beside what every form asks.
questions-version = Version { $version }. Every change makes a new version; enquiries go on showing the questions as they were asked.
questions-form = See the form
questions-answers = Answers as a table (CSV)
questions-kind-line = Short text
questions-kind-paragraph = Long text
questions-kind-number = Number
questions-kind-date = Date
questions-kind-choice = Choice
questions-kind-country = Country or region
questions-kind-file = File
questions-new-line = New question: short text
questions-new-paragraph = New question: long text
questions-new-number = New question: number
questions-new-date = New question: date
questions-new-choice = New question: choice
questions-new-country = New question: country or region
questions-new-file = New question: file
questions-labels = Question
questions-hints = Help below the question
questions-hints-hint = An example, or what to do where the answer is not known. May be left empty.
questions-bounds = Bounds
questions-bounds-hint = Whole numbers. Either may be left empty.
questions-least = Smallest
questions-most = Largest
questions-bound-bad = Write a whole number, or leave it empty
questions-days = Days
questions-days-any = Any day
questions-days-from-today = Today and later
questions-bounds-bad = The largest number is smaller than the smallest one
questions-options = Options
questions-options-hint = One on each line, in the same order in every language. Japanese and English are needed.
questions-options-few = Write at least two options, one on each line
questions-options-many = There can be { $limit } options at most
questions-options-twice = An option is there twice
questions-options-uneven = There are { $count } options here and { $needed } in Japanese. Write as many, in the same order
questions-asked = In the form
questions-asked-hint = A question that is no longer asked stays here, and with the enquiries that answered it.
questions-need = Answer
questions-need-optional = Optional
questions-need-required = Required
questions-asking = In use
questions-asking-asked = Asked
questions-asking-withdrawn = No longer asked
questions-too-many = A topic can have { $limit } questions. Change one that is no longer asked
settings-more = Add a question
