//! What readers leave behind, without being remembered: whether a page was helpful, and what nothing was found for.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::desk::{Desk, DeskError};
use crate::domain::language::Language;
use crate::domain::named::named;
use crate::postgres::column::Word;
use crate::postgres::schema::{missed_searches, page_votes};
use crate::search::fold;

named! {
    /// What a reader says of a page.
    pub enum Vote as "vote" {
        /// It helped.
        Helpful = "yes",
        /// It did not.
        Unhelpful = "no",
        /// It answered them, who were about to ask.
        Answered = "answered",
    }
}

/// Something that nothing was found for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// As it was typed the last time.
    pub typed: String,
    /// On pages of which language.
    pub language: Language,
    /// How often.
    pub times: i32,
    /// When it was last looked for.
    pub last_at: Timestamp,
}

/// Searches that staff are shown.
const MOST_SHOWN: i64 = 200;
/// Searches that are kept at the most: a robot that tries words must not fill the disk.
const MOST_KEPT: i64 = 5_000;

impl Desk {
    /// Counts what a reader says of a page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn vote(&self, page: Uuid, language: Language, vote: Vote, now: Timestamp) -> Result<(), DeskError> {
        let (helpful, unhelpful, answered) = match vote {
            Vote::Helpful => (1, 0, 0),
            Vote::Unhelpful => (0, 1, 0),
            Vote::Answered => (0, 0, 1),
        };
        let mut connection = self.database.connection().await?;
        diesel::insert_into(page_votes::table)
            .values((
                page_votes::page_id.eq(page),
                page_votes::language.eq(Word(language)),
                page_votes::day.eq(jiff_diesel::Date::from(now.to_zoned(TimeZone::UTC).date())),
                page_votes::helpful.eq(helpful),
                page_votes::unhelpful.eq(unhelpful),
                page_votes::answered.eq(answered),
            ))
            .on_conflict((page_votes::page_id, page_votes::language, page_votes::day))
            .do_update()
            .set((
                page_votes::helpful.eq(page_votes::helpful + helpful),
                page_votes::unhelpful.eq(page_votes::unhelpful + unhelpful),
                page_votes::answered.eq(page_votes::answered + answered),
            ))
            .execute(&mut connection)
            .await?;
        Ok(())
    }

    /// Keeps what nothing was found for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search_missed(&self, typed: &str, language: Language, now: Timestamp) -> Result<(), DeskError> {
        let typed: String = typed.chars().take(200).collect();
        let folded: String = fold(&typed).trim().chars().take(200).collect();
        let mut connection = self.database.connection().await?;
        let kept: i64 = missed_searches::table.count().get_result(&mut connection).await?;
        let last_at = missed_searches::last_at.eq(jiff_diesel::Timestamp::from(now));
        let one_more =
            (missed_searches::times.eq(missed_searches::times + 1), missed_searches::typed.eq(&typed), last_at);
        if kept >= MOST_KEPT {
            let row = missed_searches::table.find((&folded, Word(language)));
            diesel::update(row).set(one_more).execute(&mut connection).await?;
            return Ok(());
        }
        diesel::insert_into(missed_searches::table)
            .values((
                missed_searches::folded.eq(&folded),
                missed_searches::language.eq(Word(language)),
                missed_searches::typed.eq(&typed),
                last_at,
            ))
            .on_conflict((missed_searches::folded, missed_searches::language))
            .do_update()
            .set(one_more)
            .execute(&mut connection)
            .await?;
        Ok(())
    }

    /// What nothing was found for, the most wanted first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn missed_searches(&self) -> Result<Vec<Missed>, DeskError> {
        let mut connection = self.database.connection().await?;
        let rows: Vec<(String, Word<Language>, i32, jiff_diesel::Timestamp)> = missed_searches::table
            .order((missed_searches::times.desc(), missed_searches::last_at.desc()))
            .limit(MOST_SHOWN)
            .select((
                missed_searches::typed,
                missed_searches::language,
                missed_searches::times,
                missed_searches::last_at,
            ))
            .load(&mut connection)
            .await?;
        let missed = |(typed, Word(language), times, last_at): (_, _, _, jiff_diesel::Timestamp)| Missed {
            typed,
            language,
            times,
            last_at: last_at.to_jiff(),
        };
        Ok(rows.into_iter().map(missed).collect())
    }
}
