//! What people and programs get to see, in every format.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{Language, csv, html, json, jsonl, table, xlsx};
use jiff::civil::date;

#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
mod sample;

use sample::{Sample, clean_sample, sample};

fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The part of the report from the first to the second text.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap();
    let end = start + page[start..].find(to).unwrap();
    &page[start..end]
}

fn few(sample: &Sample) -> Sample {
    let keep = ["1017", "1502", "C-77/b", "3001"];
    let mut sample = Sample {
        manifest: sample.manifest.clone(),
        coverage: sample.coverage,
        hits: sample.hits.iter().filter(|hit| keep.contains(&hit.customer_id.as_str())).cloned().collect(),
        cannot_tell: sample.cannot_tell.clone(),
        problems: sample.problems.clone(),
    };
    sample.manifest.counts = documents::ClassCounts::of(&sample.hits);
    sample
}

#[test]
fn table_in_english() {
    let sample = few(&sample());
    let options = table::Options { width: 100, colour: false, rows: 3 };
    insta::assert_snapshot!(text(|out| table::write(&sample.report(Language::En), &options, out)));
}

#[test]
fn table_in_dutch_on_a_narrow_terminal() {
    let sample = few(&sample());
    let options = table::Options { width: 72, colour: false, rows: 2 };
    insta::assert_snapshot!(text(|out| table::write(&sample.report(Language::Nl), &options, out)));
}

#[test]
fn table_without_hits() {
    let sample = clean_sample();
    insta::assert_snapshot!(text(|out| table::write(
        &sample.report(Language::En),
        &table::Options::default(),
        out
    )));
}

#[test]
fn colour_only_when_asked_for() {
    let sample = sample();
    let shown = |colour| {
        let options = table::Options { colour, ..table::Options::default() };
        text(|out| table::write(&sample.report(Language::En), &options, out))
    };

    assert!(!shown(false).contains('\u{1b}'));
    assert!(shown(true).contains("\u{1b}[38;5;9m") || shown(true).contains("\u{1b}["));
}

#[test]
fn csv_in_dutch() {
    let sample = few(&sample());
    insta::assert_snapshot!(text(|out| csv::write(&sample.report(Language::Nl), out)));
}

#[test]
fn csv_has_the_promised_columns_even_without_hits() {
    let sample = clean_sample();
    assert_eq!(
        text(|out| csv::write(&sample.report(Language::En), out)),
        "customer_id,entry_id,class,score,reasons\n"
    );
}

#[test]
fn json_in_english() {
    let mut sample = few(&sample());
    sample.hits.truncate(2);
    insta::assert_snapshot!(text(|out| json::write(&sample.report(Language::En), out)));
}

#[test]
fn jsonl_has_one_hit_on_each_line() {
    let sample = few(&sample());
    let lines = text(|out| jsonl::write(&sample.report(Language::Nl), out));

    assert_eq!(lines.lines().count(), 4);
    for line in lines.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(hit["score"].as_f64().unwrap() >= 0.5);
    }
    insta::assert_snapshot!(lines.lines().nth(1).unwrap());
}

#[test]
fn html_hit_in_english() {
    let page = text(|out| html::write(&few(&sample()).report(Language::En), out));
    insta::assert_snapshot!(part(&page, "<article class=\"hit probable\">", "</article>"));
}

#[test]
fn html_beginning_in_dutch() {
    let page = text(|out| html::write(&few(&sample()).report(Language::Nl), out));
    insta::assert_snapshot!(part(&page, "<main", "<section aria-labelledby=\"coverage\">"));
}

#[test]
fn html_without_hits_says_what_was_looked_at_and_who_cannot_be_excluded() {
    let page = text(|out| html::write(&clean_sample().report(Language::En), out));

    assert!(page.contains("0 hits in 4,213 customers"));
    assert!(page.contains("37 customers cannot be excluded"));
    assert!(page.contains("Harbour list of resellers"));
    assert!(page.contains("97.3%"));
    assert!(!page.contains("<article class=\"hit"));
}

#[test]
fn html_needs_nothing_else_and_runs_nothing() {
    for language in [Language::En, Language::Nl] {
        let page = text(|out| html::write(&sample().report(language), out));

        assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
        for forbidden in ["<script", "<link", "<iframe", " src=", "@import", "url(", "javascript:"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        // The only addresses in the page are places on it; those of the sample are text.
        assert!(page.match_indices(" href=\"").all(|(place, _)| page[place + 7..].starts_with('#')));
    }
}

#[test]
fn html_is_well_formed_for_a_screen_reader() {
    let page = text(|out| html::write(&sample().report(Language::Nl), out));

    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
    for landmark in ["<header", "<main", "<nav", "<footer", "lang=\"nl\""] {
        assert!(page.contains(landmark), "{landmark}");
    }
    for element in [
        "article", "section", "table", "tbody", "thead", "details", "div", "ul", "ol", "svg", "tr", "td",
        "bdi",
    ] {
        let opened =
            page.matches(&format!("<{element} ")).count() + page.matches(&format!("<{element}>")).count();
        assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "{element}");
    }
    let ids: Vec<&str> =
        page.match_indices(" id=\"").map(|(place, _)| page[place + 5..].split('"').next().unwrap()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "an id is used twice");
    for (place, _) in page.match_indices(" href=\"#") {
        let target = page[place + 8..].split('"').next().unwrap();
        assert!(ids.contains(&target), "#{target} leads nowhere");
    }
}

#[test]
fn many_hits_are_shortened_and_the_report_says_so() {
    let mut sample = sample();
    let first = sample.hits[0].clone();
    for row in 0..5_000 {
        sample.hits.push(screening::Hit { row: 10_000 + row, customer_id: row.to_string(), ..first.clone() });
    }
    sample.manifest.counts = documents::ClassCounts::of(&sample.hits);
    let page = text(|out| html::write(&sample.report(Language::En), out));

    assert_eq!(page.matches("<article class=\"hit").count(), html::HITS_SHOWN);
    assert!(page.contains("Shown are the 1,991 hits with the highest score of 5,003."));
    assert_eq!(page.matches("<article class=\"hit weak").count(), 5);
}

#[test]
fn an_order_of_hits_gives_the_same_bytes() {
    let (mut turned, sample) = (sample(), sample());
    turned.hits.reverse();
    turned.hits.iter_mut().for_each(|hit| hit.reasons.reverse());

    let bytes = |sample: &Sample| {
        let report = sample.report(Language::Nl);
        let mut all = text(|out| csv::write(&report, out)).into_bytes();
        jsonl::write(&report, &mut all).unwrap();
        json::write(&report, &mut all).unwrap();
        html::write(&report, &mut all).unwrap();
        table::write(&report, &table::Options::default(), &mut all).unwrap();
        xlsx::write(&report, &mut all).unwrap();
        all
    };
    assert_eq!(bytes(&turned), bytes(&sample));
}

#[test]
fn odd_figures_are_no_reason_to_fail() {
    let mut sample = sample();
    sample.hits[0].score = f64::NAN;
    sample.hits[1].reasons[0].weight = f64::INFINITY;
    sample.hits[2].list = 99;
    sample.manifest.started_at = "some day".into();
    sample.manifest.lists[0].valid_until = Some(date(1, 1, 1));
    sample.coverage = screening::Coverage::default();
    let report = sample.report(Language::En);

    let mut out = Vec::new();
    csv::write(&report, &mut out).unwrap();
    json::write(&report, &mut out).unwrap();
    jsonl::write(&report, &mut out).unwrap();
    html::write(&report, &mut out).unwrap();
    table::write(&report, &table::Options { width: 0, colour: true, rows: 0 }, &mut out).unwrap();
    xlsx::write(&report, &mut out).unwrap();
}
