//! Pictures in a text: `![what it shows](map.png)` shows the file of that name which goes with it.

/// The files that a text may show, by name.
#[derive(Debug, Clone, Default)]
pub struct Pictures(Vec<Picture>);

#[derive(Debug, Clone)]
struct Picture {
    name: String,
    content_id: String,
}

/// What mail programs show.
const SHOWN: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

impl Pictures {
    /// Adds a file by its name, the type that its bytes show, and its Content-ID (RFC 2392), where it is a picture.
    pub fn add(&mut self, name: &str, sniffed_type: &str, content_id: &str) {
        if SHOWN.contains(&sniffed_type) {
            self.0.push(Picture { name: name.to_owned(), content_id: content_id.to_owned() });
        }
    }

    /// The Content-ID of the file that is meant.
    pub(super) fn content_id(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|picture| picture.name == name.trim()).map(|picture| picture.content_id.as_str())
    }

    /// The text for those who read it without pictures: what each shows stands in its place.
    #[must_use]
    pub fn described(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("![") {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            match self.described_at_start(rest) {
                Some((words, after)) => {
                    out.push_str(&words);
                    rest = after;
                }
                None => {
                    out.push_str("![");
                    rest = &rest[2..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn described_at_start<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        // A picture stands on one line; so the search ends, however many brackets are open.
        let line = text.split('\n').next()?;
        let (shows, address) = line.strip_prefix("![")?.split_once("](").filter(|(shows, _)| !shows.contains("!["))?;
        let (name, end) = match address.strip_prefix('<') {
            Some(address) => {
                address.split_once('>').and_then(|(name, after)| Some((name, after.strip_prefix(')')?)))?
            }
            None => address.split_once(')')?,
        };
        self.content_id(name)?;
        let words = if shows.trim().is_empty() { format!("[{name}]") } else { format!("[{shows}: {name}]") };
        Some((words, &text[line.len() - end.len()..]))
    }
}

#[cfg(test)]
mod tests {
    use super::Pictures;

    #[test]
    fn what_is_shown_is_said() {
        let mut pictures = Pictures::default();
        pictures.add("map.png", "image/png", "1@desk.test");
        pictures.add("案内 図.jpg", "image/jpeg", "2@desk.test");
        pictures.add("list.pdf", "application/pdf", "3@desk.test");
        for (text, expected) in [
            ("See ![the way](map.png).", "See [the way: map.png]."),
            ("![](<案内 図.jpg>)\n次", "[案内 図.jpg]\n次"),
            ("![](map.png)![b](map.png)", "[map.png][b: map.png]"),
            ("![a](other.png) ![b](list.pdf) ![c](map.png", "![a](other.png) ![b](list.pdf) ![c](map.png"),
            ("![[![](map.png)", "![[[map.png]"),
            ("![a\n](map.png)", "![a\n](map.png)"),
        ] {
            assert_eq!(pictures.described(text), expected, "{text}");
        }
        let long = "![".repeat(50_000);
        assert_eq!(pictures.described(&long), long);
    }
}
