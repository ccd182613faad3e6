//! The table of routes. Tests go through it, so that no route is forgotten by them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::desk::Desk;
use crate::handed_in::LARGEST_FILE;
use crate::{api, guard, pages};

use Area::{Anyone, House, Office, Open};

/// A form without a file.
const SHORT_FORM: usize = 64 * 1024;

/// One route, as tests ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    pub method: &'static str,
    /// With an id filled in.
    pub path: &'static str,
    pub area: Area,
}

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Everybody, before any login.
    Open,
    /// Everybody who is logged in.
    Anyone,
    /// People of a hoster.
    House,
    /// People of the unit that issues a list.
    Office,
}

impl Route {
    /// Whether it is only for who is logged in.
    pub fn is_behind_login(&self) -> bool {
        self.area != Area::Open
    }
}

const fn route(method: &'static str, path: &'static str, area: Area) -> Route {
    Route { method, path, area }
}

/// Every route of the desk.
pub const ROUTES: &[Route] = &[
    route("GET", "/login", Open),
    route("POST", "/login", Open),
    route("GET", "/style.css", Open),
    route("GET", "/desk.js", Open),
    route("GET", "/health", Open),
    route("GET", "/metrics", Open),
    route("GET", "/api/v1/openapi.json", Open),
    route("GET", "/api/v1/reference", Open),
    route("POST", "/login/demo", Open),
    route("GET", "/login/openid", Open),
    route("GET", "/login/openid/back", Open),
    route("POST", "/logout", Anyone),
    route("GET", "/", Anyone),
    route("GET", "/hits", House),
    route("GET", "/hits/1", House),
    route("POST", "/hits/1", House),
    route("GET", "/decisions", House),
    route("POST", "/decisions", House),
    route("POST", "/decisions/D-0001/approve", House),
    route("POST", "/decisions/D-0001/letter", House),
    route("POST", "/letters/ask", House),
    route("GET", "/receipt", House),
    route("GET", "/receipt/paper", House),
    route("POST", "/receipt/paper/send", House),
    route("GET", "/account", Anyone),
    route("POST", "/account/second-factor", Anyone),
    route("POST", "/account/second-factor/remove", Anyone),
    route("GET", "/editions", House),
    route("GET", "/applications", House),
    route("GET", "/applications/report", House),
    route("GET", "/applications/papers/declaration", House),
    route("GET", "/applications/AP-1", House),
    route("GET", "/applications/AP-1/message", House),
    route("POST", "/applications/AP-1/ask", House),
    route("POST", "/applications/AP-1/check", House),
    route("POST", "/applications/AP-1/register", House),
    route("POST", "/applications/AP-1/judge", House),
    route("POST", "/applications/AP-1/release", House),
    route("POST", "/applications/AP-1/refuse", House),
    route("POST", "/applications/AP-1/second", House),
    route("POST", "/applications/AP-1/object", House),
    route("POST", "/applications/AP-1/again", House),
    route("POST", "/applications/AP-1/ended", House),
    route("GET", "/receive", House),
    route("POST", "/receive", House),
    route("POST", "/receive/list", House),
    route("GET", "/screening", House),
    route("POST", "/screening", House),
    route("POST", "/screening/again", House),
    route("POST", "/screening/forget", House),
    route("GET", "/screening/look", House),
    route("POST", "/screening/look/columns", House),
    route("POST", "/screening/look/start", House),
    route("POST", "/screening/look/forget", House),
    route("GET", "/continuous", House),
    route("GET", "/screening/manifest", House),
    route("GET", "/dossier", House),
    route("GET", "/hits/1/attachments/A-000001", House),
    route("POST", "/hits/1/assignment", House),
    route("POST", "/hits/1/notes", House),
    route("POST", "/hits/1/attachments", House),
    route("POST", "/hits/1/attachments/A-000001/remove", House),
    route("POST", "/views", House),
    route("GET", "/impact?customer=K-1", House),
    route("GET", "/dossier.pdf", House),
    route("GET", "/subjects", House),
    route("GET", "/subjects?customer=K-1", House),
    route("GET", "/subjects/paper?customer=K-1", House),
    route("POST", "/subjects/restrict", House),
    route("POST", "/subjects/lift", House),
    route("POST", "/subjects/erase", House),
    route("GET", "/privacy", House),
    route("GET", "/privacy.pdf", House),
    route("GET", "/privacy/register.csv", House),
    route("POST", "/privacy/retention", House),
    route("GET", "/account/tokens", Anyone),
    route("POST", "/account/tokens", Anyone),
    route("POST", "/account/tokens/0000000000000000/revoke", Anyone),
    route("GET", "/office", Office),
    route("GET", "/office/evidence", Office),
    route("POST", "/office/evidence", Office),
    route("GET", "/office/evidence/EV-0001", Office),
    route("GET", "/office/evidence/EV-0001/files/1", Office),
    route("POST", "/office/evidence/EV-0001/describe", Office),
    route("POST", "/office/evidence/EV-0001/seal", Office),
    route("POST", "/office/evidence/EV-0001/restricted", Office),
    route("GET", "/office/entries", Office),
    route("GET", "/office/entries/new", Office),
    route("POST", "/office/entries/new", Office),
    route("GET", "/office/entries/E-1", Office),
    route("GET", "/office/entries/E-1/edit", Office),
    route("GET", "/office/entries/E-1/page.pdf", Office),
    route("POST", "/office/entries/E-1/edit", Office),
    route("POST", "/office/entries/E-1/ground", Office),
    route("POST", "/office/entries/E-1/observe", Office),
    route("POST", "/office/entries/E-1/criterion", Office),
    route("POST", "/office/entries/E-1/propose", Office),
    route("POST", "/office/entries/E-1/send-back", Office),
    route("POST", "/office/entries/E-1/revise", Office),
    route("POST", "/office/entries/E-1/merge", Office),
    route("GET", "/office/entries/E-1/split", Office),
    route("POST", "/office/entries/E-1/split", Office),
    route("POST", "/office/entries/E-1/approve", Office),
    route("POST", "/office/entries/E-1/suspend", Office),
    route("POST", "/office/entries/E-1/lift", Office),
    route("POST", "/office/entries/E-1/withdraw", Office),
    route("POST", "/office/entries/E-1/drop-voice", Office),
    route("GET", "/office/deconfliction", Office),
    route("POST", "/office/deconfliction", Office),
    route("GET", "/office/editions", Office),
    route("POST", "/office/editions", Office),
    route("GET", "/office/editions/1", Office),
    route("POST", "/office/editions/1/approve", Office),
    route("POST", "/office/editions/1/prepare", Office),
    route("POST", "/office/editions/1/seal", Office),
    route("POST", "/office/editions/1/publish", Office),
    route("POST", "/office/editions/1/refresh", Office),
    route("POST", "/office/editions/1/acknowledge", Office),
    route("GET", "/office/editions/1/requests/statements", Office),
    route("GET", "/office/editions/1/letters/hoster-north", Office),
    route("GET", "/office/partners", Office),
    route("POST", "/office/partners", Office),
    route("GET", "/office/partners/hoster-north", Office),
    route("POST", "/office/partners/hoster-north", Office),
    route("POST", "/office/partners/hoster-north/enrol", Office),
    route("POST", "/office/partners/hoster-north/suspend", Office),
    route("GET", "/office/contests", Office),
    route("POST", "/office/contests", Office),
    route("GET", "/office/contests/CT-0001", Office),
    route("POST", "/office/contests/CT-0001/acknowledge", Office),
    route("POST", "/office/contests/CT-0001/assign", Office),
    route("POST", "/office/contests/CT-0001/decide", Office),
    route("GET", "/office/receipts", Office),
    route("POST", "/office/receipts", Office),
    route("GET", "/office/disclosures", Office),
];

/// The desk as a service.
pub fn router(desk: Desk) -> Router {
    let inside = Router::new()
        .route("/", get(pages::overview::show))
        .route("/logout", post(pages::login::log_out))
        .route("/account", get(pages::account::show))
        .route("/account/second-factor", post(pages::account::enrol))
        .route("/account/second-factor/remove", post(pages::account::remove))
        .route("/account/tokens", get(pages::tokens::show).post(pages::tokens::issue))
        .route("/account/tokens/{id}/revoke", post(pages::tokens::revoke))
        .merge(house().layer(from_fn_with_state(desk.clone(), guard::of_house)))
        .merge(office().layer(from_fn(guard::of_office)))
        .layer(from_fn_with_state(desk.clone(), guard::logged_in));
    Router::new()
        .merge(inside)
        .merge(api::router())
        .route("/login", get(pages::login::show).post(pages::login::log_in))
        .route("/login/demo", post(pages::login::log_in_to_demo))
        .route("/login/openid", get(pages::sign_in::begin))
        .route("/login/openid/back", get(pages::sign_in::end))
        .route("/style.css", get(pages::style))
        .route("/desk.js", get(pages::script))
        .route("/health", get(pages::health))
        .route("/metrics", get(pages::metrics::show))
        .fallback(pages::not_found)
        // The uploads have a limit of their own, which counts, since it is set later.
        .layer(DefaultBodyLimit::max(SHORT_FORM))
        .layer(from_fn(guard::headers))
        .with_state(desk)
}

/// The pages about orders of new customers.
fn sign_ups() -> Router<Desk> {
    use pages::sign_ups::{application, deeds, message, papers, queue, report};
    Router::new()
        .route("/applications", get(queue::show))
        .route("/applications/report", get(report::show))
        .route("/applications/papers/{which}", get(papers::show))
        .route("/applications/{id}", get(application::show))
        .route("/applications/{id}/message", get(message::show))
        .route("/applications/{id}/ask", post(deeds::ask))
        .route("/applications/{id}/check", post(deeds::check))
        .route("/applications/{id}/register", post(deeds::register))
        .route("/applications/{id}/judge", post(deeds::judge))
        .route("/applications/{id}/release", post(deeds::release))
        .route("/applications/{id}/refuse", post(deeds::refuse))
        .route("/applications/{id}/second", post(deeds::second))
        .route("/applications/{id}/object", post(deeds::object))
        .route("/applications/{id}/again", post(deeds::again))
        .route("/applications/{id}/ended", post(deeds::ended))
}

/// The pages of a hoster.
fn house() -> Router<Desk> {
    let uploads = Router::new()
        .route("/receive", get(pages::receive::show).post(pages::receive::delivery))
        .route("/receive/list", post(pages::receive::list))
        .route("/screening", get(pages::screening::show).post(pages::look::take))
        .route("/screening/again", post(pages::screening::again))
        .route("/screening/forget", post(pages::screening::forget))
        .route("/screening/look", get(pages::look::show))
        .route("/screening/look/columns", post(pages::look::map))
        .route("/screening/look/start", post(pages::look::start))
        .route("/screening/look/forget", post(pages::look::forget))
        .route("/hits/{number}/attachments", post(pages::casework::attach))
        .layer(DefaultBodyLimit::max(LARGEST_FILE + SHORT_FORM));
    Router::new()
        .merge(uploads)
        .merge(sign_ups())
        .route("/hits", get(pages::hits::list))
        .route("/hits/{number}", get(pages::hit::show).post(pages::hit::judge))
        .route("/hits/{number}/assignment", post(pages::casework::assign))
        .route("/hits/{number}/notes", post(pages::casework::note))
        .route("/hits/{number}/attachments/{id}", get(pages::casework::file))
        .route("/hits/{number}/attachments/{id}/remove", post(pages::casework::detach))
        .route("/views", post(pages::casework::view))
        .route("/impact", get(pages::impact::show))
        .route("/decisions", get(pages::decisions::list).post(pages::decisions::make))
        .route("/decisions/{id}/approve", post(pages::decisions::approve))
        .route("/decisions/{id}/letter", post(pages::letters::reasons))
        .route("/receipt", get(pages::receipt::show))
        .route("/receipt/{list}", get(pages::receipt::file))
        .route("/receipt/{list}/send", post(pages::receipt::send_it))
        .route("/letters/ask", post(pages::letters::ask))
        .route("/editions", get(pages::editions::list))
        .route("/continuous", get(pages::continuous::show))
        .route("/screening/manifest", get(pages::screening::manifest))
        .route("/dossier", get(pages::dossier::show))
        .route("/dossier.pdf", get(pages::dossier::pdf))
        .route("/subjects", get(pages::subjects::show))
        .route("/subjects/paper", get(pages::subjects::paper))
        .route("/subjects/restrict", post(pages::subjects::restrict))
        .route("/subjects/lift", post(pages::subjects::lift))
        .route("/subjects/erase", post(pages::subjects::erase))
        .route("/privacy", get(pages::privacy::show))
        .route("/privacy.pdf", get(pages::privacy::pdf))
        .route("/privacy/register.csv", get(pages::privacy::register))
        .route("/privacy/retention", post(pages::privacy::run_retention))
}

/// The pages of the unit that issues a list.
fn office() -> Router<Desk> {
    use pages::office::{
        contests, deconfliction, disclosures, editions, entries, evidence, overview, partners, publishing,
        receipts,
    };
    let uploads = Router::new()
        .route("/office/evidence", get(evidence::list).post(evidence::add))
        .route("/office/evidence/{id}/describe", post(evidence::describe))
        .route("/office/entries/{id}/approve", post(entries::approve))
        .route("/office/entries/{id}/lift", post(entries::lift))
        .route("/office/entries/{id}/withdraw", post(entries::withdraw))
        .route("/office/editions/{number}/approve", post(editions::approve))
        .route("/office/editions/{number}/seal", post(publishing::seal))
        .route("/office/editions/{number}/publish", post(publishing::publish))
        .route("/office/partners/{id}/enrol", post(partners::enrol))
        .route("/office/receipts", get(receipts::show).post(receipts::import))
        .layer(DefaultBodyLimit::max(LARGEST_FILE + SHORT_FORM));
    Router::new()
        .merge(uploads)
        .route("/office", get(overview::show))
        .route("/office/evidence/{id}", get(evidence::show))
        .route("/office/evidence/{id}/files/{number}", get(evidence::file))
        .route("/office/evidence/{id}/seal", post(evidence::seal))
        .route("/office/evidence/{id}/restricted", post(evidence::restricted))
        .route("/office/entries", get(entries::list))
        .route("/office/entries/new", get(entries::new).post(entries::begin))
        .route("/office/entries/{id}", get(entries::show))
        .route("/office/entries/{id}/edit", get(entries::edit_form).post(entries::edit))
        .route("/office/entries/{id}/page.pdf", get(entries::pdf))
        .route("/office/entries/{id}/ground", post(entries::ground))
        .route("/office/entries/{id}/observe", post(entries::observe))
        .route("/office/entries/{id}/criterion", post(entries::criterion))
        .route("/office/entries/{id}/propose", post(entries::propose))
        .route("/office/entries/{id}/send-back", post(entries::send_back))
        .route("/office/entries/{id}/revise", post(entries::revise))
        .route("/office/entries/{id}/merge", post(entries::merge))
        .route("/office/entries/{id}/split", get(entries::split_form).post(entries::split))
        .route("/office/entries/{id}/suspend", post(entries::suspend))
        .route("/office/entries/{id}/drop-voice", post(entries::drop_voice))
        .route("/office/deconfliction", get(deconfliction::show).post(deconfliction::ask))
        .route("/office/editions", get(editions::list).post(editions::assemble))
        .route("/office/editions/{number}", get(editions::show))
        .route("/office/editions/{number}/requests/{step}", get(publishing::request))
        .route("/office/editions/{number}/prepare", post(publishing::prepare))
        .route("/office/editions/{number}/refresh", post(publishing::refresh))
        .route("/office/editions/{number}/acknowledge", post(publishing::acknowledge))
        .route("/office/editions/{number}/letters/{partner}", get(publishing::letter))
        .route("/office/partners", get(partners::list).post(partners::add))
        .route("/office/partners/{id}", get(partners::show).post(partners::change))
        .route("/office/partners/{id}/suspend", post(partners::suspend))
        .route("/office/contests", get(contests::list).post(contests::receive))
        .route("/office/contests/{id}", get(contests::show))
        .route("/office/contests/{id}/acknowledge", post(contests::acknowledge))
        .route("/office/contests/{id}/assign", post(contests::assign))
        .route("/office/contests/{id}/decide", post(contests::decide))
        .route("/office/disclosures", get(disclosures::show))
}
