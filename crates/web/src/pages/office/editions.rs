//! Editions: assembled, looked at with what they change and how good they are, and released by two voices.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::Action;
use documents::numbers;
use operations::issuer::editions::{self, Shown, Summary};
use operations::issuer::partners::{self, DeliveryState};
use serde::Deserialize;
use watchlist::Delta;

use super::{Member, OwnKey, back, refused, settings};
use crate::desk::Desk;
use crate::pages::form::Checked;
use crate::pages::{Page, day, shown};

/// How long an edition is valid where nothing else is typed.
const USUAL_DAYS: i64 = 92;

#[derive(Template)]
#[template(path = "office/editions.html")]
struct ListPage {
    page: Page,
    title: String,
    all: Vec<Row>,
    may_assemble: bool,
    days: i64,
}

struct Row {
    one: Summary,
    issued_at: String,
    valid_until: String,
}

#[derive(Template)]
#[template(path = "office/edition.html")]
struct EditionPage {
    page: Page,
    number: u64,
    state: String,
    voices: usize,
    content: String,
    /// How good it is: what, and its figure.
    figures: Vec<(String, String)>,
    new: Vec<(String, String)>,
    changed: Vec<(String, Vec<FieldRow>)>,
    withdrawn: Vec<(String, String, &'static str)>,
    deliveries: Vec<DeliveryRow>,
    /// What approvers sign next: step and words.
    requests: Vec<(&'static str, String)>,
    may_release: bool,
    may_deliver: bool,
}

/// A field of an entry, what it said, and what it says.
type FieldRow = (String, String, String);

struct DeliveryRow {
    one: DeliveryState,
    reminded: String,
}

#[derive(Deserialize)]
pub(crate) struct Assembled {
    #[serde(default)]
    days: String,
}

pub(crate) async fn list(State(desk): State<Desk>, member: Member) -> Response {
    let page = member.page.clone();
    let list = match settings(&desk, &page) {
        Ok(settings) => settings.list,
        Err(response) => return response,
    };
    let all = async { editions::list(&mut desk.store.look().await?, &list.id).await };
    let all = match all.await {
        Ok(all) => all,
        Err(error) => return refused(&page, &error),
    };
    let text = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| page.day(day));
    let row = |one: Summary| Row { issued_at: text(one.issued_at), valid_until: text(one.valid_until), one };
    let mut all: Vec<Row> = all.into_iter().map(row).collect();
    all.sort_by_key(|row| std::cmp::Reverse(row.one.number));
    shown(&ListPage {
        title: list.title,
        all,
        may_assemble: member.may(Action::Release),
        days: USUAL_DAYS,
        page: page.clone(),
    })
}

pub(crate) async fn assemble(
    State(desk): State<Desk>,
    member: Member,
    Checked(typed): Checked<Assembled>,
) -> Response {
    let page = &member.page;
    let list = match settings(&desk, page) {
        Ok(settings) => settings.list,
        Err(response) => return response,
    };
    let now = (desk.now)();
    let days = typed.days.trim().parse().ok();
    let Some(dates) = days.and_then(|days| editions::dates(day(now), days)) else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "office-days");
    };
    match editions::assemble(&desk.store, &member.id, list, dates, now).await {
        Ok(made) => Redirect::to(&format!("/office/editions/{}", made.summary.number)).into_response(),
        Err(error) => refused(page, &error),
    }
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member, Path(number): Path<u64>) -> Response {
    let page = &member.page;
    let list = match settings(&desk, page) {
        Ok(settings) => settings.list.id,
        Err(response) => return response,
    };
    let asked = async {
        let mut look = desk.store.look().await?;
        let edition = editions::show(&mut look, &list, number).await?;
        // Who does not deliver is not shown to whom it went.
        let deliveries = partners::deliveries(&mut look, &member.id, &list, number).await.unwrap_or_default();
        Ok((edition, deliveries))
    };
    match asked.await {
        Ok((edition, deliveries)) => {
            let mut shown_page = edition_page(&member, &edition, deliveries);
            if shown_page.may_deliver && matches!(edition.summary.state.as_str(), "prepared" | "sealed") {
                shown_page.requests = super::publishing::words(&desk, number).await;
            }
            shown(&shown_page)
        }
        Err(error) => refused(page, &error),
    }
}

fn edition_page(member: &Member, one: &Shown, deliveries: Vec<DeliveryState>) -> EditionPage {
    let page = &member.page;
    let delta = one.previous.as_ref().map(|previous| watchlist::delta(previous, &one.edition));
    let row = |one: DeliveryState| DeliveryRow {
        reminded: one.reminded_on.map_or_else(String::new, |day| page.day(day)),
        one,
    };
    EditionPage {
        number: one.summary.number,
        state: one.summary.state.clone(),
        voices: one.summary.voices,
        content: one.summary.content_root.clone(),
        figures: figures(one, page),
        new: new_entries(one, delta.as_ref()),
        changed: delta.as_ref().map_or_else(Vec::new, changes),
        withdrawn: delta.as_ref().map_or_else(Vec::new, withdrawals),
        deliveries: deliveries.into_iter().map(row).collect(),
        requests: Vec::new(),
        may_release: member.may(Action::ConfirmRelease) && one.summary.state == "assembled",
        may_deliver: member.may(Action::Deliver),
        page: page.clone(),
    }
}

fn figures(one: &Shown, page: &Page) -> Vec<(String, String)> {
    let on = one.edition.issued_at.unwrap_or(jiff::civil::Date::MAX);
    let figures =
        watchlist::quality(&one.edition, one.previous.as_ref(), on, matching::identifiers::strength_of);
    let count = |number: usize| numbers::count(number as u64, page.language);
    let last = one.edition.valid_until.map_or_else(String::new, |day| page.day(day));
    let mut all = vec![
        (page.t("valid-until"), last),
        (page.t("entries"), count(figures.entries)),
        (page.t("suspended"), count(figures.suspended)),
        (page.t("new-entries"), count(figures.new)),
        (page.t("observed-again"), count(figures.renewed)),
        (page.t("withdrawn-entries"), count(figures.withdrawn)),
        (
            page.t("distinctive"),
            numbers::percent(figures.with_distinctive as u64, figures.entries as u64, page.language),
        ),
    ];
    if let Some(ages) = &figures.observation_age {
        all.push((page.t("age-median"), ages.median_days.to_string()));
        all.push((page.t("age-oldest"), ages.oldest_days.to_string()));
    }
    all
}

/// All entries are new in the first edition.
fn new_entries(one: &Shown, delta: Option<&Delta>) -> Vec<(String, String)> {
    let named = |entry: &watchlist::Entry| (entry.id.0.clone(), entry.title().to_owned());
    match delta {
        Some(delta) => delta.newly_listed().map(named).collect(),
        None => one.edition.entries.iter().filter(|entry| entry.stands()).map(named).collect(),
    }
}

fn changes(delta: &Delta) -> Vec<(String, Vec<FieldRow>)> {
    let text = |value: Option<String>| value.unwrap_or_default();
    let row = |one: &watchlist::EntryChange| {
        let fields = one.differences().into_iter();
        let fields = fields.map(|one| (one.field.to_owned(), text(one.old), text(one.new)));
        (one.id.0.clone(), fields.collect())
    };
    delta.changed.iter().map(row).collect()
}

fn withdrawals(delta: &Delta) -> Vec<(String, String, &'static str)> {
    let row = |one: &watchlist::WithdrawnEntry| {
        let reason = watchlist::format::v1::withdrawal_reason(one.withdrawal().reason);
        (one.id().0.clone(), one.old.title().to_owned(), reason)
    };
    delta.withdrawn.iter().map(row).collect()
}

/// One of the two voices that release an edition.
pub(crate) async fn approve(
    State(desk): State<Desk>,
    member: Member,
    Path(number): Path<u64>,
    OwnKey(key): OwnKey,
) -> Response {
    let page = &member.page;
    let list = match settings(&desk, page) {
        Ok(settings) => settings.list.id,
        Err(response) => return response,
    };
    let done = editions::approve(&desk.store, &member.id, &list, number, &key, (desk.now)()).await;
    back(page, &format!("/office/editions/{number}"), done.map(drop))
}
