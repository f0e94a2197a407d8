//! A browser without a screen: it asks for pages, sends forms, and keeps cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use reqwest::multipart;

use super::desk::{ADMIN, PASSWORD};

/// An answer of the web.
pub struct Page {
    pub status: u16,
    pub location: String,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Page {
    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let at =
            self.text.find(&start).unwrap_or_else(|| panic!("no hidden field {name} in {}", self.text)) + start.len();
        self.text[at..].split('"').next().unwrap_or_default().to_owned()
    }

    /// What a form would send with its first button, hidden fields and ticked boxes, but for what is typed into it.
    pub fn fields(&self, form: &str) -> Vec<(String, String)> {
        let start = self.text.find(form).unwrap_or_else(|| panic!("no {form} in {}", self.text));
        let form = self.text[start..].split("</form>").next().unwrap_or_default();
        let attribute = |input: &str, name: &str| {
            let value = input.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
            let signs = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
            Some(signs.iter().fold(value.to_owned(), |value, (sign, meant)| value.replace(sign, meant)))
        };
        let inputs = form.split("<input").skip(1).filter_map(|input| {
            let input = input.split('>').next()?;
            let is_sent = input.contains("type=\"hidden\"") || input.ends_with(" checked");
            is_sent.then_some((attribute(input, "name")?, attribute(input, "value")?))
        });
        inputs.collect()
    }

    /// The references of tickets that it links to, in their order, each once.
    pub fn tickets(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for piece in self.text.split("href=\"/staff/tickets/").skip(1) {
            let reference: String = piece.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
            if reference.contains('-') && !found.contains(&reference) {
                found.push(reference);
            }
        }
        found
    }
}

/// A browser: it keeps cookies, and follows no redirect by itself.
pub struct Visitor {
    pub base: String,
    cookies: Arc<reqwest::cookie::Jar>,
    client: reqwest::Client,
}

impl Visitor {
    pub fn new(base: String) -> Self {
        let cookies = Arc::new(reqwest::cookie::Jar::default());
        let client = reqwest::Client::builder()
            .cookie_provider(cookies.clone())
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { base, cookies, client }
    }

    /// A visitor whom a trusted proxy vouches for.
    pub fn from(base: String, address: &str) -> Self {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("x-forwarded-for", address.parse().expect("an address"));
        let client = reqwest::Client::builder()
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { client, ..Self::new(base) }
    }

    pub async fn get(&self, path: &str) -> Page {
        match self.client.get(format!("{}{path}", self.base)).send().await {
            Ok(response) => page(response).await,
            Err(_) => Page { status: 0, location: String::new(), headers: Default::default(), text: String::new() },
        }
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        page(self.client.post(format!("{}{path}", self.base)).form(fields).send().await.expect("an answer")).await
    }

    /// Sends a form that stands on the page of somebody else, as browsers tell.
    pub async fn post_from(&self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.client.post(format!("{}{path}", self.base)).header("origin", origin).form(fields);
        page(request.send().await.expect("an answer")).await
    }

    pub async fn post_multipart(&self, path: &str, form: multipart::Form) -> Page {
        page(self.client.post(format!("{}{path}", self.base)).multipart(form).send().await.expect("an answer")).await
    }

    /// The session's cookie.
    pub fn cookie(&self) -> String {
        use reqwest::cookie::CookieStore;
        let url = format!("{}/staff", self.base).parse().expect("a URL");
        let cookies = self.cookies.cookies(&url).expect("signed in");
        cookies.to_str().expect("text").to_owned()
    }

    /// A fresh hidden token, or this one where the page cannot be had.
    pub async fn seal_or(&self, seal: &str) -> String {
        let page = self.get("/en/enquiries/new").await;
        if page.status == 200 { page.hidden("seal") } else { seal.to_owned() }
    }

    /// A blank form's hidden token.
    pub async fn seal(&self) -> String {
        self.get("/en/enquiries/new").await.hidden("seal")
    }

    /// Sends an enquiry that is good but for what is given.
    pub async fn enquire(&self, seal: &str, given: &[(&str, &str)]) -> Page {
        let mut fields: BTreeMap<&str, &str> = BTreeMap::from([
            ("seal", seal),
            ("topic", "seminar"),
            ("name", "Abena Owusu-Ansah"),
            ("organisation", "Kumasi Metropolitan Assembly"),
            ("email", "abena@kma.example"),
            ("subject", "Two participants"),
            ("message", "We would like to send two participants to the seminar."),
            ("consent", "yes"),
        ]);
        fields.extend(given.iter().copied());
        let form = fields
            .into_iter()
            .fold(multipart::Form::new(), |form, (name, value)| form.text(name.to_owned(), value.to_owned()));
        self.post_multipart("/en/enquiries", form).await
    }

    pub async fn sign_in(&self) {
        self.sign_in_as(ADMIN, PASSWORD).await;
    }

    pub async fn sign_in_as(&self, email: &str, password: &str) {
        let token = self.get("/staff/login").await.hidden("token");
        let page = self.post("/staff/login", &[("token", &token), ("email", email), ("password", password)]).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/staff"), "{}", page.text);
    }

    /// Does something to a ticket, on its page as it is now.
    pub async fn deed(&self, ticket: &str, what: &str, fields: &[(&str, &str)]) -> Page {
        let shown = self.get(&format!("/staff/tickets/{ticket}")).await;
        let (token, version, seen) = (shown.hidden("token"), shown.hidden("version"), shown.hidden("seen"));
        // The first hidden token is the shell's, which is as good.
        let mut all = vec![("token", token.as_str()), ("version", &version), ("seen", &seen)];
        all.extend_from_slice(fields);
        self.post(&format!("/staff/tickets/{ticket}/{what}"), &all).await
    }
}

async fn page(response: reqwest::Response) -> Page {
    let location =
        response.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Page { status, location, headers, text: response.text().await.unwrap_or_default() }
}
