//! Partners: the address book, their keys, and who gets what.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::Action;
use delivery::keys::PublicHalf;
use delivery::{Fingerprint, PartnerId};
use operations::issuer::partners::{self, Facts, Partner, ROLES};
use serde::Deserialize;

use super::{Member, back, given, refused, words_of};
use crate::desk::Desk;
use crate::pages::form::{Checked, Sent};
use crate::pages::upload::Upload;
use crate::pages::{Detail, Page, shown};

#[derive(Template)]
#[template(path = "office/partners.html")]
struct ListPage {
    page: Page,
    all: Vec<Row>,
    form: PartnerForm,
    roles: [&'static str; 4],
}

struct Row {
    id: String,
    name: String,
    role: String,
    state: String,
    has_key: bool,
    has_receipt_key: bool,
    sequence: u64,
}

#[derive(Template)]
#[template(path = "office/partner.html")]
struct PartnerPage {
    page: Page,
    row: Row,
    form: PartnerForm,
    roles: [&'static str; 4],
    /// Words of the keys that are enrolled: what they are for, and their words.
    keys: Vec<(&'static str, String)>,
    may_change: bool,
}

#[derive(Clone, Default, Deserialize)]
pub(crate) struct PartnerForm {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    attention: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    lists: String,
}

impl PartnerForm {
    /// What was typed; nothing where role or language is no word of theirs.
    fn facts(&self) -> Option<Facts> {
        let role = ROLES.into_iter().find(|role| *role == self.role)?;
        let language = ["en", "nl"].into_iter().find(|language| *language == self.language)?;
        let lines = self.address.lines().map(str::trim).filter(|line| !line.is_empty());
        Some(Facts {
            name: given(&self.name)?,
            role: role.to_owned(),
            attention: given(&self.attention),
            address: lines.map(str::to_owned).collect(),
            email: given(&self.email)?,
            language: language.to_owned(),
            lists: words_of(&self.lists),
        })
    }

    fn of(partner: &Partner) -> Self {
        let facts = &partner.facts;
        Self {
            id: partner.id.to_string(),
            name: facts.name.clone(),
            role: facts.role.clone(),
            attention: facts.attention.clone().unwrap_or_default(),
            address: facts.address.join("\n"),
            email: facts.email.clone(),
            language: facts.language.clone(),
            lists: facts.lists.join(", "),
        }
    }
}

fn row(partner: &Partner) -> Row {
    Row {
        id: partner.id.to_string(),
        name: partner.facts.name.clone(),
        role: partner.facts.role.clone(),
        state: partner.state.word().to_string(),
        has_key: partner.recipient.is_some(),
        has_receipt_key: partner.receipt_key.is_some(),
        sequence: partner.sequence,
    }
}

pub(crate) async fn list(State(desk): State<Desk>, member: Member) -> Response {
    let all = async { partners::list(&mut desk.store.look().await?, &member.id).await };
    match all.await {
        Ok(all) => {
            let list = super::settings(&desk, &member.page).map(|one| one.list.id).unwrap_or_default();
            shown(&ListPage {
                all: all.iter().map(row).collect(),
                form: PartnerForm { lists: list, role: "hoster".to_owned(), ..PartnerForm::default() },
                roles: ROLES,
                page: member.page,
            })
        }
        Err(error) => refused(&member.page, &error),
    }
}

pub(crate) async fn add(
    State(desk): State<Desk>,
    member: Member,
    Checked(typed): Checked<PartnerForm>,
) -> Response {
    let wrong = || member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "office-partner");
    let (Ok(id), Some(facts)) = (PartnerId::new(typed.id.trim()), typed.facts()) else { return wrong() };
    match partners::add(&desk.store, &member.id, &id, &facts, (desk.now)()).await {
        Ok(()) => Redirect::to(&format!("/office/partners/{id}")).into_response(),
        Err(error) => refused(&member.page, &error),
    }
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    let all = async { partners::list(&mut desk.store.look().await?, &member.id).await };
    let all = match all.await {
        Ok(all) => all,
        Err(error) => return refused(&member.page, &error),
    };
    let Some(partner) = all.iter().find(|one| one.id.as_str() == id) else {
        return member.page.problem(StatusCode::NOT_FOUND, "problem-not-found");
    };
    let deliveries = partner.recipient.as_ref().map(|key| ("key-deliveries", Fingerprint::of_recipient(key)));
    let receipts = partner.receipt_key.as_ref().map(|key| ("key-receipts", Fingerprint::of_key(key)));
    let keys = deliveries.into_iter().chain(receipts);
    shown(&PartnerPage {
        row: row(partner),
        form: PartnerForm::of(partner),
        roles: ROLES,
        keys: keys.map(|(what, print)| (what, print.words())).collect(),
        may_change: member.may(Action::Deliver),
        page: member.page.clone(),
    })
}

pub(crate) async fn change(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<PartnerForm>,
) -> Response {
    let (Ok(partner), Some(facts)) = (PartnerId::new(id.clone()), typed.facts()) else {
        return member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "office-partner");
    };
    let done = partners::change(&desk.store, &member.id, &partner, &facts, (desk.now)()).await;
    back(&member.page, &format!("/office/partners/{partner}"), done)
}

/// Takes a partner's public key, with the words that they read out.
pub(crate) async fn enrol(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    upload: Upload,
) -> Response {
    let page = &member.page;
    let refused = |key: &str| page.problem(StatusCode::UNPROCESSABLE_ENTITY, key);
    let Ok(partner) = PartnerId::new(id) else { return refused("office-partner") };
    let Ok(files) = upload.read_files(super::LARGEST_KEY).await else { return refused("office-key") };
    let Some((_, file)) = files.into_iter().next() else { return refused("problem-no-file") };
    let half = match PublicHalf::read(&file) {
        Ok(half) => half,
        Err(error) => return super::key_refused(page, &error),
    };
    let compared = match Fingerprint::parse(upload.field("words")) {
        Ok(compared) => compared,
        Err(error) => {
            return page.detailed(
                StatusCode::UNPROCESSABLE_ENTITY,
                "office-words",
                Detail::English(error.to_string()),
            );
        }
    };
    let done = partners::enrol(&desk.store, &member.id, &partner, &half, compared, (desk.now)()).await;
    back(page, &format!("/office/partners/{partner}"), done)
}

/// Suspends a partner, or lets them take part again.
pub(crate) async fn suspend(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let Ok(partner) = PartnerId::new(id) else {
        return member.page.problem(StatusCode::NOT_FOUND, "problem-not-found");
    };
    let all = async { partners::list(&mut desk.store.look().await?, &member.id).await };
    let all = match all.await {
        Ok(all) => all,
        Err(error) => return refused(&member.page, &error),
    };
    let suspended = store::issuer::partners::PartnerState::Suspended;
    let is_suspended = all.iter().any(|one| one.id == partner && one.state == suspended);
    let done = partners::suspend(&desk.store, &member.id, &partner, !is_suspended, (desk.now)()).await;
    back(&member.page, &format!("/office/partners/{partner}"), done)
}
