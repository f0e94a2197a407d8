//! Search within the site.

use jiff::Timestamp;
use poem::web::{Data, Path};
use poem::{Request, Response, Result, handler};

use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::page::Page;
use crate::mail::markdown::plain;
use crate::search::{self, Found, Hit, Match, Piece};
use crate::web::answer;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::search::{Elsewhere, Outcome, Result as Shown, SearchPage};
use crate::web::public::view::shell::{Listing, Section};
use crate::web::query;
use crate::web::site::Site;

/// What a page shows of what was found.
const MOST_SHOWN: usize = 30;
/// Characters of what was typed that are read.
const LONGEST_TYPED: usize = 200;
/// Characters of a text that are looked through for the line to show, and of a line at once.
const MOST_READ: usize = 5_000;
const LONGEST_PIECE: usize = 400;
/// Characters of a line that is shown.
const LONGEST_LINE: usize = 140;

/// What was found.
#[handler]
pub async fn found(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let typed: String = query::first(request, "q").unwrap_or_default().trim().chars().take(LONGEST_TYPED).collect();
    let nothing = || Found { entries: Vec::new(), marked: search::Query::parse(""), how: Match::Exact };
    let pages = public.published.index(public.language).map_or_else(nothing, |index| index.find(&typed));
    let directory = public.sister_cities.index.find(&typed);
    // What was typed exactly makes what only resembles it superfluous.
    let is_exact = [&pages, &directory].iter().any(|found| found.how == Match::Exact && !found.entries.is_empty());
    let [pages, directory] =
        [pages, directory].map(|found| if is_exact && found.how == Match::Resembling { nothing() } else { found });
    let Found { entries, marked, .. } = pages;
    let pages = entries.iter().filter_map(|at| public.published.catalogue.pages.get(*at));
    let results: Vec<Shown> = pages.take(MOST_SHOWN).filter_map(|page| result(&public, page, &marked)).collect();
    let outcome = match () {
        () if typed.is_empty() => Outcome::Blank,
        () if results.is_empty() && directory.entries.is_empty() => Outcome::Nothing,
        () if is_exact => Outcome::Found,
        () => Outcome::Resembling,
    };
    let again = form_urlencoded::Serializer::new(String::new()).append_pair("q", &typed).finish();
    let elsewhere = match outcome {
        Outcome::Nothing | Outcome::Resembling => elsewhere(&public, &typed, &again),
        Outcome::Blank | Outcome::Found => Vec::new(),
    };
    if outcome == Outcome::Nothing
        && elsewhere.is_empty()
        && site.may_vote(request)
        && let Err(error) = site.opened()?.desk.search_missed(&typed, public.language, Timestamp::now()).await
    {
        // Who searches is not to wait, or to be refused, for the sake of a list for staff.
        tracing::warn!(%error, "a search that found nothing could not be listed");
    }
    let mut shell = public.shell(Section::Search, "search");
    if !typed.is_empty() {
        shell.ask_in_every_language(&again);
    }
    shell.title = match outcome {
        Outcome::Blank => shell.words.say("search"),
        _ => shell.words.with("search-title", "typed", typed.as_str()),
    };
    shell.listing = Listing::Unlisted;
    let subject = form_urlencoded::Serializer::new(String::new()).append_pair("subject", &typed).finish();
    let count = directory.entries.len();
    Ok(answer::ok(&SearchPage {
        directory: (count > 0).then(|| (count, shell.path(&format!("sister-cities?{again}")))),
        ask: shell.path(&format!("enquiries/new?{subject}")),
        elsewhere,
        more: entries.len().saturating_sub(MOST_SHOWN),
        typed,
        outcome,
        results,
        shell,
    }))
}

/// Where the words themselves stand in pages of other languages.
fn elsewhere(public: &PublicDesk, typed: &str, again: &str) -> Vec<Elsewhere> {
    let others = Language::ALL.iter().copied().filter(|language| *language != public.language);
    let with_finds = others.filter_map(|language| {
        let Found { entries, how, .. } = public.published.index(language)?.find(typed);
        let href = format!("/{language}/search?{again}");
        let other = Elsewhere { language, count: entries.len(), href };
        (how == Match::Exact && other.count > 0).then_some(other)
    });
    with_finds.collect()
}

fn result(public: &PublicDesk, page: &Page, marked: &search::Query) -> Option<Shown> {
    let (written_in, text) = page.texts.for_reader(public.language)?;
    let listed = public.list_entry(page, written_in, text);
    let body: String = plain(&text.body).chars().take(MOST_READ).collect();
    let lines = std::iter::once(text.summary.as_str()).chain(body.lines()).flat_map(pieces_of);
    let lines = lines.filter(|line| !line.trim().is_empty());
    let words = crate::language::Words::public(public.language);
    Some(Shown {
        kind: words.say(&format!("page-kind-{}", page.kind)),
        title: search::mark(&text.title, marked),
        line: line(lines, marked),
        page: listed,
    })
}

/// A line in pieces that are quickly marked; nobody sees more of it than one of them.
fn pieces_of(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(LONGEST_PIECE).map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The first line with something that was looked for, cut so that it is seen; without one the first.
fn line<'a>(lines: impl Iterator<Item = &'a str>, marked: &search::Query) -> Vec<Piece> {
    let mut first = None;
    for line in lines {
        let pieces = search::mark(line, marked);
        if let Some(hit) = pieces.iter().position(|piece| piece.hit == Hit::Yes) {
            return cut(pieces, hit);
        }
        first.get_or_insert(pieces);
    }
    first.map(|pieces| cut(pieces, 0)).unwrap_or_default()
}

fn cut(mut pieces: Vec<Piece>, hit: usize) -> Vec<Piece> {
    const BEFORE: usize = 40;
    let length: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
    if length <= LONGEST_LINE {
        return pieces;
    }
    let before: usize = pieces[..hit].iter().map(|piece| piece.text.chars().count()).sum();
    if let Some(skipped) = before.checked_sub(BEFORE).filter(|skipped| *skipped > 0) {
        let mut skipped = skipped;
        pieces.retain_mut(|piece| {
            let count = piece.text.chars().count();
            let gone = skipped.min(count);
            piece.text = piece.text.chars().skip(gone).collect();
            skipped -= gone;
            !piece.text.is_empty()
        });
        pieces.insert(0, Piece { text: "…".to_owned(), hit: Hit::No });
    }
    let mut room = LONGEST_LINE;
    let is_long = pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>() > LONGEST_LINE;
    pieces.retain_mut(|piece| {
        piece.text = piece.text.chars().take(room).collect();
        room -= piece.text.chars().count();
        !piece.text.is_empty()
    });
    if is_long {
        pieces.push(Piece { text: "…".to_owned(), hit: Hit::No });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::search::Query;

    #[test]
    fn the_line_with_the_hit_is_cut_round_it() {
        let long = format!("{}姉妹都市{}", "前".repeat(100), "後".repeat(200));
        let shown = |lines: &[&str], typed: &str| -> String {
            line(lines.iter().copied(), &Query::parse(typed)).into_iter().map(|piece| piece.text).collect()
        };
        assert_eq!(shown(&["はじめ", "姉妹都市の話"], "姉妹"), "姉妹都市の話");
        assert_eq!(shown(&["はじめ", "つぎ"], "姉妹"), "はじめ");
        let cut = shown(&[&long], "姉妹都市");
        assert!(cut.starts_with("…前") && cut.contains("姉妹都市") && cut.ends_with("後…"), "{cut}");
        assert!(cut.chars().count() <= 142, "{cut}");
    }
}
