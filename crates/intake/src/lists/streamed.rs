//! The lists that others publish in forms of their own, told by their first bytes.

use super::gathering::Gathering;
use super::lines::Lines;
use super::xml::{Elements, Stop};
use super::{ListFault, ListIntake, ListKind, MAX_LIST_BYTES, Place};
use super::{eu_xml, ftm, ofac_csv, ofac_xml, official_tables, spamhaus, uk_xml};
use watchlist::{Phrase, phrase};

/// A list that need not be in memory as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Streamed {
    OfacCsv,
    OfacXml,
    /// OFAC's other XML, which is not read.
    OfacAdvancedXml,
    EuXml,
    UkXml,
    /// The EU's or the UK's list as a table.
    OfficialTable,
    Ftm,
    SpamhausPrefixes,
    SpamhausAsns,
    /// XML of which nobody knows the root element.
    OtherXml,
}

impl Streamed {
    /// What a file is that begins with these bytes; nothing for the other forms of lists.
    pub(super) fn of(first: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(first);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        match text.chars().next()? {
            '<' => xml(text),
            '{' => ftm::begins(text).then_some(Self::Ftm).or_else(|| spamhaus::begins_as_json(text)),
            _ if official_tables::begins(text) => Some(Self::OfficialTable),
            _ if ofac_csv::part(first).is_some() => Some(Self::OfacCsv),
            _ => spamhaus::begins_as_text(text),
        }
    }

    /// Whether the table reader takes it.
    pub(super) fn table(self) -> bool {
        self == Self::OfficialTable
    }

    /// Reads the parts of one list, which is one file for most.
    pub(super) fn read(self, mut parts: Vec<Lines<'_>>) -> Result<ListIntake, ListFault> {
        match self {
            Self::OfacCsv => ofac_csv::read(&mut parts),
            Self::Ftm => ftm::read(&mut parts[0]),
            Self::SpamhausPrefixes => spamhaus::read(ListKind::SpamhausDrop, &mut parts[0]),
            Self::SpamhausAsns => spamhaus::read(ListKind::SpamhausAsnDrop, &mut parts[0]),
            Self::OfacXml => each_element(ListKind::OfacXml, parts.remove(0), ofac_xml::add),
            Self::EuXml => each_element(ListKind::EuXml, parts.remove(0), eu_xml::add),
            Self::UkXml => each_element(ListKind::UkXml, parts.remove(0), uk_xml::add),
            Self::OfacAdvancedXml => Err(ListFault::OfacAdvanced),
            Self::OtherXml | Self::OfficialTable => Err(ListFault::OtherXml),
        }
    }
}

/// The root element decides.
fn xml(text: &str) -> Option<Streamed> {
    let root = root_name(text)?;
    Some(match root {
        "sdnList" => Streamed::OfacXml,
        "Sanctions" | "sanctionsData" => Streamed::OfacAdvancedXml,
        "export" => Streamed::EuXml,
        "Designations" => Streamed::UkXml,
        name if name.eq_ignore_ascii_case("html") => return None,
        _ => Streamed::OtherXml,
    })
}

/// The name of the first element without its namespace; nothing for web pages and texts that begin with `<`.
fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest[rest.find('<')? + 1..].trim_start();
        if rest.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype")) {
            let name = rest[8..].trim_start();
            if name.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("html")) {
                return None;
            }
            // What it declares within stands in brackets, and has signs of its own.
            let end = if name.find('[').is_some_and(|bracket| Some(bracket) < name.find('>')) {
                name.find("]>")
            } else {
                name.find('>')
            };
            rest = &name[end?..];
            continue;
        }
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if !rest.starts_with(['?', '!']) {
            break;
        }
    }
    let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    let name = name.rsplit(':').next().unwrap_or(name);
    (text.starts_with("<?xml")
        || !name.is_empty() && rest.contains("xmlns")
        || matches!(name, "sdnList" | "export" | "Designations" | "Sanctions"))
    .then_some(name)
}

/// Gives every child of the root to `add`; the root itself comes first.
fn each_element(
    kind: ListKind,
    lines: Lines<'_>,
    add: impl Fn(&super::xml::Element, &mut Gathering),
) -> Result<ListIntake, ListFault> {
    let mut gathering = Gathering::of(kind);
    let mut elements = Elements::new(lines);
    let ended = elements.root().and_then(|root| {
        add(&root, &mut gathering);
        while let Some(element) = elements.next()? {
            add(&element, &mut gathering);
        }
        Ok(())
    });
    match ended {
        Ok(()) => {}
        Err(Stop::Fault(fault)) => return Err(fault),
        Err(Stop::Broken { line, what }) => {
            let hint = Phrase::new(
                "what stands before was read; fetch the file again to have the rest",
                "wat ervoor staat is gelezen; haal het bestand opnieuw op om de rest te hebben",
            );
            let found = phrase!("broken XML ({what})", "kapotte XML ({what})");
            gathering.apart(Place::Line(line), found, Phrase::new("whole elements", "hele elementen"), hint);
        }
    }
    Ok(gathering.finish(kind))
}

/// Reads line by line until the end, or until the limit for a list.
pub(super) fn each_line(
    lines: &mut Lines<'_>,
    gathering: &mut Gathering,
    mut take: impl FnMut(u64, &str, &mut Gathering),
) -> Result<(), ListFault> {
    use super::lines::Line;
    while let Some(line) = lines.next_line().map_err(|error| super::source::broken_stream(&error))? {
        match line {
            Line::Text(number, text) => take(number, &text, gathering),
            Line::TooLong(number) => {
                let found = Phrase::new("a line of more than 16 MiB", "een regel van meer dan 16 MiB");
                let expected = Phrase::new("one party on a line", "één partij op een regel");
                let hint = Phrase::new(
                    "the line was left out; fetch the file again, its ends of lines may be lost",
                    "de regel is weggelaten; haal het bestand opnieuw op, de regeleinden kunnen verloren zijn",
                );
                gathering.apart(Place::Line(number), found, expected, hint);
            }
        }
    }
    if lines.over_limit() { Err(ListFault::TooLarge { limit: MAX_LIST_BYTES }) } else { Ok(()) }
}
