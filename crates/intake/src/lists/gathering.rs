//! Collects entries and problems while a list is read, whatever its form.
//!
//! Every reader hands its values in here, so that all of them refuse the same values with the same words.

use std::borrow::Cow;

use watchlist::format::admission::{Refusal, admit, admit_text};
use watchlist::format::unique_ids::UniqueIds;
use watchlist::{Address, Entry, EntryType, Identifier, IdentifierKind, Name, NameKind, Status};

use super::problem::shown;
use super::{ListIntake, ListKind, ListProblem, MAX_PROBLEMS, Place, bare_edition, defang};

/// How far back an identifier is compared to those already there, so that an entry with very many
/// prefixes stays cheap. Values that stand twice further apart do no harm.
const LOOK_BACK: usize = 200;

#[derive(Default)]
pub(super) struct Gathering {
    entries: Vec<Entry>,
    problems: Vec<ListProblem>,
    further_problems: u64,
    ids: UniqueIds,
    open: Option<(Entry, Place)>,
}

impl Gathering {
    /// Ends the entry before and begins one. `id` is what the source calls it.
    pub(super) fn begin(&mut self, id: &str, entry_type: EntryType, at: Place) {
        self.end();
        let given = self.ids.take(id);
        let again = given != id;
        self.open = Some((Entry::new(given.clone(), entry_type), at));
        if again {
            let hint =
                format!("both entries are kept, this one as `{given}`; ask the issuer which of them holds");
            self.problem(
                at,
                &format!("the id {} for the second time", shown(id)),
                "an id for each entry",
                &hint,
            );
        }
    }

    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        self.open.as_mut().map(|(entry, _)| entry)
    }

    pub(super) fn name(&mut self, kind: NameKind, text: &str, at: Place) {
        let text = text.trim();
        if let Err(refusal) = admit_text(text) {
            self.refused(at, text, "a name", refusal);
        } else if let Some(entry) = self.entry()
            && !entry.names.iter().any(|name| name.text == text)
        {
            entry.names.push(Name::new(kind, text));
        }
    }

    pub(super) fn identifier(&mut self, kind: IdentifierKind, text: &str, at: Place) {
        let value = plain(kind, text);
        if let Err(refusal) = admit(kind, &value) {
            self.refused(at, &value, &kind.wire_name().replace('_', " "), refusal);
        } else if let Some(entry) = self.entry() {
            let identifiers = &mut entry.identifiers;
            let known =
                identifiers.iter().rev().take(LOOK_BACK).any(|one| one.kind == kind && one.value == *value);
            if !known {
                identifiers.push(Identifier::new(kind, value));
            }
        }
    }

    pub(super) fn address(&mut self, address: Address, at: Place) {
        let text = address.one_line();
        if let Err(refusal) = admit_text(&text) {
            self.refused(at, &text, "an address", refusal);
        } else if let Some(entry) = self.entry()
            && !entry.addresses.contains(&address)
        {
            entry.addresses.push(address);
        }
    }

    /// Adds to the note that the reviewer sees.
    pub(super) fn note(&mut self, text: &str) {
        let text = text.trim();
        if let Some(entry) = self.entry()
            && !text.is_empty()
        {
            let note = entry.note.get_or_insert_default();
            if !note.is_empty() {
                note.push_str("; ");
            }
            note.push_str(text);
        }
    }

    fn refused(&mut self, at: Place, text: &str, what: &str, refusal: Refusal) {
        let hint = format!("this value was left out; {}", refusal.hint);
        self.problem(at, &format!("{} as {what}", shown(text)), refusal.expected, &hint);
    }

    /// Notes a problem of the entry that is open. `found` is ready for showing.
    pub(super) fn problem(&mut self, at: Place, found: &str, expected: &str, hint: &str) {
        if self.problems.len() >= MAX_PROBLEMS {
            self.further_problems += 1;
            return;
        }
        self.problems.push(ListProblem {
            at,
            entry_id: self.open.as_ref().map(|(entry, _)| entry.id.0.clone()),
            found: found.to_owned(),
            expected: expected.to_owned(),
            hint: hint.to_owned(),
        });
    }

    /// Ends the entry that is open. One that says nothing is left out and listed.
    pub(super) fn end(&mut self) {
        let Some((entry, at)) = self.open.take() else { return };
        let says_nothing =
            entry.names.is_empty() && entry.identifiers.is_empty() && entry.addresses.is_empty();
        if says_nothing && entry.status != Status::Withdrawn {
            self.open = Some((entry, at));
            let hint = "the entry was left out: there is nothing to compare customers with";
            self.problem(at, "nothing usable", "at least one name or identifier", hint);
            self.open = None;
        } else {
            self.entries.push(entry);
        }
    }

    pub(super) fn finish(mut self, recognised_as: ListKind) -> ListIntake {
        self.end();
        ListIntake {
            edition: bare_edition(self.entries),
            problems: self.problems,
            further_problems: self.further_problems,
            recognised_as,
            counts: super::Counts::default(),
        }
    }
}

/// The value without what a writer put around it: defanged signs, and the rest of a URL where a host is meant.
fn plain(kind: IdentifierKind, text: &str) -> Cow<'_, str> {
    use IdentifierKind::{Domain, Email, Hostname, IpRange, NameServer};
    let text = text.trim();
    if !matches!(kind, Domain | Email | Hostname | IpRange | NameServer) {
        return Cow::Borrowed(text);
    }
    let restored = defang::restored(text);
    if !matches!(kind, Domain | Hostname | NameServer) || !restored.contains(['/', '?']) {
        return restored;
    }
    Cow::Owned(host_of(&restored).to_owned())
}

/// The host in a URL, or in a text that begins with one.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit('@').next().unwrap_or(host);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains(':') => name,
        _ => host,
    }
}
