//! Typst's diagnostics as faults with file and line.

use typst::World;
use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;

use super::desk::{Desk, FACTS};
use crate::Fault;

pub(crate) fn told(desk: &Desk<'_>, diagnostics: &[SourceDiagnostic]) -> Vec<Fault> {
    diagnostics.iter().map(|diagnostic| fault(desk, diagnostic)).collect()
}

fn fault(desk: &Desk<'_>, diagnostic: &SourceDiagnostic) -> Fault {
    // A fault inside a function of the layout is told where the sentences called it, if it has no own place.
    let spans = std::iter::once(diagnostic.span).chain(diagnostic.trace.iter().map(|step| step.span.into()));
    let found = spans.filter_map(|span| place(desk, span)).next();
    let (file, place) = found.map_or((None, None), |(file, place)| (Some(file), place));
    Fault {
        file,
        place,
        message: diagnostic.message.to_string(),
        hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
    }
}

fn place(desk: &Desk<'_>, span: DiagSpan) -> Option<(String, Option<(usize, usize)>)> {
    let id = span.id()?;
    let name = id.get().vpath().get_without_slash().to_owned();
    // Facts have no lines that anybody has seen.
    if name == FACTS {
        return Some((name, None));
    }
    let place = desk.source(id).ok().zip(desk.range(span)).and_then(|(source, range)| {
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        Some((line + 1, column + 1))
    });
    Some((name, place))
}
