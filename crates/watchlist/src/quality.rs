//! How good an edition is, in figures that the issuer publishes with it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Edition, Entry, EntryId, Identifier, Status, Strength};

/// Counts over the entries of one edition that stand, unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualityFigures {
    /// Number of the edition.
    pub edition: u32,
    /// Entries that stand.
    pub entries: usize,
    /// Of these, marked as in doubt.
    pub suspended: usize,
    /// Of these, not in the edition before.
    pub new: usize,
    /// Of these, in the edition before and observed again since.
    pub renewed: usize,
    /// Entries that stood in the edition before and do not stand any more.
    pub withdrawn: usize,
    /// Age of the last observations, in days.
    pub observation_age: Option<Ages>,
    /// Entries without a day of observation.
    pub without_observation: usize,
    /// Entries with at least one identifier that can carry a strong hit alone and has not ended.
    pub with_distinctive: usize,
    /// Entries that meet each criterion; an entry may meet several.
    pub by_criterion: BTreeMap<String, usize>,
    /// Entries that name no criterion.
    pub without_criterion: usize,
}

/// Median and largest age in whole days. Of an even number of ages the median is the larger of the two
/// in the middle, so that the figure never flatters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    pub median_days: i32,
    pub oldest_days: i32,
}

impl QualityFigures {
    /// Share of entries with a distinctive identifier, 0 to 1; nothing for an edition without entries.
    pub fn share_with_distinctive(&self) -> Option<f64> {
        (self.entries > 0).then(|| self.with_distinctive as f64 / self.entries as f64)
    }
}

/// Counts what is in an edition.
///
/// `on` is the day from which ages are counted, mostly the day of issue. What an identifier can carry
/// is knowledge of the matching, so `strength` is asked for it; what the source says can only lower it.
pub fn quality(
    edition: &Edition,
    previous: Option<&Edition>,
    on: Date,
    strength: impl Fn(&Identifier) -> Strength,
) -> QualityFigures {
    let before: BTreeMap<&EntryId, &Entry> = standing(previous).map(|entry| (&entry.id, entry)).collect();
    let entries: Vec<&Entry> = standing(Some(edition)).collect();
    let now: BTreeMap<&EntryId, &Entry> = entries.iter().map(|entry| (&entry.id, *entry)).collect();
    let count = |is_it: &dyn Fn(&Entry) -> bool| entries.iter().filter(|entry| is_it(entry)).count();
    QualityFigures {
        edition: edition.number,
        entries: entries.len(),
        suspended: count(&|entry| entry.status == Status::Suspended),
        new: count(&|entry| !before.contains_key(&entry.id)),
        renewed: count(&|entry| {
            before.get(&entry.id).is_some_and(|old| old.last_observed < entry.last_observed)
        }),
        withdrawn: before.keys().filter(|id| !now.contains_key(*id)).count(),
        observation_age: ages(&entries, on),
        without_observation: count(&|entry| entry.last_observed.is_none()),
        with_distinctive: count(&|entry| has_distinctive(entry, on, &strength)),
        by_criterion: by_criterion(&entries),
        without_criterion: count(&|entry| entry.criteria.is_empty()),
    }
}

fn standing(edition: Option<&Edition>) -> impl Iterator<Item = &Entry> {
    edition.into_iter().flat_map(|edition| &edition.entries).filter(|entry| entry.stands())
}

fn ages(entries: &[&Entry], on: Date) -> Option<Ages> {
    let seen = entries.iter().filter_map(|entry| entry.last_observed);
    let mut days: Vec<i32> = seen.map(|seen| (on - seen).get_days()).collect();
    days.sort_unstable();
    Some(Ages { median_days: *days.get(days.len() / 2)?, oldest_days: *days.last()? })
}

fn has_distinctive(entry: &Entry, on: Date, strength: impl Fn(&Identifier) -> Strength) -> bool {
    entry.identifiers.iter().any(|identifier| {
        let said = identifier.strength.unwrap_or(Strength::Distinctive);
        // The strongest comes first in the order of strengths.
        said.max(strength(identifier)) == Strength::Distinctive && !identifier.validity.ended_before(on)
    })
}

fn by_criterion(entries: &[&Entry]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for code in entries.iter().flat_map(|entry| &entry.criteria) {
        *counts.entry(code.clone()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{EntryType, IdentifierKind, ListInfo, Nature};

    fn edition(number: u32, entries: Vec<Entry>) -> Edition {
        let text = String::new;
        let list = ListInfo {
            id: "harbour".to_owned(),
            issuer: text(),
            title: text(),
            nature: Nature::Advisory,
            purpose: text(),
            handling: text(),
            onward_sharing: text(),
            answers_to: None,
        };
        Edition { list, number, issued_at: None, valid_until: None, replaces: None, entries }
    }

    fn seen(id: &str, last_observed: Date) -> Entry {
        let mut entry = Entry::new(id, EntryType::Brand);
        entry.last_observed = Some(last_observed);
        entry
    }

    fn strength(identifier: &Identifier) -> Strength {
        match identifier.kind {
            IdentifierKind::Domain => Strength::Distinctive,
            _ => Strength::Weak,
        }
    }

    #[test]
    fn figures_count_what_stands() {
        let mut renewed = seen("A", date(2026, 2, 19));
        renewed.identifiers = vec![Identifier::new(IdentifierKind::Domain, "orchard.example")];
        renewed.criteria = vec!["self-advertised".to_owned(), "offers-offence".to_owned()];
        let mut doubted = seen("B", date(2025, 3, 1));
        doubted.status = Status::Suspended;
        doubted.criteria = vec!["self-advertised".to_owned()];
        let mut gone = seen("C", date(2026, 1, 1));
        gone.status = Status::Withdrawn;
        let before =
            vec![seen("A", date(2026, 1, 1)), seen("B", date(2025, 3, 1)), seen("C", date(2026, 1, 1))];

        let figures = quality(
            &edition(2, vec![renewed, doubted, gone, seen("D", date(2026, 1, 30))]),
            Some(&edition(1, before)),
            date(2026, 3, 1),
            strength,
        );

        assert_eq!((figures.entries, figures.suspended, figures.withdrawn), (3, 1, 1));
        assert_eq!((figures.new, figures.renewed, figures.without_observation), (1, 1, 0));
        assert_eq!(figures.observation_age, Some(Ages { median_days: 30, oldest_days: 365 }));
        assert_eq!(figures.share_with_distinctive(), Some(1.0 / 3.0));
        assert_eq!(figures.by_criterion["self-advertised"], 2);
        assert_eq!(figures.without_criterion, 1);
    }

    #[test]
    fn an_ended_or_lowered_identifier_is_not_distinctive() {
        let check = |change: &dyn Fn(&mut Identifier), expected: usize| {
            let mut identifier = Identifier::new(IdentifierKind::Domain, "orchard.example");
            change(&mut identifier);
            let mut entry = seen("A", date(2026, 2, 1));
            entry.identifiers = vec![identifier];
            let figures = quality(&edition(1, vec![entry]), None, date(2026, 3, 1), strength);
            assert_eq!(figures.with_distinctive, expected);
        };
        check(&|_| {}, 1);
        check(&|identifier| identifier.validity.to = Some(date(2026, 2, 28)), 0);
        check(&|identifier| identifier.strength = Some(Strength::Reusable), 0);
        check(&|identifier| identifier.kind = IdentifierKind::Jarm, 0);
    }

    #[test]
    fn an_empty_edition_has_no_shares() {
        let figures = quality(&edition(1, Vec::new()), None, date(2026, 3, 1), strength);

        assert_eq!((figures.share_with_distinctive(), figures.observation_age), (None, None));
    }
}
