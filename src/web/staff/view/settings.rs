//! The organisation's settings: what there is, and one of them with its fields.

use askama::Template;

use crate::web::staff::view::shell::{Nav, StaffShell};

/// Something that can be set.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub title: String,
    /// What it is now, in short.
    pub state: String,
    /// Where it is set.
    pub path: String,
}

/// Things of one kind.
#[derive(Debug, Clone)]
pub struct Part {
    /// What they are.
    pub title: String,
    /// What is to be known of them; may be empty.
    pub hint: String,
    /// They.
    pub lines: Vec<Line>,
    /// Where one more is made, of each kind, and what the link says.
    pub more: Vec<(String, String)>,
    /// Where they are seen or taken home, and what the link says.
    pub links: Vec<(String, String)>,
}

/// All that can be set.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/settings.html")]
pub struct SettingsPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// By kind.
    pub parts: Vec<Part>,
}

/// How something is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// In a line.
    Line,
    /// In several lines.
    Text,
    /// As an address.
    Email,
    /// As a number.
    Telephone,
    /// As a colour.
    Colour,
    /// From a list: value and name.
    Choice(Vec<(String, String)>),
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the form, and its id.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// How it is typed.
    pub kind: Kind,
    /// The tag of the language it is written in, where that is a certain one.
    pub tag: Option<&'static str>,
}

impl Field {
    /// What stands in it, as people read it.
    #[must_use]
    pub fn shown(&self) -> String {
        let chosen = match &self.kind {
            Kind::Choice(options) => options.iter().find(|(value, _)| *value == self.value).map(|(_, name)| name),
            _ => None,
        };
        chosen.unwrap_or(&self.value).clone()
    }
}

/// Fields that belong together.
#[derive(Debug, Clone)]
pub struct Group {
    /// What they are.
    pub title: String,
    /// What is to be known of them; may be empty.
    pub hint: String,
    /// They.
    pub fields: Vec<Field>,
}

/// The logo.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/logo.html")]
pub struct LogoPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// The hidden token.
    pub token: String,
    /// Where it is, its width and its height.
    pub logo: Option<(String, i32, i32)>,
    /// What is wrong with what came.
    pub wrong: Option<String>,
    /// Whether it has just been saved.
    pub is_saved: bool,
}

/// One setting.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/setting.html")]
pub struct SettingPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// The page above it: path and name.
    pub back: (String, String),
    /// What else is set below it.
    pub below: Vec<Part>,
    /// The hidden token.
    pub token: String,
    /// What it was when the page was made.
    pub before: String,
    /// Its fields.
    pub groups: Vec<Group>,
    /// What is wrong: the field and a sentence.
    pub mistakes: Vec<(String, String)>,
    /// Whether it has just been saved.
    pub is_saved: bool,
}

impl SettingPage {
    /// What is wrong with a field.
    #[must_use]
    pub fn wrong(&self, name: &str) -> Option<&str> {
        self.mistakes.iter().find(|(field, _)| field == name).map(|(_, sentence)| sentence.as_str())
    }
}
