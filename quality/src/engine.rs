//! The one place of this program that knows how the product compares.

use jiff::civil::{Date, date};
use matching::names::{Buffers, CleanName, clean, features, model};
use matching::party::{NameRole, RawName, RawParty};
use matching::{Context, Party, PartyKind, compare};
use watchlist::Validity;

use crate::records::Record;
use crate::sets::pairs::Pair;

/// Pairs with at least this score count as a match: the product's own shipped threshold.
pub const THRESHOLD: f64 = matching::THRESHOLD;

/// The day of all comparisons here. None of the labelled sets has dates of validity.
pub const TODAY: Date = date(2026, 11, 23);

const CONTEXT: Context = Context { today: TODAY };

/// Names of the features of a pair of names, in the order of their values.
pub const FEATURE_NAMES: &[&str] = &features::NAMES;

/// What a thread keeps between comparisons.
pub type Scratch = Buffers;

/// Score of a labelled pair, 0..1.
pub fn score(pair: &Pair, scratch: &mut Scratch) -> f64 {
    compare_parties(&party(&pair.name1, pair.party, scratch), &party(&pair.name2, pair.party, scratch))
}

/// A party that has only a name, after the product's cleaning.
pub fn party(name: &str, kind: PartyKind, scratch: &mut Scratch) -> Party {
    let raw = RawParty {
        kind,
        names: vec![RawName { text: name, role: NameRole::Own, kind }],
        identifiers: &[],
        addresses: &[],
        country: None,
        birth_date: None,
        validity: Validity::default(),
    };
    Party::clean(&raw, scratch)
}

/// A record after the product's cleaning.
pub fn clean_record(record: &Record, scratch: &mut Scratch) -> Party {
    Party::clean(&record.raw(), scratch)
}

/// Score of two parties, 0..1, by the path of a check and a screening.
pub fn compare_parties(left: &Party, right: &Party) -> f64 {
    compare(left, right, &CONTEXT).score()
}

/// Values of the features of two names; nothing where one has no word.
pub fn feature_values(pair: &Pair, scratch: &mut Scratch) -> Option<[f32; features::COUNT]> {
    let mut name = |text| -> CleanName { clean(text, pair.party, NameRole::Own, 0, scratch) };
    let (left, right) = (name(&pair.name1), name(&pair.name2));
    let values = model::values(&left, &right)?;
    values.first_chunk().copied()
}
