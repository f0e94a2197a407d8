//! Which division answers: rules, then the topic chosen, then the address written to, then the first division.

use uuid::Uuid;

use crate::domain::channel::Channel;
use crate::domain::enquiry::Enquiry;
use crate::domain::status::Priority;

/// A rule of the administrators.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What must hold.
    pub condition: Condition,
    /// Where a matching enquiry goes.
    pub division: Uuid,
    /// Its topic from then on.
    pub topic: Option<String>,
    /// Its priority.
    pub priority: Option<Priority>,
}

/// What must hold of an enquiry; what is left out is not asked, and a condition that asks nothing matches nothing.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The topic chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// An address it was sent to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// What stands behind the `@` of the sender's address, or the end of it after a dot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender_host: Option<String>,
    /// A word in the subject, whatever its case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_has: Option<String>,
}

impl Condition {
    fn holds(&self, enquiry: &Enquiry) -> bool {
        let asked = [
            self.channel.map(|channel| enquiry.channel == channel),
            self.topic.as_ref().map(|topic| enquiry.topic.as_ref() == Some(topic)),
            self.recipient.as_ref().map(|address| is_among(&enquiry.recipients, address)),
            self.sender_host.as_ref().map(|host| comes_from(enquiry, host)),
            self.subject_has.as_ref().map(|word| enquiry.subject.to_lowercase().contains(&word.to_lowercase())),
        ];
        asked.iter().flatten().count() > 0 && asked.into_iter().flatten().all(|holds| holds)
    }
}

fn comes_from(enquiry: &Enquiry, host: &str) -> bool {
    let host = host.to_lowercase();
    enquiry.sender.email.as_ref().is_some_and(|address| {
        let theirs = address.host().to_lowercase();
        theirs == host || theirs.ends_with(&format!(".{host}"))
    })
}

/// What the desk knows when it routes.
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// Rules in the order in which they are asked.
    pub rules: Vec<Rule>,
    /// Topics with their divisions.
    pub topics: Vec<(String, Uuid)>,
    /// Divisions with their addresses, the first takes what nothing routes.
    pub divisions: Vec<(Uuid, String)>,
}

/// Where an enquiry goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The division.
    pub division: Uuid,
    /// The main topic.
    pub topic: String,
    /// The priority.
    pub priority: Priority,
}

/// The topic of what has none.
pub const OTHER: &str = "other";

/// Routes an enquiry. `None` only where there is no division at all.
#[must_use]
pub fn route(enquiry: &Enquiry, map: &Map) -> Option<Route> {
    let chosen = enquiry.topic.as_ref().and_then(|slug| map.topics.iter().find(|(topic, _)| topic == slug));
    let topic = chosen.map_or_else(|| OTHER.to_owned(), |(slug, _)| slug.clone());
    if let Some(rule) = map.rules.iter().find(|rule| rule.condition.holds(enquiry)) {
        let topic = rule.topic.clone().unwrap_or(topic);
        return Some(Route { division: rule.division, topic, priority: rule.priority.unwrap_or(Priority::Normal) });
    }
    let written_to = map.divisions.iter().find(|(_, address)| is_among(&enquiry.recipients, address));
    let division = chosen
        .map(|(_, division)| *division)
        .or_else(|| written_to.map(|(division, _)| *division))
        .or_else(|| map.divisions.first().map(|(division, _)| *division))?;
    Some(Route { division, topic, priority: Priority::Normal })
}

/// Whether an address is among those written to, whatever stands between `+` and `@`.
fn is_among(recipients: &[String], address: &str) -> bool {
    let wanted = without_detail(address);
    recipients.iter().any(|recipient| without_detail(recipient) == wanted)
}

/// `exchange+token@example.org` → `exchange@example.org`, in lower case.
#[must_use]
pub fn without_detail(address: &str) -> String {
    let address = address.to_lowercase();
    match address.rsplit_once('@') {
        Some((local, host)) => format!("{}@{host}", local.split_once('+').map_or(local, |(name, _)| name)),
        None => address,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Condition, Map, Rule, route};
    use crate::domain::enquiry::Enquiry;
    use crate::domain::enquiry::samples;
    use crate::domain::status::Priority;

    const EXCHANGE: Uuid = Uuid::from_u128(1);
    const SEMINARS: Uuid = Uuid::from_u128(2);

    fn map(rules: Vec<Rule>) -> Map {
        Map {
            rules,
            topics: vec![("seminar".into(), SEMINARS), ("other".into(), EXCHANGE)],
            divisions: vec![(EXCHANGE, "exchange@clair.example".into()), (SEMINARS, "seminar@clair.example".into())],
        }
    }

    fn division_of(enquiry: &Enquiry, rules: Vec<Rule>) -> Uuid {
        route(enquiry, &map(rules)).expect("there are divisions").division
    }

    #[test]
    fn topic_then_address_then_the_first_division() {
        let by_topic = Enquiry { topic: Some("seminar".into()), ..samples::letter() };
        let by_address = Enquiry { recipients: vec!["Seminar+abc@clair.example".into()], ..samples::letter() };
        let by_nothing = Enquiry { recipients: vec!["info@clair.example".into()], ..samples::letter() };
        let unknown_topic = Enquiry { topic: Some("no-such".into()), ..samples::letter() };
        assert_eq!(division_of(&by_topic, vec![]), SEMINARS);
        assert_eq!(division_of(&by_address, vec![]), SEMINARS);
        assert_eq!(division_of(&by_nothing, vec![]), EXCHANGE);
        assert_eq!(division_of(&unknown_topic, vec![]), EXCHANGE);
    }

    #[test]
    fn the_first_rule_that_holds_decides() {
        let rule = |condition| Rule { condition, division: SEMINARS, topic: None, priority: Some(Priority::High) };
        let letter = Enquiry { subject: "URGENT: visa".into(), ..samples::letter() };
        for (condition, holds) in [
            (Condition { subject_has: Some("urgent".into()), ..Condition::default() }, true),
            (Condition { sender_host: Some("example".into()), ..Condition::default() }, true),
            (Condition { sender_host: Some("ample".into()), ..Condition::default() }, false),
            (
                Condition { topic: Some("seminar".into()), subject_has: Some("visa".into()), ..Condition::default() },
                false,
            ),
            (Condition::default(), false),
        ] {
            let expected = if holds { SEMINARS } else { EXCHANGE };
            assert_eq!(division_of(&letter, vec![rule(condition.clone())]), expected, "{condition:?}");
        }
    }
}
