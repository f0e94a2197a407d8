//! How staff write pages: every saving is a version; what the public sees is one of them.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl,
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::change::Refusal;
use crate::domain::page::{PageKind, PageTexts};
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{page_versions, page_votes, pages, staff};

/// A page as staff see it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Key.
    pub id: Uuid,
    /// Name in paths.
    pub slug: String,
    /// Where it is listed.
    pub kind: PageKind,
    /// The topic of questions about it.
    pub topic: Option<String>,
    /// Order among its kind.
    pub position: i32,
    /// The version last saved.
    pub latest_version: i32,
    /// The version that the public sees.
    pub published_version: Option<i32>,
    /// What the last version says.
    pub texts: PageTexts,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// By whom; none of what the program came with.
    pub saved_by: Option<String>,
}

/// One saving of a page.
#[derive(Debug, Clone)]
pub struct Version {
    /// Counted from 1.
    pub version: i32,
    /// What it says.
    pub texts: PageTexts,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// By whom; none of what the program came with.
    pub saved_by: Option<String>,
}

/// What readers said of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Votes {
    /// It helped.
    pub helpful: i64,
    /// It did not.
    pub unhelpful: i64,
    /// It answered somebody who was about to ask.
    pub answered: i64,
}

/// Where a page stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name in paths.
    pub slug: String,
    /// Where it is listed.
    pub kind: PageKind,
    /// The topic of questions about it.
    pub topic: Option<String>,
    /// Order among its kind.
    pub position: i32,
}

/// Whether the public sees what is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// It goes on seeing what it saw, if anything.
    Draft,
    /// From now on.
    Published,
    /// It sees the page no longer.
    Withdrawn,
}

/// What became of a saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is this version.
    As(i32),
    /// Somebody saved the page meanwhile.
    Held,
    /// Another page has the slug.
    SlugTaken,
}

/// Pages that are listed.
const MOST_LISTED: i64 = 1_000;
/// Versions that are shown.
const MOST_VERSIONS: i64 = 200;

type DraftRow = (
    (Uuid, String, Word<PageKind>, Option<String>, i32, i32, Option<i32>),
    (Json<PageTexts>, jiff_diesel::Timestamp, Option<String>),
);

impl Desk {
    /// All pages as they were last saved.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn drafts(&self) -> Result<Vec<Draft>, DeskError> {
        self.read_drafts(None).await
    }

    /// A page as it was last saved.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is none of that slug.
    pub async fn draft(&self, slug: &str) -> Result<Draft, DeskError> {
        self.read_drafts(Some(slug)).await?.pop().ok_or(DeskError::NotFound { what: "page" })
    }

    async fn read_drafts(&self, slug: Option<&str>) -> Result<Vec<Draft>, DeskError> {
        let mut connection = self.database.connection().await?;
        let is_latest = page_versions::page_id.eq(pages::id).and(page_versions::version.eq(pages::latest_version));
        let mut query = pages::table
            .inner_join(page_versions::table.on(is_latest))
            .left_join(staff::table.on(page_versions::saved_by.eq(staff::id.nullable())))
            .order((pages::kind, pages::position, pages::slug))
            .limit(MOST_LISTED)
            .select((
                (
                    pages::id,
                    pages::slug,
                    pages::kind,
                    pages::topic,
                    pages::position,
                    pages::latest_version,
                    pages::published_version,
                ),
                (page_versions::texts, page_versions::saved_at, staff::name.nullable()),
            ))
            .into_boxed();
        if let Some(slug) = slug {
            query = query.filter(pages::slug.eq(slug.to_owned()));
        }
        let rows: Vec<DraftRow> = query.load(&mut connection).await?;
        Ok(rows.into_iter().map(draft).collect())
    }

    /// The versions of a page, the last one first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn page_versions(&self, page: Uuid) -> Result<Vec<Version>, DeskError> {
        let mut connection = self.database.connection().await?;
        let rows: Vec<(i32, Json<PageTexts>, jiff_diesel::Timestamp, Option<String>)> = page_versions::table
            .left_join(staff::table)
            .filter(page_versions::page_id.eq(page))
            .order(page_versions::version.desc())
            .limit(MOST_VERSIONS)
            .select((page_versions::version, page_versions::texts, page_versions::saved_at, staff::name.nullable()))
            .load(&mut connection)
            .await?;
        let version = |(version, Json(texts), saved_at, saved_by): (_, _, jiff_diesel::Timestamp, _)| Version {
            version,
            texts,
            saved_at: saved_at.to_jiff(),
            saved_by,
        };
        Ok(rows.into_iter().map(version).collect())
    }

    /// What readers said of a page, in all languages and days together.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn votes(&self, page: Uuid) -> Result<Votes, DeskError> {
        use diesel::dsl::sum;
        let mut connection = self.database.connection().await?;
        type Sums = (Option<i64>, Option<i64>, Option<i64>);
        let (helpful, unhelpful, answered): Sums = page_votes::table
            .filter(page_votes::page_id.eq(page))
            .select((sum(page_votes::helpful), sum(page_votes::unhelpful), sum(page_votes::answered)))
            .first(&mut connection)
            .await?;
        Ok(Votes {
            helpful: helpful.unwrap_or_default(),
            unhelpful: unhelpful.unwrap_or_default(),
            answered: answered.unwrap_or_default(),
        })
    }

    /// Saves a page as a new version. `after` is the version that was gone on from; none makes a new page.
    ///
    /// # Errors
    /// [`Refusal::MayOnlyRead`] for those who only read.
    pub async fn save_page(
        &self,
        viewer: &Viewer,
        after: Option<(Uuid, i32)>,
        place: &Place,
        texts: &PageTexts,
        publication: Publication,
        now: Timestamp,
    ) -> Result<Saved, DeskError> {
        if !viewer.role.may_change() {
            return Err(Refusal::MayOnlyRead.into());
        }
        let mut connection = self.database.connection().await?;
        let saved = connection
            .transaction::<_, DeskError, _>(async move |connection| {
                let holder: Option<Uuid> = pages::table
                    .filter(pages::slug.eq(&place.slug))
                    .select(pages::id)
                    .first(connection)
                    .await
                    .optional()?;
                if holder.is_some_and(|holder| after.is_none_or(|(page, _)| page != holder)) {
                    return Ok(Saved::SlugTaken);
                }
                let placed = (
                    pages::slug.eq(&place.slug),
                    pages::kind.eq(Word(place.kind)),
                    pages::topic.eq(&place.topic),
                    pages::position.eq(place.position),
                );
                let (page, version) = match after {
                    None => {
                        let page = Uuid::now_v7();
                        diesel::insert_into(pages::table)
                            .values((pages::id.eq(page), placed, pages::latest_version.eq(1)))
                            .execute(connection)
                            .await?;
                        (page, 1)
                    }
                    Some((page, before)) => {
                        let unchanged = pages::table.find(page).filter(pages::latest_version.eq(before));
                        let moved = diesel::update(unchanged)
                            .set((placed, pages::latest_version.eq(before + 1)))
                            .execute(connection)
                            .await?;
                        if moved == 0 {
                            return Ok(Saved::Held);
                        }
                        (page, before + 1)
                    }
                };
                diesel::insert_into(page_versions::table)
                    .values((
                        page_versions::page_id.eq(page),
                        page_versions::version.eq(version),
                        page_versions::texts.eq(Json(texts)),
                        page_versions::saved_at.eq(jiff_diesel::Timestamp::from(now)),
                        page_versions::saved_by.eq(viewer.id),
                    ))
                    .execute(connection)
                    .await?;
                publish(connection, page, version, publication, now).await?;
                Ok(Saved::As(version))
            })
            .await?;
        if let Saved::As(version) = saved {
            tracing::info!(page = place.slug, version, ?publication, "a page was saved");
            self.published.stale().await;
        }
        Ok(saved)
    }
}

async fn publish(
    connection: &mut diesel_async::AsyncPgConnection,
    page: Uuid,
    version: i32,
    publication: Publication,
    now: Timestamp,
) -> Result<(), DeskError> {
    let row = pages::table.find(page);
    match publication {
        Publication::Draft => {}
        Publication::Withdrawn => {
            diesel::update(row).set(pages::published_version.eq(None::<i32>)).execute(connection).await?;
        }
        Publication::Published => {
            let now = jiff_diesel::Timestamp::from(now);
            diesel::update(row.filter(pages::published_at.is_null()))
                .set(pages::published_at.eq(now))
                .execute(connection)
                .await?;
            diesel::update(row).set(pages::published_version.eq(version)).execute(connection).await?;
        }
    }
    Ok(())
}

fn draft((place, text): DraftRow) -> Draft {
    let (id, slug, Word(kind), topic, position, latest_version, published_version) = place;
    let (Json(texts), saved_at, saved_by) = text;
    let saved_at = saved_at.to_jiff();
    Draft { id, slug, kind, topic, position, latest_version, published_version, texts, saved_at, saved_by }
}
