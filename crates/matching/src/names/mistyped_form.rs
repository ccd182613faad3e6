//! A legal form with a slip in it: `Nordwind Hosting LLX` beside `Nordwind Hosting LLC`.
//!
//! Alone, such a word is a word like any other. Beside a name that has the form it is taken for the form, so that
//! it neither tells nor speaks against.

use super::clean::{CleanName, Token, Word};
use super::slips;
use super::sound;

/// Longer forms are read with a slip in them by themselves (`Lexicon::spoken_legal_form`).
const LONGEST: usize = 6;

/// The one of two names whose first or last word is the other one's legal form with a slip, as it was meant.
pub(super) enum Meant {
    First(CleanName),
    Second(CleanName),
}

/// `None` for nearly all pairs.
pub(super) fn meant(a: &CleanName, b: &CleanName) -> Option<Meant> {
    match (&a.form_word, &b.form_word) {
        (Some(form), None) => Some(Meant::Second(b.with_form_of(a, place(b, form)?))),
        (None, Some(form)) => Some(Meant::First(a.with_form_of(b, place(a, form)?))),
        _ => None,
    }
}

/// Whether one of two names has the other one's legal form with a slip in it.
pub(super) fn found(a: &CleanName, b: &CleanName) -> bool {
    match (&a.form_word, &b.form_word) {
        (Some(form), None) => place(b, form).is_some(),
        (None, Some(form)) => place(a, form).is_some(),
        _ => false,
    }
}

/// Which word is the form, mistyped. What is left must be a name.
fn place(name: &CleanName, form: &Word) -> Option<usize> {
    let last = name.tokens.len().checked_sub(1).filter(|last| *last > 0)?;
    [last, 0].into_iter().find(|place| mistyped(&name.tokens[*place], form))
}

fn mistyped(token: &Token, form: &Word) -> bool {
    let (shorter, longer) = (token.text.len().min(form.len()), token.text.len().max(form.len()));
    if shorter < 2 || longer > LONGEST || longer - shorter > 1 || token.text == *form {
        return false;
    }
    // A word that the corpora know was meant as it stands, and a letter left out of two leaves nothing to tell.
    let dearest = if token.known || shorter < 3 { slips::SLIP } else { slips::LEFT_OUT };
    slips::cost(token.text.bytes(), form.bytes()) <= dearest || sounds_like(token, form)
}

/// `korp` is how one writes corp after it was written in Cyrillic.
fn sounds_like(token: &Token, form: &Word) -> bool {
    if token.known || form.len() < 3 {
        return false;
    }
    let mut spoken = Vec::with_capacity(LONGEST);
    sound::sound(form.bytes(), &mut spoken);
    token.sound.bytes() == spoken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Buffers, clean};
    use crate::party::{NameRole, PartyKind};

    #[track_caller]
    fn check(left: &str, right: &str, expected: Option<&str>) {
        let of = |text| clean(text, PartyKind::Organisation, NameRole::Own, 0, &mut Buffers::default());
        let (left, right) = (of(left), of(right));
        for (a, b) in [(&left, &right), (&right, &left)] {
            let name = meant(a, b).map(|(Meant::First(name) | Meant::Second(name))| name.text());
            assert_eq!(name.as_deref(), expected);
            assert_eq!(found(a, b), expected.is_some());
        }
    }

    #[test]
    fn a_legal_form_with_a_slip_is_the_form() {
        check("Nordwind LLX", "Nordwind LLC", Some("nordwind"));
        check("OOOO Nordwind", "Nordwind, OOO", Some("nordwind"));
        check("Nordwind Korp", "Nordwind Corp", Some("nordwind"));
        check("Nordwind Gmb", "Nordwind GmbH", Some("nordwind"));
    }

    #[test]
    fn other_words_and_other_forms_stay() {
        check("Nordwind Oil", "Nordwind LLC", None);
        check("Nordwind GmbH", "Nordwind LLC", None);
        check("Nordwind LLX", "Nordwind", None);
        check("LLX", "LLC", None);
    }
}
