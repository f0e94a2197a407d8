//! The background indexer: writes the documents of messages that have none.

use std::collections::BTreeSet;
use std::time::Duration;

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Integer, Text, Uuid as SqlUuid};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use tokio::sync::watch;
use uuid::Uuid;

use crate::desk::search::{BUCKET, bucket};
use crate::desk::{Desk, DeskError, questionnaires};
use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::questionnaire::Answered;
use crate::domain::reference::Reference;
use crate::language::answers::lines;
use crate::postgres::schema::{messages, search_pending, tickets};
use crate::search::{Document, documents};

/// Messages indexed together.
const BATCH: i64 = 256;
/// How often new messages are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What is indexed of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Indexed<'a> {
    /// The number of its ticket.
    pub(crate) number: i64,
    /// Subject of the ticket.
    pub(crate) subject: &'a str,
    /// Who wrote it.
    pub(crate) sender_name: &'a str,
    pub(crate) sender_address: &'a str,
    /// The enquirer of the ticket.
    pub(crate) reading: &'a str,
    pub(crate) organisation: &'a str,
    pub(crate) enquirer_address: &'a str,
    /// What its own subject says besides.
    pub(crate) own_subject: &'a str,
    /// What was written.
    pub(crate) text: &'a str,
    /// What was answered to a topic's own questions.
    pub(crate) answers: &'a str,
}

impl Indexed<'_> {
    /// The documents of the message, with the bucket of its ticket among their tokens.
    pub(crate) fn documents(&self) -> Vec<Document> {
        let reference = Reference::from_number(u64::try_from(self.number).unwrap_or_default());
        let Self { number, subject, sender_name, sender_address, reading, organisation, .. } = self;
        let Self { enquirer_address, own_subject, text, answers, .. } = self;
        let whole = format!(
            "{reference}\n{subject}\n{sender_name}\n{reading}\n{organisation}\n{sender_address}\n{enquirer_address}\n\
             {own_subject}\n{text}\n{answers}"
        );
        let mut documents = documents(&whole);
        for document in &mut documents {
            document.tokens.push(bucket(number / BUCKET));
        }
        documents
    }
}

impl Desk {
    /// Writes search documents until `shutdown` turns true.
    pub async fn keep_search_up_to_date(&self, mut shutdown: watch::Receiver<bool>) {
        while !*shutdown.borrow() {
            match self.index_some().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "the search index waits for the database"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = shutdown.changed() => {}
            }
        }
    }

    /// Writes search documents until there is nothing left to write.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn index_all(&self) -> Result<(), DeskError> {
        while self.index_some().await? > 0 {}
        Ok(())
    }

    /// Writes the documents of some messages that have none. Returns how many messages.
    async fn index_some(&self) -> Result<usize, DeskError> {
        let mut connection = self.database.connection().await?;
        connection
            .transaction::<_, DeskError, _>(async |connection| {
                let pending: Vec<Uuid> = search_pending::table
                    .select(search_pending::message_id)
                    .order(search_pending::message_id)
                    .limit(BATCH)
                    .for_update()
                    .skip_locked()
                    .load(connection)
                    .await?;
                if pending.is_empty() {
                    return Ok(0);
                }
                write_documents(connection, &pending).await?;
                let done = search_pending::table.filter(search_pending::message_id.eq_any(&pending));
                diesel::delete(done).execute(connection).await?;
                Ok(pending.len())
            })
            .await
    }
}

type Row = (Uuid, i64, String, String, String, (String, String), Option<String>, Option<String>, String);

async fn write_documents(connection: &mut AsyncPgConnection, pending: &[Uuid]) -> Result<(), DeskError> {
    let rows: Vec<Row> = messages::table
        .inner_join(tickets::table)
        .filter(messages::id.eq_any(pending))
        .select((
            messages::id,
            tickets::number,
            tickets::subject,
            messages::sender_name,
            messages::sender_address,
            (tickets::enquirer_reading, tickets::enquirer_organisation),
            tickets::enquirer_address,
            messages::subject,
            messages::text,
        ))
        .load(connection)
        .await?;
    let answered = questionnaires::read_of_messages(connection, pending).await?;
    let (mut ids, mut parts, mut numbers, mut tokens, mut folded) = (vec![], vec![], vec![], vec![], vec![]);
    for (id, number, subject, name, address, (reading, organisation), enquirer, own_subject, text) in &rows {
        let answers = answered.get(id).map(in_all_languages).unwrap_or_default();
        let indexed = Indexed {
            number: *number,
            subject,
            sender_name: name,
            sender_address: address,
            reading,
            organisation,
            enquirer_address: enquirer.as_deref().unwrap_or_default(),
            own_subject: own_subject.as_deref().unwrap_or_default(),
            text,
            answers: &answers,
        };
        for (part, document) in indexed.documents().into_iter().enumerate() {
            ids.push(*id);
            parts.push(i32::try_from(part).unwrap_or(i32::MAX));
            numbers.push(*number);
            tokens.push(serde_json::Value::from(document.tokens).to_string());
            folded.push(document.folded);
        }
    }
    WriteDocuments { ids, parts, numbers, tokens, folded }.execute(connection).await?;
    Ok(())
}

/// Answers as staff may look for them: a country by its name in their own language.
pub(crate) fn in_all_languages(answered: &Answered) -> String {
    let said = Language::ALL.iter().flat_map(|language| lines(answered, *language));
    let said = said.filter_map(|line| Some(line.answer?.words().to_owned()));
    let said: BTreeSet<String> = said.chain(answered.answers.all().map(str::to_owned)).collect();
    said.into_iter().collect::<Vec<_>>().join("\n")
}

/// Documents as rows. Arrays of arrays would have to be of one length: each document's tokens travel as JSON.
struct WriteDocuments {
    ids: Vec<Uuid>,
    parts: Vec<i32>,
    numbers: Vec<i64>,
    tokens: Vec<String>,
    folded: Vec<String>,
}

impl QueryFragment<Pg> for WriteDocuments {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO search_documents (message_id, part, ticket_number, tokens, folded) \
             SELECT d.id, d.part, d.number, \
             array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(d.tokens::jsonb))), d.folded FROM unnest(",
        );
        out.push_bind_param::<Array<SqlUuid>, _>(&self.ids)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.parts)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.numbers)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.tokens)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.folded)?;
        out.push_sql(
            ") AS d (id, part, number, tokens, folded) \
             ON CONFLICT (message_id, part) DO UPDATE SET tokens = excluded.tokens, folded = excluded.folded",
        );
        Ok(())
    }
}

/// The SQL never changes, so that it is prepared once a connection.
impl QueryId for WriteDocuments {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}
