//! The organisation, its divisions, topics and routing rules.

use std::sync::Arc;

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::desk::{Desk, DeskError, logo, questionnaires, wording};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::colour::Colours;
use crate::domain::division::{Directory, Division, Names, Offer, Organisation, Topic};
use crate::domain::person::EmailAddress;
use crate::domain::routing::{Condition, Rule};
use crate::domain::status::Priority;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{divisions, organisation, routing_rules, topics};
use crate::postgres::{Database, DatabaseError};

impl Desk {
    /// The directory, at most five seconds old.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn directory(&self) -> Result<Arc<Directory>, DeskError> {
        self.directory.get(async { Ok(Arc::new(read(&mut *self.database.connection().await?).await?)) }).await
    }

    /// The directory as it is now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn directory_now(&self) -> Result<Arc<Directory>, DeskError> {
        self.directory.stale().await;
        self.directory().await
    }

    /// The directory however old: for pages that must say whom to call while the database is away.
    pub async fn directory_as_last_read(&self) -> Option<Arc<Directory>> {
        self.directory.last().await
    }
}

/// Writes the first division's address from the settings, unless staff keep it.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_first_address(database: &Database, address: &EmailAddress) -> Result<(), DeskError> {
    let mut connection = database.connection().await?;
    let first: Uuid = divisions::table.order(divisions::position).select(divisions::id).first(&mut connection).await?;
    diesel::update(divisions::table.find(first).filter(divisions::email_kept_by.eq("settings")))
        .set(divisions::email.eq(address.as_str()))
        .execute(&mut connection)
        .await?;
    Ok(())
}

pub(super) async fn read(connection: &mut AsyncPgConnection) -> Result<Directory, DeskError> {
    Ok(Directory {
        organisation: read_organisation(connection).await?,
        divisions: read_divisions(connection).await?,
        topics: read_topics(connection).await?,
        rules: read_rules(connection).await?,
        wordings: wording::read(connection).await?,
        questionnaires: questionnaires::read_newest(connection).await?,
    })
}

async fn read_organisation(connection: &mut AsyncPgConnection) -> Result<Organisation, DeskError> {
    type Row = (Json<Names>, Json<Names>, Json<Names>, Option<String>, Option<String>);
    let (Json(names), Json(headline), Json(lead), light, dark): Row = organisation::table
        .select((
            organisation::names,
            organisation::headline,
            organisation::lead,
            organisation::accent_light,
            organisation::accent_dark,
        ))
        .first(connection)
        .await?;
    let colour = |text: String| text.parse().map_err(|error| DatabaseError::Row(format!("{text} is {error}")));
    let colours = match light.zip(dark) {
        Some((light, dark)) => Some(Colours { light: colour(light)?, dark: colour(dark)? }),
        None => None,
    };
    let logo = logo::read(connection).await?;
    Ok(Organisation { names, headline, lead, colours, logo })
}

type DivisionRow = (Uuid, String, Json<Names>, String, String, String, Json<WorkingCalendar>, i32);

async fn read_divisions(connection: &mut AsyncPgConnection) -> Result<Vec<Division>, DeskError> {
    let rows: Vec<DivisionRow> = divisions::table
        .order(divisions::position)
        .select((
            divisions::id,
            divisions::slug,
            divisions::names,
            divisions::telephone,
            divisions::fax,
            divisions::email,
            divisions::calendar,
            divisions::position,
        ))
        .load(connection)
        .await?;
    rows.into_iter()
        .map(|(id, slug, Json(names), telephone, fax, email, Json(calendar), position)| {
            let email = EmailAddress::parse(&email)
                .map_err(|error| DatabaseError::Row(format!("division {slug}, email: {error}")))?;
            let fax = Some(fax).filter(|fax| !fax.is_empty());
            Ok(Division { id, slug, names, telephone, fax, email, position, calendar })
        })
        .collect()
}

async fn read_topics(connection: &mut AsyncPgConnection) -> Result<Vec<Topic>, DeskError> {
    type Row = (String, Json<Names>, Json<Names>, Uuid, i32, bool);
    let rows: Vec<Row> = topics::table
        .order(topics::position)
        .select((topics::slug, topics::names, topics::hints, topics::division_id, topics::position, topics::is_offered))
        .load(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(slug, Json(names), Json(hints), division, position, is_offered)| Topic {
            offer: if is_offered { Offer::Offered } else { Offer::Withdrawn },
            slug,
            names,
            hints,
            division,
            position,
        })
        .collect())
}

async fn read_rules(connection: &mut AsyncPgConnection) -> Result<Vec<Rule>, DeskError> {
    type Row = (Json<Condition>, Uuid, Option<String>, Option<Word<Priority>>);
    let rows: Vec<Row> = routing_rules::table
        .order(routing_rules::position)
        .select((routing_rules::condition, routing_rules::division_id, routing_rules::topic, routing_rules::priority))
        .load(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(Json(condition), division, topic, priority)| Rule {
            condition,
            division,
            topic,
            priority: priority.map(|Word(priority)| priority),
        })
        .collect())
}
