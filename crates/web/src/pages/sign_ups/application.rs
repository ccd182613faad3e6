//! One order: what the shop knew, what the lists said, what was checked, and what can be done.

use askama::Template;
use axum::extract::{Extension, Path, State as Given};
use axum::response::Response;
use documents::numbers;
use jiff::Timestamp;
use kyc::course::UnderReview;
use kyc::facts::Source;
use kyc::{Applicant, Cause, Check, CheckKind, Course, Event, Outcome, Policy, State, check};
use operations::hoster::screenings::KeptHit;
use operations::hoster::sign_ups::{self, Application};
use review::{Answer, Class, GroundKind, ReasonCode, Standing};

use super::{Clock, cause_words, clock, refused, tag};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::pages::hit::{ReasonRow, choices, reason_row};
use crate::pages::{Page, day, hits, shown};

#[derive(Template)]
#[template(path = "sign_ups/application.html")]
struct ApplicationPage {
    page: Page,
    id: String,
    name: String,
    order: String,
    shop: String,
    customer: Option<String>,
    received: String,
    state: &'static str,
    tag: &'static str,
    /// None where nobody waits any more.
    clock: Option<Clock>,
    /// Until when it may be provisioned.
    clear_until: Option<String>,
    review_at: Option<String>,
    ended_at: Option<String>,
    level: &'static str,
    triggers: Vec<String>,
    causes: Vec<String>,
    facts: Vec<(String, Vec<String>)>,
    hits: Vec<HitRow>,
    checks: Vec<CheckRow>,
    /// Registers that can be asked: word and name.
    registers: Vec<(&'static str, &'static str)>,
    /// Kinds that can be asked for, and whether the applicant was asked already.
    can_ask: Vec<(&'static str, bool)>,
    has_message: bool,
    can: Can,
    /// Who proposed to refuse, on which ground.
    refusal: Option<(String, String, String)>,
    kinds: Vec<&'static str>,
    outcomes: Vec<&'static str>,
    grounds: Vec<&'static str>,
    events: Vec<EventRow>,
    seen: usize,
}

/// What the visitor may do now.
struct Can {
    /// Ask, note, release, refuse.
    work: bool,
    release: bool,
    /// Answer a refusal that waits.
    second: bool,
    end: bool,
    /// Whether a release has to say why.
    needs_note: bool,
    /// Whether a refusal takes two people.
    takes_two: bool,
}

struct HitRow {
    list: String,
    entry: String,
    entry_name: String,
    class: String,
    score: String,
    reasons: Vec<ReasonRow>,
    /// None for a list that is only context: nobody is asked.
    standing: Option<&'static str>,
    /// Whether the visitor may answer now.
    may_judge: bool,
    choices: Vec<(&'static str, Vec<(&'static str, char)>)>,
    said: Vec<EventRow>,
}

struct CheckRow {
    kind: &'static str,
    is_required: bool,
    /// Where it stands: an outcome, or `missing`.
    standing: &'static str,
    tag: &'static str,
    source: String,
    /// Whom the source names.
    named: String,
    proof: String,
    taken: String,
    valid_until: String,
}

struct EventRow {
    what: String,
    by: String,
    at: String,
    note: String,
}

pub(crate) async fn show(
    Given(desk): Given<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Response {
    let page = Page::of(&visitor);
    let found = async { sign_ups::one(&mut desk.store.look().await?, &id).await };
    match found.await {
        Ok(application) => {
            let registers = desk.settings.program.registers(&application.kept.applicant);
            shown(&application_page(&application, &registers, &desk.settings.policy, page, (desk.now)()))
        }
        Err(error) => refused(&page, &error),
    }
}

fn application_page(
    application: &Application,
    registers: &[Source],
    policy: &Policy,
    page: Page,
    now: Timestamp,
) -> ApplicationPage {
    let (kept, course) = (&application.kept, &application.kept.course);
    let state = course.state();
    let causes = if state.is_hold() { course.causes(now) } else { Vec::new() };
    let asked = |kind: &CheckKind| causes.contains(&Cause::Asked(*kind));
    let moment = |at: Timestamp| page.moment(at);
    ApplicationPage {
        id: application.id.clone(),
        name: kept.applicant.name().to_owned(),
        order: kept.order.clone(),
        shop: kept.shop.label.clone(),
        customer: kept.customer.clone(),
        received: moment(course.received_at()),
        state: state.word(),
        tag: tag(state),
        clock: state.is_hold().then(|| clock(course.expires_at(), now, &page)),
        clear_until: if let State::Clear { until } = state { Some(moment(until)) } else { None },
        review_at: course.review_at(policy).map(|at| page.day(day(at))),
        ended_at: kept.ended_at.map(moment),
        level: course.level().word(),
        triggers: course.triggers().iter().map(|one| page.word("trigger", one.word())).collect(),
        causes: causes.iter().map(|cause| cause_words(*cause, &page)).collect(),
        facts: facts(&kept.applicant, &page),
        hits: kept.hits.iter().map(|hit| hit_row(hit, course, &page)).collect(),
        checks: check_rows(course, now, &page),
        registers: registers.iter().map(|one| (one.word(), one.name())).collect(),
        can_ask: CheckKind::ALL.iter().map(|kind| (kind.word(), asked(kind))).collect(),
        has_message: !state.is_hold() || CheckKind::ALL.iter().any(asked),
        can: can(application, &causes, &page),
        refusal: course
            .refusal()
            .filter(|_| state.is_hold())
            .map(|(by, ground)| (by.clone(), page.word("ground", ground.kind.word()), ground.text.clone())),
        kinds: CheckKind::ALL.iter().map(|kind| kind.word()).collect(),
        outcomes: Outcome::ALL.iter().map(|outcome| outcome.word()).collect(),
        grounds: GroundKind::ALL.iter().map(|kind| kind.word()).collect(),
        events: course.events().iter().map(|event| event_row(event, &page)).collect(),
        seen: course.events().len(),
        page,
    }
}

fn can(application: &Application, causes: &[Cause], page: &Page) -> Can {
    let course = &application.kept.course;
    let works = page.may_change() && !matches!(course.state(), State::Refused | State::Expired);
    let proposed_by = course.refusal().map(|(by, _)| by.as_str());
    let is_same = |hit: &UnderReview| hit.review.standing() == Standing::Judged(Answer::Same);
    Can {
        work: works && proposed_by.is_none(),
        release: works && proposed_by.is_none() && course.state().is_hold(),
        second: works && proposed_by.is_some_and(|by| by != page.name()),
        end: works && matches!(course.state(), State::Clear { .. }) && application.kept.ended_at.is_none(),
        needs_note: course.hits().iter().any(is_same) || causes.iter().any(|cause| *cause != Cause::Hit),
        takes_two: course.rests_on_hit(),
    }
}

fn facts(applicant: &Applicant, page: &Page) -> Vec<(String, Vec<String>)> {
    let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let yes = |is_so: bool| if is_so { vec![page.t("yes")] } else { Vec::new() };
    let address = applicant.address.iter().map(|one| {
        let parts = [&one.street, &one.postcode, &one.city, &one.country];
        parts
            .into_iter()
            .filter(|part| !part.trim().is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    });
    let ordered = (applicant.addresses_ordered > 0).then(|| applicant.addresses_ordered.to_string());
    let all = [
        ("company", one(&applicant.company)),
        ("trading-names", applicant.trading_names.clone()),
        ("person", one(&applicant.person)),
        ("contacts", applicant.contacts.clone()),
        ("emails", applicant.emails.clone()),
        ("phones", applicant.phones.clone()),
        ("address", address.collect()),
        ("country", one(&applicant.country)),
        ("ip", one(&applicant.ip)),
        ("ip-country", one(&applicant.ip_country)),
        ("domains", applicant.domains.clone()),
        ("register-number", one(&applicant.register_number)),
        ("registered-on", applicant.registered_on.map(|on| page.day(on)).into_iter().collect()),
        ("vat-number", one(&applicant.vat_number)),
        ("payment-method", one(&applicant.payment_method)),
        ("products", applicant.products.clone()),
        ("addresses-ordered", ordered.into_iter().collect()),
        ("resells", yes(applicant.resells)),
        ("brings-addresses", yes(applicant.brings_addresses)),
        ("wants-bgp", yes(applicant.wants_bgp)),
        ("asn", one(&applicant.asn)),
    ];
    let says = |text: &String| !text.trim().is_empty();
    all.into_iter()
        .map(|(key, values)| (page.word("fact", key), values.into_iter().filter(says).collect::<Vec<_>>()))
        .filter(|(_, values)| !values.is_empty())
        .collect()
}

fn hit_row(hit: &KeptHit, course: &Course, page: &Page) -> HitRow {
    let under_review = course.hits().iter().find(|one| one.found.is(&hit.list, &hit.entry_id));
    let standing = under_review.map(|one| one.review.standing());
    let is_judged = matches!(standing, Some(Standing::Judged(Answer::Same | Answer::NotTheSame)));
    // Who answered waits for somebody else.
    let is_mine = matches!(standing, Some(Standing::AwaitsSecond(_)))
        && under_review.and_then(last_by).is_some_and(|by| by == page.name());
    let is_over = matches!(course.state(), State::Refused | State::Expired);
    let heaviest = hit.reasons.iter().map(|reason| reason.weight.abs()).fold(1.0, f64::max);
    HitRow {
        list: hit.list.clone(),
        entry: hit.entry_id.clone(),
        entry_name: hit.entry_name.clone(),
        class: Class::from_word(&hit.class).map_or("strong", Class::word).to_owned(),
        score: numbers::score(hit.score, page.language),
        reasons: hit.reasons.iter().map(|reason| reason_row(reason, heaviest, page)).collect(),
        may_judge: page.may_change() && standing.is_some() && !is_judged && !is_mine && !is_over,
        standing: standing.map(hits::state),
        choices: choices(),
        said: under_review.map(|one| said(one, page)).unwrap_or_default(),
    }
}

fn last_by(hit: &UnderReview) -> Option<&str> {
    hit.review.events().iter().rev().find_map(|event| match event {
        review::Event::Disposed(one) => Some(one.by.as_str()),
        review::Event::Reopened { .. } => None,
    })
}

fn said(hit: &UnderReview, page: &Page) -> Vec<EventRow> {
    let disposed = hit.review.events().iter().filter_map(|event| match event {
        review::Event::Disposed(one) => Some(EventRow {
            what: answer_words(one.answer, one.reason, page),
            by: one.by.clone(),
            at: page.moment(one.at),
            note: one.note.clone(),
        }),
        review::Event::Reopened { .. } => None,
    });
    disposed.collect()
}

fn answer_words(answer: Answer, reason: ReasonCode, page: &Page) -> String {
    format!("{}: {}", page.word("answer", answer.word()), page.word("reason", reason.word()))
}

/// What is required and what was checked beside it, in the order of the kinds; the last answer of each.
fn check_rows(course: &Course, now: Timestamp, page: &Page) -> Vec<CheckRow> {
    let row = |kind: &CheckKind| {
        let is_required = course.required().contains(kind);
        let last = course.checks().iter().rfind(|check| check.kind == *kind);
        if !is_required && last.is_none() {
            return None;
        }
        let standing = check::standing(course.checks(), *kind, now);
        let text = |of: &dyn Fn(&Check) -> String| last.map(of).unwrap_or_default();
        Some(CheckRow {
            kind: kind.word(),
            is_required,
            standing: standing.map_or("missing", Outcome::word),
            tag: match standing {
                Some(Outcome::Confirmed) => "weak",
                Some(Outcome::NotConfirmed) => "strong",
                Some(Outcome::Unavailable) | None => "probable",
            },
            source: text(&|check| check.source.clone()),
            named: text(&|check| check.named.clone().unwrap_or_default()),
            proof: text(&|check| check.proof.clone().unwrap_or_default()),
            taken: text(&|check| format!("{}, {}", page.moment(check.taken_at), check.by)),
            valid_until: text(&|check| {
                check.valid_until.map_or_else(String::new, |until| page.day(day(until)))
            }),
        })
    };
    CheckKind::ALL.iter().filter_map(row).collect()
}

fn event_row(event: &Event, page: &Page) -> EventRow {
    let (by, what, note) = match event {
        Event::Received { .. } | Event::Changed { .. } | Event::Expired { .. } => ("", String::new(), ""),
        Event::Screened { screened, level, .. } => {
            let found = match screened {
                kyc::Screened::Done { found, .. } => page.with(
                    "event-found",
                    &[("count", found.len().to_string()), ("level", level.word().to_owned())],
                ),
                kyc::Screened::Failed(_) => page.t("cause-screening-failed"),
            };
            ("", found, "")
        }
        Event::Asked { by, kinds, .. } => {
            let kinds: Vec<String> = kinds.iter().map(|kind| page.word("check", kind.word())).collect();
            (by.as_str(), kinds.join(", "), "")
        }
        Event::Checked { check } => {
            let what = format!(
                "{}: {} ({})",
                page.word("check", check.kind.word()),
                page.word("outcome", check.outcome.word()),
                check.source
            );
            (check.by.as_str(), what, "")
        }
        Event::Disposed { entry, disposition, .. } => {
            let what = format!("{entry}: {}", answer_words(disposition.answer, disposition.reason, page));
            (disposition.by.as_str(), what, disposition.note.as_str())
        }
        Event::Released { by, note, .. } => (by.as_str(), String::new(), note.as_str()),
        Event::Refused { by, ground, .. } => {
            (by.as_str(), page.word("ground", ground.kind.word()), ground.text.as_str())
        }
        Event::Seconded { by, .. } => (by.as_str(), String::new(), ""),
        Event::Objected { by, note, .. } => (by.as_str(), String::new(), note.as_str()),
    };
    let name = page.word("event", event.word());
    EventRow {
        what: if what.is_empty() { name } else { format!("{name}: {what}") },
        by: by.to_owned(),
        at: page.moment(event.at()),
        note: note.to_owned(),
    }
}
