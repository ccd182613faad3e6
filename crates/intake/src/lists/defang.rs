//! Gives values back their signs that were taken out so that nobody clicks on them.

use std::borrow::Cow;

/// What stands in texts, in lower case, and what it means.
const SIGNS: &[(&str, &str)] = &[
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("\\.", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("{dot}", "."),
    ("[punt]", "."),
    ("(punt)", "."),
    ("[@]", "@"),
    ("(@)", "@"),
    ("{@}", "@"),
    ("[at]", "@"),
    ("(at)", "@"),
    ("{at}", "@"),
    ("[://]", "://"),
    ("[:]", ":"),
    ("[/]", "/"),
];

/// Schemes, which are meant only where a colon follows: `hxxp@example.test` is a mailbox of that name.
const SCHEMES: &[(&str, &str)] = &[("hxxps", "https"), ("hxxp", "http")];

/// The text with `example[.]test`, `hxxp://`, `name[at]x` and the like restored. Blanks around such a
/// sign go with it: `name [at] example [.] test`.
pub(super) fn restored(text: &str) -> Cow<'_, str> {
    if !may_be_defanged(text) {
        return Cow::Borrowed(text);
    }
    let mut restored = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((sign, meaning)) = sign_at(rest) {
            let bracketed = sign.starts_with(['[', '(', '{']);
            rest = &rest[sign.len()..];
            if bracketed {
                restored.truncate(restored.trim_end_matches(' ').len());
                rest = rest.trim_start_matches(' ');
            }
            restored.push_str(meaning);
        } else {
            restored.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    Cow::Owned(restored)
}

fn may_be_defanged(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'[' | b'(' | b'{' | b'\\'))
        || text.as_bytes().windows(4).any(|four| four.eq_ignore_ascii_case(b"hxxp"))
}

fn sign_at(text: &str) -> Option<(&'static str, &'static str)> {
    let stands_here = |sign: &str| {
        text.as_bytes().get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes()))
    };
    let before_a_colon =
        |scheme: &str| text[scheme.len()..].trim_start_matches(['[', '(', '{']).starts_with(':');
    let scheme = SCHEMES.iter().find(|(scheme, _)| stands_here(scheme) && before_a_colon(scheme));
    SIGNS.iter().find(|(sign, _)| stands_here(sign)).or(scheme).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_come_back() {
        let check = |text: &str, expected: &str| assert_eq!(restored(text), expected);

        check("example[.]test", "example.test");
        check("hXXps://www(.)example{dot}test", "https://www.example.test");
        check("name[at]example[.]test", "name@example.test");
        check("name (at) example [dot] test", "name@example.test");
        check("192.0.2[.]0/24", "192.0.2.0/24");
        check("2001[:]db8::/32", "2001:db8::/32");
        check("hxxp[:]//example[.]test", "http://example.test");
        check("hxxps[://]example[.]test", "https://example.test");
        check("hxxp@example[.]test", "hxxp@example.test");
        check("hxxps[.]example", "hxxps.example");
        check("Orchard (Nine) [x] é", "Orchard (Nine) [x] é");
    }
}
