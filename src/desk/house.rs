//! The organisation, its divisions and topics, as administrators change them.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError, directory, logo, questionnaires};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::change::Refusal;
use crate::domain::colour::Colours;
use crate::domain::division::{Directory, Names, Offer};
use crate::domain::logo::Logo;
use crate::domain::person::EmailAddress;
use crate::domain::questionnaire::{Question, free_name, with_question};
use crate::postgres::column::Json;
use crate::postgres::schema::{divisions, organisation, topics};

/// A division as it is typed.
#[derive(Debug, Clone)]
pub struct DivisionEntry {
    /// Name in paths.
    pub slug: String,
    /// Name by language.
    pub names: Names,
    /// Telephone number, E.164 with hyphens.
    pub telephone: String,
    /// Fax number, likewise, if it has one.
    pub fax: Option<String>,
    /// Address for enquiries and sender of replies.
    pub email: EmailAddress,
    /// When it is open.
    pub calendar: WorkingCalendar,
    /// Order on pages.
    pub position: i32,
}

/// A topic as it is typed.
#[derive(Debug, Clone)]
pub struct TopicEntry {
    /// Name in the form and in queries.
    pub slug: String,
    /// Name by language.
    pub names: Names,
    /// A few words below it in the form.
    pub hints: Names,
    /// The division that answers.
    pub division: Uuid,
    /// Order in the form.
    pub position: i32,
    /// Whether the form offers it.
    pub offer: Offer,
}

/// A topic's question as it is typed.
#[derive(Debug, Clone)]
pub struct QuestionEntry {
    /// Of which topic.
    pub topic: String,
    /// The question; a new one gets its name when it is written.
    pub question: Question,
    /// Its place, counted from one.
    pub place: usize,
}

/// What an administrator wants.
#[derive(Debug, Clone)]
pub enum HouseChange {
    /// Other names, and other words on the start page.
    Organisation {
        /// Name by language.
        names: Names,
        /// The heading of the start page.
        headline: Names,
        /// What stands below it.
        lead: Names,
    },
    /// Other colours; none: the program's.
    Colours(Option<Colours>),
    /// Another logo with its bytes; none: the program's.
    Logo(Option<(Logo, Vec<u8>)>),
    /// A division that is there.
    Division(DivisionEntry),
    /// One more.
    NewDivision(DivisionEntry),
    /// A topic that is there.
    Topic(TopicEntry),
    /// One more.
    NewTopic(TopicEntry),
    /// A question of a topic's that is there.
    Question(QuestionEntry),
    /// One more.
    NewQuestion(QuestionEntry),
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It is so from now on.
    Done,
    /// Something else is called so already.
    SlugTaken,
    /// Somebody else changed it meanwhile.
    Held,
}

impl Desk {
    /// Changes the organisation, a division or a topic, if `still_so` says that what there is is what was shown: asked while
    /// nobody else can change it.
    ///
    /// # Errors
    /// [`Refusal::MayOnlyRead`] for all but administrators.
    pub async fn change_house(
        &self,
        viewer: &Viewer,
        change: &HouseChange,
        still_so: &(dyn Fn(&Directory) -> bool + Sync),
    ) -> Result<Settled, DeskError> {
        if !viewer.role.may_administer() {
            return Err(Refusal::MayOnlyRead.into());
        }
        let mut connection = self.database.connection().await?;
        let settled = connection
            .transaction::<_, DeskError, _>(async |connection| {
                organisation::table.select(organisation::id).for_update().first::<i16>(connection).await?;
                let now = directory::read(connection).await?;
                if !still_so(&now) {
                    return Ok(Settled::Held);
                }
                match write(connection, change, &now, viewer.id).await? {
                    0 => Err(DeskError::NotFound { what: "setting" }),
                    _ => Ok(Settled::Done),
                }
            })
            .await;
        self.directory.stale().await;
        match settled {
            Ok(Settled::Done) => {
                tracing::info!(by = %viewer.id, "an administrator changed the organisation's settings");
                Ok(Settled::Done)
            }
            Err(DeskError::Database(error)) if error.is_taken() => Ok(Settled::SlugTaken),
            settled => settled,
        }
    }
}

async fn write(
    connection: &mut AsyncPgConnection,
    change: &HouseChange,
    now: &Directory,
    by: Uuid,
) -> diesel::QueryResult<usize> {
    match change {
        HouseChange::Organisation { names, headline, lead } => {
            diesel::update(organisation::table)
                .set((
                    organisation::names.eq(Json(names.clone())),
                    organisation::headline.eq(Json(headline.clone())),
                    organisation::lead.eq(Json(lead.clone())),
                ))
                .execute(connection)
                .await
        }
        HouseChange::Colours(colours) => {
            diesel::update(organisation::table)
                .set((
                    organisation::accent_light.eq(colours.map(|colours| colours.light.to_string())),
                    organisation::accent_dark.eq(colours.map(|colours| colours.dark.to_string())),
                ))
                .execute(connection)
                .await
        }
        HouseChange::Logo(logo) => logo::write(connection, logo.as_ref()).await,
        HouseChange::Division(entry) => {
            let row = divisions::table.filter(divisions::slug.eq(&entry.slug));
            // From now on the database holds, not MADOGUCHI_MAIL_FROM.
            let has_another = row.filter(divisions::email.ne(entry.email.as_str()));
            diesel::update(has_another).set(divisions::email_kept_by.eq("staff")).execute(connection).await?;
            diesel::update(row).set(division_row(entry)).execute(connection).await
        }
        HouseChange::NewDivision(entry) => {
            let key = (
                divisions::id.eq(Uuid::now_v7()),
                divisions::slug.eq(&entry.slug),
                divisions::email_kept_by.eq("staff"),
            );
            diesel::insert_into(divisions::table).values((key, division_row(entry))).execute(connection).await
        }
        HouseChange::Topic(entry) => {
            diesel::update(topics::table.find(&entry.slug)).set(topic_row(entry)).execute(connection).await
        }
        HouseChange::NewTopic(entry) => {
            let key = topics::slug.eq(&entry.slug);
            diesel::insert_into(topics::table).values((key, topic_row(entry))).execute(connection).await
        }
        HouseChange::Question(entry) | HouseChange::NewQuestion(entry) => {
            let newest = now.questionnaire(&entry.topic);
            let (version, before) = newest.map_or((0, &[][..]), |newest| (newest.version, &newest.questions[..]));
            let name = match change {
                HouseChange::NewQuestion(_) => free_name(&entry.question.labels, before),
                _ => entry.question.name.clone(),
            };
            let is_there = |one: &Question| Question { name: one.name.clone(), ..entry.question.clone() } == *one;
            if matches!(change, HouseChange::NewQuestion(_)) && before.iter().any(is_there) {
                // The same form, sent twice.
                return Ok(1);
            }
            let after = with_question(before, Question { name, ..entry.question.clone() }, entry.place);
            match after == before {
                true => Ok(1),
                false => questionnaires::renew(connection, &entry.topic, version + 1, &after, by).await,
            }
        }
    }
}

#[derive(diesel::AsChangeset, diesel::Insertable)]
#[diesel(table_name = divisions)]
struct DivisionRow {
    names: Json<Names>,
    telephone: String,
    fax: String,
    email: String,
    calendar: Json<WorkingCalendar>,
    position: i32,
}

fn division_row(entry: &DivisionEntry) -> DivisionRow {
    DivisionRow {
        names: Json(entry.names.clone()),
        telephone: entry.telephone.clone(),
        fax: entry.fax.clone().unwrap_or_default(),
        email: entry.email.to_string(),
        calendar: Json(entry.calendar.clone()),
        position: entry.position,
    }
}

#[derive(diesel::AsChangeset, diesel::Insertable)]
#[diesel(table_name = topics)]
struct TopicRow {
    names: Json<Names>,
    hints: Json<Names>,
    division_id: Uuid,
    position: i32,
    is_offered: bool,
}

fn topic_row(entry: &TopicEntry) -> TopicRow {
    TopicRow {
        names: Json(entry.names.clone()),
        hints: Json(entry.hints.clone()),
        division_id: entry.division,
        position: entry.position,
        is_offered: entry.offer == Offer::Offered,
    }
}
