//! XML as a stream of small trees: one for each party, so that a file of any size stays out of memory.
//!
//! Entities that the file itself declares are not followed, and nothing is fetched.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ListFault;
use super::lines::Lines;

/// Elements and attributes that one party may have. The largest of the public lists has under 2,000.
const MAX_PIECES: usize = 100_000;

/// Bytes that one party may have, so that a tag that nobody closes cannot fill the memory.
const MAX_BYTES: u64 = 64 << 20;

/// How deep the elements of one party may stand in each other. The public lists need six.
const MAX_DEPTH: usize = 32;

/// An element with everything in it.
#[derive(Default)]
pub(super) struct Element {
    /// Without its namespace.
    pub(super) name: String,
    /// Line where it begins.
    pub(super) line: u64,
    pub(super) text: String,
    attributes: Vec<(String, String)>,
    children: Vec<Self>,
}

impl Element {
    /// The attribute without blanks around it; "" where there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    /// The elements at the end of a way, such as `["akaList", "aka"]`.
    pub(super) fn all<'e>(&'e self, way: &[&str]) -> Vec<&'e Self> {
        way.iter().fold(vec![self], |found, step| {
            found
                .into_iter()
                .flat_map(|one| one.children.iter().filter(|child| child.name == *step))
                .collect()
        })
    }

    /// The text of the first child of that name; "" where there is none.
    pub(super) fn of(&self, name: &str) -> &str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| child.text.trim())
    }
}

/// What stopped the reading of a party.
pub(super) enum Stop {
    /// The file is broken here: what comes after cannot be read.
    Broken { line: u64, what: String },
    /// The file could not be read any more.
    Fault(ListFault),
}

pub(super) struct Elements<'a> {
    reader: Reader<Lines<'a>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'a> Elements<'a> {
    pub(super) fn new(lines: Lines<'a>) -> Self {
        Self { reader: Reader::from_reader(lines), buffer: Vec::new(), depth: 0 }
    }

    /// The root element without its children.
    pub(super) fn root(&mut self) -> Result<Element, Stop> {
        loop {
            let line = self.line();
            match self.event()? {
                Event::Start(start) => {
                    let root = begun(&start, line);
                    self.depth += 1;
                    return Ok(root);
                }
                Event::Empty(start) => return Ok(begun(&start, line)),
                Event::Eof => return Err(self.broken("it breaks off before its first element")),
                _ => {}
            }
        }
    }

    /// The next child of the root; nothing at its end.
    pub(super) fn next(&mut self) -> Result<Option<Element>, Stop> {
        if self.depth == 0 {
            return Ok(None);
        }
        self.reader.get_mut().allow(MAX_BYTES);
        loop {
            let line = self.line();
            match self.event()? {
                Event::Start(start) => {
                    let element = begun(&start, line);
                    return self.rest_of(element).map(Some);
                }
                Event::Empty(start) => return Ok(Some(begun(&start, line))),
                Event::End(_) => {
                    self.depth = 0;
                    return Ok(None);
                }
                Event::Eof => return Err(self.broken("it breaks off before its end")),
                _ => {}
            }
        }
    }

    fn rest_of(&mut self, element: Element) -> Result<Element, Stop> {
        let (mut open, mut pieces) = (vec![element], 0);
        loop {
            let line = self.line();
            let event = self.event()?;
            let too_much = pieces > MAX_PIECES || open.len() > MAX_DEPTH;
            let here = open.last_mut().expect("the last one ends the loop");
            match event {
                Event::Start(start) => {
                    let child = begun(&start, line);
                    pieces += 1 + child.attributes.len();
                    open.push(child);
                }
                Event::Empty(start) => {
                    let child = begun(&start, line);
                    pieces += 1 + child.attributes.len();
                    here.children.push(child);
                }
                Event::Text(text) => here.text.push_str(&text),
                Event::CData(text) => here.text.push_str(&text),
                Event::GeneralRef(reference) => {
                    here.text.push_str(&resolved(&reference));
                }
                Event::End(_) => {
                    let ended = open.pop().expect("the last one ends the loop");
                    match open.last_mut() {
                        Some(parent) => parent.children.push(ended),
                        None => return Ok(ended),
                    }
                }
                Event::Eof => return Err(self.broken("it breaks off before its end")),
                _ => {}
            }
            if too_much {
                return Err(self.broken("one party has more parts than any honest one"));
            }
        }
    }

    fn line(&self) -> u64 {
        self.reader.get_ref().number()
    }

    fn broken(&self, what: &str) -> Stop {
        if self.reader.get_ref().used_up() {
            let what = format!("one party is larger than {} MiB", MAX_BYTES >> 20);
            return Stop::Broken { line: self.line(), what };
        }
        if self.reader.get_ref().over_limit() {
            return Stop::Fault(ListFault::TooLarge { limit: super::MAX_LIST_BYTES });
        }
        Stop::Broken { line: self.line(), what: what.to_owned() }
    }

    fn event(&mut self) -> Result<Event<'static>, Stop> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => Ok(event.into_owned()),
            Err(quick_xml::Error::Io(error)) => {
                Err(Stop::Fault(super::source::broken_stream(&std::io::Error::other(error.to_string()))))
            }
            Err(error) => Err(self.broken(&error.to_string())),
        }
    }
}

fn begun(start: &BytesStart<'_>, line: u64) -> Element {
    let attributes = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|one| (one.key.local_name().as_ref().to_owned(), unescaped(&one.value)))
        .collect();
    let name = start.local_name().as_ref().to_owned();
    Element { name, line, attributes, ..Element::default() }
}

/// The text with `&amp;`, `&#233;` and the like resolved.
fn unescaped(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        done.push_str(&rest[..start]);
        rest = &rest[start..];
        match rest.find(';').filter(|end| *end <= 12) {
            Some(end) => {
                done.push_str(&resolved(&rest[1..end]));
                rest = &rest[end + 1..];
            }
            None => {
                done.push('&');
                rest = &rest[1..];
            }
        }
    }
    done + rest
}

/// What a reference stands for; one that nobody knows stays as it is written.
fn resolved(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let sign = match (name, number.and_then(char::from_u32)) {
        ("amp", _) => Some('&'),
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        (_, number) => number,
    };
    sign.map_or_else(|| format!("&{name};"), String::from)
}
