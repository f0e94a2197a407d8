//! The web: every route stands in [`routes`], grouped by who calls.
//!
//! A page is a struct with its template, in a `view`; a handler makes one of what the desk knows. Every answer gets its
//! policies in [`answer`]; no handler's error shows its cause to a visitor.

pub mod answer;
pub mod assets;
mod delivery;
pub mod form;
pub mod health;
pub mod kept;
mod logo;
pub mod public;
mod query;
pub mod questionnaire;
pub mod seal;
pub mod server;
pub mod site;
pub mod staff;
mod theme;
pub mod view;

use poem::{Endpoint, EndpointExt, Response, Route, get, post};

use crate::web::site::Site;

/// All routes of the desk.
pub fn routes(site: Site) -> impl Endpoint<Output = Response> + 'static {
    Route::new()
        // Machines
        .at("/healthz", get(health::alive))
        .at("/readyz", get(health::ready))
        .at("/assets/:name", get(assets::asset))
        .at("/robots.txt", get(public::feed::robots))
        .at("/sitemap.xml", get(public::feed::sitemap))
        // The public
        .at("/", get(public::start::by_language))
        .at("/:lang", get(public::start::without_slash))
        .at("/:lang/", get(public::start::start))
        .at("/:lang/pages/:slug", get(public::page::read))
        .at("/:lang/pages/:slug/helpful", post(public::page::helpful))
        .at("/:lang/questions", get(public::page::questions))
        .at("/:lang/sister-cities", get(public::sister_cities::list))
        .at("/:lang/search", get(public::search::found))
        .at("/:lang/news.atom", get(public::feed::news))
        .at("/:lang/sitemap", get(public::feed::site_map))
        .at("/:lang/privacy", get(public::start::privacy))
        .at("/:lang/enquiries/new", get(public::enquiry::blank))
        .at("/:lang/enquiries", get(public::enquiry::elsewhere).post(public::enquiry::send))
        .at("/:lang/enquiries/files", post(public::enquiry::upload))
        .at("/:lang/suggestions", get(public::suggestions::suggest))
        .at("/:lang/enquiries/:reference", get(public::own::read).post(public::own::act))
        .at("/:lang/enquiries/:reference/files/:file", get(public::own::download))
        .at("/:lang/enquiries/:reference/all", get(public::own_whole::whole))
        .at("/:lang/links", get(public::links::blank).post(public::links::send))
        .at("/:lang/receipts/:receipt", get(public::receipt::receipt))
        // Staff
        .at("/staff", get(staff::dashboard::dashboard))
        .at("/staff/login", get(staff::sign_in::page).post(staff::sign_in::sign_in))
        .at("/staff/logout", post(staff::sign_in::sign_out))
        .at("/staff/language", post(staff::sign_in::language))
        .at("/staff/setup/:token", get(staff::set_up::page).post(staff::set_up::choose))
        .at("/staff/tickets", get(staff::list::list))
        .at("/staff/tickets.csv", get(staff::export::tickets))
        .at("/staff/tickets/new", get(staff::log::page).post(staff::log::log))
        .at("/staff/tickets/:reference", get(staff::ticket::page))
        .at("/staff/tickets/:reference/:deed", get(staff::ticket::back).post(staff::deed::deed))
        .at("/staff/letters/:message", get(staff::download::letter))
        .at("/staff/attachments/:attachment", get(staff::download::attachment))
        .at("/staff/arrivals", get(staff::arrivals::list))
        .at("/staff/arrivals/:arrival", get(staff::arrivals::raw))
        .at("/staff/arrivals/:arrival/look", get(staff::quarantine::look))
        .at("/staff/arrivals/:arrival/again", get(staff::quarantine::look).post(staff::quarantine::read_again))
        .at("/staff/arrivals/:arrival/ticket", get(staff::quarantine::look).post(staff::quarantine::by_hand))
        .at("/staff/pages", get(staff::site::list))
        .at("/staff/pages/new", get(staff::site::blank).post(staff::site::make))
        .at("/staff/pages/:slug", get(staff::site::page).post(staff::site::save))
        .at("/staff/pages/:slug/versions", get(staff::site::versions::list).post(staff::site::versions::go_back))
        .at("/staff/sister-cities", get(staff::sister_cities::overview).post(staff::sister_cities::replace))
        .at("/staff/sister-cities/file", get(staff::sister_cities::download))
        .at("/staff/settings/wording", get(staff::wording::list))
        .at("/staff/settings/wording/:message/:language", get(staff::wording::page).post(staff::wording::save))
        .at("/staff/settings", get(staff::settings::list))
        .at("/staff/settings/logo", get(staff::settings::logo::look).post(staff::settings::logo::set))
        .at("/staff/settings/*path", get(staff::settings::read).post(staff::settings::save))
        .at("/staff/outbox", get(staff::outbox::list))
        .at("/staff/outbox/:letter/:decision", post(staff::outbox::decide))
        .around(answer::with_policies)
        .data(site)
}
