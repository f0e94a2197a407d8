//! Access tokens for XOAUTH2, asked for by a refresh token (RFC 6749, 6) and kept until they are about to expire.

use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Limited};
use hyper_util::rt::TokioIo;

use crate::imap::connect::open;
use crate::imap::{ImapError, Trust};
use crate::settings::{Encryption, Mailbox, SignIn};

/// How long who gives tokens may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// A token is not used in its last minute.
const MARGIN: Duration = Duration::from_mins(1);
/// Where it is not said how long a token is good.
const USUAL: u64 = 600;
/// The most bytes of an answer.
const LONGEST_ANSWER: usize = 64 * 1024;

#[derive(serde::Deserialize)]
struct Given {
    access_token: Option<String>,
    expires_in: Option<u64>,
    error: Option<String>,
    error_description: Option<String>,
}

/// The last access token.
#[derive(Default)]
pub(super) struct AccessToken {
    kept: Option<(String, Instant)>,
}

impl AccessToken {
    /// A token that is good, where the mailbox wants one.
    pub(super) async fn get(&mut self, mailbox: &Mailbox, trust: &Trust) -> Result<Option<String>, ImapError> {
        let SignIn::OAuth { token_url, client_id, client_secret, refresh_token } = &mailbox.sign_in else {
            return Ok(None);
        };
        if let Some((token, until)) = &self.kept
            && Instant::now() + MARGIN < *until
        {
            return Ok(Some(token.clone()));
        }
        let mut fields =
            vec![("grant_type", "refresh_token"), ("client_id", client_id), ("refresh_token", &refresh_token.0)];
        if let Some(secret) = client_secret {
            fields.push(("client_secret", &secret.0));
        }
        let given = ask(token_url, &fields, trust).await?;
        let Some(token) = given.access_token else {
            let words = given.error_description.or(given.error).unwrap_or_else(|| "no reason was given".to_owned());
            return Err(ImapError::Token(words.chars().take(300).collect()));
        };
        let lives = Duration::from_secs(given.expires_in.unwrap_or(USUAL).min(86_400));
        self.kept = Some((token.clone(), Instant::now() + lives));
        Ok(Some(token))
    }

    /// Forgets the token: it was not accepted.
    pub(super) fn forget(&mut self) {
        self.kept = None;
    }
}

async fn ask(url: &str, fields: &[(&str, &str)], trust: &Trust) -> Result<Given, ImapError> {
    match tokio::time::timeout(PATIENCE, post(url, fields, trust)).await {
        Ok(answered) => answered.map_err(ImapError::Token),
        Err(_) => Err(ImapError::Token("there was no answer in time".to_owned())),
    }
}

/// Posts a form. Errors are in words for administrators, without the form.
async fn post(url: &str, fields: &[(&str, &str)], trust: &Trust) -> Result<Given, String> {
    let url: hyper::Uri = url.parse().map_err(|error| format!("its address: {error}"))?;
    let host = url.host().unwrap_or_default();
    let encryption = if url.scheme_str() == Some("https") { Encryption::Tls } else { Encryption::None };
    let port = url.port_u16().unwrap_or(if encryption == Encryption::Tls { 443 } else { 80 });
    let socket = open(host, port, encryption, trust).await.map_err(|error| error.to_string())?;
    let failed = |error: hyper::Error| error.to_string();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(socket)).await.map_err(failed)?;
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = hyper::Request::post(url.path_and_query().map_or("/", |path| path.as_str()))
        .header("host", url.authority().map_or("", |authority| authority.as_str()))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .body(form)
        .map_err(|error| format!("its address: {error}"))?;
    // Drops the sender at its end, and with it the connection.
    let asking = async move {
        let answer = sender.send_request(request).await.map_err(failed)?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), LONGEST_ANSWER).collect().await;
        let body = body.map_err(|error| error.to_string())?.to_bytes();
        // Refusals are JSON too (RFC 6749, 5.2); what is not is told by its status.
        serde_json::from_slice(&body).map_err(|_| format!("the answer was {status}, without a token"))
    };
    let (answered, _) = tokio::join!(asking, connection);
    answered
}
