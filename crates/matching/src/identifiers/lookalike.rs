//! Look-alike domains: another party's domain, imitated.
//!
//! A label is folded so that what looks alike becomes equal (`1` and `l`, `rn` and `m`, hyphens), and is
//! found whole and without a trailing hosting word. Sharing a beginning or an end is not enough.

use watchlist::Strength;

use super::form::{Origin, Space};
use super::lists::{GENERIC_WORDS, endings_like, is_generic};
use super::sink::Sink;

/// Folded labels below this length are shared by chance.
const SHORTEST: usize = 3;

/// A label of two letters is imitated within its own zone: `x-n` and `xn`.
const SHORTEST_TWIN: usize = 2;

/// Folded labels below this length are shared by chance, but within one small zone.
const SHORTEST_ELSEWHERE: usize = 4;

/// Adds what the look-alikes of a registrable domain are found by.
pub(super) fn clean(registrable: &str, sink: &mut Sink<'_>) {
    let (label, _) = split(registrable);
    let whole = skeleton(label);
    if whole.len() >= SHORTEST_TWIN {
        sink.add_keyed(Space::DomainLabel, Origin::Label, Strength::Weak, registrable, &whole);
    }
    if let Some(stem) = stem(label) {
        let stem = skeleton(stem);
        if stem.len() >= SHORTEST && stem != whole {
            sink.add_keyed(Space::DomainLabel, Origin::Stem, Strength::Weak, registrable, &stem);
        }
    }
}

/// How strongly two different domains look alike, as a weight, when the given readings of both fold
/// to the same text. `None` where the likeness means nothing.
pub(super) fn weight(left: (&str, Origin), right: (&str, Origin)) -> Option<f32> {
    let ((left_label, left_suffix), (right_label, right_suffix)) = (split(left.0), split(right.0));
    let same_suffix = left_suffix == right_suffix;
    let stems = usize::from(left.1 == Origin::Stem) + usize::from(right.1 == Origin::Stem);
    let shared = reading(left_label, left.1)?;
    if shared != reading(right_label, right.1)? {
        return None;
    }
    let crowded = matches!(left_suffix, "com" | "net" | "org");
    let disguised = stems == 0 && left_label.replace('-', "") != right_label.replace('-', "");
    if shared.len() < SHORTEST {
        return (stems == 0 && same_suffix && !disguised).then_some(by_length(shared.len()));
    }
    if shared.len() < SHORTEST_ELSEWHERE && (!same_suffix || crowded) {
        return None;
    }
    // A label that is a general word is imitated by nobody in another zone; within a small zone it is.
    let generic = is_generic(&plain(left_label, left.1)) || is_generic(&plain(right_label, right.1));
    match (stems, generic) {
        (0, true) if same_suffix => Some(if disguised { 3.8 } else { 3.5 }),
        // Two general words joined are a name, though a weak one; only the zone may differ.
        (0, true) if !disguised && shared.len() >= 7 && !GENERIC_WORDS.contains(left_label) => Some(3.5),
        (1, true) if same_suffix && !crowded && shared.len() > SHORTEST => Some(3.5),
        (_, true) => None,
        (0, false) => Some(by_length(shared.len()) + if disguised || same_suffix { 0.3 } else { 0.0 }),
        (1, false) if shared.len() > SHORTEST_ELSEWHERE || same_suffix => Some(by_length(shared.len())),
        (2, false) if shared.len() >= 7 && same_suffix => Some(3.5),
        _ => None,
    }
}

/// Longer labels meet less often by chance.
fn by_length(len: usize) -> f32 {
    match len {
        0..=4 => 3.5,
        5..=6 => 3.8,
        7..=9 => 4.1,
        _ => 4.4,
    }
}

fn split(registrable: &str) -> (&str, &str) {
    registrable.split_once('.').unwrap_or((registrable, ""))
}

fn reading(label: &str, origin: Origin) -> Option<String> {
    if origin == Origin::Stem { stem(label).map(skeleton) } else { Some(skeleton(label)) }
}

fn plain(label: &str, origin: Origin) -> String {
    let label = if origin == Origin::Stem { stem(label).unwrap_or(label) } else { label };
    label.replace(['-', '_'], "")
}

/// The label without one trailing hosting word; with a hyphen before it, any of them, without one only
/// where enough is left to be a name.
fn stem(label: &str) -> Option<&str> {
    let endings = endings_like(label);
    if let Some((stem, ending)) = label.rsplit_once('-')
        && endings.contains(&ending)
        && stem.len() >= SHORTEST
    {
        return Some(stem);
    }
    endings
        .iter()
        .filter(|ending| ending.len() > 2 || **ending == "24")
        .find_map(|ending| label.strip_suffix(ending))
        .map(|stem| stem.trim_end_matches('-'))
        .filter(|stem| stem.len() >= SHORTEST)
}

/// What the eye sees of a label: no hyphens, leet digits as letters, pairs that look like one letter.
fn skeleton(label: &str) -> String {
    if !label.starts_with("xn--") {
        return fold(label);
    }
    let (unicode, _) = idna::domain_to_unicode(label);
    let visible: String = unicode.chars().map(visible_latin).collect();
    fold(&any_ascii::any_ascii(&visible).to_ascii_lowercase())
}

fn fold(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for byte in label.bytes() {
        let folded = match byte {
            b'-' | b'_' => continue,
            b'1' | b'i' | b'|' => b'l',
            b'0' => b'o',
            b'3' => b'e',
            b'5' | b'$' => b's',
            b'4' => b'a',
            b'7' => b't',
            b'8' => b'b',
            b'6' | b'9' => b'g',
            b'2' => b'z',
            other => other,
        };
        match (out.as_bytes().last(), folded) {
            (Some(b'r'), b'n') => replace_last(&mut out, 'm'),
            (Some(b'v'), b'v') => replace_last(&mut out, 'w'),
            (Some(b'c'), b'l') => replace_last(&mut out, 'd'),
            _ => out.push(folded as char),
        }
    }
    out
}

fn replace_last(out: &mut String, with: char) {
    out.pop();
    out.push(with);
}

/// Letters of other scripts that look like a Latin one; what remains is transliterated.
fn visible_latin(letter: char) -> char {
    match letter {
        'а' | 'α' => 'a',
        'в' | 'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'є' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        'і' | 'ї' | 'ι' | 'ı' | 'ӏ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two domains are look-alikes in any of their readings.
    #[track_caller]
    fn check(left: &str, right: &str, expected: bool) {
        let origins = [Origin::Label, Origin::Stem];
        let found = origins.iter().flat_map(|&a| origins.iter().map(move |&b| (a, b))).any(|(a, b)| {
            let long = |text: &str, origin| {
                reading(split(text).0, origin).is_some_and(|text| text.len() >= SHORTEST_TWIN)
            };
            long(left, a) && long(right, b) && weight((left, a), (right, b)).is_some()
        });
        assert_eq!(found, expected, "{left} {right}");
    }

    #[test]
    fn imitations_are_seen() {
        check("vedimar.example", "ved1mar.example", true);
        check("vedimar.example", "vedirnar.example", true);
        check("vedimar.example", "vedimar.test", true);
        check("vedimar.example", "vedimar-cloud.example", true);
        check("vedimar.example", "vedimarhost.example", true);
        check("vedimar.example", "vedimar24.example", true);
        check("vedimar.example", "ved-imar.example", true);
        check("vedimar-net.example", "vedimar-netvps.example", true);
        check("vvaldor.example", "waldor.example", true);
        check("cloudsol.example", "doudsol.example", true);
    }

    #[test]
    fn a_shared_beginning_or_end_is_not_enough() {
        check("vedimar.example", "vedimonta.example", false);
        check("vedimar.example", "bordimar.example", false);
        check("vedimar-net.example", "orchard-net.example", false);
        check("orchardcloud.example", "vedimarcloud.example", false);
    }

    #[test]
    fn general_words_need_the_same_zone() {
        check("infocloud.example", "infocloud.test", true);
        check("infrastructure.example", "infrastructure.test", false);
        check("infocloud.example", "inf0cloud.test", false);
        check("infocloud.example", "inf0cloud.example", true);
        check("infocloud.com", "infocloudhost.com", false);
        check("abc.example", "abc.test", false);
        check("vdm.example", "vdm24.example", true);
        check("vdm.com", "vdm24.com", false);
    }
}
