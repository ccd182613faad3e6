//! Orders, rules and counts as text.

use std::fmt::Write;

use documents::visible::visible;
use jiff::Timestamp;
use kyc::report::Report;
use kyc::{Applicant, Cause, CheckKind, Level, Policy, Trigger, check};
use operations::hoster::sign_ups::Application;
use review::Standing;

use super::state_words;
use crate::commands::issuer::table;

/// The rules, level by level.
pub(super) fn policy(policy: &Policy) -> String {
    let mut text = format!("mode: {}\n", policy.mode.word());
    for level in Level::ALL {
        let asks: Vec<&str> = policy.asks(*level).iter().map(|kind| kind.word()).collect();
        let days = policy.review_after_days(*level);
        let _ = writeln!(text, "{}: {}; looked at again after {days} days", level.word(), asks.join(", "));
    }
    for trigger in Trigger::ALL {
        let level = policy.level_for(*trigger).map_or("off", Level::word);
        let _ = writeln!(text, "{}: {level}", trigger.word());
    }
    text
}

/// One line for each order.
pub(super) fn list(all: &[Application], now: Timestamp) -> String {
    let row = |one: &Application| {
        let course = &one.kept.course;
        let held = course.state().is_hold();
        let causes = if held { course.causes(now) } else { Vec::new() };
        vec![
            one.id.clone(),
            state_words(course.state()),
            course.level().word().to_owned(),
            if held { left(course.expires_at(), now) } else { String::new() },
            visible(&one.kept.order).into_owned(),
            visible(one.kept.applicant.name()).into_owned(),
            causes.first().map(|cause| cause_words(*cause)).unwrap_or_default(),
        ]
    };
    table(&all.iter().map(row).collect::<Vec<_>>())
}

/// Everything about one order.
pub(super) fn application(one: &Application, now: Timestamp) -> String {
    let course = &one.kept.course;
    let mut text = format!(
        "{}: {}\norder {}, received {:.0}, level {}\n",
        one.id,
        state_words(course.state()),
        visible(&one.kept.order),
        course.received_at(),
        course.level().word()
    );
    if course.state().is_hold() {
        let _ = writeln!(text, "expires in {}", left(course.expires_at(), now));
        for cause in course.causes(now) {
            let _ = writeln!(text, "  held: {}", cause_words(cause));
        }
    }
    for trigger in course.triggers() {
        let _ = writeln!(text, "  closer look: {}", trigger.word());
    }
    text += &facts(&one.kept.applicant);
    for hit in course.hits() {
        let standing = match hit.review.standing() {
            Standing::Open | Standing::Reopened(_) => "open",
            Standing::AwaitsSecond(_) => "waits for a second person",
            Standing::Judged(answer) => answer.word(),
        };
        let found = &hit.found;
        let _ = writeln!(text, "hit: {} on {}, {}: {standing}", found.entry, found.list, found.class.word());
        let kept = one.kept.hits.iter().find(|kept| found.is(&kept.list, &kept.entry_id));
        for reason in kept.into_iter().flat_map(|kept| &kept.reasons) {
            let _ = writeln!(
                text,
                "  {:+.1} {}: {} | {}",
                reason.weight,
                reason.feature,
                visible(&reason.customer.raw),
                visible(&reason.entry.raw)
            );
        }
    }
    for kind in CheckKind::ALL {
        let last = course.checks().iter().rfind(|check| check.kind == *kind);
        if last.is_some() || course.required().contains(kind) {
            let standing = check::standing(course.checks(), *kind, now).map_or("missing", kyc::Outcome::word);
            let source = last.map_or_else(String::new, |check| format!(" ({})", visible(&check.source)));
            let _ = writeln!(text, "check: {}: {standing}{source}", kind.word());
        }
    }
    for event in course.events() {
        let _ = writeln!(text, "{:.0} {}", event.at(), event.word());
    }
    text
}

fn facts(applicant: &Applicant) -> String {
    let said = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let all = [
        ("company", said(&applicant.company)),
        ("person", said(&applicant.person)),
        ("mail", applicant.emails.clone()),
        ("phone", applicant.phones.clone()),
        ("country", applicant.country().into_iter().collect()),
        ("register number", said(&applicant.register_number)),
        ("VAT number", said(&applicant.vat_number)),
        ("domain", applicant.domains.clone()),
    ];
    let mut text = String::new();
    for (what, values) in all {
        for value in values.iter().filter(|value| !value.trim().is_empty()) {
            let _ = writeln!(text, "  {what}: {}", visible(value));
        }
    }
    text
}

/// Counts.
pub(super) fn report(report: &Report) -> String {
    let mut text = format!(
        "{} orders: {} at once, {} held (or would have been)\n",
        report.applications,
        report.at_once,
        report.held()
    );
    let _ = writeln!(
        text,
        "of the held: {} let in later, {} wait for review, {} for data, {} refused, {} expired",
        report.after_hold, report.held_for_review, report.held_for_data, report.refused, report.expired
    );
    if let Some(hours) = report.median_hold_hours {
        let _ = writeln!(text, "half of the holds took no longer than {hours} hours");
    }
    for (word, count) in &report.causes {
        let _ = writeln!(text, "  held by {}: {count}", word.replace('_', " "));
    }
    for (level, count) in &report.levels {
        let _ = writeln!(text, "  level {}: {count}", level.word());
    }
    for (trigger, count) in &report.triggers {
        let _ = writeln!(text, "  closer look, {}: {count}", trigger.word().replace('_', " "));
    }
    text
}

pub(super) fn cause_words(cause: Cause) -> String {
    let what = cause.word().replace('_', " ");
    match cause {
        Cause::NotConfirmed(kind) | Cause::Asked(kind) | Cause::Missing(kind) | Cause::Unavailable(kind) => {
            format!("{what}: {}", kind.word())
        }
        _ => what,
    }
}

fn left(until: Timestamp, now: Timestamp) -> String {
    match until.duration_since(now).as_hours() {
        ..0 => "over".to_owned(),
        hours => format!("{} d {} h", hours / 24, hours % 24),
    }
}
