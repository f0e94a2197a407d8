//! The directory of sister cities: read as a whole, and replaced as a whole.

use std::sync::Arc;

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;

use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::division::Names;
use crate::domain::sister_city::{Country, Entry, Home, Partner, Prefecture, Tie, Truth};
use crate::language::places;
use crate::postgres::DatabaseError;
use crate::postgres::column::Json;
use crate::postgres::schema::{sister_cities, sister_city_list, staff};
use crate::search::{self, Index};

/// The directory, with what finds its entries.
#[derive(Default)]
pub struct SisterCities {
    /// How often it was replaced.
    pub version: i32,
    /// The entries in their order.
    pub entries: Vec<Entry>,
    /// What finds them, whatever the language that they are looked for in.
    pub index: Index,
}

/// Who last replaced the directory, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// When.
    pub at: Timestamp,
    /// Who; none of what the program came with.
    pub by: Option<String>,
}

/// What became of replacing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// It is done.
    Done,
    /// Somebody else replaced it meanwhile.
    Held,
}

/// Entries that are written with one statement.
const AT_A_TIME: usize = 500;

impl Desk {
    /// The directory, at most five seconds old.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sister_cities(&self) -> Result<Arc<SisterCities>, DeskError> {
        self.sister_cities
            .get(async {
                let mut connection = self.database.connection().await?;
                let version = sister_city_list::table.select(sister_city_list::version).first(&mut connection).await?;
                match self.sister_cities.last().await.filter(|last| last.version == version) {
                    Some(unchanged) => Ok(unchanged),
                    None => Ok(Arc::new(SisterCities::new(version, read(&mut connection).await?))),
                }
            })
            .await
    }

    /// The directory as it was last read, however old.
    pub async fn sister_cities_as_last_read(&self) -> Option<Arc<SisterCities>> {
        self.sister_cities.last().await
    }

    /// Who last replaced it, and when.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sister_cities_taken(&self) -> Result<Taken, DeskError> {
        let mut connection = self.database.connection().await?;
        let (at, by): (jiff_diesel::Timestamp, Option<String>) = sister_city_list::table
            .left_join(staff::table.on(sister_city_list::taken_by.eq(staff::id.nullable())))
            .select((sister_city_list::taken_at, staff::name.nullable()))
            .first(&mut connection)
            .await?;
        Ok(Taken { at: at.to_jiff(), by })
    }

    /// Replaces the directory, unless it is no longer the one that `after` says.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn replace_sister_cities(
        &self,
        viewer: &Viewer,
        after: i32,
        entries: &[Entry],
        now: Timestamp,
    ) -> Result<Replaced, DeskError> {
        let mut connection = self.database.connection().await?;
        let replaced = connection
            .transaction::<_, DeskError, _>(async |connection| {
                let was = sister_city_list::table.filter(sister_city_list::version.eq(after));
                let next = (
                    sister_city_list::version.eq(after + 1),
                    sister_city_list::taken_at.eq(jiff_diesel::Timestamp::from(now)),
                    sister_city_list::taken_by.eq(viewer.id),
                );
                if diesel::update(was).set(next).execute(connection).await? == 0 {
                    return Ok(Replaced::Held);
                }
                diesel::delete(sister_cities::table).execute(connection).await?;
                let rows: Vec<_> = (1_i32..).zip(entries).map(|(position, entry)| row(position, entry)).collect();
                for rows in rows.chunks(AT_A_TIME) {
                    diesel::insert_into(sister_cities::table).values(rows).execute(connection).await?;
                }
                Ok(Replaced::Done)
            })
            .await?;
        self.sister_cities.stale().await;
        Ok(replaced)
    }
}

impl SisterCities {
    fn new(version: i32, entries: Vec<Entry>) -> Self {
        let index = Index::new(entries.iter().map(found_by).collect());
        Self { version, entries, index }
    }
}

/// What an entry is found by: its names in all languages, and those of where it lies.
fn found_by(entry: &Entry) -> search::Entry {
    let names = entry.home().map(|home| &home.names).into_iter().chain(entry.partner().map(|partner| &partner.names));
    let names: Vec<&str> = names.flat_map(Names::all).collect();
    let home = entry.home().map_or(&[][..], |home| places::prefecture_names(home.prefecture));
    let elsewhere = entry.partner().map_or(&[][..], |partner| places::country_names(partner.country));
    let wish: Vec<&str> = entry.wish().into_iter().flat_map(Names::all).collect();
    search::Entry::new(&names.join(" "), &[home, elsewhere].concat().join(" "), &wish.join("\n"))
}

#[derive(diesel::Insertable, diesel::Queryable)]
#[diesel(table_name = sister_cities)]
struct Row {
    position: i32,
    prefecture: Option<i16>,
    home: Option<Json<Names>>,
    country: Option<String>,
    partner: Option<Json<Names>>,
    since: Option<String>,
    wish: Option<Json<Names>>,
    is_example: bool,
}

fn row(position: i32, entry: &Entry) -> Row {
    Row {
        position,
        prefecture: entry.home().map(|home| i16::from(home.prefecture.code())),
        home: entry.home().map(|home| Json(home.names.clone())),
        country: entry.partner().map(|partner| partner.country.to_string()),
        partner: entry.partner().map(|partner| Json(partner.names.clone())),
        since: entry.since().map(|since| since.to_string()),
        wish: entry.wish().map(|wish| Json(wish.clone())),
        is_example: entry.truth == Truth::Example,
    }
}

async fn read(connection: &mut AsyncPgConnection) -> Result<Vec<Entry>, DeskError> {
    let rows: Vec<Row> = sister_cities::table.order(sister_cities::position).load(connection).await?;
    rows.into_iter().map(|row| entry(&row).ok_or_else(|| bad(row.position))).collect()
}

fn bad(position: i32) -> DeskError {
    DatabaseError::Row(format!("sister city {position} is neither an affiliation nor somebody who looks for one"))
        .into()
}

fn entry(row: &Row) -> Option<Entry> {
    let home = match (row.prefecture, &row.home) {
        (Some(code), Some(Json(names))) => {
            Some(Home { prefecture: Prefecture::new(u8::try_from(code).ok()?)?, names: names.clone() })
        }
        _ => None,
    };
    let partner = match (&row.country, &row.partner) {
        (Some(code), Some(Json(names))) => Some(Partner { country: Country::new(code)?, names: names.clone() }),
        _ => None,
    };
    let wish = row.wish.as_ref().map(|Json(wish)| wish.clone());
    let tie = match (home, partner, wish) {
        (Some(home), Some(partner), None) => {
            let since = row.since.as_ref().map(|since| since.parse()).transpose().ok()?;
            Tie::Affiliation { home, partner, since }
        }
        (Some(home), None, Some(wish)) => Tie::HomeSeeks { home, wish },
        (None, Some(partner), Some(wish)) => Tie::PartnerSeeks { partner, wish },
        _ => return None,
    };
    Some(Entry { tie, truth: if row.is_example { Truth::Example } else { Truth::Real } })
}
