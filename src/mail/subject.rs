//! Subjects of letters within a ticket: which say something that the ticket's own does not.

use crate::domain::reference::Reference;

/// What programs put before the subject of an answer, or of a letter that is handed on, in lower case.
const MARKS: [&str; 24] = [
    "re:",
    "aw:",
    "sv:",
    "vs:",
    "rv:",
    "tr:",
    "ref:",
    "antw:",
    "odp:",
    "fw:",
    "fwd:",
    "wg:",
    "re：",
    "fw：",
    "回复:",
    "回复：",
    "答复:",
    "答复：",
    "回覆:",
    "转发:",
    "转发：",
    "転送:",
    "返信:",
    "회신:",
];

/// Whether a subject, in lower case, is that of an answer or of a letter that is handed on.
#[must_use]
pub fn is_answer(subject: &str) -> bool {
    MARKS.iter().any(|mark| subject.starts_with(mark))
}

/// What a letter's subject says that none of the known ones do, without the marks of answers and our reference.
#[must_use]
pub fn news<'a>(subject: &'a str, ticket: Reference, known: &[&str]) -> Option<&'a str> {
    let bare = bare(subject, ticket);
    let folded = folded(bare);
    // Servers cut long subjects, and lists put their name before them.
    let is_known = |known: &&str| {
        let known = self::folded(self::bare(known, ticket));
        let is_of = |whole: &str, part: &str| part.chars().count() >= LONG_ENOUGH && whole.contains(part);
        folded == known || is_of(&folded, &known) && folded.len() < known.len() + LONGEST_NAME || is_of(&known, &folded)
    };
    (!folded.is_empty() && !known.iter().any(is_known)).then_some(bare)
}

/// From how many characters on a part of a subject stands for the whole.
const LONG_ENOUGH: usize = 16;
/// The longest name of a list before a subject, in bytes.
const LONGEST_NAME: usize = 24;

fn bare(subject: &str, ticket: Reference) -> &str {
    let reference = format!("[#{ticket}]");
    let mut rest = subject.trim();
    loop {
        let before = rest.len();
        let mark = MARKS.iter().find(|mark| rest.get(..mark.len()).is_some_and(|start| start.to_lowercase() == **mark));
        rest = rest[mark.map_or(0, |mark| mark.len())..].trim_start();
        // `Re[2]:`, as some programs count.
        if let Some((count, behind)) = rest.split_once("]:")
            && count.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re["))
            && count[3..].bytes().all(|byte| byte.is_ascii_digit())
        {
            rest = behind.trim_start();
        }
        rest = rest.strip_prefix(reference.as_str()).unwrap_or(rest).trim();
        rest = rest.strip_suffix(reference.as_str()).unwrap_or(rest).trim();
        if rest.len() == before {
            return rest;
        }
    }
}

/// As it is compared: programs change case and blanks.
fn folded(subject: &str) -> String {
    subject.split_whitespace().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::news;
    use crate::domain::reference::Reference;

    #[test]
    fn what_says_something_new() {
        let ticket = Reference::from_number(1);
        let known = ["Sister city for our town", "[#000001-3] We have received your enquiry", "姉妹都市"];
        for (subject, expected) in [
            ("Re: Sister city for our town", None),
            ("RE: Re: [#000001-3] Sister  City for our town", None),
            ("Re[2]: AW: [#000001-3] We have received your enquiry", None),
            ("回复：[#000001-3] 姉妹都市", None),
            ("Sister city for our t", None),
            ("[exchange] Sister city for our town", None),
            ("", None),
            ("Re:", None),
            ("火曜日の10時でお願いします", Some("火曜日の10時でお願いします")),
            ("Re: [#000001-3] Yes, Tuesday is fine (EOM)", Some("Yes, Tuesday is fine (EOM)")),
            ("Re: [#000002-1] Another", Some("[#000002-1] Another")),
            (
                "Sister city for our town: we withdraw our application",
                Some("Sister city for our town: we withdraw our application"),
            ),
        ] {
            assert_eq!(news(subject, ticket, &known), expected, "{subject}");
        }
        assert_eq!(news("Question", ticket, &[""]), Some("Question"));
    }
}
