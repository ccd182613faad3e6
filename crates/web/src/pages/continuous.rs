//! What runs by itself: schedules with their last and next runs, changes of customers that wait, and notices on their way.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::{Language, numbers};
use jiff::Timestamp;
use operations::hoster::changes;
use operations::hoster::outbox::{self, Counts, Notice, Standing};
use operations::hoster::schedules::runs::{self, Ended, Run, RunState};
use operations::hoster::schedules::{Step, next_step};

use super::{Detail, Page, shown};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::work::Planned;

/// Notices that are shown of each state; of more the number is said.
const SHOWN: usize = 25;

#[derive(Template)]
#[template(path = "continuous.html")]
struct ContinuousPage {
    page: Page,
    /// Why the schedules cannot be read.
    unread: Option<Detail>,
    schedules: Vec<Schedule>,
    changes_waiting: u64,
    changes_refused: u64,
    notices: Counts,
    /// The word for a state, and the first notices in it.
    lines: Vec<(&'static str, Vec<Line>)>,
}

/// A schedule as it is shown.
struct Schedule {
    name: String,
    /// The source or the file.
    from: String,
    takes_changes: bool,
    /// Nothing where it is due now.
    next: Option<String>,
    last: Option<Last>,
    /// When a run went well last, where the last one did not.
    stands_since: Option<String>,
}

/// A run as it is shown.
struct Last {
    at: String,
    is_missed: bool,
    how: How,
}

enum How {
    Runs,
    Done { customers: String, looked_at: String, hits: String },
    Failed { what: String, hint: String },
}

/// A notice as it is shown.
struct Line {
    kind: &'static str,
    recipient: String,
    at: String,
    attempts: u32,
    due: String,
    trouble: Option<String>,
}

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    let (planned, unread) = match desk.settings.program.schedules() {
        Ok(planned) => (planned, None),
        Err(told) => (Vec::new(), Some(Detail::told(&told, page.language))),
    };
    match asked(&desk, page.clone(), &planned, unread).await {
        Ok(found) => shown(&found),
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

async fn asked(
    desk: &Desk,
    page: Page,
    planned: &[Planned],
    unread: Option<Detail>,
) -> Result<ContinuousPage, store::Error> {
    let now = (desk.now)();
    let mut look = desk.store.look().await?;
    let mut schedules = Vec::new();
    for one in planned {
        schedules.push(schedule(&page, one, &runs::of(&mut look, &one.name).await?, now));
    }
    let waiting = outbox::in_state(&mut look, Standing::Waiting).await?;
    let given_up = outbox::in_state(&mut look, Standing::GivenUp).await?;
    let shown_of = |all: &[Notice]| all.iter().take(SHOWN).map(|one| line(&page, one)).collect();
    Ok(ContinuousPage {
        unread,
        schedules,
        changes_waiting: changes::count_waiting(&mut look).await?,
        changes_refused: changes::count_refused(&mut look).await?,
        notices: outbox::counts(&mut look).await?,
        lines: vec![("given-up", shown_of(&given_up)), ("waiting", shown_of(&waiting))],
        page,
    })
}

fn schedule(page: &Page, planned: &Planned, earlier: &[Run], now: Timestamp) -> Schedule {
    let next = match runs::last(earlier).map(|last| next_step(&planned.when, last, now, now)) {
        Some(Step::Run { .. }) => None,
        Some(Step::Wait { until }) => Some(until),
        None => Some(planned.when.next_after(now)),
    };
    let real = || earlier.iter().filter(|run| run.state != RunState::SetUp);
    let went_well = |run: &&Run| matches!(run.state, RunState::Ended(_, Ended::Done { .. }));
    let last = real().next();
    let good = real().find(went_well).filter(|good| last.is_some_and(|last| last.id != good.id));
    Schedule {
        name: planned.name.as_str().to_owned(),
        from: planned.from.clone(),
        takes_changes: planned.takes_changes,
        next: next.map(|at| page.moment(at)),
        last: last.map(|run| last_of(page, run)),
        stands_since: good.map(|run| page.moment(run.began_at)),
    }
}

fn last_of(page: &Page, run: &Run) -> Last {
    let count = |number: u64| numbers::count(number, page.language);
    let how = match &run.state {
        RunState::SetUp | RunState::Running => How::Runs,
        RunState::Ended(_, Ended::Done { customers, looked_at, hits }) => {
            How::Done { customers: count(*customers), looked_at: count(*looked_at), hits: count(*hits) }
        }
        RunState::Ended(_, Ended::Failed { what, hint }) => {
            How::Failed { what: said(what, page.language), hint: said(hint, page.language) }
        }
    };
    Last { at: page.moment(run.began_at), is_missed: run.is_missed, how }
}

fn said([english, dutch]: &[String; 2], language: Language) -> String {
    match language {
        Language::En => english.clone(),
        Language::Nl => dutch.clone(),
    }
}

fn line(page: &Page, notice: &Notice) -> Line {
    Line {
        kind: notice.news.kind().word(),
        recipient: notice.recipient.clone(),
        at: page.moment(notice.at),
        attempts: notice.attempts,
        due: page.moment(notice.due_at),
        trouble: notice.trouble.as_deref().map(|why| page.word("trouble", why)),
    }
}
