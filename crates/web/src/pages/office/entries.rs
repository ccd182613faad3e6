//! Entries: the list of them, and the form in which one is begun and changed. Below it are the page about one, the paper
//! that is filed, and each step from a draft to the list.

mod joining;
mod page;
mod paper;
mod steps;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::Action;
use operations::issuer::entries::{self, Summary};
use serde::Deserialize;
use watchlist::EntryId;
use watchlist::format::v1;

use super::entry_form::{EntryForm, TYPES, Wrong};
use super::{Member, back, refused, settings};
use crate::desk::Desk;
use crate::pages::form::Checked;
use crate::pages::{Page, day, shown};

pub(crate) use joining::{merge, split, split_form};
pub(crate) use page::show;
pub(crate) use paper::{paper, pdf};
pub(crate) use steps::{
    approve, criterion, drop_voice, ground, lift, observe, propose, reason, revise, send_back, suspend,
    withdraw,
};

/// States of an entry, for the filter.
const STATES: [&str; 7] = ["draft", "proposed", "seconded", "approved", "listed", "suspended", "withdrawn"];

#[derive(Template)]
#[template(path = "office/entries.html")]
struct ListPage {
    page: Page,
    all: Vec<Row>,
    state: String,
    states: [&'static str; 7],
    may_propose: bool,
}

struct Row {
    one: Summary,
    last_observed: String,
    review_by: String,
    is_due: bool,
}

#[derive(Template)]
#[template(path = "office/entry_form.html")]
struct FormPage {
    page: Page,
    form: EntryForm,
    types: Vec<&'static str>,
    is_new: bool,
    /// What cannot be used: the text for it, and the line.
    wrong: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    state: String,
}

pub(crate) async fn list(State(desk): State<Desk>, member: Member, Query(filter): Query<Filter>) -> Response {
    let page = member.page.clone();
    let today = day((desk.now)());
    let all = async { entries::list(&mut desk.store.look().await?, &member.id).await };
    let all = match all.await {
        Ok(all) => all,
        Err(error) => return refused(&page, &error),
    };
    let fits = |one: &Summary| {
        filter.state.is_empty() || one.state == filter.state || one.next == Some(filter.state.as_str())
    };
    let row = |one: Summary| Row {
        last_observed: one.last_observed.map_or_else(String::new, |day| page.day(day)),
        review_by: one.review_by.map_or_else(String::new, |day| page.day(day)),
        is_due: one.review_by.is_some_and(|by| by <= today),
        one,
    };
    shown(&ListPage {
        all: all.into_iter().filter(fits).map(row).collect(),
        state: filter.state,
        states: STATES,
        may_propose: member.may(Action::Propose),
        page: page.clone(),
    })
}

pub(crate) async fn new(member: Member) -> Response {
    let form = EntryForm { kind: "brand".to_owned(), ..EntryForm::default() };
    form_page(&member.page, form, true, Vec::new())
}

fn form_page(page: &Page, form: EntryForm, is_new: bool, wrong: Vec<Wrong>) -> Response {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let wrong = wrong.into_iter().map(|one| (page.t(one.key), one.line)).collect();
    let types = TYPES.iter().map(|one| v1::entry_type(*one)).collect();
    (status, shown(&FormPage { page: page.clone(), form, types, is_new, wrong })).into_response()
}

pub(crate) async fn begin(
    State(desk): State<Desk>,
    member: Member,
    Checked(typed): Checked<EntryForm>,
) -> Response {
    let page = &member.page;
    let entry = match typed.read(None) {
        Ok(entry) => entry,
        Err(wrong) => return form_page(page, typed, true, wrong),
    };
    let list = match settings(&desk, page) {
        Ok(settings) => settings.list.id,
        Err(response) => return response,
    };
    match entries::begin(&desk.store, &member.id, &list, entry, (desk.now)()).await {
        Ok(id) => Redirect::to(&address(&id.0)).into_response(),
        Err(error) => refused(page, &error),
    }
}

pub(crate) async fn edit_form(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    let entry = match opened(&desk, &member, &id).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    form_page(&member.page, EntryForm::of(&entry.entry), false, Vec::new())
}

pub(crate) async fn edit(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<EntryForm>,
) -> Response {
    let before = match opened(&desk, &member, &id).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let typed = EntryForm { id: id.clone(), ..typed };
    let entry = match typed.read(Some(&before.entry)) {
        Ok(entry) => entry,
        Err(wrong) => return form_page(&member.page, typed, false, wrong),
    };
    let done = entries::edit(&desk.store, &member.id, &EntryId(id.clone()), entry, (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

fn address(id: &str) -> String {
    format!("/office/entries/{}", crate::pages::hits::query_escaped(id))
}

/// Everything about one entry. The answer is the page that says why it is not shown.
async fn opened(desk: &Desk, member: &Member, id: &str) -> Result<entries::Page, Response> {
    let rules = settings(desk, &member.page)?.rules;
    let today = day((desk.now)());
    let id = EntryId(id.to_owned());
    let entry = async { entries::page(&mut desk.store.look().await?, &member.id, &id, &rules, today).await };
    match entry.await {
        Ok(entry) => Ok(entry),
        Err(error) => Err(refused(&member.page, &error)),
    }
}
