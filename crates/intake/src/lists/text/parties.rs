//! From lines to entries: names at their beginning, labelled values and identifiers after it.

use std::borrow::Cow;

use watchlist::{EntryType, NameKind, Phrase};

use super::super::cells::{self, Manner};
use super::super::fields::{self, Field};
use super::super::gathering::Gathering;
use super::super::problem::shown;
use super::super::scan::{Found, scan};
use super::super::{Place, defang};
use super::layout::{self, Layout};
use super::lines::Line;

/// How many words may be left over in a line of which the identifiers were read, before they are listed.
/// Fewer are words such as `via`, `of` or `contact`.
const WORDS_TO_PASS: usize = 3;

struct Reader<'g> {
    gathering: &'g mut Gathering,
    /// The label of the line before, while its values stand on lines of their own.
    open_label: Option<Field>,
    /// The open entry has a label or an identifier, so that the next short line begins another.
    has_body: bool,
}

pub(super) fn read(lines: &[Line], layout: &Layout, gathering: &mut Gathering) {
    let mut reader = Reader { gathering, open_label: None, has_body: false };
    let mut after_blank = true;
    for line in lines {
        if line.text.is_empty() {
            reader.blank();
            after_blank = true;
            continue;
        }
        reader.line(line, layout, after_blank);
        after_blank = false;
    }
    reader.close();
}

const A_LABEL: Phrase =
    Phrase::new("a name, a label or an identifier", "een naam, een etiket of een identificatie");

/// Lists a line or a part of one.
pub(super) fn not_understood(at: Place, text: &str, gathering: &mut Gathering) {
    let hint = Phrase::new(
        "it was not read; if it matters, put a label before it, as in `Alias: ...` or `Domein: ...`",
        "het is niet gelezen; zet er een etiket voor als het ertoe doet, zoals `Alias: ...` of `Domein: ...`",
    );
    gathering.problem(at, shown(text), A_LABEL, hint);
}

/// The identifiers of a line, without those that belong to a name: in `Kade.Example LLC` the dot is a part of it.
pub(super) fn identifiers_after_name(text: &str) -> Vec<Found> {
    let mut found = scan(text);
    if let Some(first) = found.first()
        && first.start == 0
        && first.kind == watchlist::IdentifierKind::Domain
        && text.starts_with(char::is_uppercase)
    {
        let next = text[first.end..].strip_prefix(' ').and_then(|rest| rest.split_whitespace().next());
        if next.is_some_and(|word| word.starts_with(char::is_alphabetic)) {
            found.remove(0);
        }
    }
    found
}

impl Reader<'_> {
    fn line(&mut self, line: &Line, layout: &Layout, after_blank: bool) {
        let at = line.at();
        let (marked, text) = unmarked(line, layout);
        if self.begins_entry(marked, text, layout, after_blank) {
            self.begin(at);
            let name = cells::label(text).filter(|(field, _)| *field == Field::Name);
            match name {
                Some((_, "")) => self.open_label = Some(Field::Name),
                Some((_, name)) => self.head(name, at),
                None if cells::label(text).is_some() => self.body(text, at),
                None => self.head(text, at),
            }
        } else if self.gathering.entry().is_none() {
            self.before_entries(text, at);
        } else {
            self.body(layout::bulleted(text).unwrap_or(text), at);
        }
    }

    fn begins_entry(&self, marked: bool, text: &str, layout: &Layout, after_blank: bool) -> bool {
        match layout {
            Layout::Numbers | Layout::Bullets { .. } => marked,
            Layout::NameLabels => layout::is_name_label(text),
            Layout::ShortLines | Layout::Table(_) => {
                let waits_for_value = self.open_label.is_some() && !after_blank;
                !waits_for_value && layout::bulleted(text).is_none() && layout::is_short_text(text)
            }
            Layout::Values => match cells::label(text) {
                Some((field, _)) => after_blank && field.names_or_identifies(),
                None => !scan(&restored(text)).is_empty(),
            },
        }
    }

    fn begin(&mut self, at: Place) {
        self.close();
        let number = at.number().unwrap_or_default();
        self.gathering.begin(&format!("row-{number}"), EntryType::Brand, at);
        self.open_label = None;
        self.has_body = false;
    }

    /// The type of an entry shows when all of its values are there.
    fn close(&mut self) {
        if let Some(entry) = self.gathering.entry()
            && entry.entry_type == EntryType::Brand
        {
            entry.entry_type = cells::guessed_type(entry);
        }
        self.gathering.end();
    }

    fn blank(&mut self) {
        // `Domeinen:`, an empty line, and then the values: the label waits for its first value.
        if self.has_body {
            self.open_label = None;
        }
    }

    /// A line before the first entry: identifiers there belong to the letter, not to a listed party.
    fn before_entries(&mut self, text: &str, at: Place) {
        not_understood(at, text, self.gathering);
    }

    /// The line with which an entry begins: its name, other names, then values.
    fn head(&mut self, text: &str, at: Place) {
        let text = restored(text);
        let end = end_of_name(&text);
        let (head, rest) = text.split_at(end);
        let (name, brackets) = split_brackets(head);
        for (kind, name) in cells::names_in(NameKind::Primary, &name, Manner::Prose) {
            self.gathering.name(kind, &name, at);
        }
        for bracket in brackets {
            self.bracket_of_name(&bracket, at);
        }
        if rest.chars().any(char::is_alphanumeric) {
            self.body(rest, at);
        }
    }

    /// `(NL)`, `(orchard.example)`, `(a.k.a. O9)`, `(O9)`. A short text is another name that carries nothing alone.
    fn bracket_of_name(&mut self, text: &str, at: Place) {
        let names = cells::names_in(NameKind::WeakAlias, text, Manner::Prose);
        let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_code {
            cells::add(Field::Country, text, at, Manner::Prose, self.gathering);
        } else if cells::label(text).is_some() || !scan(text).is_empty() {
            self.body(text, at);
        } else if names.len() > 1
            || names.iter().any(|(kind, _)| *kind != NameKind::WeakAlias)
            || is_few_words(text)
        {
            names.into_iter().for_each(|(kind, name)| self.gathering.name(kind, &name, at));
        } else {
            not_understood(at, text, self.gathering);
        }
    }

    /// A line, or a part of one, after the name.
    fn body(&mut self, text: &str, at: Place) {
        let text = restored(text);
        let mut inherited = self.open_label;
        let mut alone = true;
        for segment in segments(&text) {
            if let Some((field, value)) = own_label(&segment) {
                self.open_label = None;
                inherited = Some(field);
                if value.is_empty() {
                    self.open_label = Some(field);
                } else {
                    self.labelled(field, value, at);
                }
            } else {
                self.unlabelled(segment.trim(), inherited, alone, at);
            }
            alone = false;
        }
    }

    fn labelled(&mut self, field: Field, value: &str, at: Place) {
        self.has_body = true;
        match field {
            Field::Type => match (fields::entry_type(value), self.gathering.entry()) {
                (Some(entry_type), Some(entry)) => entry.entry_type = entry_type,
                _ => not_understood(at, value, self.gathering),
            },
            Field::Id => self.gathering.note(&format!("id {value}")),
            Field::Street | Field::HouseNumber | Field::Postcode | Field::City => {
                self.address_part(field, value, at)
            }
            Field::ValidFrom | Field::ValidTo | Field::Status => not_understood(at, value, self.gathering),
            Field::Name => cells::add(Field::Alias, value, at, Manner::Prose, self.gathering),
            field => cells::add(field, value, at, Manner::Prose, self.gathering),
        }
    }

    /// Street, postcode and place on lines of their own make one address.
    fn address_part(&mut self, field: Field, value: &str, at: Place) {
        let Some(entry) = self.gathering.entry() else { return };
        let is_free = |address: &watchlist::Address| match field {
            Field::Street => address.street.is_empty(),
            Field::Postcode => address.postcode.is_empty(),
            Field::HouseNumber => !address.street.is_empty(),
            _ => address.city.is_empty(),
        };
        let mut address = match entry.addresses.last() {
            Some(address) if is_free(address) => entry.addresses.pop().unwrap_or_default(),
            _ => watchlist::Address::default(),
        };
        match field {
            Field::Street => value.clone_into(&mut address.street),
            Field::Postcode => value.clone_into(&mut address.postcode),
            Field::HouseNumber => address.street = format!("{} {value}", address.street),
            _ => value.clone_into(&mut address.city),
        }
        self.gathering.address(address, at);
    }

    /// Text without a label: values of the label before it, identifiers, other names, or not understood.
    fn unlabelled(&mut self, text: &str, inherited: Option<Field>, first: bool, at: Place) {
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        match inherited {
            Some(Field::Name) if first => {
                self.open_label = None;
                return self.head(text, at);
            }
            Some(field) if takes(field, text) => return self.labelled(field, text, at),
            _ => {}
        }
        let names = cells::names_in(NameKind::Primary, text, Manner::Prose);
        if names.iter().any(|(kind, _)| *kind != NameKind::Primary) {
            return self.other_names(names, at);
        }
        let found = scan(text);
        if found.is_empty() {
            return not_understood(at, text, self.gathering);
        }
        self.has_body = true;
        let left_over = without(text, &found);
        for found in found {
            self.gathering.identifier(found.kind, &found.value, at);
        }
        if left_over.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
            > WORDS_TO_PASS
        {
            let hint = Phrase::new(
                "the identifiers of this line were read, these words were not",
                "de identificaties op deze regel zijn gelezen, deze woorden niet",
            );
            self.gathering.problem(at, shown(&left_over), A_LABEL, hint);
        }
    }

    /// `ook bekend als O9`: what stands before the words is not a name again.
    fn other_names(&mut self, names: Vec<(NameKind, String)>, at: Place) {
        self.has_body = true;
        for (kind, name) in names {
            match scan(&name).as_slice() {
                [found] if kind != NameKind::Primary && found.start == 0 && found.end == name.len() => {
                    self.gathering.identifier(found.kind, &found.value, at);
                }
                _ if kind == NameKind::Primary => not_understood(at, &name, self.gathering),
                _ => self.gathering.name(kind, &name, at),
            }
        }
    }
}

/// The line without the mark that begins an entry, and whether it has one.
fn unmarked<'a>(line: &'a Line, layout: &Layout) -> (bool, &'a str) {
    let text = line.text.as_str();
    match *layout {
        Layout::Numbers => layout::numbered(text).map_or((false, text), |(_, rest)| (true, rest)),
        Layout::Bullets { sign, indent } => {
            layout::with_bullet(line, sign, indent).map_or((false, text), |rest| (true, rest))
        }
        // Numbers and bullets may stand before a label or a value too.
        Layout::NameLabels | Layout::Values => {
            let rest = layout::numbered(text).map_or(text, |(_, rest)| rest);
            (false, layout::bulleted(rest).unwrap_or(rest))
        }
        Layout::ShortLines | Layout::Table(_) => (false, text),
    }
}

fn restored(text: &str) -> Cow<'_, str> {
    defang::restored(text)
}

/// Where the name of an entry ends: at a gap between columns, a dash between blanks, a colon, the first
/// label or identifier, or a comma that is no part of a name.
fn end_of_name(text: &str) -> usize {
    let signs = ["\t", "  ", " - ", " \u{2013} ", " \u{2014} ", ": ", "; ", " | ", " \u{2022} "];
    let sign = signs.iter().filter_map(|sign| text.find(sign)).filter(|place| *place > 0).min();
    let found = identifiers_after_name(text).into_iter().map(|found| found.start).min();
    let label = segments(text)
        .iter()
        .skip(1)
        .find(|part| own_label(part).is_some())
        .and_then(|part| text.find(part.as_str()));
    let comma = comma_that_ends(text);
    let end = [sign, found, label, comma].into_iter().flatten().min().unwrap_or(text.len());
    // An identifier in brackets is read with its brackets.
    let open = text[..end].rfind('(').filter(|open| !text[*open..end].contains(')'));
    open.unwrap_or(end)
}

/// The first comma that does not belong to a name: `Kade, Inc.` and `ORCHARD, Anna` go on, `Kade, Havenstraat 9` does not.
fn comma_that_ends(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(place) = text[from..].find(", ").map(|place| from + place) {
        let after = text[place + 2..].split(',').next().unwrap_or_default().trim();
        let first = after.split_whitespace().next().unwrap_or_default();
        let is_given_name = text[..place].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            && is_few_words(after)
            && !after.contains(|c: char| c.is_ascii_digit());
        let is_marked = cells::names_in(NameKind::Primary, &text[place + 2..], Manner::Prose)
            .first()
            .is_some_and(|(kind, _)| *kind != NameKind::Primary);
        if !(fields::is_legal_form(first) || is_given_name || is_marked) {
            return Some(place);
        }
        from = place + 2;
    }
    None
}

/// A text without its bracketed parts, except those with other names in them, which stay for `names_in`.
fn split_brackets(text: &str) -> (String, Vec<String>) {
    let has_marker = |inside: &str| {
        let names = cells::names_in(NameKind::Primary, inside, Manner::Prose);
        names.iter().any(|(kind, _)| *kind != NameKind::Primary)
    };
    let (mut name, mut brackets) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |close| open + close);
        let inside = &rest[open + 1..close.max(open + 1)];
        name.push_str(&rest[..open]);
        if has_marker(inside) {
            name.push(' ');
            name.push_str(inside);
        } else {
            brackets.push(inside.trim().to_owned());
        }
        rest = rest.get(close + 1..).unwrap_or_default();
    }
    name.push_str(rest);
    brackets.retain(|bracket| !bracket.is_empty());
    (name, brackets)
}

fn is_few_words(text: &str) -> bool {
    text.split_whitespace().count() <= 4 && text.len() <= 60
}

/// The parts of a line that may each have a label: between gaps, semicolons and bars, and before a label after a comma.
fn segments(text: &str) -> Vec<String> {
    let mut segments = Vec::new();
    for piece in text.split(['\t', ';', '|', '\u{2022}']).flat_map(|piece| piece.split("  ")) {
        let mut rest = piece;
        let mut from = 0;
        while let Some(place) = rest[from..].find([',', '.']).map(|place| from + place) {
            let after = rest[place + 1..].trim_start();
            let label = after.split_once(':').and_then(|(words, value)| {
                (!value.starts_with(['/', ':']) && words.len() < 40).then(|| Field::of(words)).flatten()
            });
            if label.is_some() {
                segments.push(rest[..place].to_owned());
                rest = after;
                from = 0;
            } else {
                from = place + 1;
            }
        }
        segments.push(rest.to_owned());
    }
    segments.retain(|segment| segment.chars().any(char::is_alphanumeric));
    segments
}

/// A label with a colon, or a line that is a label and nothing else.
fn own_label(text: &str) -> Option<(Field, &str)> {
    let text = text.trim().trim_start_matches([',', '-', '(', ' ']);
    cells::label(text).or_else(|| {
        let alone = text.trim_end_matches(':');
        let is_label = text.ends_with(':') || alone.split_whitespace().count() <= 3;
        Field::of(alone).filter(|_| is_label && !alone.is_empty()).map(|field| (field, ""))
    })
}

/// Whether text without a label can be a further value of the label before it.
fn takes(field: Field, text: &str) -> bool {
    match field {
        Field::Identifier(kind) => {
            use watchlist::IdentifierKind::{Handle, Icq, RegisterNumber, Skype, VatNumber};
            let found = scan(text);
            let is_word = !text.contains(' ') || matches!(kind, Handle);
            found.iter().any(|found| found.kind == kind)
                || (found.is_empty() && is_word && matches!(kind, Handle | Icq | Skype))
                || (matches!(kind, RegisterNumber | VatNumber)
                    && text.bytes().filter(u8::is_ascii_digit).count() >= 4)
                || (found.is_empty() && is_word && text.contains(|c: char| c.is_ascii_digit()))
        }
        Field::Alias | Field::WeakAlias | Field::PreviousName | Field::Person => {
            scan(text).is_empty() && layout::is_short_text(text)
        }
        Field::Address | Field::Note | Field::Mixed => true,
        Field::Country => text.len() <= 40,
        _ => false,
    }
}

/// The words of a line that no identifier took.
fn without(text: &str, found: &[Found]) -> String {
    let mut left = String::new();
    let mut from = 0;
    for found in found {
        left.push_str(&text[from..found.start]);
        left.push(' ');
        from = found.end;
    }
    left.push_str(&text[from..]);
    left.split_whitespace().collect::<Vec<_>>().join(" ")
}
