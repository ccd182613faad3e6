//! The page: everything that is shown once, and the hits as they are asked for.

use std::borrow::Cow;

use askama::Template;
use matching::Class;
use screening::Hit;

use super::hit::HitView;
use crate::carriers::carriers;
use crate::markup::{self, Markup};
use crate::report::{ListStamp, Report};
use crate::{Texts, numbers, words};

/// Rows of the tables that are not hits. The workbook has all of them.
const ROWS_SHOWN: usize = 500;

/// Features in the picture; what carried less is counted in one line.
const CARRIERS_SHOWN: usize = 12;

/// Characters of a hash that are shown where the whole one stands elsewhere.
const HASH_START: usize = 12;

#[derive(Template)]
#[template(path = "report.html")]
pub(crate) struct Page<'a> {
    report: &'a Report<'a>,
    t: &'static Texts,
    lang: &'static str,
    outcome: String,
    file_name: Markup,
    moment: Markup,
    version: Markup,
    result_start: Markup,
    cards: Vec<Card>,
    handling: Vec<Markup>,
    steps: Vec<String>,
    lists: Vec<ListView>,
    carriers: Vec<CarrierView>,
    coverage: Vec<CoverageView>,
    classes: Vec<ClassView<'a>>,
    cannot_tell: Vec<CannotTellView>,
    problems: Vec<ProblemView>,
    manifest: Vec<(Cow<'static, str>, Markup)>,
    heaviest: f64,
}

/// One figure at the top.
struct Card {
    nil: bool,
    class: &'static str,
    label: Cow<'static, str>,
    number: String,
    meaning: Cow<'static, str>,
    target: &'static str,
}

struct ListView {
    title: Markup,
    issuer: Markup,
    nature: &'static str,
    nature_word: Cow<'static, str>,
    meaning: Cow<'static, str>,
    edition: String,
    entries: String,
    issued: String,
    valid_until: String,
    expired: bool,
    origin: Cow<'static, str>,
    handling: Markup,
    sha256_start: Markup,
}

struct CarrierView {
    feature: Markup,
    /// Class, start and width of each part of the bar, in percent.
    parts: Vec<(&'static str, String, String)>,
    /// Strong, probable, weak, supported: what it is, and how many.
    figures: Vec<(Cow<'static, str>, String)>,
}

struct CoverageView {
    what: Cow<'static, str>,
    number: String,
    percent: String,
    width: String,
}

struct ClassView<'a> {
    class: &'static str,
    title: String,
    meaning: Cow<'static, str>,
    /// Said when not all hits of the class are shown.
    shortened: Option<String>,
    /// Place of the first hit in the whole result.
    first: usize,
    hits: Vec<&'a Hit>,
}

struct CannotTellView {
    row: String,
    customer_id: Markup,
    missing: Cow<'static, str>,
}

struct ProblemView {
    file: Markup,
    line: String,
    message: Markup,
    hint: Option<Markup>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(report: &'a Report<'a>, limit: usize) -> Self {
        let (t, language, manifest) = (Texts::of(report.language), report.language, report.manifest);
        let text = |value: &str| markup::text(value, language);
        Self {
            report,
            t,
            lang: language.tag(),
            outcome: words::outcome(report, t),
            file_name: text(&manifest.customers_file.name),
            moment: text(&numbers::moment(&manifest.started_at, language)),
            version: text(&manifest.program_version),
            result_start: text(manifest.result_sha256.get(..HASH_START).unwrap_or(&manifest.result_sha256)),
            cards: cards(report, t),
            handling: manifest
                .lists
                .iter()
                .filter(|list| !list.handling.is_empty())
                .map(|list| text(&list.handling))
                .collect(),
            steps: words::next_steps(report, t),
            lists: manifest.lists.iter().map(|list| list_view(report, list, t)).collect(),
            carriers: carrier_views(report, t),
            coverage: coverage_views(report, t),
            classes: class_views(report, limit, t),
            cannot_tell: report
                .cannot_tell
                .listed
                .iter()
                .take(ROWS_SHOWN)
                .map(|row| CannotTellView {
                    row: numbers::count(row.row, language),
                    customer_id: text(&row.customer_id),
                    missing: words::missing(row.missing, t),
                })
                .collect(),
            problems: report
                .problems
                .listed
                .iter()
                .take(ROWS_SHOWN)
                .map(|problem| ProblemView {
                    file: text(&problem.file),
                    line: problem.line.map_or_else(|| "–".to_owned(), |line| numbers::count(line, language)),
                    message: text(language.of(&problem.message)),
                    hint: problem.hint.as_ref().map(|hint| text(language.of(hint))),
                })
                .collect(),
            manifest: words::manifest(report, t)
                .into_iter()
                .map(|(label, value)| (label, text(&value)))
                .collect(),
            heaviest: heaviest(report.hits),
        }
    }

    /// The hits of one class, each made ready when it is written and dropped after.
    fn views<'b>(&'b self, class: &'b ClassView<'_>) -> impl Iterator<Item = HitView> + 'b {
        class
            .hits
            .iter()
            .enumerate()
            .map(move |(place, hit)| HitView::new(self.report, hit, class.first + place, self.heaviest))
    }

    fn is_clean(&self) -> bool {
        self.report.manifest.counts.total() == 0
    }

    fn cannot_exclude(&self) -> String {
        self.t.number("outcome-cannot-tell", self.report.cannot_tell.total)
    }

    fn more_cannot_tell(&self) -> Option<String> {
        self.rest(self.report.cannot_tell.total, self.cannot_tell.len())
    }

    fn more_problems(&self) -> Option<String> {
        self.rest(self.report.problems.total, self.problems.len())
    }

    fn rest(&self, total: u64, shown: usize) -> Option<String> {
        let rest = total.saturating_sub(shown as u64);
        (rest > 0).then(|| self.t.number("more-rows", rest))
    }
}

fn heaviest(hits: &[Hit]) -> f64 {
    let weights = hits.iter().flat_map(|hit| &hit.reasons).map(|reason| reason.weight.abs());
    weights.filter(|weight| weight.is_finite()).fold(0.0, f64::max)
}

fn cards(report: &Report<'_>, t: &'static Texts) -> Vec<Card> {
    let count = |number| numbers::count(number, report.language);
    let hits = [Class::Strong, Class::Probable, Class::Weak].map(|class| Card {
        nil: report.manifest.counts.of_class(class) == 0,
        class: class.name(),
        label: words::class(class, t),
        number: count(report.manifest.counts.of_class(class)),
        meaning: match class < report.manifest.minimum_class {
            true => t.get("class-not-asked"),
            false => words::class_meaning(class, t),
        },
        target: match class {
            Class::Strong => "strong",
            Class::Probable => "probable",
            _ => "weak",
        },
    });
    let mut cards = Vec::from(hits);
    cards.push(Card {
        nil: report.cannot_tell.total == 0,
        class: "cannot",
        label: t.get("cannot-tell"),
        number: count(report.cannot_tell.total),
        meaning: t.get("cannot-tell-meaning"),
        target: "cannot-tell",
    });
    cards
}

fn list_view(report: &Report<'_>, list: &ListStamp, t: &'static Texts) -> ListView {
    let language = report.language;
    let day = |day: Option<jiff::civil::Date>| {
        day.map_or_else(|| "–".to_owned(), |day| numbers::date(day, language))
    };
    ListView {
        title: markup::text(&list.title, language),
        issuer: markup::text(&list.issuer, language),
        nature: list.nature.wire_name(),
        nature_word: words::nature(list.nature, t),
        meaning: words::nature_meaning(list.nature, t),
        edition: if list.edition == 0 {
            "–".to_owned()
        } else {
            numbers::count(list.edition.into(), language)
        },
        entries: numbers::count(list.entries, language),
        issued: day(list.issued_at),
        valid_until: day(list.valid_until),
        expired: list.expired_on(report.day()),
        origin: words::origin(list.origin, t),
        handling: markup::text(if list.handling.is_empty() { "–" } else { &list.handling }, language),
        sha256_start: markup::text(list.sha256.get(..HASH_START).unwrap_or(&list.sha256), language),
    }
}

fn carrier_views(report: &Report<'_>, t: &'static Texts) -> Vec<CarrierView> {
    let language = report.language;
    let found = carriers(report.hits);
    let most = found.iter().map(|carrier| carrier.carried.total()).max().unwrap_or(0).max(1) as f64;
    found
        .iter()
        .take(CARRIERS_SHOWN)
        .map(|carrier| {
            let (mut start, mut parts) = (0.0, Vec::new());
            for class in [Class::Strong, Class::Probable, Class::Weak] {
                let width = carrier.carried.of_class(class) as f64 * 100.0 / most;
                if width > 0.0 {
                    parts.push((class.name(), format!("{start:.2}"), format!("{width:.2}")));
                }
                start += width;
            }
            CarrierView {
                feature: markup::text(&words::feature(carrier.feature, report.features, language), language),
                parts,
                figures: [
                    (t.get("class-strong"), carrier.carried.strong),
                    (t.get("class-probable"), carrier.carried.probable),
                    (t.get("class-weak"), carrier.carried.weak),
                    (t.get("supported"), carrier.supported),
                ]
                .map(|(what, number)| (what, numbers::count(number, language)))
                .into(),
            }
        })
        .collect()
}

fn coverage_views(report: &Report<'_>, t: &'static Texts) -> Vec<CoverageView> {
    let (whole, language) = (report.coverage.customers, report.language);
    words::coverage(report, t)
        .into_iter()
        .map(|(what, number)| CoverageView {
            what,
            number: numbers::count(number, language),
            percent: numbers::percent(number, whole, language),
            width: format!("{:.1}", if whole == 0 { 0.0 } else { number as f64 * 100.0 / whole as f64 }),
        })
        .collect()
}

/// Shares the room among the classes: strong first, but a tenth of it is kept for each class below.
fn class_views<'a>(report: &'a Report<'a>, limit: usize, t: &'static Texts) -> Vec<ClassView<'a>> {
    let sorted = report.hits_in_order();
    let of = |class: Class| sorted.iter().filter(move |hit| hit.class == class).count();
    let classes = [Class::Strong, Class::Probable, Class::Weak];
    let (mut room, mut start, mut views) = (limit, 0, Vec::new());
    for (place, class) in classes.into_iter().enumerate() {
        let present = of(class);
        let kept: usize = classes[place + 1..].iter().map(|below| of(*below).min(limit / 10)).sum();
        let shown = present.min(room.saturating_sub(kept));
        if present > 0 {
            let total = report.manifest.counts.of_class(class).max(present as u64);
            views.push(ClassView {
                class: class.name(),
                title: words::class(class, t).into_owned() + " · " + &numbers::count(total, report.language),
                meaning: words::class_meaning(class, t),
                shortened: (total > shown as u64)
                    .then(|| t.with("shortened", &[("shown", shown.into()), ("total", total.into())])),
                first: start,
                hits: sorted[start..start + shown].to_vec(),
            });
        }
        room -= shown;
        start += present;
    }
    views
}
