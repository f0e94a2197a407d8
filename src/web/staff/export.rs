//! A list of tickets as a table, with what was answered to a topic's own questions: all that the list's filters let
//! through, sent as it is read, so that its length costs no memory.

use std::sync::Arc;

use futures_util::stream;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use poem::http::header;
use poem::web::Data;
use poem::{Body, Request, Response, Result, handler};

use crate::desk::questionnaires::Given;
use crate::desk::queue::Listed;
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::channel::Channel;
use crate::domain::division::Directory;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::reference::Reference;
use crate::language::Words;
use crate::language::answers::lines;
use crate::web::answer::see_other;
use crate::web::public::failure::away;
use crate::web::site::Site;
use crate::web::staff::list::{Asked, page_of};
use crate::web::staff::{session, table};

/// Tickets that are read together.
const A_BATCH: usize = 500;

/// The table.
#[handler]
pub async fn tickets(request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let asked = Asked::read(request.uri().query().unwrap_or_default(), &viewer, &directory);
    if !asked.mistakes.is_empty() {
        // The list says what is not understood.
        return Ok(see_other(&format!("/staff/tickets?{}", request.uri().query().unwrap_or_default())));
    }
    let versions = match &asked.filter.topic {
        Some(topic) => opened.desk.questionnaires(topic).await.map_err(away)?,
        None => Vec::new(),
    };
    let words = Words::staff(viewer.language);
    let sheet = Sheet { words, topic: asked.filter.topic.clone(), questions: columns(&versions, words), directory };
    let head = [table::MARK.as_bytes(), &table::line(sheet.head())].concat();
    let rows = stream::unfold(Some(Reading { site: site.clone(), viewer, asked, sheet }), |reading| async {
        let mut reading = reading?;
        match reading.batch().await {
            Ok((bytes, true)) => Some((Ok(bytes), Some(reading))),
            Ok((bytes, false)) => Some((Ok(bytes), None)),
            Err(error) => {
                tracing::warn!(%error, "a table of tickets broke off");
                Some((Err(std::io::Error::other("the table broke off")), None))
            }
        }
    });
    let all = stream::StreamExt::chain(stream::once(async { Ok(head) }), rows);
    Ok(Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, "attachment; filename=\"tickets.csv\"")
        .body(Body::from_bytes_stream(all)))
}

/// A table that is on its way.
struct Reading {
    site: Site,
    viewer: Viewer,
    asked: Asked,
    sheet: Sheet,
}

impl Reading {
    /// Some more lines, and whether there are others.
    async fn batch(&mut self) -> Result<(Vec<u8>, bool)> {
        let opened = self.site.opened()?;
        let (rows, next) = page_of(opened, &self.viewer, &mut self.asked, A_BATCH).await?;
        let listed: Vec<Reference> = rows.iter().map(|row| row.reference).collect();
        let answers = opened.desk.answers_of(&listed).await.map_err(away)?;
        let lines = rows
            .iter()
            .flat_map(|row| table::line(self.sheet.row(row, answers.get(&row.reference).map_or(&[], Vec::as_slice))));
        let (bytes, more) = (lines.collect(), next.is_some());
        self.asked.cursor = next;
        Ok((bytes, more))
    }
}

/// The questions of a topic that have a column, by name, with what stands at its head: those of the newest version, then
/// those of earlier ones.
fn columns(versions: &[Questionnaire], words: Words) -> Vec<(String, String)> {
    let mut columns: Vec<(String, String)> = Vec::new();
    for question in versions.iter().flat_map(|version| &version.questions) {
        if columns.iter().all(|(name, _)| *name != question.name) {
            columns.push((question.name.clone(), question.labels.text(words.language).to_owned()));
        }
    }
    columns
}

/// What a line is made with.
struct Sheet {
    words: Words,
    /// The topic whose questions have columns.
    topic: Option<String>,
    questions: Vec<(String, String)>,
    directory: Arc<Directory>,
}

impl Sheet {
    fn head(&self) -> Vec<String> {
        let titles = [
            "column-reference",
            "table-received",
            "status",
            "priority",
            "channel",
            "division",
            "topic",
            "column-subject",
            "log-name",
            "log-reading",
            "log-organisation",
            "email",
            "language",
            "assignee",
            "table-answered",
        ];
        let titles = titles.into_iter().map(|key| self.words.say(key));
        let questions = self.questions.iter().map(|(_, label)| label.clone());
        titles.chain(questions).chain([self.words.say("table-answers")]).collect()
    }

    fn row(&self, ticket: &Listed, given: &[Given]) -> Vec<String> {
        let language = self.words.language;
        let division = self.directory.division(ticket.division).or_else(|| self.directory.divisions.first());
        let zone = division.map_or(TimeZone::UTC, |division| division.calendar.zone.clone());
        let at = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let named = |set: &str, name: &str| self.words.say(&format!("{set}-{name}"));
        let topic = self.directory.topic(&ticket.topic).map(|topic| topic.names.text(language));
        let mut cells = vec![
            ticket.reference.to_string(),
            at(ticket.created_at),
            named("status", ticket.status.name()),
            named("priority", ticket.priority.name()),
            named("channel", ticket.channel.name()),
            division.map(|division| division.names.text(language).to_owned()).unwrap_or_default(),
            topic.unwrap_or(&ticket.topic).to_owned(),
            ticket.subject.clone(),
            ticket.name.clone(),
            ticket.reading.clone(),
            ticket.organisation.clone(),
            ticket.address.clone().unwrap_or_default(),
            ticket.language.map(|language| named("language", language.name())).unwrap_or_default(),
            ticket.assignee.clone().unwrap_or_default(),
            ticket.answered_at.map(at).unwrap_or_default(),
        ];
        cells.extend(self.answers(given));
        cells
    }

    /// The answers in their columns, and in the last cell those that have none. A form that came later is another one; what
    /// staff wrote down later adds to it.
    fn answers(&self, given: &[Given]) -> Vec<String> {
        let mut cells = vec![String::new(); self.questions.len()];
        let mut others: Vec<((&str, String), String)> = Vec::new();
        for (channel, one) in given {
            let has_columns = Some(&one.questionnaire.topic) == self.topic.as_ref();
            if *channel == Channel::Web {
                others.retain(|((topic, _), _)| *topic != one.questionnaire.topic);
                cells.iter_mut().filter(|_| has_columns).for_each(String::clear);
            }
            for line in lines(one, self.words.language) {
                let Some(answer) = line.answer else { continue };
                let column = self.questions.iter().position(|(name, _)| has_columns && line.name == *name);
                if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
                    answer.words().clone_into(cell);
                    continue;
                }
                let question = (one.questionnaire.topic.as_str(), line.name);
                let parts = [("question", line.label.into()), ("answer", answer.words().into())];
                let said = self.words.tell("table-answer", &parts);
                others.retain(|(earlier, _)| *earlier != question);
                others.push((question, said));
            }
        }
        cells.push(others.into_iter().map(|(_, said)| said).collect::<Vec<_>>().join("\n"));
        cells
    }
}
