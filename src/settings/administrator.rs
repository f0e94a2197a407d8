//! The first administrator: address and password belong together.

use crate::domain::person::EmailAddress;
use crate::settings::{Given, Hidden};

impl Given<'_> {
    pub(super) fn administrator(&mut self) -> Option<(EmailAddress, Hidden)> {
        let (email, password) = (self.some("MADOGUCHI_ADMIN_EMAIL"), self.some("MADOGUCHI_ADMIN_PASSWORD"));
        match (email, password) {
            (None, None) => None,
            (Some(email), Some(password)) => {
                let email = EmailAddress::parse(&email).map_err(|error| format!("an email address ({error})"));
                Some((self.checked("MADOGUCHI_ADMIN_EMAIL", email)?, Hidden(password)))
            }
            (Some(_), None) => {
                self.refuse("MADOGUCHI_ADMIN_PASSWORD", "set together with MADOGUCHI_ADMIN_EMAIL");
                None
            }
            (None, Some(_)) => {
                self.refuse("MADOGUCHI_ADMIN_EMAIL", "set together with MADOGUCHI_ADMIN_PASSWORD");
                None
            }
        }
    }
}
