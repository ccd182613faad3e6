//! What partners answered, in total. Fewer than three answers are not shown: they could point to one of them.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::Action;
use documents::numbers;
use operations::issuer::editions;
use operations::issuer::receipts::{self, Bounds, FEWEST_ANSWERS, Totals};

use super::{Member, refused, settings};
use crate::desk::Desk;
use crate::pages::upload::Upload;
use crate::pages::{Page, shown};

/// The largest receipt: some bands and a signature.
const LARGEST_RECEIPT: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "office/receipts.html")]
struct ReceiptsPage {
    page: Page,
    editions: Vec<Row>,
    fewest: usize,
    may_import: bool,
}

struct Row {
    number: u64,
    delivered: usize,
    acknowledged: u64,
    answered: usize,
    /// What was counted, and its bounds.
    counts: Vec<(&'static str, String)>,
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member) -> Response {
    let page = &member.page;
    let list = match settings(&desk, page) {
        Ok(settings) => settings.list.id,
        Err(response) => return response,
    };
    let asked = async {
        let mut look = desk.store.look().await?;
        let mut rows = Vec::new();
        for one in editions::list(&mut look, &list).await? {
            if one.state == "published" {
                let totals = receipts::totals(&mut look, &member.id, &list, one.number).await?;
                rows.push(row(one.number, totals, page));
            }
        }
        Ok(rows)
    };
    match asked.await {
        Ok(editions) => shown(&ReceiptsPage {
            editions,
            fewest: FEWEST_ANSWERS,
            may_import: member.may(Action::Deliver),
            page: page.clone(),
        }),
        Err(error) => refused(page, &error),
    }
}

fn row(number: u64, totals: Totals, page: &Page) -> Row {
    let bounds = |one: Bounds| {
        let fewest = numbers::count(one.fewest, page.language);
        match one.most {
            Some(most) if most == one.fewest => fewest,
            Some(most) => format!("{fewest} – {}", numbers::count(most, page.language)),
            None => format!("≥ {fewest}"),
        }
    };
    let counts = totals.counts.unwrap_or_default().into_iter();
    Row {
        number,
        delivered: totals.delivered,
        acknowledged: totals.acknowledged,
        answered: totals.answered,
        counts: counts.map(|(what, one)| (what, bounds(one))).collect(),
    }
}

pub(crate) async fn import(State(desk): State<Desk>, member: Member, upload: Upload) -> Response {
    let refused_key = |key: &str| member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, key);
    let Ok(files) = upload.read_files(LARGEST_RECEIPT).await else { return refused_key("problem-upload") };
    if files.is_empty() {
        return refused_key("problem-no-file");
    }
    for (_, file) in files {
        if let Err(error) = receipts::import(&desk.store, &member.id, &file, (desk.now)()).await {
            return refused(&member.page, &error);
        }
    }
    Redirect::to("/office/receipts").into_response()
}
