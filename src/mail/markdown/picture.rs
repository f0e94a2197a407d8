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
        self.rewritten(text, |shows, name| match shows {
            "" => format!("[{name}]"),
            _ => format!("[{shows}: {name}]"),
        })
    }

    /// The text with each such name in angle brackets, without which Markdown takes none that has blanks or brackets in it.
    pub(super) fn bracketed(&self, text: &str) -> String {
        self.rewritten(text, |shows, name| match name.contains([' ', '\u{3000}', '(', ')']) {
            true => format!("![{shows}](<{name}>)"),
            false => format!("![{shows}]({name})"),
        })
    }

    /// The text with each picture as `written` has what it shows and its name.
    fn rewritten(&self, text: &str, written: impl Fn(&str, &str) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(end) = rest.find("](") {
            let (before, address) = (&rest[..end], &rest[end + 2..]);
            // A picture stands on one line.
            let start = before.rfind("![").filter(|start| !before[*start..].contains('\n'));
            match start.zip(self.named_at_start(address)) {
                Some((start, (name, after))) => {
                    out.push_str(&before[..start]);
                    out.push_str(&written(before[start + 2..].trim(), name));
                    rest = after;
                }
                None => {
                    out.push_str(&rest[..end + 2]);
                    rest = address;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The picture that an address names, and what comes after it.
    fn named_at_start<'a>(&'a self, address: &'a str) -> Option<(&'a str, &'a str)> {
        let (inner, end) = address.strip_prefix('<').map_or((address, ")"), |inner| (inner, ">)"));
        self.0.iter().find_map(|picture| {
            let after = inner.strip_prefix(picture.name.as_str())?.strip_prefix(end)?;
            Some((picture.name.as_str(), after))
        })
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
        pictures.add("スクリーンショット (3).png", "image/png", "4@desk.test");
        pictures.add("list.pdf", "application/pdf", "3@desk.test");
        for (text, expected) in [
            ("See ![the way](map.png).", "See [the way: map.png]."),
            ("![](<案内 図.jpg>)\n次", "[案内 図.jpg]\n次"),
            ("![](map.png)![b](map.png)", "[map.png][b: map.png]"),
            ("![a](other.png) ![b](list.pdf) ![c](map.png", "![a](other.png) ![b](list.pdf) ![c](map.png"),
            ("![[![](map.png)", "![[[map.png]"),
            ("![a\n](map.png)", "![a\n](map.png)"),
            ("![shot](スクリーンショット (3).png)", "[shot: スクリーンショット (3).png]"),
        ] {
            assert_eq!(pictures.described(text), expected, "{text}");
        }
        for piece in ["![", "](", "![](", "![a]("] {
            let long = piece.repeat(50_000);
            assert_eq!(pictures.described(&long), long);
        }
    }
}
