//! One hit on the page, ready to be shown.

use matching::{Class, Reason};
use screening::Hit;
use watchlist::Nature;

use crate::markup::{self, Markup, Sides, Value};
use crate::report::Report;
use crate::{Texts, numbers, order, words};

/// Linked customers that are named; of the others only the number is shown.
const LINKED_SHOWN: usize = 12;

pub(crate) struct HitView {
    /// Place in the whole result, from 1.
    pub(crate) number: String,
    pub(crate) class: &'static str,
    pub(crate) class_word: String,
    /// Open from the start: who reads a report wants to see why, at least for what matters most.
    pub(crate) open: bool,
    pub(crate) score: String,
    pub(crate) score_percent: String,
    pub(crate) customer_name: Markup,
    pub(crate) customer_id: Markup,
    pub(crate) row: String,
    pub(crate) entry_name: Markup,
    pub(crate) entry_id: Markup,
    pub(crate) list_title: Markup,
    pub(crate) nature: &'static str,
    pub(crate) nature_word: String,
    pub(crate) suspended: bool,
    pub(crate) summary: String,
    pub(crate) reasons: Vec<ReasonView>,
    pub(crate) linked: Vec<LinkedView>,
    pub(crate) more_linked: Option<String>,
}

pub(crate) struct ReasonView {
    pub(crate) explanation: Markup,
    pub(crate) sides: Sides,
    pub(crate) relation: &'static str,
    pub(crate) relation_word: String,
    pub(crate) weight: String,
    pub(crate) against: bool,
    /// Start and width of the bar in percent of the whole scale, whose middle is 0.
    pub(crate) bar_start: String,
    pub(crate) bar_width: String,
    pub(crate) remark: Option<String>,
}

pub(crate) struct LinkedView {
    pub(crate) customer_id: Markup,
    pub(crate) row: String,
    pub(crate) shared: String,
}

impl HitView {
    /// `heaviest` is the largest weight of the report: all bars have one scale.
    pub(crate) fn new(report: &Report<'_>, hit: &Hit, place: usize, heaviest: f64) -> Self {
        let (texts, language) = (Texts::of(report.language), report.language);
        let list = report.list_of(hit);
        let nature = list.map_or(Nature::Advisory, |list| list.nature);
        let score = if hit.score.is_finite() { hit.score.clamp(0.0, 1.0) } else { 0.0 };
        let reasons: Vec<ReasonView> =
            order::reasons(hit).into_iter().map(|reason| ReasonView::new(report, reason, heaviest)).collect();
        Self {
            number: numbers::count(place as u64 + 1, language),
            class: hit.class.name(),
            class_word: words::class(hit.class, texts).into_owned(),
            open: hit.class >= Class::Probable,
            score: numbers::score(hit.score, language),
            score_percent: format!("{:.1}", score * 100.0),
            customer_name: markup::text(&hit.customer_name, language),
            customer_id: markup::text(&hit.customer_id, language),
            row: numbers::count(hit.row, language),
            entry_name: markup::text(&hit.entry_name, language),
            entry_id: markup::text(&hit.entry_id, language),
            list_title: markup::text(list.map_or("–", |list| &list.title), language),
            nature: nature.wire_name(),
            nature_word: words::nature(nature, texts).into_owned(),
            suspended: hit.suspended,
            summary: summary(&reasons, texts),
            reasons,
            linked: hit
                .linked
                .iter()
                .take(LINKED_SHOWN)
                .map(|linked| LinkedView {
                    customer_id: markup::text(&linked.customer_id, language),
                    row: numbers::count(linked.row, language),
                    shared: words::shared(linked.shared, texts).into_owned(),
                })
                .collect(),
            more_linked: (hit.linked.len() > LINKED_SHOWN)
                .then(|| texts.number("more-linked", (hit.linked.len() - LINKED_SHOWN) as u64)),
        }
    }
}

/// How many reasons speak for and against, for those who do not open them.
fn summary(reasons: &[ReasonView], texts: &Texts) -> String {
    let against = reasons.iter().filter(|reason| reason.against).count();
    texts.with("reasons-summary", &[("for", (reasons.len() - against).into()), ("against", against.into())])
}

impl ReasonView {
    fn new(report: &Report<'_>, reason: &Reason, heaviest: f64) -> Self {
        let (texts, language) = (Texts::of(report.language), report.language);
        let share = if heaviest > 0.0 { (reason.weight.abs() / heaviest).min(1.0) } else { 0.0 };
        // The bar of a reason that hardly weighs anything is still a line.
        let width = if share.is_finite() { (share * 50.0).max(0.8) } else { 0.0 };
        let against = reason.weight < 0.0;
        let relation = words::relation(reason);
        Self {
            explanation: markup::text(&words::feature(reason.feature, report.features, language), language),
            sides: markup::sides(value(&reason.customer), value(&reason.entry), language),
            relation,
            relation_word: match relation {
                "=" => texts.get("relation-equal"),
                "≈" => texts.get("relation-alike"),
                _ => texts.get("relation-differs"),
            }
            .into_owned(),
            weight: numbers::weight(reason.weight, language),
            against,
            bar_start: format!("{:.1}", if against { 50.0 - width } else { 50.0 }),
            bar_width: format!("{width:.1}"),
            remark: reason.remark.map(|remark| words::remark(remark, texts, language)),
        }
    }
}

fn value(side: &matching::Side) -> Value<'_> {
    Value { raw: &side.raw, clean: &side.clean }
}
