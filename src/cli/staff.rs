//! `madoguchi staff add`: a new member of staff.

use std::io::BufRead;
use std::process::ExitCode;

use jiff::Timestamp;

use crate::cli::database::Borrowed;
use crate::desk::DeskError;
use crate::desk::staff::{LONGEST_PASSWORD, Newcomer, SHORTEST_PASSWORD};
use crate::domain::person::EmailAddress;
use crate::domain::ticket::Role;
use crate::settings::Settings;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Staff {
    /// Adds a member of staff; prints a one-time link to choose a password, unless one is given
    Add(Add),
}

#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// The address to sign in with
    #[arg(long)]
    email: String,
    /// The name that colleagues see
    #[arg(long)]
    name: String,
    /// What they may do: admin, manager, agent or viewer
    #[arg(long)]
    role: Role,
    /// The division whose tickets they see; without it all
    #[arg(long, value_name = "SLUG")]
    division: Option<String>,
    /// Reads the password from one line of stdin
    #[arg(long)]
    password_stdin: bool,
}

impl Staff {
    pub(super) async fn run(self, settings: &Settings) -> ExitCode {
        let Self::Add(add) = self;
        let newcomer = match add.newcomer() {
            Ok(newcomer) => newcomer,
            Err(words) => return super::fail(&words, 1),
        };
        let password = match add.password() {
            Ok(password) => password,
            Err(words) => return super::fail(&words, 1),
        };
        let borrowed = match Borrowed::open(settings).await {
            Ok(borrowed) => borrowed,
            Err(error) => return super::fail(&error.to_string(), 1),
        };
        let now = Timestamp::now();
        let added = match &password {
            Some(password) => borrowed.desk.add_staff(&newcomer, password, now).await.map(|()| None),
            None => borrowed.desk.invite_staff(&newcomer, now).await.map(Some),
        };
        borrowed.leave().await;
        match added {
            Ok(None) => {
                super::say(&format!("{} can sign in at {}/staff", newcomer.email, settings.public_url));
                ExitCode::SUCCESS
            }
            Ok(Some(token)) => {
                super::print(&format!("{}/staff/setup/{token}", settings.public_url));
                ExitCode::SUCCESS
            }
            Err(DeskError::Database(error)) if error.is_taken() => {
                super::fail(&format!("there is a member of staff with the address {} already", newcomer.email), 1)
            }
            Err(DeskError::NotFound { what: "division" }) => super::fail("there is no such division", 1),
            Err(error) => super::fail(&error.to_string(), 1),
        }
    }
}

impl Add {
    fn newcomer(&self) -> Result<Newcomer, String> {
        let email = EmailAddress::parse(&self.email).map_err(|error| format!("--email: {error}"))?;
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            return Err("--name: a name is needed".to_owned());
        }
        Ok(Newcomer { email, name, role: self.role, division: self.division.clone() })
    }

    fn password(&self) -> Result<Option<String>, String> {
        if !self.password_stdin {
            return Ok(None);
        }
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|error| format!("reading the password from stdin: {error}"))?;
        let password = line.trim_end_matches(['\r', '\n']).to_owned();
        if password.chars().count() < SHORTEST_PASSWORD || password.len() > LONGEST_PASSWORD {
            return Err(format!("the password must have at least {SHORTEST_PASSWORD} characters"));
        }
        Ok(Some(password))
    }
}
