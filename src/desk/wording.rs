//! The wording of automatic messages: what administrators made of it.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;

use crate::desk::house::Settled;
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError, writing};
use crate::domain::change::Refusal;
use crate::domain::division::Directory;
use crate::domain::language::Language;
use crate::domain::letter::OwnPage;
use crate::domain::reference::Reference;
use crate::domain::wording::{Automatic, Wording, Wordings};
use crate::language::Words;
use crate::mail::letter::{self, Acknowledgement, Written};
use crate::mail::own_page;
use crate::postgres::column::Word;
use crate::postgres::schema::{organisation, staff, wordings};

/// Who changed a wording, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which message.
    pub message: Automatic,
    /// In which language.
    pub language: Language,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Reads what was changed.
pub(super) async fn read(connection: &mut AsyncPgConnection) -> Result<Wordings, DeskError> {
    let rows: Vec<(Word<Automatic>, Word<Language>, String, String)> = wordings::table
        .select((wordings::message, wordings::language, wordings::subject, wordings::body))
        .load(connection)
        .await?;
    let changed = rows.into_iter().map(|(message, language, subject, body)| {
        let key = (message.0, language.0);
        (key, Wording { subject, body })
    });
    Ok(changed.collect())
}

async fn write(
    connection: &mut AsyncPgConnection,
    viewer: &Viewer,
    (message, language): (Automatic, Language),
    wording: Option<&Wording>,
    now: Timestamp,
) -> Result<(), DeskError> {
    let Some(wording) = wording else {
        let row = wordings::table.find((Word(message), Word(language)));
        diesel::delete(row).execute(connection).await?;
        return Ok(());
    };
    let changed = (
        wordings::subject.eq(&wording.subject),
        wordings::body.eq(&wording.body),
        wordings::changed_at.eq(jiff_diesel::Timestamp::from(now)),
        wordings::changed_by.eq(viewer.id),
    );
    diesel::insert_into(wordings::table)
        .values((wordings::message.eq(Word(message)), wordings::language.eq(Word(language)), changed))
        .on_conflict((wordings::message, wordings::language))
        .do_update()
        .set(changed)
        .execute(connection)
        .await?;
    Ok(())
}

impl Desk {
    /// Which wordings were changed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn changed_wordings(&self) -> Result<Vec<Changed>, DeskError> {
        let mut connection = self.database.connection().await?;
        let rows: Vec<(Word<Automatic>, Word<Language>, String, jiff_diesel::Timestamp)> = wordings::table
            .inner_join(staff::table)
            .select((wordings::message, wordings::language, staff::name, wordings::changed_at))
            .load(&mut connection)
            .await?;
        let changed = rows.into_iter().map(|(message, language, by, at)| Changed {
            message: message.0,
            language: language.0,
            by,
            at: at.to_jiff(),
        });
        Ok(changed.collect())
    }

    /// Has a message say something else from now on; without a wording, what the program says. Only if `still_so` says
    /// that what it says is what was shown: asked while nobody else can change it.
    ///
    /// # Errors
    /// [`Refusal::MayOnlyRead`] for all but administrators.
    pub async fn word(
        &self,
        viewer: &Viewer,
        (message, language): (Automatic, Language),
        wording: Option<&Wording>,
        still_so: &(dyn Fn(Option<&Wording>) -> bool + Sync),
        now: Timestamp,
    ) -> Result<Settled, DeskError> {
        if !viewer.role.may_administer() {
            return Err(Refusal::MayOnlyRead.into());
        }
        let mut connection = self.database.connection().await?;
        let settled = connection
            .transaction::<_, DeskError, _>(async |connection| {
                organisation::table.select(organisation::id).for_update().first::<i16>(connection).await?;
                if !still_so(read(connection).await?.of(message, language)) {
                    return Ok(Settled::Held);
                }
                write(connection, viewer, (message, language), wording, now).await?;
                tracing::info!(%message, %language, changed = wording.is_some(), "an administrator worded a message");
                Ok(Settled::Done)
            })
            .await;
        self.directory.stale().await;
        settled
    }

    /// What somebody would get, with an example of an enquiry.
    #[must_use]
    pub fn preview(
        &self,
        directory: &Directory,
        message: Automatic,
        language: Language,
        wording: &Wording,
        now: Timestamp,
    ) -> Option<Written> {
        let [division, ..] = &directory.divisions[..] else { return None };
        let words = Words::public(language);
        let (name, subject) = (words.say("wording-sample-name"), words.say("wording-sample-subject"));
        let reference = Reference::from_number(123);
        let signature = |language| writing::signature(directory, division, language);
        let mut written = match message {
            Automatic::Acknowledgement => {
                let promise = division.calendar.promise(now).at.to_zoned(division.calendar.zone.clone()).date();
                let facts = Acknowledgement { reference, name: &name, subject: &subject, promise };
                letter::acknowledgement(&[language], &facts, |_| Some(wording.clone()), signature)
            }
            Automatic::Links => letter::links(language, &[(reference, subject)], Some(wording), &signature(language)),
        };
        let page = OwnPage { ticket: reference, language };
        let link = format!("{}{}?key=…", self.public_url, own_page::path(language, reference));
        written.text = written.text.replace(&own_page::placeholder(&page), &link);
        Some(written)
    }
}
