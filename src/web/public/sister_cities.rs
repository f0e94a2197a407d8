//! The directory of sister cities: narrowed down by place, looked through, and asked about.

use std::collections::BTreeSet;

use poem::web::{Data, Path};
use poem::{Request, Response, Result, handler};

use crate::domain::language::Language;
use crate::domain::sister_city::{Country, Entry, Home, Partner, Prefecture, Since, Tie, Truth};
use crate::language::{Words, dates, places};
use crate::search::Match;
use crate::web::answer;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::shell::{Section, Translated};
use crate::web::public::view::sister_cities::{Affiliation, Choice, Seeker, Side, SisterCitiesPage};
use crate::web::query;
use crate::web::site::Site;

/// The topic of questions about it.
const TOPIC: &str = "sister-cities";
/// Affiliations on one page.
const A_PAGE: usize = 50;
/// Seekers that are shown.
const MOST_SEEKERS: usize = 200;
/// Characters of what was typed that are read.
const LONGEST_TYPED: usize = 200;

/// What was asked for.
struct Wanted {
    typed: String,
    prefecture: Option<Prefecture>,
    country: Option<Country>,
    page: usize,
}

impl Wanted {
    /// `?q=&prefecture=&country=&page=`. What cannot be read is as if it were not there.
    fn read(request: &Request) -> Self {
        let asked = |name| query::first(request, name);
        Self {
            typed: asked("q").unwrap_or_default().trim().chars().take(LONGEST_TYPED).collect(),
            prefecture: asked("prefecture").and_then(|code| Prefecture::new(code.parse().ok()?)),
            country: asked("country").and_then(|code| Country::new(&code)),
            page: asked("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
        }
    }

    fn takes(&self, entry: &Entry) -> bool {
        let (home, partner) = (entry.home(), entry.partner());
        self.prefecture.is_none_or(|wanted| home.is_some_and(|home| home.prefecture == wanted))
            && self.country.is_none_or(|wanted| partner.is_some_and(|partner| partner.country == wanted))
    }

    fn is_everything(&self) -> bool {
        self.typed.is_empty() && self.prefecture.is_none() && self.country.is_none()
    }

    fn query(&self, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.typed.is_empty() {
            query.append_pair("q", &self.typed);
        }
        if let Some(prefecture) = self.prefecture {
            query.append_pair("prefecture", &prefecture.code().to_string());
        }
        if let Some(country) = self.country {
            query.append_pair("country", &country.to_string());
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        query.finish()
    }
}

/// The directory.
#[handler]
pub async fn list(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let wanted = Wanted::read(request);
    let all = &public.sister_cities;
    let (found, how) = match wanted.typed.is_empty() {
        true => ((0..all.entries.len()).collect(), Match::Exact),
        false => {
            let found = all.index.find(&wanted.typed);
            (found.entries, found.how)
        }
    };
    let entries = found.into_iter().filter_map(|at| all.entries.get(at)).filter(|entry| wanted.takes(entry));
    let (ties, seeking): (Vec<&Entry>, Vec<&Entry>) = entries.partition(|entry| entry.wish().is_none());
    let pages = ties.len().div_ceil(A_PAGE).max(1);
    let page = wanted.page.min(pages);
    let sayer = Sayer { language: public.language, words: Words::public(public.language) };
    let affiliations = ties.iter().skip((page - 1) * A_PAGE).take(A_PAGE).filter_map(|entry| sayer.affiliation(entry));

    let mut shell = public.shell(Section::SisterCities, "sister-cities");
    if !wanted.is_everything() || page > 1 {
        shell.ask_in_every_language(&wanted.query(page));
    }
    shell.title = shell.words.say("sister-cities");
    shell.description = shell.words.say("sister-cities-lead");
    let another = |other: usize| {
        (1..=pages).contains(&other).then(|| shell.path(&format!("sister-cities?{}", wanted.query(other))))
    };
    Ok(answer::kept(&SisterCitiesPage {
        affiliations: affiliations.collect(),
        seekers: seeking.iter().take(MOST_SEEKERS).filter_map(|entry| sayer.seeker(entry)).collect(),
        count: ties.len(),
        is_resembling: how == Match::Resembling && !(ties.is_empty() && seeking.is_empty()),
        before: another(page - 1),
        after: another(page + 1),
        prefectures: sayer.prefectures(&all.entries, wanted.prefecture),
        countries: sayer.countries(&all.entries, wanted.country),
        ask: sayer.form(&wanted.typed),
        offer: sayer.form(&shell.words.say("sister-cities-offer-subject")),
        typed: wanted.typed,
        shell,
    }))
}

/// Says entries in a language.
struct Sayer {
    language: Language,
    words: Words,
}

impl Sayer {
    fn home(&self, home: &Home) -> Side {
        let place = places::prefecture(home.prefecture, self.language).to_owned();
        Side { name: Translated::of(&home.names, self.language), place }
    }

    fn partner(&self, partner: &Partner) -> Side {
        let place = places::country(partner.country, self.language).to_owned();
        Side { name: Translated::of(&partner.names, self.language), place }
    }

    /// A side in a sentence: "Wakakusa (Miyagi)".
    fn in_full(&self, side: &Side) -> String {
        let parts = [("name", side.name.text.as_str().into()), ("place", side.place.as_str().into())];
        self.words.tell("sister-cities-side", &parts)
    }

    fn since(&self, since: Since) -> (String, String) {
        (dates::since(self.language, since), since.to_string())
    }

    fn affiliation(&self, entry: &Entry) -> Option<Affiliation> {
        let Tie::Affiliation { home, partner, since } = &entry.tie else { return None };
        let (home, partner) = (self.home(home), self.partner(partner));
        let both = [("home", self.in_full(&home).into()), ("partner", self.in_full(&partner).into())];
        Some(Affiliation {
            ask: self.form(&self.words.tell("sister-cities-ask-subject", &both)),
            ask_name: self.words.tell("sister-cities-ask-of", &both),
            since: since.map(|since| self.since(since)),
            is_example: entry.truth == Truth::Example,
            home,
            partner,
        })
    }

    fn seeker(&self, entry: &Entry) -> Option<Seeker> {
        let (who, wish) = match &entry.tie {
            Tie::HomeSeeks { home, wish } => (self.home(home), wish),
            Tie::PartnerSeeks { partner, wish } => (self.partner(partner), wish),
            Tie::Affiliation { .. } => return None,
        };
        Some(Seeker {
            ask: self.form(&self.words.with("sister-cities-seeker-subject", "who", self.in_full(&who))),
            ask_name: self.words.with("sister-cities-seeker-of", "who", self.in_full(&who)),
            wish: Translated::of(wish, self.language),
            is_example: entry.truth == Truth::Example,
            who,
        })
    }

    /// The form with its topic and subject filled in.
    fn form(&self, subject: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("topic", TOPIC);
        if !subject.is_empty() {
            query.append_pair("subject", subject);
        }
        format!("/{}/enquiries/new?{}", self.language, query.finish())
    }

    /// From the north to the south, as in every list of prefectures.
    fn prefectures(&self, entries: &[Entry], chosen: Option<Prefecture>) -> Vec<Choice> {
        let all: BTreeSet<Prefecture> = entries.iter().filter_map(|entry| Some(entry.home()?.prefecture)).collect();
        let choice = |place: Prefecture| Choice {
            code: place.code().to_string(),
            name: places::prefecture(place, self.language).to_owned(),
            is_chosen: chosen == Some(place),
        };
        all.into_iter().map(choice).collect()
    }

    fn countries(&self, entries: &[Entry], chosen: Option<Country>) -> Vec<Choice> {
        let all: BTreeSet<Country> = entries.iter().filter_map(|entry| Some(entry.partner()?.country)).collect();
        let choice = |place: Country| Choice {
            code: place.to_string(),
            name: places::country(place, self.language).to_owned(),
            is_chosen: chosen == Some(place),
        };
        let mut choices: Vec<Choice> = all.into_iter().map(choice).collect();
        choices.sort_by_cached_key(|choice| crate::search::fold(&choice.name));
        choices
    }
}
