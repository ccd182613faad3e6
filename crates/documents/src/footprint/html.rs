//! The page: one file that needs nothing else, without script.

use std::io::{self, Write};

use askama::Template;

use super::{Trace, nothing};
use crate::Language;
use crate::visible::visible;

#[derive(Template)]
#[template(path = "footprint.html")]
struct Page<'a> {
    lang: &'static str,
    title: &'static str,
    confidential: &'static str,
    headings: [&'static str; 6],
    nothing: &'static str,
    rows: Vec<[std::borrow::Cow<'a, str>; 6]>,
}

/// Writes the page.
pub fn html(traces: &[Trace], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let words = match language {
        Language::En => (
            "en",
            "Footprint: traces of listed parties that belong to no customer",
            "Confidential: contains parts of a list.",
            ["class", "object", "reason", "value", "in the list", "entry"],
        ),
        Language::Nl => (
            "nl",
            "Voetafdruk: sporen van vermelde partijen die bij geen klant horen",
            "Vertrouwelijk: bevat delen van een lijst.",
            ["klasse", "object", "reden", "waarde", "in de lijst", "vermelding"],
        ),
    };
    let row = |trace: &Trace| {
        let texts = [
            trace.class.to_owned(),
            trace.object.clone(),
            trace.reason.clone(),
            trace.value.clone(),
            trace.listed.clone(),
            format!("{} {}", trace.entry_id, trace.entry_name),
        ];
        texts.map(|text| visible(&text).into_owned().into())
    };
    let (lang, title, confidential, headings) = words;
    let rows = traces.iter().map(row).collect();
    Page { lang, title, confidential, headings, nothing: nothing(language), rows }.write_into(&mut ToIo(out))
}

/// Templates write to a sized writer.
struct ToIo<'a>(&'a mut dyn Write);

impl Write for ToIo<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
