//! Traces of listed parties in the hoster's own address space, in every form.

mod html;

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use crate::Language;
use crate::csv::disarmed;
use crate::visible::visible;

pub use html::html;

/// One value of one object that a list has, too.
#[derive(Clone)]
pub struct Trace {
    /// Class and key of the object in the registry.
    pub object: String,
    /// The value, and the way to it from the object.
    pub value: String,
    /// The value in the list.
    pub listed: String,
    /// Title of the list.
    pub list: String,
    pub entry_id: String,
    pub entry_name: String,
    /// Class of the object and the entry as a pair: what all their reasons together carry.
    pub class: &'static str,
    pub score: f64,
    /// What the two values have in common.
    pub reason: String,
}

/// Shows the class only.
impl std::fmt::Debug for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trace({})", self.class)
    }
}

/// The columns of the CSV file.
pub const COLUMNS: [&str; 9] =
    ["object", "value", "listed", "list", "entry_id", "entry_name", "class", "score", "reason"];

/// For a terminal: what was found at each object, under it.
pub fn table(traces: &[Trace], language: Language, out: &mut dyn Write) -> io::Result<()> {
    if traces.is_empty() {
        return writeln!(out, "{}", nothing(language));
    }
    let mut before = ("", "");
    for trace in traces {
        let here = (trace.object.as_str(), trace.entry_id.as_str());
        if here != before {
            let Trace { object, entry_id, entry_name, class, score, .. } = trace;
            let (object, id, name) = (visible(object), visible(entry_id), visible(entry_name));
            writeln!(out, "{class:<9} {score:.2}  {object}  {id} {name}")?;
            before = here;
        }
        writeln!(out, "    {}: {} = {}", trace.reason, visible(&trace.value), visible(&trace.listed))?;
    }
    Ok(())
}

pub fn jsonl(traces: &[Trace], out: &mut dyn Write) -> io::Result<()> {
    traces.iter().try_for_each(|trace| {
        serde_json::to_writer(&mut *out, &Seen::of(trace))?;
        writeln!(out)
    })
}

pub fn json(traces: &[Trace], out: &mut dyn Write) -> io::Result<()> {
    let seen: Vec<Seen<'_>> = traces.iter().map(Seen::of).collect();
    serde_json::to_writer_pretty(&mut *out, &seen)?;
    writeln!(out)
}

pub fn csv(traces: &[Trace], out: &mut dyn Write) -> io::Result<()> {
    let mut rows = ::csv::Writer::from_writer(out);
    rows.write_record(COLUMNS)?;
    for trace in traces {
        let score = format!("{:.4}", trace.score);
        let texts =
            [&trace.object, &trace.value, &trace.listed, &trace.list, &trace.entry_id, &trace.entry_name];
        let mut cells: Vec<String> = texts.map(|text| disarmed(&visible(text)).into_owned()).to_vec();
        cells.extend([trace.class.to_owned(), score, trace.reason.clone()]);
        rows.write_record(&cells)?;
    }
    rows.flush()
}

/// A trace with unseen characters made visible.
#[derive(Serialize)]
struct Seen<'a> {
    object: Cow<'a, str>,
    value: Cow<'a, str>,
    listed: Cow<'a, str>,
    list: Cow<'a, str>,
    entry_id: Cow<'a, str>,
    entry_name: Cow<'a, str>,
    class: &'a str,
    score: f64,
    reason: &'a str,
}

impl<'a> Seen<'a> {
    fn of(trace: &'a Trace) -> Self {
        Self {
            object: visible(&trace.object),
            value: visible(&trace.value),
            listed: visible(&trace.listed),
            list: visible(&trace.list),
            entry_id: visible(&trace.entry_id),
            entry_name: visible(&trace.entry_name),
            class: trace.class,
            score: rounded(trace.score),
            reason: &trace.reason,
        }
    }
}

/// Four decimals are what the score can bear.
fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

const fn nothing(language: Language) -> &'static str {
    match language {
        Language::En => "no trace of a listed party that belongs to no customer",
        Language::Nl => "geen spoor van een vermelde partij dat niet bij een klant hoort",
    }
}
