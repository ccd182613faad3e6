//! The last accepted figures: `quality/accepted.txt`, one `name value` on each line.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use crate::figures::{Figures, less_is_better, tolerance};

/// How a figure stands to the accepted one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    New,
    Better,
    Equal,
    Worse,
}

/// A figure beside the accepted one.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub name: String,
    pub accepted: Option<f64>,
    pub now: f64,
    pub standing: Standing,
}

/// Each figure of the run beside the accepted one. Accepted figures of sets that were left out are not named.
pub fn compare(now: &Figures, accepted: &Figures) -> Vec<Compared> {
    now.0
        .iter()
        .map(|(name, value)| {
            let before = accepted.get(name);
            Compared {
                name: name.clone(),
                accepted: before,
                now: *value,
                standing: standing(name, *value, before),
            }
        })
        .collect()
}

fn standing(name: &str, now: f64, accepted: Option<f64>) -> Standing {
    let Some(accepted) = accepted else { return Standing::New };
    let gain = if less_is_better(name) { accepted - now } else { now - accepted };
    // Files hold four digits, so half of the last one is noise.
    let noise = 0.000_05;
    if gain < -(tolerance(name) + noise) {
        Standing::Worse
    } else if gain > tolerance(name) + noise {
        Standing::Better
    } else {
        Standing::Equal
    }
}

/// Reads accepted figures; a file that is not there has none.
pub fn read(path: &Path) -> Result<Figures> {
    if !path.exists() {
        return Ok(Figures::default());
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    parse(&text).with_context(|| format!("in {}", path.display()))
}

/// Writes the figures. Accepted figures that this run did not measure are kept.
pub fn write(path: &Path, now: &Figures) -> Result<()> {
    let mut all = read(path)?;
    all.0.extend(now.0.clone());
    std::fs::write(path, print(&all)).with_context(|| format!("could not write {}", path.display()))
}

fn parse(text: &str) -> Result<Figures> {
    let mut figures = Figures::default();
    for (place, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let (name, value) = line
            .rsplit_once(' ')
            .and_then(|(name, value)| Some((name.trim(), value.parse::<f64>().ok()?)))
            .with_context(|| format!("line {}: `{line}`, expected a name and a number", place + 1))?;
        figures.set(name, value);
    }
    Ok(figures)
}

fn print(figures: &Figures) -> String {
    let mut text =
        String::from("# The last accepted figures; written by `cargo run --release -p quality -- accept`.\n");
    let width = figures.0.keys().map(String::len).max().unwrap_or_default();
    let mut group = "";
    for (name, value) in &figures.0 {
        let this = name.split('/').next().unwrap_or_default();
        if this != group {
            text.push('\n');
            group = this;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:width$} {value:.4}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(pairs: &[(&str, f64)]) -> Figures {
        Figures(pairs.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect())
    }

    #[track_caller]
    fn check(name: &str, accepted: f64, now: f64, expected: Standing) {
        let compared = compare(&figures(&[(name, now)]), &figures(&[(name, accepted)]));

        assert_eq!(compared[0].standing, expected);
    }

    #[test]
    fn small_differences_are_equal() {
        check("a/auc", 0.9, 0.8985, Standing::Equal);
        check("a/auc", 0.9, 0.897, Standing::Worse);
        check("a/auc", 0.9, 0.903, Standing::Better);
    }

    #[test]
    fn fewer_false_positives_are_better() {
        check("a/false_positive_rate", 0.02, 0.01, Standing::Better);
        check("a/false_positive_rate", 0.02, 0.03, Standing::Worse);
    }

    #[test]
    fn one_more_false_alarm_is_worse() {
        check("noisy/false_alarms", 0.0, 1.0, Standing::Worse);
    }

    #[test]
    fn what_was_written_is_read() {
        let written = figures(&[("a/auc", 0.9), ("a/kind with blank/recall", 0.5), ("b/f1", 1.0)]);

        assert_eq!(parse(&print(&written)).unwrap(), written);
    }

    #[test]
    fn a_line_without_a_number_is_named() {
        assert_eq!(
            parse("# x\na/auc much").unwrap_err().to_string(),
            "line 2: `a/auc much`, expected a name and a number"
        );
    }
}
