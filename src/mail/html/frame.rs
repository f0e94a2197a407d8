//! A letter's HTML, sanitised before, as its frame shows it: pictures that came with it in their places, links that say
//! where they lead, pictures from elsewhere only where somebody asked for them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::mail::html::entity::decoded;
use crate::mail::html::text::VOID;
use crate::mail::html::token::{Attributes, Token, Tokens};

/// Whether pictures are loaded from other servers, which then learn that the letter is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// They are not.
    Withheld,
    /// Somebody asked for them.
    Loaded,
}

/// What stands in the places of pictures.
#[derive(Debug, Clone)]
pub struct Pictures<'a> {
    /// Pictures that came with the letter, as `data:` URLs by their Content-IDs.
    pub own: HashMap<String, String>,
    /// Those on other servers.
    pub elsewhere: Elsewhere,
    /// What stands in the place of one that is not shown and has no words of its own.
    pub absent: &'a str,
}

/// The HTML for the frame. `sanitised` is what [`crate::mail::html::sanitise`] gave, or
/// [`crate::mail::html::sanitise_with_pictures`].
#[must_use]
pub fn framed(sanitised: &str, pictures: &Pictures<'_>) -> String {
    let mut out = String::with_capacity(sanitised.len() * 2);
    let mut link: Option<Link> = None;
    for token in Tokens::of(sanitised) {
        match token {
            Token::Text(text) => {
                if let Some(link) = &mut link {
                    link.words.push_str(text);
                }
                out.push_str(text);
            }
            Token::Open(name, attributes) if name == "img" => picture(&attributes, pictures, &mut out),
            Token::Open(name, attributes) => {
                if name == "a" {
                    link = Link::of(&attributes);
                }
                open(&name, &attributes, &mut out);
            }
            Token::Close(name) => {
                if !VOID.contains(&&*name) {
                    out.push_str("</");
                    out.push_str(&name);
                    out.push('>');
                }
                if name == "a"
                    && let Some(link) = link.take()
                {
                    link.tell(&mut out);
                }
            }
        }
    }
    out
}

fn open(name: &str, attributes: &Attributes<'_>, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (attribute, value) in attributes {
        attribute_to(attribute, value, out);
    }
    if name == "a" {
        attribute_to("target", "_blank", out);
    }
    out.push('>');
}

/// The sanitiser has written values with their quotation marks as references.
fn attribute_to(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&value.replace('"', "&quot;"));
    out.push('"');
}

fn picture(attributes: &Attributes<'_>, pictures: &Pictures<'_>, out: &mut String) {
    let get = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
    let source = get("src").map(decoded).unwrap_or_default();
    let shown: Option<Cow<'_, str>> = match content_id(&source) {
        Some(id) => pictures.own.get(&id).map(|url| Cow::Borrowed(url.as_str())),
        None if source.is_empty() || pictures.elsewhere == Elsewhere::Withheld => None,
        None => Some(Cow::Owned(escaped(&source))),
    };
    match shown {
        Some(url) => {
            let rest: Attributes<'_> = attributes.iter().filter(|(name, _)| name != "src").cloned().collect();
            out.push_str("<img");
            attribute_to("src", &url, out);
            attribute_to("referrerpolicy", "no-referrer", out);
            rest.iter().for_each(|(name, value)| attribute_to(name, value, out));
            out.push('>');
        }
        // Pictures of a pixel, which only watch, leave no place.
        None if [get("width"), get("height")].iter().any(|size| matches!(size, Some("0" | "1"))) => {}
        None => {
            out.push_str("<span class=\"absent\">");
            out.push_str(get("alt").filter(|alt| !alt.trim().is_empty()).unwrap_or(pictures.absent));
            out.push_str("</span>");
        }
    }
}

/// The Content-ID that a `cid:` URL names (RFC 2392), as it is looked for.
fn content_id(source: &str) -> Option<String> {
    let (scheme, id) = source.split_once(':')?;
    scheme.eq_ignore_ascii_case("cid").then(|| folded_id(id))
}

/// A Content-ID as pictures are found by it: some write it in another case, in brackets, or as a URL.
#[must_use]
pub fn folded_id(id: &str) -> String {
    percent_encoding::percent_decode_str(id.trim().trim_matches(['<', '>'])).decode_utf8_lossy().to_lowercase()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A link that is open.
struct Link {
    leads: String,
    words: String,
}

impl Link {
    fn of(attributes: &Attributes<'_>) -> Option<Self> {
        let (_, href) = attributes.iter().find(|(name, _)| name == "href")?;
        Some(Self { leads: decoded(href).into_owned(), words: String::new() })
    }

    /// Says where the link leads, unless its words are just that.
    fn tell(self, out: &mut String) {
        let bare = |text: &str| {
            let text = text.trim().trim_end_matches('/').to_lowercase();
            let scheme = ["https://", "http://", "mailto:", "tel:"].iter().find(|scheme| text.starts_with(**scheme));
            scheme.map_or(text.clone(), |scheme| text[scheme.len()..].to_owned())
        };
        let leads = destination(&self.leads);
        // What is plain ASCII throughout looks like nothing else.
        if leads.is_plain && bare(&decoded(&self.words)) == bare(&self.leads) {
            return;
        }
        out.push_str(" <span class=\"leads\" dir=\"ltr\">[");
        out.push_str(&escaped(&leads.shown));
        out.push_str("]</span>");
    }
}

/// Where a link leads, as it is shown.
struct Destination {
    shown: String,
    is_plain: bool,
}

/// The server of a web address, or the address of mail and telephone.
fn destination(url: &str) -> Destination {
    // As browsers read it (WHATWG, URL Standard, 4.4): no ends of lines and tabs, a backslash is a slash, and any number
    // of them stands before the server.
    let url: String = url.trim_matches(|c: char| c <= ' ').chars().filter(|c| !"\t\r\n".contains(*c)).collect();
    let Some((scheme, rest)) = url.split_once(':') else { return Destination::of("", &url) };
    if !["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        let address = rest.split('?').next().unwrap_or(rest);
        return match address.rsplit_once('@') {
            Some((local, host)) => Destination::of(&format!("{local}@"), host),
            None => Destination::of("", address),
        };
    }
    let authority = rest.trim_start_matches(['/', '\\']).split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let leads = Destination::of(if scheme.eq_ignore_ascii_case("http") { "http://" } else { "" }, host);
    // What stands before the server, or in codes, reads as another one.
    let is_plain = leads.is_plain && host == authority && !host.contains('%');
    Destination { is_plain, ..leads }
}

impl Destination {
    /// A server whose name is no plain ASCII stands there as it is asked for too: letters of other scripts look like ours.
    fn of(before: &str, host: &str) -> Self {
        let host = percent_encoding::percent_decode_str(host).decode_utf8_lossy();
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, format!(":{port}")),
            _ => (&*host, String::new()),
        };
        let is_ascii = before.is_ascii();
        match idna::domain_to_ascii(name) {
            Ok(asked_for) if !asked_for.contains("xn--") => {
                Self { shown: format!("{before}{asked_for}{port}"), is_plain: is_ascii && name.is_ascii() }
            }
            Ok(asked_for) => {
                let (meant, _) = idna::domain_to_unicode(&asked_for);
                Self { shown: format!("{before}{meant}{port} = {asked_for}{port}"), is_plain: false }
            }
            // Nowhere, in browsers.
            Err(_) => {
                let name = percent_encoding::utf8_percent_encode(name, percent_encoding::CONTROLS);
                Self { shown: format!("{before}{name}{port}"), is_plain: is_ascii && host.is_ascii() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::{Elsewhere, Pictures, folded_id, framed};
    use crate::mail::html::{sanitise, sanitise_with_pictures};

    fn pictures(elsewhere: Elsewhere) -> Pictures<'static> {
        let own = HashMap::from([(folded_id("<Logo@x>"), "data:image/png;base64,AA==".to_owned())]);
        Pictures { own, elsewhere, absent: "picture" }
    }

    #[test]
    fn links_say_where_they_lead() {
        for (html, shown) in [
            (r#"<a href="https://evil.example/x">https://bank.example</a>"#, "[evil.example]"),
            (r#"<a href="https://bank.example@evil.example/">our bank</a>"#, "[evil.example]"),
            (r#"<a href="https://evil.example\@bank.example/">our bank</a>"#, "[evil.example]"),
            (r#"<a href="http://town.example/a">here</a>"#, "[http://town.example]"),
            (r#"<a href="mailto:a@b.example?subject=x">write</a>"#, "[a@b.example]"),
            (r#"<a href="http:\\evil.example/bank.example">our bank</a>"#, "[http://evil.example]"),
            (r#"<a href="https:///\evil.example:8443/">our bank</a>"#, "[evil.example:8443]"),
            (
                r#"<a href="https://bank.example@evil.example/">https://bank.example@evil.example/</a>"#,
                "[evil.example]",
            ),
            (r#"<a href="https://ev%69l.example/">https://ev%69l.example/</a>"#, "[evil.example]"),
            (r#"<a href="https://ev%69l.example/">our bank</a>"#, "[evil.example]"),
            (r#"<a href="https://ｅｖｉｌ。example/">https://ｅｖｉｌ。example/</a>"#, "[evil.example]"),
            (
                "<a href=\"https://b\u{430}nk.example/\">https://b\u{430}nk.example</a>",
                "[b\u{430}nk.example = xn--bnk-6cd.example]",
            ),
            (r#"<a href="https://例え.jp/a">https://例え.jp/a</a>"#, "[例え.jp = xn--r8jz45g.jp]"),
            ("<a href=\"mailto:desk@b\u{430}nk.example\">write</a>", "[desk@b\u{430}nk.example = xn--bnk-6cd.example]"),
        ] {
            let framed = framed(&sanitise(html).expect("html"), &pictures(Elsewhere::Withheld));
            assert!(framed.contains(shown) && framed.contains("target=\"_blank\""), "{html}: {framed}");
        }
        for html in [
            r#"<a href="https://town.example/">https://town.example</a>"#,
            r#"<a href="mailto:a@b.example"><b>a@b.example</b></a>"#,
        ] {
            let framed = framed(&sanitise(html).expect("html"), &pictures(Elsewhere::Withheld));
            assert!(!framed.contains("leads"), "{framed}");
        }
    }

    #[test]
    fn pictures_in_their_places() {
        let html = r#"<p><img src="cid:logo%40x" alt="Logo"><img src="cid:none" alt="Map"><img src="https://a.example/p.png?a=1&amp;b=2">
            <img src="https://a.example/pixel.gif" width="1" height="1"></p>"#;
        let withheld = framed(&sanitise(html).expect("html"), &pictures(Elsewhere::Withheld));
        assert!(
            withheld.contains("src=\"data:image/png") && withheld.contains(">Map<") && withheld.contains(">picture<")
        );
        assert!(!withheld.contains("a.example"), "{withheld}");
        assert_eq!(withheld.matches("absent").count(), 2, "{withheld}");
        let loaded = framed(&sanitise_with_pictures(html).expect("html"), &pictures(Elsewhere::Loaded));
        assert!(loaded.contains("src=\"https://a.example/p.png?a=1&amp;b=2\""), "{loaded}");
    }

    proptest! {
        #[test]
        fn nothing_becomes_active(html in "(<(a|img|p|b) (href|src|alt|title|onclick)=(\"|'|)[a-z:/\"'<>&; ]{0,12}(\"|'|)>|[a-z<>&\"' ]{0,8}|</(a|p|b)>){0,12}") {
            if let Some(sanitised) = sanitise(&html) {
                let framed = framed(&sanitised, &pictures(Elsewhere::Withheld));
                let again = ammonia::Builder::default()
                    .url_schemes(std::collections::HashSet::from(["http", "https", "mailto", "tel", "data"]))
                    .link_rel(Some("noopener noreferrer nofollow"))
                    .add_generic_attributes(["class", "dir", "target", "referrerpolicy"])
                    .clean(&framed)
                    .to_string();
                let words = |html: &str| html.matches('<').count();
                prop_assert_eq!(words(&framed), words(&again), "{} {}", framed, again);
            }
        }
    }
}
