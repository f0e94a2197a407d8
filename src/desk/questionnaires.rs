//! What topics ask beside what every form asks, in all its versions, and what was answered.

use std::collections::HashMap;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::desk::{Desk, DeskError};
use crate::domain::channel::Channel;
use crate::domain::questionnaire::{Answered, Answers, Question, Questionnaire};
use crate::domain::reference::Reference;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{answers, messages, questionnaires, tickets};

/// Versions of one topic's questions that are read.
const MOST_VERSIONS: i64 = 500;

/// A row of `answers`, in the shape in which new ones are sent to the database.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    message_id: Uuid,
    questionnaire_id: Uuid,
    by_question: Answers,
}

/// The row that ties answers to a message.
pub(crate) fn row(message_id: Uuid, answered: &Answered) -> Row {
    Row { message_id, questionnaire_id: answered.questionnaire.id, by_question: answered.answers.clone() }
}

/// Ties answers to a message, in the transaction that writes it.
pub(crate) async fn attach(
    connection: &mut AsyncPgConnection,
    message: Uuid,
    answered: &Answered,
) -> Result<(), DeskError> {
    let row = (
        answers::message_id.eq(message),
        answers::questionnaire_id.eq(answered.questionnaire.id),
        answers::by_question.eq(Json(&answered.answers)),
    );
    diesel::insert_into(answers::table).values(row).execute(connection).await?;
    Ok(())
}

type Version = (Uuid, String, i32, Json<Vec<Question>>);
const VERSION: (questionnaires::id, questionnaires::topic, questionnaires::version, questionnaires::questions) =
    (questionnaires::id, questionnaires::topic, questionnaires::version, questionnaires::questions);

fn questionnaire((id, topic, version, Json(questions)): Version) -> Questionnaire {
    Questionnaire { id, topic, version, questions }
}

/// What is asked now, by topic.
pub(super) async fn read_newest(connection: &mut AsyncPgConnection) -> Result<Vec<Questionnaire>, DeskError> {
    let rows: Vec<Version> = questionnaires::table
        .distinct_on(questionnaires::topic)
        .order((questionnaires::topic, questionnaires::version.desc()))
        .select(VERSION)
        .load(connection)
        .await?;
    Ok(rows.into_iter().map(questionnaire).collect())
}

/// Makes the next version of a topic's questions.
pub(super) async fn renew(
    connection: &mut AsyncPgConnection,
    topic: &str,
    version: i32,
    questions: &[Question],
    by: Uuid,
) -> diesel::QueryResult<usize> {
    let row = (
        questionnaires::id.eq(Uuid::now_v7()),
        questionnaires::topic.eq(topic),
        questionnaires::version.eq(version),
        questionnaires::questions.eq(Json(questions)),
        questionnaires::made_by.eq(by),
    );
    diesel::insert_into(questionnaires::table).values(row).execute(connection).await
}

type AnsweredRow = (Uuid, Json<Answers>, Version);

fn answered((key, Json(answers), version): AnsweredRow) -> (Uuid, Answered) {
    (key, Answered { questionnaire: questionnaire(version), answers })
}

/// What was answered in a ticket, by message.
pub(super) async fn read_of_ticket(
    mut connection: &AsyncPgConnection,
    ticket: Uuid,
) -> Result<HashMap<Uuid, Answered>, DeskError> {
    let rows: Vec<AnsweredRow> = answers::table
        .inner_join(messages::table)
        .inner_join(questionnaires::table)
        .filter(messages::ticket_id.eq(ticket))
        .select((answers::message_id, answers::by_question, VERSION))
        .load(&mut connection)
        .await?;
    Ok(rows.into_iter().map(answered).collect())
}

/// What was answered with some messages.
pub(super) async fn read_of_messages(
    connection: &mut AsyncPgConnection,
    wanted: &[Uuid],
) -> Result<HashMap<Uuid, Answered>, DeskError> {
    let rows: Vec<AnsweredRow> = answers::table
        .inner_join(questionnaires::table)
        .filter(answers::message_id.eq_any(wanted))
        .select((answers::message_id, answers::by_question, VERSION))
        .load(connection)
        .await?;
    Ok(rows.into_iter().map(answered).collect())
}

/// What was answered, and by which channel.
pub type Given = (Channel, Answered);

impl Desk {
    /// Questions as they were asked in a version that was the newest after `since`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn questionnaire(&self, id: Uuid, since: Timestamp) -> Result<Option<Questionnaire>, DeskError> {
        let mut connection = self.database.connection().await?;
        let row: Option<Version> =
            questionnaires::table.find(id).select(VERSION).first(&mut connection).await.optional()?;
        let Some(version) = row.map(questionnaire) else { return Ok(None) };
        let next = questionnaires::table
            .filter(questionnaires::topic.eq(&version.topic))
            .filter(questionnaires::version.eq(version.version + 1))
            .select(questionnaires::made_at);
        let next: Option<jiff_diesel::Timestamp> = next.first(&mut connection).await.optional()?;
        Ok(next.is_none_or(|ended| ended.to_jiff() > since).then_some(version))
    }

    /// All versions of a topic's questions, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn questionnaires(&self, topic: &str) -> Result<Vec<Questionnaire>, DeskError> {
        let mut connection = self.database.connection().await?;
        let rows: Vec<Version> = questionnaires::table
            .filter(questionnaires::topic.eq(topic))
            .order(questionnaires::version.desc())
            .limit(MOST_VERSIONS)
            .select(VERSION)
            .load(&mut connection)
            .await?;
        Ok(rows.into_iter().map(questionnaire).collect())
    }

    /// What was answered in some tickets, by ticket, in the order in which it came, and by which channel.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn answers_of(&self, of: &[Reference]) -> Result<HashMap<Reference, Vec<Given>>, DeskError> {
        let numbers = of.iter().filter_map(|ticket| i64::try_from(ticket.number()).ok());
        let mut connection = self.database.connection().await?;
        let rows: Vec<(i64, Word<Channel>, AnsweredRow)> = answers::table
            .inner_join(messages::table.inner_join(tickets::table))
            .inner_join(questionnaires::table)
            .filter(tickets::number.eq_any(numbers.collect::<Vec<_>>()))
            .order(answers::message_id)
            .select((tickets::number, messages::channel, (answers::message_id, answers::by_question, VERSION)))
            .load(&mut connection)
            .await?;
        let reference = |number: i64| Reference::from_number(u64::try_from(number).unwrap_or_default());
        let mut answers: HashMap<Reference, Vec<Given>> = HashMap::new();
        for (number, Word(channel), row) in rows {
            answers.entry(reference(number)).or_default().push((channel, answered(row).1));
        }
        Ok(answers)
    }
}
