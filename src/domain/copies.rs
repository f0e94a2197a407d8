//! Who gets a copy of a reply, as staff typed or chose it, and when they must say that they mean it.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::person::{BadAddress, EmailAddress};

/// The most addresses that get a copy.
pub const MOST_COPIES: usize = 20;

/// Who gets a copy of a reply; each address once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// Seen by everybody.
    pub cc: Vec<EmailAddress>,
    /// Seen by staff only.
    pub bcc: Vec<EmailAddress>,
    /// Folded addresses of others than the enquirer that staff confirmed.
    pub confirmed: BTreeSet<String>,
    /// The names that stood beside addresses, by folded address.
    pub names: BTreeMap<String, String>,
}

/// What was typed, field by field; fields may hold several addresses.
#[derive(Debug, Clone, Default)]
pub struct Typed<'a> {
    /// Copies that everybody sees.
    pub cc: Vec<&'a str>,
    /// Copies that staff see.
    pub bcc: Vec<&'a str>,
    /// What was confirmed.
    pub confirmed: Vec<&'a str>,
}

impl Typed<'_> {
    /// Whether an address stands among those who are to get a copy.
    #[must_use]
    pub fn names(&self, address: &str) -> bool {
        let folded = folded(address);
        let fields = self.cc.iter().chain(&self.bcc);
        let mut named = fields.flat_map(|field| words(field)).filter_map(|word| EmailAddress::parse(bare(word)).ok());
        named.any(|named| named.folded() == folded)
    }
}

/// Why copies cannot be sent as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCopies {
    /// Something is no address.
    #[error("{typed}: {why}")]
    NotAnAddress {
        /// What was typed.
        typed: String,
        /// What is missing.
        why: BadAddress,
    },
    /// There are too many.
    #[error("more than {MOST_COPIES} addresses")]
    TooMany,
    /// A letter to ourselves would come back as an enquiry.
    #[error("{0} is our own address")]
    Ours(EmailAddress),
}

impl Copies {
    /// Reads what was typed. `ours` are our own addresses, folded.
    ///
    /// # Errors
    /// Names the first that cannot be.
    pub fn read(typed: &Typed<'_>, ours: &[String]) -> Result<Self, BadCopies> {
        let mut copies = Self::default();
        let (mut seen, mut names) = (BTreeSet::new(), BTreeMap::new());
        for (fields, copies) in [(&typed.cc, &mut copies.cc), (&typed.bcc, &mut copies.bcc)] {
            for word in fields.iter().flat_map(|field| words(field)) {
                let address = EmailAddress::parse(bare(word))
                    .map_err(|why| BadCopies::NotAnAddress { typed: word.to_owned(), why })?;
                if ours.contains(&address.without_detail().folded()) {
                    return Err(BadCopies::Ours(address));
                }
                if seen.insert(address.folded()) {
                    names.extend(name(word).map(|name| (address.folded(), name)));
                    copies.push(address);
                }
            }
        }
        if seen.len() > MOST_COPIES {
            return Err(BadCopies::TooMany);
        }
        let confirmed = typed.confirmed.iter().flat_map(|field| words(field)).map(folded);
        Ok(Self { confirmed: confirmed.collect(), names, ..copies })
    }

    /// The same without somebody who gets the letter itself.
    #[must_use]
    pub fn without(&self, to: &EmailAddress) -> Self {
        let others =
            |all: &[EmailAddress]| all.iter().filter(|one| one.folded() != to.folded()).cloned().collect::<Vec<_>>();
        Self { cc: others(&self.cc), bcc: others(&self.bcc), ..self.clone() }
    }

    /// Those who are not the enquirer, and whom nobody confirmed. `enquirer` are the enquirer's addresses, folded.
    #[must_use]
    pub fn unconfirmed(&self, enquirer: &[String]) -> Vec<EmailAddress> {
        let third = |address: &&EmailAddress| {
            let address = address.folded();
            !enquirer.contains(&address) && !self.confirmed.contains(&address)
        };
        self.all().filter(third).cloned().collect()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &EmailAddress> {
        self.cc.iter().chain(&self.bcc)
    }
}

/// An address as it is compared; what is none, in lower case.
#[must_use]
pub fn folded(typed: &str) -> String {
    EmailAddress::parse(typed).map_or_else(|_| typed.to_lowercase(), |address| address.folded())
}

/// What stands between commas, in whichever script, and ends of lines; blanks too, where no name stands with an address.
/// A comma in quotation marks divides nothing.
fn words(field: &str) -> impl Iterator<Item = &str> {
    let mut in_quotes = false;
    let items = field.split(move |sign| {
        in_quotes ^= sign == '"';
        !in_quotes && matches!(sign, ',' | ';' | '\n' | '、' | '，' | '；')
    });
    let words = items.flat_map(|item| match item.contains('<') {
        true => vec![item.trim()],
        false => item.split_whitespace().collect(),
    });
    words.filter(|word| !word.is_empty())
}

/// The address of `Ada <ada@town.example>`.
fn bare(word: &str) -> &str {
    let inner = word.rsplit_once('<').and_then(|(_, rest)| rest.trim_end().strip_suffix('>'));
    inner.unwrap_or(word)
}

/// The name of `Ada <ada@town.example>`.
fn name(word: &str) -> Option<String> {
    let (name, _) = word.rsplit_once('<')?;
    let name = name.trim().trim_matches('"').trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{BadCopies, Copies, MOST_COPIES, Typed};
    use crate::domain::person::{BadAddress, EmailAddress};

    fn read(cc: &str, bcc: &str, confirmed: &str) -> Result<Copies, BadCopies> {
        let typed = Typed { cc: vec![cc], bcc: vec![bcc], confirmed: vec![confirmed] };
        Copies::read(&typed, &["exchange@clair.example".into()])
    }

    #[test]
    fn addresses_as_people_type_them() {
        for (typed, expected) in [
            ("", &[][..]),
            ("a@x.example", &["a@x.example"]),
            ("a@x.example, b@x.example;c@x.example", &["a@x.example", "b@x.example", "c@x.example"]),
            ("a@x.example、b＠x.example", &["a@x.example", "b@x.example"]),
            ("Ada L. <a@x.example>\n b@x.example c@x.example", &["a@x.example", "b@x.example", "c@x.example"]),
            ("A@x.example, a@X.example", &["A@x.example"]),
            ("\"Lovelace, Ada\" <a@x.example>, b@x.example", &["a@x.example", "b@x.example"]),
        ] {
            let copies = read(typed, "a@X.example", "").expect(typed);
            let cc: Vec<&str> = copies.cc.iter().map(EmailAddress::as_str).collect();
            assert_eq!(cc, expected, "{typed}");
            assert_eq!(copies.bcc.len(), usize::from(typed.is_empty()), "who gets a CC gets no BCC: {typed}");
        }
        let named = read("\"Lovelace, Ada\" <A@x.example>, b@x.example", "", "").expect("good").names;
        assert_eq!(named, [("a@x.example".to_owned(), "Lovelace, Ada".to_owned())].into());
        let many: String = (0..=MOST_COPIES).map(|number| format!("n{number}@x.example ")).collect();
        assert_eq!(read(&many, "", ""), Err(BadCopies::TooMany));
        for (typed, why) in [("Ada", BadAddress::NoAt), ("a@x.example, @", BadAddress::Incomplete)] {
            assert!(matches!(read(typed, "", ""), Err(BadCopies::NotAnAddress { why: found, .. }) if found == why));
        }
        assert!(matches!(read("", "Exchange+token@clair.example", ""), Err(BadCopies::Ours(_))));
    }

    #[test]
    fn whom_staff_must_confirm() {
        let enquirer = ["ada@town.example".to_owned(), "ada@home.example".to_owned()];
        for (cc, bcc, confirmed, expected) in [
            ("", "", "", 0),
            ("Ada@Home.example", "ada@town.example", "", 0),
            ("mayor@town.example", "", "", 1),
            ("mayor@town.example", "clerk@town.example", "mayor@town.example", 1),
            ("Mayor@town.example", "clerk@town.example", "mayor@town.example clerk@town.example", 0),
            ("new@town.example", "", "mayor@town.example", 1),
            ("info@日本.example", "", "info@日本.example", 0),
            ("info@日本.example", "", "info@xn--wgv71a.example", 0),
        ] {
            let copies = read(cc, bcc, confirmed).expect("good");
            assert_eq!(copies.unconfirmed(&enquirer).len(), expected, "{cc} {bcc} {confirmed}");
        }
    }
}
