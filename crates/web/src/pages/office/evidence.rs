//! Evidence: captured files with what stood where, sealed, looked at. Every look at sealed evidence is noted.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::evidence::{
    EvidenceId, Grade, Grades, Observation, Place, Quote, RestrictedFields, Translation,
};
use curation::{Action, PersonId};
use documents::numbers;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use operations::issuer::evidence::{self, Described, Summary};

use super::{Member, back, given, refused, words_of};
use crate::desk::Desk;
use crate::pages::form::{Checked, Sent};
use crate::pages::upload::Upload;
use crate::pages::{Page, papers, shown};

/// The largest captured file that is taken here: a whole small site. Larger ones go by the command.
const LARGEST_CAPTURE: usize = 64 << 20;

#[derive(Template)]
#[template(path = "office/evidence_list.html")]
struct ListPage {
    page: Page,
    all: Vec<(Summary, String)>,
    may_add: bool,
    form: DescribedForm,
}

/// What a form about evidence begins with.
#[derive(Default)]
struct DescribedForm {
    quote: String,
    quote_language: String,
    translation: String,
    translation_language: String,
    translated_with: String,
    services: String,
    offences: String,
    observation: String,
    claim: String,
    link: String,
}

#[derive(Template)]
#[template(path = "office/evidence.html")]
struct EvidencePage {
    page: Page,
    id: String,
    is_sealed: bool,
    place: String,
    captured: String,
    files: Vec<FileRow>,
    form: DescribedForm,
    quote: Option<Quote>,
    /// Step and moment.
    custody: Vec<(&'static str, String)>,
    may_handle: bool,
    may_see_restricted: bool,
    restricted: Option<RestrictedFields>,
    /// What the time-stamp service said just now, in English.
    stamps: Vec<String>,
}

struct FileRow {
    number: usize,
    name: String,
    kind: &'static str,
    size: String,
    sha256: String,
}

pub(crate) async fn list(State(desk): State<Desk>, member: Member) -> Response {
    let page = member.page.clone();
    let all = async { evidence::list(&mut desk.store.look().await?, &member.id).await };
    match all.await {
        Ok(all) => shown(&ListPage {
            all: all.into_iter().map(|one| (one.clone(), page.moment(one.captured_at))).collect(),
            may_add: member.may(Action::HandleEvidence),
            form: DescribedForm::default(),
            page,
        }),
        Err(error) => refused(&page, &error),
    }
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    page_with(&desk, &member, &id, None, Vec::new()).await
}

async fn page_with(
    desk: &Desk,
    member: &Member,
    id: &str,
    restricted: Option<RestrictedFields>,
    stamps: Vec<String>,
) -> Response {
    let page = member.page.clone();
    let id = EvidenceId(id.to_owned());
    let (observation, custody, is_sealed) =
        match evidence::view(&desk.store, &member.id, &id, (desk.now)()).await {
            Ok(viewed) => viewed,
            Err(error) => return refused(&page, &error),
        };
    let files = observation.files.iter().zip(1..).map(|(file, number)| FileRow {
        number,
        name: file.name().to_owned(),
        kind: file.media_type().name(),
        size: numbers::bytes(file.length_bytes(), page.language),
        sha256: file.sha256().to_string(),
    });
    shown(&EvidencePage {
        id: id.0,
        is_sealed,
        place: observation.place.text().to_owned(),
        captured: format!(
            "{}, {}, {}",
            page.moment(observation.captured_at),
            observation.method,
            observation.tool
        ),
        files: files.collect(),
        form: form_of(&observation),
        quote: observation.quote,
        custody: custody.iter().map(|(step, at)| (step.word(), page.moment(*at))).collect(),
        may_handle: member.may(Action::HandleEvidence),
        may_see_restricted: member.may(Action::ViewRestricted),
        restricted,
        stamps,
        page,
    })
}

fn form_of(observation: &Observation) -> DescribedForm {
    let quote = observation.quote.as_ref();
    let translation = quote.and_then(|quote| quote.translation.as_ref());
    let grades = observation.grades;
    DescribedForm {
        quote: quote.map_or_else(String::new, |one| one.text.clone()),
        quote_language: quote.map_or_else(String::new, |one| one.language.clone()),
        translation: translation.map_or_else(String::new, |one| one.text.clone()),
        translation_language: translation.map_or_else(String::new, |one| one.language.clone()),
        translated_with: translation.map_or_else(String::new, |one| one.made_with.clone()),
        services: observation.claimed_services.join(", "),
        offences: observation.offence_categories.join(", "),
        observation: grades.observation.to_string(),
        claim: grades.claim.to_string(),
        link: grades.link.to_string(),
    }
}

/// Takes captured files in, with what stood where.
pub(crate) async fn add(State(desk): State<Desk>, member: Member, upload: Upload) -> Response {
    let page = member.page.clone();
    let unprocessable = |key: &str| page.problem(StatusCode::UNPROCESSABLE_ENTITY, key);
    let now = (desk.now)();
    let Some(grades) = grades(&upload) else { return unprocessable("office-grade") };
    let Some(captured_at) = captured_at(upload.field("captured_at"), now) else {
        return unprocessable("office-moment");
    };
    let Ok(files) = upload.read_files(LARGEST_CAPTURE).await else { return unprocessable("problem-upload") };
    if files.is_empty() {
        return unprocessable("problem-no-file");
    }
    let described = Described {
        place: Place::written(upload.field("place").to_owned()),
        captured_at,
        method: upload.field("method").to_owned(),
        tool: upload.field("tool").to_owned(),
        quote: quote(&upload),
        claimed_services: words_of(upload.field("services")),
        offence_categories: words_of(upload.field("offences")),
        grades,
    };
    let restricted = RestrictedFields {
        collector_code: given(upload.field("collector_code")).unwrap_or_else(|| member.id.to_string()),
        account: given(upload.field("account")),
        network_exit: given(upload.field("network_exit")),
    };
    match evidence::capture(&desk.store, &member.id, described, &files, restricted, now).await {
        Ok(id) => Redirect::to(&format!("/office/evidence/{id}")).into_response(),
        Err(error) => refused(&page, &error),
    }
}

/// Completes what is said of evidence that is not sealed.
pub(crate) async fn describe(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    upload: Upload,
) -> Response {
    let page = &member.page;
    let Some(grades) = grades(&upload) else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "office-grade");
    };
    let change = |observation: &mut Observation| {
        observation.quote = quote(&upload);
        observation.claimed_services = words_of(upload.field("services"));
        observation.offence_categories = words_of(upload.field("offences"));
        observation.grades = grades;
    };
    let named = EvidenceId(id.clone());
    let done = evidence::describe(&desk.store, &member.id, &named, (desk.now)(), change).await;
    back(page, &format!("/office/evidence/{id}"), done)
}

/// Seals evidence, and has its files stamped where the office names a service.
pub(crate) async fn seal(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let named = EvidenceId(id.clone());
    if let Err(error) = evidence::seal(&desk.store, &member.id, &named, (desk.now)()).await {
        return refused(&member.page, &error);
    }
    let stamped = time_stamps(&desk, &member.id, id.clone()).await;
    page_with(&desk, &member, &id, None, stamped.unwrap_or_default()).await
}

/// Has the files of sealed evidence stamped where the office names a service, and gives what it said of each. Nothing
/// where the work broke off.
pub(crate) async fn time_stamps(desk: &Desk, person: &PersonId, evidence: String) -> Option<Vec<String>> {
    let (settings, person) = (desk.settings.clone(), store::PersonId(person.to_string()));
    let stamped = tokio::task::spawn_blocking(move || match &settings.office {
        Some(office) => {
            office.time_stamps(&person, &evidence).unwrap_or_else(|told| vec![told.what().to_owned()])
        }
        None => Vec::new(),
    });
    stamped.await.ok()
}

/// Who collected it, under which account: for those who may know, and noted.
pub(crate) async fn restricted(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let named = EvidenceId(id.clone());
    match evidence::view_restricted(&desk.store, &member.id, &named, (desk.now)()).await {
        Ok(fields) => page_with(&desk, &member, &id, Some(fields), Vec::new()).await,
        Err(error) => refused(&member.page, &error),
    }
}

/// One captured file, as it was captured. It is saved, never shown: it is a page of somebody who wishes harm.
pub(crate) async fn file(
    State(desk): State<Desk>,
    member: Member,
    Path((id, number)): Path<(String, usize)>,
) -> Response {
    match evidence::export(&desk.store, &member.id, &EvidenceId(id), (desk.now)()).await {
        Ok(files) => match number.checked_sub(1).and_then(|place| files.into_iter().nth(place)) {
            Some((name, bytes)) => papers::file(bytes, "application/octet-stream", &name),
            None => member.page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        },
        Err(error) => refused(&member.page, &error),
    }
}

fn grades(upload: &Upload) -> Option<Grades> {
    Some(Grades {
        observation: Grade::read(upload.field("observation"))?,
        claim: Grade::read(upload.field("claim"))?,
        link: Grade::read(upload.field("link"))?,
    })
}

fn quote(upload: &Upload) -> Option<Quote> {
    let translation = given(upload.field("translation")).map(|text| Translation {
        text,
        language: upload.field("translation_language").to_owned(),
        made_with: upload.field("translated_with").to_owned(),
    });
    let language = upload.field("quote_language").to_owned();
    given(upload.field("quote")).map(|text| Quote { text, language, translation })
}

/// A moment as a form sends it, in UTC; now where nothing was typed.
fn captured_at(text: &str, now: Timestamp) -> Option<Timestamp> {
    if text.is_empty() {
        return Some(now);
    }
    let typed: DateTime = text.parse().ok()?;
    Some(typed.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
