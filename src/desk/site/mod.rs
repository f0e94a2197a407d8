//! What the public reads and looks for: the pages as they are published, with what finds them; how they are written stands
//! in [`pages`].

pub mod pages;
pub mod readers;
pub mod sister_cities;

use std::sync::Arc;

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::desk::{Desk, DeskError};
use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::page::{Catalogue, Page, PageKind, PageTexts};
use crate::mail::markdown::plain;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{page_versions, pages as pages_table};
use crate::search::{Entry, Index};

/// What the public sees, with what finds it.
#[derive(Default)]
pub struct Published {
    /// The pages.
    pub catalogue: Catalogue,
    /// What they were made of.
    marks: Vec<Mark>,
    indices: Vec<(Language, Index)>,
}

impl Published {
    fn new(catalogue: Catalogue, marks: Vec<Mark>) -> Self {
        let index =
            |language| (language, Index::new(catalogue.pages.iter().map(|page| entry(page, language)).collect()));
        let indices = Language::ALL.iter().copied().map(index).collect();
        Self { catalogue, marks, indices }
    }

    /// What finds the pages as readers of a language see them; its entries stand in the order of the catalogue.
    #[must_use]
    pub fn index(&self, language: Language) -> Option<&Index> {
        self.indices.iter().find(|(other, _)| *other == language).map(|(_, index)| index)
    }
}

/// A page as its readers look for it: what answers questions comes behind what they are about.
fn entry(page: &Page, language: Language) -> Entry {
    let Some((_, text)) = page.texts.for_reader(language) else { return Entry::default() };
    let entry = Entry::new(&text.title, &text.search_words, &format!("{}\n{}", text.summary, plain(&text.body)));
    match page.kind {
        PageKind::Programme | PageKind::Conference => entry.preferred(),
        PageKind::Question | PageKind::News | PageKind::Information => entry,
    }
}

impl Desk {
    /// What the public sees, at most five seconds old.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published(&self) -> Result<Arc<Published>, DeskError> {
        self.published
            .get(async {
                let mut connection = self.database.connection().await?;
                let marks = read_marks(&mut connection).await?;
                // Cutting all texts into words costs more than everything else, and they hardly ever change.
                match self.published.last().await.filter(|last| last.marks == marks) {
                    Some(unchanged) => Ok(unchanged),
                    None => Ok(Arc::new(Published::new(read(&mut connection).await?, marks))),
                }
            })
            .await
    }

    /// What the public saw last, however old.
    pub async fn published_as_last_read(&self) -> Option<Arc<Published>> {
        self.published.last().await
    }
}

/// A page, where it stands, and which of its versions is public: whatever changes in it changes this.
type Mark = (Uuid, String, Word<PageKind>, Option<String>, i32, Option<i32>);

async fn read_marks(connection: &mut AsyncPgConnection) -> Result<Vec<Mark>, DeskError> {
    let marks = pages_table::table.order(pages_table::id).select((
        pages_table::id,
        pages_table::slug,
        pages_table::kind,
        pages_table::topic,
        pages_table::position,
        pages_table::published_version,
    ));
    Ok(marks.load(connection).await?)
}

type PageRow = (
    Uuid,
    String,
    Word<PageKind>,
    Option<String>,
    Json<PageTexts>,
    Option<jiff_diesel::Timestamp>,
    jiff_diesel::Timestamp,
);

async fn read(connection: &mut AsyncPgConnection) -> Result<Catalogue, DeskError> {
    let is_published = page_versions::page_id
        .eq(pages_table::id)
        .and(page_versions::version.nullable().eq(pages_table::published_version));
    let rows: Vec<PageRow> = pages_table::table
        .inner_join(page_versions::table.on(is_published))
        .order((pages_table::position, pages_table::slug))
        .select((
            pages_table::id,
            pages_table::slug,
            pages_table::kind,
            pages_table::topic,
            page_versions::texts,
            pages_table::published_at,
            page_versions::saved_at,
        ))
        .load(connection)
        .await?;
    let page = |(id, slug, Word(kind), topic, Json(texts), published_at, saved_at): PageRow| {
        let updated_at = saved_at.to_jiff();
        Page {
            id,
            slug,
            kind,
            topic,
            texts,
            published_at: published_at.map_or(updated_at, |at| at.to_jiff()),
            updated_at,
        }
    };
    Ok(Catalogue { pages: rows.into_iter().map(page).collect() })
}
