//! Collects entries and problems while a list is read, whatever its form.
//!
//! Every reader hands its values in here, so that all of them refuse the same values with the same words.

use std::borrow::Cow;

use watchlist::format::admission::{Refusal, admit, admit_text};
use watchlist::format::unique_ids::UniqueIds;
use watchlist::{
    Address, Edition, Entry, EntryType, Identifier, IdentifierKind, Name, NameKind, Phrase, Status, phrase,
};

use super::left_out::LeftOut;
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
    /// Where the open entry stands among the others, if it was there before.
    resumed: Option<usize>,
    head: Option<Edition>,
    left_out: LeftOut,
    /// Entries that may say nothing yet, and where they began.
    unfinished: Vec<(usize, Place)>,
}

impl Gathering {
    /// For a list whose form says who issues it.
    pub(super) fn of(kind: ListKind) -> Self {
        let mut head = bare_edition(Vec::new());
        head.list = kind.head();
        Self { head: Some(head), ..Self::default() }
    }

    /// What is known of the list as a whole.
    pub(super) fn head(&mut self) -> &mut Edition {
        self.head.get_or_insert_with(|| bare_edition(Vec::new()))
    }

    /// Number of the entry that was ended last, for [`Self::resume`].
    pub(super) fn last(&self) -> Option<usize> {
        self.entries.len().checked_sub(1)
    }

    /// Ends the entry that is open although it may say nothing yet: the source goes on about it elsewhere.
    /// Answers its number.
    pub(super) fn set_aside(&mut self) -> Option<usize> {
        let (entry, at) = self.open.take()?;
        self.entries.push(entry);
        let number = self.entries.len() - 1;
        self.unfinished.push((number, at));
        Some(number)
    }

    /// Opens an entry again, to add what the source says of it elsewhere.
    pub(super) fn resume(&mut self, number: usize, at: Place) {
        self.end();
        let entry = std::mem::replace(&mut self.entries[number], Entry::new("", EntryType::Brand));
        self.open = Some((entry, at));
        self.resumed = Some(number);
    }

    /// Counts a sort of value that this program has no use for. Each sort becomes one problem at the
    /// end, so that a list with ten thousand passports does not bury what else is wrong.
    pub(super) fn leave_out(&mut self, sort: &str, at: Place) {
        self.left_out.add(sort, at);
    }

    /// Ends the entry before and begins one. `id` is what the source calls it.
    pub(super) fn begin(&mut self, id: &str, entry_type: EntryType, at: Place) {
        self.end();
        let given = self.ids.take(id);
        let again = given != id;
        self.open = Some((Entry::new(given.clone(), entry_type), at));
        if again {
            let hint = phrase!(
                "both entries are kept, this one as `{given}`; ask the issuer which of them holds",
                "beide vermeldingen blijven, deze als `{given}`; vraag de uitgever welke geldt"
            );
            let found = phrase!("the id {} for the second time", "het id {} voor de tweede keer", shown(id));
            self.problem(at, found, Phrase::new("an id for each entry", "een id voor elke vermelding"), hint);
        }
    }

    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        self.open.as_mut().map(|(entry, _)| entry)
    }

    pub(super) fn name(&mut self, kind: NameKind, text: &str, at: Place) {
        let text = text.trim();
        if let Err(refusal) = admit_text(text) {
            self.refused(at, text, &Phrase::new("a name", "een naam"), refusal);
        } else if let Some(entry) = self.entry()
            && !entry.names.iter().any(|name| name.text == text)
        {
            entry.names.push(Name::new(kind, text));
        }
    }

    pub(super) fn identifier(&mut self, kind: IdentifierKind, text: &str, at: Place) {
        self.detailed(Identifier::new(kind, text), at);
    }

    /// An identifier of which the source says more than its value.
    pub(super) fn detailed(&mut self, identifier: Identifier, at: Place) {
        let kind = identifier.kind;
        let value = plain(kind, &identifier.value);
        if let Err(refusal) = admit(kind, &value) {
            self.refused(at, &value, &Phrase::same(kind.wire_name().replace('_', " ")), refusal);
        } else if let Some(entry) = self.entry() {
            let identifiers = &mut entry.identifiers;
            let known =
                identifiers.iter().rev().take(LOOK_BACK).any(|one| {
                    one.kind == kind && one.value == *value && one.validity == identifier.validity
                });
            if !known {
                let value = value.into_owned();
                identifiers.push(Identifier { value, ..identifier });
            }
        }
    }

    pub(super) fn address(&mut self, address: Address, at: Place) {
        let text = address.one_line();
        if let Err(refusal) = admit_text(&text) {
            self.refused(at, &text, &Phrase::new("an address", "een adres"), refusal);
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

    fn refused(&mut self, at: Place, text: &str, what: &Phrase, refusal: Refusal) {
        let hint = phrase!("this value was left out; {}", "deze waarde is weggelaten; {}", refusal.hint);
        self.problem(at, phrase!("{} as {}", "{} als {}", shown(text), what), refusal.expected, hint);
    }

    /// Notes a problem of the entry that is open. `found` is ready for showing.
    pub(super) fn problem(&mut self, at: Place, found: Phrase, expected: Phrase, hint: Phrase) {
        if self.problems.len() >= MAX_PROBLEMS {
            self.further_problems += 1;
            return;
        }
        self.problems.push(ListProblem {
            at,
            entry_id: self.open.as_ref().map(|(entry, _)| entry.id.0.clone()),
            found,
            expected,
            hint,
        });
    }

    /// Notes a problem of the list that belongs to no entry. What is open stays open.
    pub(super) fn apart(&mut self, at: Place, found: Phrase, expected: Phrase, hint: Phrase) {
        let open = self.open.take();
        self.problem(at, found, expected, hint);
        self.open = open;
    }

    /// Ends the entry that is open. One that says nothing is left out and listed.
    pub(super) fn end(&mut self) {
        let Some((entry, at)) = self.open.take() else { return };
        if let Some(number) = self.resumed.take() {
            self.entries[number] = entry;
            return;
        }
        if says_nothing(&entry) {
            self.says_nothing(entry, at);
        } else {
            self.entries.push(entry);
        }
    }

    fn says_nothing(&mut self, entry: Entry, at: Place) {
        self.open = Some((entry, at));
        let hint = Phrase::new(
            "the entry was left out: there is nothing to compare customers with",
            "de vermelding is weggelaten: er is niets om klanten mee te vergelijken",
        );
        let expected = Phrase::new("at least one name or identifier", "ten minste één naam of identificatie");
        self.problem(at, Phrase::new("nothing usable", "niets bruikbaars"), expected, hint);
        self.open = None;
    }

    /// Takes out the entries that were set aside and of which nothing was said later either.
    fn end_unfinished(&mut self) {
        let unfinished = std::mem::take(&mut self.unfinished);
        let mut empty: Vec<(usize, Place)> =
            unfinished.into_iter().filter(|(number, _)| says_nothing(&self.entries[*number])).collect();
        empty.sort_unstable_by_key(|(number, _)| *number);
        let numbers: Vec<usize> = empty.iter().map(|(number, _)| *number).collect();
        let mut numbers = numbers.into_iter().peekable();
        let (kept, dropped): (Vec<_>, Vec<_>) = std::mem::take(&mut self.entries)
            .into_iter()
            .enumerate()
            .partition(|(number, _)| numbers.next_if_eq(number).is_none());
        self.entries = kept.into_iter().map(|(_, entry)| entry).collect();
        for ((_, entry), (_, at)) in dropped.into_iter().zip(empty) {
            self.says_nothing(entry, at);
        }
    }

    pub(super) fn finish(mut self, recognised_as: ListKind) -> ListIntake {
        self.end();
        self.end_unfinished();
        for (found, at) in std::mem::take(&mut self.left_out).told() {
            let hint = Phrase::new(
                "they were left out: customers have no such value, or it points to nobody",
                "ze zijn weggelaten: klanten hebben zo’n waarde niet, of zij wijst niemand aan",
            );
            let expected =
                Phrase::new("names and identifiers of parties", "namen en identificaties van partijen");
            self.apart(at, found, expected, hint);
        }
        let entries = std::mem::take(&mut self.entries);
        let edition = Edition { entries, ..self.head.take().unwrap_or_else(|| bare_edition(Vec::new())) };
        ListIntake {
            edition,
            problems: self.problems,
            further_problems: self.further_problems,
            recognised_as,
            counts: super::Counts::default(),
        }
    }
}

/// Whether there is nothing to compare customers with. A withdrawn entry is kept for what it withdraws.
fn says_nothing(entry: &Entry) -> bool {
    let empty = entry.names.is_empty() && entry.identifiers.is_empty() && entry.addresses.is_empty();
    empty && entry.status != Status::Withdrawn
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
