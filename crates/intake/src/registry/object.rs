//! Objects of a dump: RPSL lines (RFC 2622) into attributes, with what was wrong and in which line.

use std::borrow::Cow;
use std::io::BufRead;
use std::ops::Range;

use super::attribute::{Attribute, Class, Classes};
use super::lines::Lines;
use crate::{ProblemKind, RowProblem};

/// Bytes of values that are kept of one object.
const LARGEST_OBJECT: usize = 1 << 20;

/// One object: the attributes that matching needs.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) class: Class,
    /// Line of its first attribute, from 1.
    pub(super) line: u64,
    text: String,
    attributes: Vec<(Attribute, Range<usize>)>,
}

impl Object {
    /// The value of the first attribute.
    pub(super) fn key(&self) -> &str {
        self.first(Attribute::Key).unwrap_or_default()
    }

    /// The first value that is not empty.
    pub(super) fn first(&self, attribute: Attribute) -> Option<&str> {
        self.all(attribute).next()
    }

    /// Every value that is not empty, in the order of the file.
    pub(super) fn all(&self, attribute: Attribute) -> impl Iterator<Item = &str> {
        let of_it = self.attributes.iter().filter(move |(found, _)| *found == attribute);
        of_it.map(|(_, place)| self.text[place.clone()].trim()).filter(|value| !value.is_empty())
    }

    /// Values that are lists with commas or blanks, such as maintainers.
    pub(super) fn handles(&self, attribute: Attribute) -> impl Iterator<Item = &str> {
        let parts = self.all(attribute).flat_map(|value| value.split([',', ' ', '\t']));
        parts.filter(|part| !part.is_empty())
    }

    fn restart(&mut self, class: Class, line: u64) {
        self.class = class;
        self.line = line;
        self.text.clear();
        self.attributes.clear();
    }

    fn begin(&mut self, attribute: Attribute, value: &[u8]) {
        let start = self.text.len();
        self.text.push_str(&decoded(value));
        self.attributes.push((attribute, start..self.text.len()));
    }

    /// A continuation line: one more piece of the value before.
    fn go_on(&mut self, value: &[u8]) {
        let Some((_, place)) = self.attributes.last_mut() else { return };
        let value = decoded(value);
        if !value.is_empty() {
            self.text.push(' ');
            self.text.push_str(&value);
            place.end = self.text.len();
        }
    }
}

/// What a pass over a file hands out.
pub(super) enum Found<'a> {
    /// An object of a wanted class begins; every class that is known is told once for each object.
    Class(Class),
    Object(&'a Object),
    Problem(RowProblem),
}

/// Where the lines of the object at hand go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Between,
    /// In an object that is read; the last attribute is kept, or not.
    In {
        kept: bool,
    },
    /// In an object of another class.
    Skipped,
    /// In an object that was given up.
    Lost,
}

/// Reads a file to its end and gives the number of its lines. Classes that are not wanted cost little more than finding the ends of their lines.
pub(super) fn each(reader: impl BufRead, wanted: Classes, on: &mut dyn FnMut(Found<'_>)) -> u64 {
    let mut lines = Lines::new(reader);
    let mut object = Object { class: Class::Inetnum, line: 0, text: String::new(), attributes: Vec::new() };
    let mut state = State::Between;
    loop {
        match lines.advance() {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                on(Found::Problem(RowProblem::new(lines.number + 1, ProblemKind::ReadFailed)));
                // What came before the break may be half an object.
                return lines.number;
            }
        }
        let line = lines.line();
        if line.iter().all(u8::is_ascii_whitespace) {
            if matches!(state, State::In { .. }) {
                on(Found::Object(&object));
            }
            state = State::Between;
            continue;
        }
        // Headers of dumps and answers, and comments of their makers.
        if matches!(line[0], b'%' | b'#') || state == State::Skipped || state == State::Lost {
            continue;
        }
        if lines.cut {
            state = lose(state, on, lines.number);
            continue;
        }
        state = take(line, lines.number, state, wanted, &mut object, on);
    }
    if matches!(state, State::In { .. }) {
        on(Found::Object(&object));
    }
    lines.number
}

/// An overlong line: of the object at hand only that attribute is lost; as a first line it takes the object along.
fn lose(state: State, on: &mut dyn FnMut(Found<'_>), line: u64) -> State {
    if !matches!(state, State::In { .. }) {
        return broken(on, line, "its first line is too long");
    }
    let problem = RowProblem::new(line, ProblemKind::NotUnderstood);
    on(Found::Problem(problem.with_found("a line that is too long")));
    State::In { kept: false }
}

fn take(
    line: &[u8],
    number: u64,
    state: State,
    wanted: Classes,
    object: &mut Object,
    on: &mut dyn FnMut(Found<'_>),
) -> State {
    if matches!(line[0], b' ' | b'\t' | b'+') {
        return match state {
            State::In { kept } => {
                if kept && object.text.len() < LARGEST_OBJECT {
                    object.go_on(value(&line[1..]));
                }
                state
            }
            // An object cannot begin with a continuation.
            _ => broken(on, number, "a continuation line without an attribute before it"),
        };
    }
    let name = line.iter().position(|byte| *byte == b':').map(|colon| line[..colon].trim_ascii());
    let name = name.filter(|name| !name.is_empty() && name.iter().all(is_of_name));
    match (state, name) {
        (State::In { .. }, None) => {
            let problem = RowProblem::new(number, ProblemKind::NotUnderstood);
            on(Found::Problem(problem.with_found("a line that is no attribute")));
            State::In { kept: false }
        }
        (State::In { .. }, Some(name)) => {
            let attribute = Attribute::of(name).filter(|_| object.text.len() < LARGEST_OBJECT);
            if let Some(attribute) = attribute {
                object.begin(attribute, value_of(line));
            }
            State::In { kept: attribute.is_some() }
        }
        (_, None) => broken(on, number, "an object begins with an attribute and a colon"),
        (_, Some(name)) => {
            let Some(class) = Class::of(name) else { return State::Skipped };
            on(Found::Class(class));
            if !wanted.has(class) {
                return State::Skipped;
            }
            object.restart(class, number);
            object.begin(Attribute::Key, value_of(line));
            State::In { kept: true }
        }
    }
}

fn broken(on: &mut dyn FnMut(Found<'_>), line: u64, what: &str) -> State {
    on(Found::Problem(RowProblem::new(line, ProblemKind::BrokenObject).with_found(what)));
    State::Lost
}

const fn is_of_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*')
}

fn value_of(line: &[u8]) -> &[u8] {
    let colon = line.iter().position(|byte| *byte == b':').map_or(line.len(), |colon| colon + 1);
    value(&line[colon..])
}

/// Without comment and blanks.
fn value(text: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'#', text).unwrap_or(text.len());
    text[..end].trim_ascii()
}

/// The split files are ISO-8859-1, answers of programs are UTF-8; each line is judged by itself.
fn decoded(value: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(value).map_or_else(|_| encoding_rs::mem::decode_latin1(value), Cow::Borrowed)
}
