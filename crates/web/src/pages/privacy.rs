//! What a data protection officer asks for: the facts for a DPIA, the entry in the register of processing, and how long
//! what is kept stays. The facts come from this installation, the words from the product.

use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::csv::disarmed;
use documents::paper::Section;
use documents::{Paper, numbers};
use jiff::Timestamp;
use operations::hoster::{accounts, bases, editions, retention, screenings, subjects};
use store::BothSides;

use super::form::{Checked, Sent};
use super::{Page, day, papers};
use crate::desk::Desk;
use crate::guard::Visitor;

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    match sheet(&desk, &page).await {
        Ok(paper) => {
            let register = Some(("/privacy/register.csv".to_owned(), "register-csv"));
            papers::as_page(&page, paper, "/privacy.pdf", register)
        }
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

pub(crate) async fn pdf(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    match sheet(&desk, &page).await {
        Ok(paper) => papers::as_pdf(&desk, &page, paper, "dpia.pdf").await,
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

/// Runs the retention now; it also runs by itself.
pub(crate) async fn run_retention(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(_): Checked<Sent>,
) -> Response {
    let now = (desk.now)();
    let before = retention::before(now, desk.settings.retention_months);
    match retention::run(&desk.store, &visitor.person, before, now).await {
        Ok(_) => Redirect::to("/privacy").into_response(),
        Err(_) => Page::of(&visitor).problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

/// The entry in the register of processing (GDPR, article 30), one line for each of its points.
pub(crate) async fn register(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    match register_table(&desk, &page) {
        Ok(bytes) => papers::file(bytes, "text/csv; charset=utf-8", "register.csv"),
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "paper-refused"),
    }
}

/// The same for whoever wants the bytes.
///
/// # Errors
/// None that a table in memory has.
pub(crate) fn register_table(desk: &Desk, page: &Page) -> Result<Vec<u8>, csv::Error> {
    register_csv(&register_rows(page, desk.settings.retention_months))
}

/// As Excel reads it in Dutch and English: semicolons, CRLF, and a byte order mark for the accents.
fn register_csv(rows: &[(String, String)]) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for (what, value) in rows {
        out.write_record([disarmed(what).as_ref(), disarmed(value).as_ref()])?;
    }
    out.into_inner().map_err(|error| error.into_error().into())
}

/// The points of article 30(1), in words of the product; the controller fills in who they are.
fn register_rows(page: &Page, months: u32) -> Vec<(String, String)> {
    let keys =
        ["purpose", "controller", "subjects", "data", "recipients", "transfer", "terms", "security", "basis"];
    let row = |key: &str| {
        let value = page.t(&format!("register-{key}-value")).replace("MONTHS", &months.to_string());
        (page.t(&format!("register-{key}")), value)
    };
    keys.into_iter().map(row).collect()
}

/// The sheet as it stands.
///
/// # Errors
/// Only those of the database.
pub(crate) async fn sheet(desk: &Desk, page: &Page) -> Result<Paper, store::Error> {
    let now: Timestamp = (desk.now)();
    let mut look = desk.store.look().await?;
    let last = screenings::last(&mut look).await?;
    let history = screenings::history(&mut look, usize::MAX).await?;
    let lists = editions::list(&mut look, false).await?;
    let people = accounts::list(&mut look).await?;
    let ran = retention::last_run(&mut look).await?;
    let restricted = subjects::restricted(&mut look).await?;
    let acts = look.audit().count().await?;
    let queue = desk.queue(&mut look).await.ok();
    let hits = queue.as_ref().map_or(0, |queue| queue.rows().len());
    let base = bases::head(&mut look).await?;
    let remembered = base.map_or_else(
        || String::from("–"),
        |head| format!("{}, {}", numbers::count(head.customers, page.language), page.moment(head.taken_at)),
    );
    let t = |key: &str| page.t(key);
    let count = |number: u64| numbers::count(number, page.language);
    let (screened, share) = last.as_ref().map_or((0, String::from("–")), |(_, kept)| {
        let all = kept.totals.customers_screened;
        (all, numbers::percent(hits as u64, all, page.language))
    });
    let active = people.iter().filter(|one| one.is_active);
    let with_second = active.clone().filter(|one| one.has_second_factor).count();
    let facts = vec![
        (t("dpia-screened"), count(screened)),
        (t("dpia-hits"), format!("{} ({share})", count(hits as u64))),
        (t("dpia-screenings"), count(history.len() as u64)),
        (t("dpia-lists"), lists.iter().map(|one| one.title.clone()).collect::<Vec<_>>().join("; ")),
        (t("dpia-people"), format!("{}, {} {with_second}", active.count(), t("dpia-second"))),
        (t("dpia-restricted"), count(restricted.len() as u64)),
        (t("dpia-base"), remembered),
        (t("dpia-acts"), count(acts)),
        (t("dpia-retention"), desk.settings.retention_months.to_string()),
        (t("dpia-retention-run"), ran.map_or_else(|| t("never"), |at| page.moment(at))),
    ];
    let risks = ["wrong", "leak", "told", "copy", "longer"]
        .map(|risk| vec![t(&format!("risk-{risk}")), t(&format!("risk-{risk}-answer"))]);
    let column = |key: &str, width| (t(key), width);
    Ok(Paper {
        language: page.language,
        title: t("nav-privacy"),
        lead: t("privacy-why"),
        handling: t("confidential"),
        reference: format!("{acts}"),
        dated: day(now),
        sections: vec![
            Section::new(t("dpia-facts")).facts(facts),
            Section::new(t("dpia-risks")).table(
                &[column("risk", 3), column("risk-answer", 5)],
                risks.into(),
                "",
            ),
            Section::new(t("register")).facts(register_rows(page, desk.settings.retention_months)),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_a_table_for_excel_and_runs_nothing() {
        let rows =
            [("Doel".to_owned(), "na \"gaan\"; één".to_owned()), ("Wie".to_owned(), "=1+1".to_owned())];
        let text = String::from_utf8(register_csv(&rows).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}\"Doel\";\"na \"\"gaan\"\"; één\"\r\n\"Wie\";\"'=1+1\"\r\n");
    }
}
