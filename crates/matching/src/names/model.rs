//! From the features of two names to log-odds: one model for organisations and one for persons.
//!
//! The models are fitted by `quality/fit.py` on the training part of the labelled sets (see
//! `quality/README.md`) and shipped as `data/names/model.txt`. Log-odds of 0 are the shipped threshold.

use std::sync::LazyLock;

use super::align::{Agreement, Alignment, Pair, align};
use super::clean::CleanName;
use super::features::{self, COUNT, Compared, Values, at};
use super::keys::anchored;
use super::lexicon::USUAL;
use super::mistyped_form::{self, Meant};
use super::trees::{self, GROUPS, GroupOf, Trees, Way};
use crate::party::PartyKind;

/// A pair without an anchor is never a hit, whatever else agrees: its log-odds stay at or below this.
pub const UNANCHORED: f32 = -0.4;

/// What can speak against within two names (by its name in [`crate::FEATURES`]), and which features of the model
/// say so.
const AGAINST: [(&str, &[usize]); 5] = [
    ("number_differs", &[at("number_differs"), at("number_on_one_side")]),
    ("place_differs", &[at("place_differs"), at("place_on_one_side")]),
    ("legal_form_differs", &[at("legal_form")]),
    ("only_usual_words", &[at("told_best"), at("told_second")]),
    (
        "other_words",
        &[
            at("other_words_both"),
            at("other_words_heaviest"),
            at("other_words_less"),
            at("other_words_more"),
            at("other_words_known"),
            at("other_words_count"),
            at("own_word"),
            at("conflicts"),
            at("branch_differs"),
            at("usual_differs_one_side"),
        ],
    ),
];

const GROUP_OF: GroupOf = {
    let mut groups = [GROUPS; COUNT];
    let mut group = 0;
    while group < AGAINST.len() {
        let mut place = 0;
        while place < AGAINST[group].1.len() {
            groups[AGAINST[group].1[place]] = group;
            place += 1;
        }
        group += 1;
    }
    groups
};

fn model(persons: bool) -> &'static Trees {
    const FILE: &str = include_str!("../../data/names/model.txt");
    static ORGANISATION: LazyLock<Trees> = LazyLock::new(|| {
        trees::read(FILE, "organisation", &GROUP_OF).expect("the shipped model is read by every test")
    });
    static PERSON: LazyLock<Trees> = LazyLock::new(|| {
        trees::read(FILE, "person", &GROUP_OF).expect("the shipped model is read by every test")
    });
    if persons { &PERSON } else { &ORGANISATION }
}

/// Two firms that are called the same in usual words alone are a weak hit at the most.
const SAME_USUAL_NAME: f32 = 0.3;

fn only_usual_words(a: &CleanName, b: &CleanName, alignment: &Alignment) -> bool {
    alignment.pairs().iter().all(|pair| pair.a_more + pair.b_more == 0 && least_weight(a, b, pair) < USUAL)
}

/// Whether a single telling word agrees, and it is short and only near the other one: four letters
/// with one edit are another word too often. Three letters are in too many names to be one name where the
/// other one has a word of its own.
fn too_little(a: &CleanName, b: &CleanName, compared: &Compared) -> bool {
    let pairs = compared.alignment.pairs();
    if a.joined == b.joined || pairs.iter().any(|pair| pair.a_more + pair.b_more > 0) {
        return false;
    }
    let mut telling = pairs.iter().filter(|pair| least_weight(a, b, pair) >= USUAL);
    let (Some(only), None) = (telling.next(), telling.next()) else { return false };
    let shortest = a.tokens[only.a as usize].text.len().min(b.tokens[only.b as usize].text.len());
    match only.agreement {
        // What fingers do is believed of four letters, too.
        Agreement::Typo if compared.values[const { at("slips") }] <= 1.0 => shortest < 4,
        Agreement::Typo | Agreement::Beginning => shortest < 5,
        Agreement::Sound if shortest < 4 => true,
        _ => shortest < 4 && compared.values[const { at("own_words") }] > 0.0,
    }
}

fn least_weight(a: &CleanName, b: &CleanName, pair: &Pair) -> f32 {
    a.tokens[pair.a as usize].weight.min(b.tokens[pair.b as usize].weight)
}

/// Whether two names are the same in every letter, or in every word with no other legal form: whoever is called
/// exactly as an entry is looked at, however usual the name, also where one of them leaves the legal form out.
fn one_name(a: &CleanName, b: &CleanName) -> bool {
    a.written == b.written || (!other_form(a, b) && a.sorted == b.sorted && a.joined == b.joined)
}

/// Whether both names have a legal form, and not the same.
fn other_form(a: &CleanName, b: &CleanName) -> bool {
    a.legal_form.zip(b.legal_form).is_some_and(|(left, right)| left.code != right.code)
}

/// Whether the one name is the other one to its legal form, and something was added behind it. A single usual word
/// is no name.
fn added_behind(a: &CleanName, b: &CleanName, compared: &Compared) -> bool {
    let pairs = compared.alignment.pairs();
    compared.values[const { at("before_form") }] > 0.0
        && !other_form(a, b)
        && pairs.iter().all(|pair| pair.agreement == Agreement::Exact)
        && (pairs.len() > 1 || pairs.iter().any(|pair| least_weight(a, b, pair) >= USUAL))
}

/// Whether both names are made of the same words, at least two, in the same order, or at least three in any: worth
/// a look, whatever kind of firm it is. A foundation or a public body of that name is no firm.
fn same_words(a: &CleanName, b: &CleanName) -> bool {
    let firm = |name: &CleanName| name.legal_form.is_none_or(|form| matches!(form.class, 1..=4));
    a.tokens.len() > 1
        && a.tokens.len() == b.tokens.len()
        && a.sorted == b.sorted
        && (a.tokens.len() > 2 || a.joined == b.joined)
        && (!other_form(a, b) || (firm(a) && firm(b)))
}

/// Whether both names are the same letters, `and`, `of` and `the` aside, and more than two words have.
fn one_long_run(a: &CleanName, b: &CleanName) -> bool {
    a.joined.len().min(b.joined.len()) >= LONG_RUN && a.is_one_string_with(b) && !other_form(a, b)
}

/// At least two usual words, the same in the same order or written as one. A third one makes a name that
/// few firms have, whatever the order, whatever usual word or place the other name adds, and with a slip in it.
fn same_usual_name(a: &CleanName, b: &CleanName, compared: &Compared) -> bool {
    let (fewer, more) = (a.tokens.len().min(b.tokens.len()), a.tokens.len().max(b.tokens.len()));
    let one_run = a.is_one_string_with(b) && a.joined.len() >= SHORTEST_RUN && more > 1;
    if one_name(a, b) || one_run {
        return true;
    }
    let pairs = compared.alignment.pairs();
    let added_behind = compared.values[const { at("before_form") }] > 0.0;
    if fewer < 2 || pairs.len() < fewer || (fewer < more && fewer == 2 && !added_behind) {
        return false;
    }
    let least = if fewer > 2 { 0.8 } else { 0.9 };
    let alike = pairs.iter().all(|pair| {
        (pair.likeness > least && (fewer > 2 || pair.agreement != Agreement::Typo))
            || (mistyped(a, b, pair) && !other_form(a, b))
    });
    // Two usual words must be the same: `Cloud Networks` is not `Cloud Network` of somebody else.
    let same_meaning = pairs.iter().any(|pair| pair.agreement == Agreement::Synonym);
    let turned = compared.values[const { at("turned") }] > 0.0;
    alike && (fewer > 2 || (!same_meaning && (!turned || one_form(a, b))))
}

/// Whether a usual word stands against one that nobody knows and that is within its edit budget: `ntework` is the
/// word network, while `networks` may be somebody else's.
fn mistyped(a: &CleanName, b: &CleanName, pair: &Pair) -> bool {
    let known = |name: &CleanName, place: u8| name.tokens[usize::from(place)].known;
    pair.agreement == Agreement::Typo && known(a, pair.a) != known(b, pair.b)
}

fn one_form(a: &CleanName, b: &CleanName) -> bool {
    a.legal_form.zip(b.legal_form).is_some_and(|(left, right)| left.code == right.code)
}

/// Usual words written without blanks make a name from so many letters on.
const SHORTEST_RUN: usize = 6;

/// Nobody else's name has so many letters in the same order.
const LONG_RUN: usize = 16;

/// How alike two names are.
pub struct NameScore {
    /// Natural logarithm of the odds that both names are of one party; 0 is the threshold.
    pub log_odds: f32,
    /// Whether the index would have found the pair.
    pub anchored: bool,
    pub persons: bool,
    /// Whether an organisation is called exactly as the other one: that is looked at, whatever else differs.
    pub one_name: bool,
    pub(crate) likeness: Likeness,
    way: Way,
}

/// What the likeness of two names mostly is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// The words that agree are the same.
    Same,
    /// Written as one word here, as two there.
    Spaced,
    /// Other forms of a given name.
    OtherForm,
    AcrossScripts,
    Similar,
}

impl Likeness {
    fn of(compared: &Compared) -> Self {
        let pairs = compared.alignment.pairs();
        let has = |agreement: Agreement| pairs.iter().any(|pair| pair.agreement == agreement);
        let across_scripts = compared.values[const { at("scripts") }] > 0.0;
        if has(Agreement::AcrossScripts) || (across_scripts && has(Agreement::Sound)) {
            Self::AcrossScripts
        } else if pairs.iter().all(|pair| pair.agreement == Agreement::Exact) {
            Self::Same
        } else if has(Agreement::Joined) {
            Self::Spaced
        } else if has(Agreement::Nickname) {
            Self::OtherForm
        } else {
            Self::Similar
        }
    }
}

/// Scores two cleaned names; `None` where one of them has no word. Both orders give the same.
pub fn score(a: &CleanName, b: &CleanName) -> Option<NameScore> {
    let (a, b) = with_words(a, b)?;
    let alignment = align(a, b);
    let anchored = anchored(a, b, &alignment);
    Some(judge_as_meant(a, b, alignment, anchored))
}

/// [`score`] where names that are not anchored do not matter: `None` for them, before most of the work.
pub(crate) fn score_if_anchored(a: &CleanName, b: &CleanName) -> Option<NameScore> {
    let (a, b) = with_words(a, b)?;
    let alignment = align(a, b);
    anchored(a, b, &alignment).then(|| judge_as_meant(a, b, alignment, true))
}

/// [`judge`], a slip in a legal form aside: whether the index finds two names is told of them as they stand.
fn judge_as_meant(a: &CleanName, b: &CleanName, alignment: Alignment, anchored: bool) -> NameScore {
    let judge_anew = |a, b| {
        let (a, b) = features::in_order(a, b);
        judge(a, b, align(a, b), anchored)
    };
    match mistyped_form::meant(a, b) {
        None => judge(a, b, alignment, anchored),
        Some(Meant::First(a)) => judge_anew(&a, b),
        Some(Meant::Second(b)) => judge_anew(a, &b),
    }
}

fn judge(a: &CleanName, b: &CleanName, alignment: Alignment, anchored: bool) -> NameScore {
    let compared = features::compare(a, b, alignment);
    let persons = a.kind == PartyKind::Person && b.kind == PartyKind::Person;
    let (fitted, way) = model(persons).log_odds(&compared.values);
    let log_odds = under_rules(a, b, &compared, persons, anchored, fitted);
    let one_name = !persons && one_name(a, b);
    NameScore { log_odds, anchored, persons, one_name, likeness: Likeness::of(&compared), way }
}

/// The values of the features of two names, for fitting; `None` where one of them has no word.
pub fn values(a: &CleanName, b: &CleanName) -> Option<Values> {
    let (a, b) = with_words(a, b)?;
    let compared = |a, b| {
        let (a, b) = features::in_order(a, b);
        features::compare(a, b, align(a, b)).values
    };
    Some(match mistyped_form::meant(a, b) {
        None => compared(a, b),
        Some(Meant::First(a)) => compared(&a, b),
        Some(Meant::Second(b)) => compared(a, &b),
    })
}

fn with_words<'a>(a: &'a CleanName, b: &'a CleanName) -> Option<(&'a CleanName, &'a CleanName)> {
    (!a.tokens.is_empty() && !b.tokens.is_empty()).then(|| features::in_order(a, b))
}

/// Whether all that agrees is one word here that is two words there, and the one has other words besides: `Jan Sen`
/// is no `Piet Jansen`.
fn one_word_in_two(a: &CleanName, b: &CleanName, alignment: &Alignment) -> bool {
    let [pair] = alignment.pairs() else { return false };
    (pair.a_more > 0 && b.tokens.len() > 1) || (pair.b_more > 0 && a.tokens.len() > 1)
}

/// Keeps the order among pairs that must not be hits, below the threshold.
fn below_threshold(log_odds: f32) -> f32 {
    if log_odds > UNANCHORED { UNANCHORED - 0.3 / (1.0 + log_odds - UNANCHORED) } else { log_odds }
}

/// The rules that stand above what was fitted.
fn under_rules(
    a: &CleanName,
    b: &CleanName,
    compared: &Compared,
    persons: bool,
    anchored: bool,
    fitted: f32,
) -> f32 {
    let mut log_odds = fitted;
    if !persons && only_usual_words(a, b, &compared.alignment) {
        log_odds = if same_usual_name(a, b, compared) {
            log_odds.min(SAME_USUAL_NAME)
        } else {
            below_threshold(log_odds)
        };
    } else if !persons
        && (compared.values[const { at("number_differs") }] > 0.0 || too_little(a, b, compared))
    {
        // Another number is another firm: "II" is not "III".
        log_odds = below_threshold(log_odds);
    }
    let looked_at = || same_words(a, b) || one_long_run(a, b) || added_behind(a, b, compared);
    if one_name(a, b) || (!persons && looked_at()) {
        log_odds = log_odds.max(SAME_USUAL_NAME);
    }
    // One word of a person's name is nobody's name, also where it is written in two.
    let one_word = a.tokens.len().min(b.tokens.len()) == 1 && a.tokens.len() != b.tokens.len();
    let one_of_many =
        persons && !a.is_one_string_with(b) && (one_word || one_word_in_two(a, b, &compared.alignment));
    if !anchored || one_of_many {
        log_odds = below_threshold(log_odds);
    }
    log_odds
}

impl NameScore {
    /// What speaks against or for within the two names, before the rules: name in [`crate::FEATURES`], log-odds.
    pub(crate) fn against(&self) -> impl Iterator<Item = (&'static str, f32)> {
        let parts = model(self.persons).parts(&self.way);
        AGAINST.iter().zip(parts).map(|((feature, _), part)| (*feature, part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Buffers, clean};
    use crate::party::NameRole;
    use proptest::prelude::*;

    fn cleaned(text: &str, kind: PartyKind) -> CleanName {
        clean(text, kind, NameRole::Own, 0, &mut Buffers::default())
    }

    #[track_caller]
    fn check(left: &str, right: &str, hit: bool) {
        let of = |text| cleaned(text, PartyKind::Organisation);
        let score = score(&of(left), &of(right)).expect("both names have words");
        assert_eq!(score.log_odds >= 0.0, hit, "{left} / {right}: {}", score.log_odds);
    }

    #[test]
    fn a_name_written_as_an_entry_is_always_looked_at() {
        check("Cloud Solutions LLC", "CLOUD SOLUTIONS LLC", true);
        check("cloud_solutions", "Cloud Solutions LLC", true);
        check("C l o u d S o l u t i o n s L L C", "Cloud Solutions LLC", true);
        check("DataCenterVoorbeeld", "Data Center Voorbeeld", true);
        check("Partner LLC", "Partner LLC", true);
        let long = "Association for the Free Study of Kestrels and of Northern Winds";
        check(&long.replace(' ', ""), long, true);
        check(&long.chars().map(|letter| format!("{letter} ")).collect::<String>(), long, true);
    }

    #[test]
    fn usual_words_alone_are_no_hit() {
        check("Partner GmbH", "Partner LLC", false);
        check("Solutions Cloud Ltd", "Cloud Hosting LLC", false);
        check("Data Center Groningen", "Data Center Maastricht", false);
    }

    #[test]
    fn the_same_words_are_looked_at_whatever_the_legal_form() {
        check("Cloud Solutions AG", "Cloud Solutions LLC", true);
        check("Solutions Cloud LLC", "Cloud Solutions LLC", true);
        check("Solutions Cloud AG", "Cloud Solutions LLC", false);
    }

    #[test]
    fn what_stands_behind_a_legal_form_was_added() {
        check("Kestrelvale Ltd. Rotterdam", "Kestrelvale Ltd", true);
        check("Cloud Solutions LLC Hosting", "Cloud Solutions LLC", true);
        check("Partner Ltd. Hosting", "Partner Ltd", false);
    }

    #[test]
    fn one_word_is_nobodys_name() {
        let person = |text| cleaned(text, PartyKind::Person);
        let hit =
            |left, right| score(&person(left), &person(right)).is_some_and(|score| score.log_odds >= 0.0);
        assert!(hit("Pieter Nordwind", "NORDWIND, Pieter"));
        assert!(!hit("Piet Jan Sen", "JANSEN, Annemarie"));
    }

    #[test]
    fn slips_scripts_and_digits_for_letters_are_seen_through() {
        check("Nordwnid Hosting BV", "Nordwind Hosting B.V.", true);
        check("ООО «Нордвинд Хостинг»", "Nordwind Hosting LLC", true);
        check("N0rdw1nd Hosting", "Nordwind Hosting", true);
        check("Kestrelvale Networks II", "Kestrelvale Networks III", false);
        check("Kesrtelvael Networks", "Kestrelvale Networks", true);
        check("Kesrtelvalenordwidnhosting", "Kestrelvalenordwindhosting", true);
        check("Cloud Ntework LLC", "Cloud Network LLC", true);
        check("DIVETEKHNORD LLC", "Divetechnord LLC", true);
    }

    proptest! {
        #[test]
        fn both_orders_of_two_names_give_one_score(
            left in "(nord|wind|nordwind|nordwnid|host|cloud|cl0ud|jan|peter|pieter|de|вry|нордвинд|44| |-|a){1,7}",
            right in "(nord|wind|nordwind|nordwnid|host|cloud|cl0ud|jan|peter|pieter|de|вry|нордвинд|44| |-|a){1,7}",
            persons in any::<bool>(),
        ) {
            let kind = if persons { PartyKind::Person } else { PartyKind::Organisation };
            let (a, b) = (cleaned(&left, kind), cleaned(&right, kind));
            let told = |score: Option<NameScore>| score.map(|score| (score.log_odds, score.anchored));
            prop_assert_eq!(told(score(&a, &b)), told(score(&b, &a)));
        }
    }
}
