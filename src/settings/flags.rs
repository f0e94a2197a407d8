//! The settings as flags of the command line.

use std::collections::BTreeMap;

/// Flags of every command that needs the desk; each has its variable in the environment.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Settings")]
pub struct Flags {
    /// PostgreSQL to use instead of the private cluster [env: DATABASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Folder of the private cluster and of captured mail [env: MADOGUCHI_DATA_DIR] [default: var]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data_dir: Option<String>,
    /// Address of the web [env: MADOGUCHI_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The web as enquirers see it [env: MADOGUCHI_PUBLIC_URL] [default: http:// and the address]
    #[arg(long, global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// Address for mail from an MTA, empty to turn it off [env: MADOGUCHI_LMTP_LISTEN] [default: 127.0.0.1:2424]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub lmtp_listen: Option<String>,
    /// Mailboxes to fetch letters from, imaps://user:password@host/INBOX [env: MADOGUCHI_IMAP_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub imap_url: Option<String>,
    /// Further authorities to trust, PEM [env: MADOGUCHI_CA_FILE]
    #[arg(long, global = true, value_name = "FILE")]
    pub ca_file: Option<String>,
    /// Mail server for letters; without one they are captured as files [env: MADOGUCHI_SMTP_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub smtp_url: Option<String>,
    /// Address of the first division [env: MADOGUCHI_MAIL_FROM] [default: exchange@localhost]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Key that letters are signed with, PEM, RSA or Ed25519 [env: MADOGUCHI_DKIM_KEY_FILE]
    #[arg(long, global = true, value_name = "FILE")]
    pub dkim_key_file: Option<String>,
    /// Selector under which the key stands in the DNS [env: MADOGUCHI_DKIM_SELECTOR]
    #[arg(long, global = true, value_name = "NAME")]
    pub dkim_selector: Option<String>,
    /// Domain that signs [env: MADOGUCHI_DKIM_DOMAIN] [default: that of the first division's address]
    #[arg(long, global = true, value_name = "DOMAIN")]
    pub dkim_domain: Option<String>,
    /// Enquiries by form from one network address in an hour, 0 for no limit [env: MADOGUCHI_ENQUIRIES_PER_HOUR] [default: 60]
    #[arg(long, global = true, value_name = "NUMBER")]
    pub enquiries_per_hour: Option<String>,
    /// Mail server whose Authentication-Results are believed [env: MADOGUCHI_AUTHSERV_ID]
    #[arg(long, global = true, value_name = "NAME")]
    pub authserv_id: Option<String>,
    /// From how many points of a spam filter on a letter is spam [env: MADOGUCHI_SPAM_SCORE] [default: as the filter says]
    #[arg(long, global = true, value_name = "POINTS")]
    pub spam_score: Option<String>,
    /// Who is asked for the keys that letters are signed with, empty for nobody [env: MADOGUCHI_NAMESERVER] [default: system]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub nameserver: Option<String>,
    /// Where clamd is asked whether files hold a virus, host:port or a socket [env: MADOGUCHI_CLAMD]
    #[arg(long, global = true, value_name = "PLACE")]
    pub clamd: Option<String>,
    /// Networks whose X-Forwarded-For is believed [env: MADOGUCHI_TRUSTED_PROXIES]
    #[arg(long, global = true, value_name = "NETWORKS")]
    pub trusted_proxies: Option<String>,
}

impl Flags {
    /// The flags that were given, by the names of their settings.
    pub(super) fn given(&self) -> BTreeMap<&'static str, String> {
        let flags = [
            ("DATABASE_URL", &self.database_url),
            ("MADOGUCHI_DATA_DIR", &self.data_dir),
            ("MADOGUCHI_LISTEN", &self.listen),
            ("MADOGUCHI_PUBLIC_URL", &self.public_url),
            ("MADOGUCHI_LMTP_LISTEN", &self.lmtp_listen),
            ("MADOGUCHI_IMAP_URL", &self.imap_url),
            ("MADOGUCHI_CA_FILE", &self.ca_file),
            ("MADOGUCHI_SMTP_URL", &self.smtp_url),
            ("MADOGUCHI_MAIL_FROM", &self.mail_from),
            ("MADOGUCHI_DKIM_KEY_FILE", &self.dkim_key_file),
            ("MADOGUCHI_DKIM_SELECTOR", &self.dkim_selector),
            ("MADOGUCHI_DKIM_DOMAIN", &self.dkim_domain),
            ("MADOGUCHI_ENQUIRIES_PER_HOUR", &self.enquiries_per_hour),
            ("MADOGUCHI_AUTHSERV_ID", &self.authserv_id),
            ("MADOGUCHI_SPAM_SCORE", &self.spam_score),
            ("MADOGUCHI_NAMESERVER", &self.nameserver),
            ("MADOGUCHI_CLAMD", &self.clamd),
            ("MADOGUCHI_TRUSTED_PROXIES", &self.trusted_proxies),
        ];
        flags.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
    }
}
