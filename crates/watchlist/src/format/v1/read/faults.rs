//! Collects what was wrong in which entry, with its line.

use super::super::error::Problem;
use crate::{Phrase, phrase};

/// Longest piece of a value that a message shows, in characters.
const SHOWN_CHARS: usize = 80;

pub(super) struct Faults<'a> {
    text: &'a str,
    entry: &'a str,
    entry_number: usize,
    entry_id: Option<String>,
    /// A place in `text` and its line; lines are counted on from here, since entries come in order.
    counted_to: usize,
    line: u64,
    problems: Vec<Problem>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            entry: "",
            entry_number: 0,
            entry_id: None,
            counted_to: 0,
            line: 1,
            problems: Vec::new(),
        }
    }

    /// From now on faults belong to this entry; `raw` is a piece of the whole text.
    pub(super) fn enter(&mut self, index: usize, raw: &'a str) {
        self.entry = raw;
        self.entry_number = index + 1;
        self.entry_id = None;
    }

    pub(super) fn entry_number(&self) -> usize {
        self.entry_number
    }

    pub(super) fn count(&self) -> usize {
        self.problems.len()
    }

    pub(super) fn set_id(&mut self, id: &str) {
        if self.entry_id.as_deref() != Some(id) {
            self.entry_id = Some(id.to_owned());
        }
    }

    /// Notes that `found` stood where something else was expected.
    pub(super) fn note(
        &mut self,
        place: impl Into<Option<Phrase>>,
        found: &str,
        expected: Phrase,
        hint: Phrase,
    ) {
        let line = self.line_of(found);
        let shown = if found.is_empty() {
            Phrase::new("nothing", "niets")
        } else {
            Phrase::same(format!("`{}`", shortened(found)))
        };
        self.problems.push(Problem {
            line,
            entry_number: self.entry_number,
            entry_id: self.entry_id.clone(),
            found: match place.into() {
                None => shown,
                Some(place) => phrase!("{} in {}", "{} in {}", shown, place),
            },
            expected,
            hint,
        });
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// The line on which `found` first stands in the entry, else the line where the entry begins.
    fn line_of(&mut self, found: &str) -> u64 {
        let start = self.entry.as_ptr() as usize - self.text.as_ptr() as usize;
        self.line += newlines(&self.text[self.counted_to..start]);
        self.counted_to = start;
        let inside = if found.is_empty() { None } else { self.entry.find(found) };
        self.line + inside.map_or(0, |place| newlines(&self.entry[..place]))
    }
}

fn newlines(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// A value for a message: on one line and not too long.
fn shortened(text: &str) -> String {
    let mut shown: String =
        text.chars().take(SHOWN_CHARS).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN_CHARS).is_some() {
        shown.push_str(" ...");
    }
    shown
}
