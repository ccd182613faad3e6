//! Makes characters visible that a reader cannot see, so that no name looks like another one or turns
//! the text around it.

use std::borrow::Cow;

/// Whether a character shows nothing, steers a terminal, or changes the direction of what follows.
///
/// General category Cc and Cf of Unicode 17, line and paragraph separators, the fillers and variation
/// selectors that render as nothing, and noncharacters.
pub fn is_unseen(character: char) -> bool {
    matches!(u32::from(character),
        0x00..=0x1f | 0x7f..=0x9f | 0xad | 0x34f | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f
        | 0x890..=0x891 | 0x8e2 | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f
        | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x2800 | 0x3164
        | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb | 0xfffe | 0xffff
        | 0x110bd | 0x110cd | 0x13430..=0x1343f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a
        | 0xe0000..=0xe0fff | 0xf0000..=0x10ffff)
}

/// Whether a character can act by itself: control characters and those that override the direction.
/// Values that must stay as they were found lose only these.
pub fn is_active(character: char) -> bool {
    matches!(u32::from(character), 0x00..=0x1f | 0x7f..=0x9f | 0x200e..=0x200f | 0x2028..=0x202e | 0x2066..=0x2069)
}

/// The text with every unseen character as a placeholder such as `⟨U+202E⟩`; line breaks and tabs as `↵`
/// and `⇥`.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, is_unseen)
}

/// The text with active characters as placeholders and everything else untouched.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    replaced(text, is_active)
}

fn replaced(text: &str, unwanted: fn(char) -> bool) -> Cow<'_, str> {
    // Nearly all values are plain ASCII; looking at bytes is ten times as fast as at characters.
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) || !text.chars().any(unwanted) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if unwanted(character) { push_placeholder(&mut shown, character) } else { shown.push(character) }
    }
    Cow::Owned(shown)
}

/// Appends what stands for an unseen character.
pub(crate) fn push_placeholder(out: &mut String, character: char) {
    use std::fmt::Write;
    match character {
        '\n' => out.push('↵'),
        '\t' => out.push('⇥'),
        other => write!(out, "⟨U+{:04X}⟩", u32::from(other)).expect("writing to a string cannot fail"),
    }
}

/// At most `limit` characters of a text, and how many it has if that is not all of it.
pub(crate) fn clipped(text: &str, limit: usize) -> (&str, Option<usize>) {
    // A text has at most as many characters as bytes.
    if text.len() <= limit {
        return (text, None);
    }
    match text.char_indices().nth(limit) {
        Some((end, _)) => (&text[..end], Some(text.chars().count())),
        None => (text, None),
    }
}

/// Visible and at most `limit` characters long, with an ellipsis where something is missing.
pub(crate) fn short(text: &str, limit: usize) -> Cow<'_, str> {
    match clipped(text, limit) {
        (all, None) => visible(all),
        (start, Some(_)) => Cow::Owned(format!("{}…", visible(start))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(visible(text), expected);
    }

    #[test]
    fn seen_characters_stay_as_they_are() {
        check(
            "Boomgaard Negen B.V. — Бастион, أوركيد, 株式会社",
            "Boomgaard Negen B.V. — Бастион, أوركيد, 株式会社",
        );
    }

    #[test]
    fn unseen_characters_are_named() {
        check("moc\u{202e}.elpmaxe", "moc⟨U+202E⟩.elpmaxe");
        check("a\0b\u{1b}[31m", "a⟨U+0000⟩b⟨U+001B⟩[31m");
        check("Or\u{200b}chard\u{feff}", "Or⟨U+200B⟩chard⟨U+FEFF⟩");
        check("one\ntwo\tthree\r", "one↵two⇥three⟨U+000D⟩");
        check("\u{e0041}tag", "⟨U+E0041⟩tag");
    }

    #[test]
    fn what_acts_is_shown_and_what_is_only_unseen_stays_in_an_id() {
        assert_eq!(harmless("10\u{200b}17"), "10\u{200b}17");
        assert_eq!(harmless("\u{1b}]0;x\u{7}\u{202e}"), "⟨U+001B⟩]0;x⟨U+0007⟩⟨U+202E⟩");
    }

    #[test]
    fn long_texts_are_clipped_between_characters() {
        assert_eq!(clipped("ééé", 2), ("éé", Some(3)));
        assert_eq!(clipped("ééé", 3), ("ééé", None));
        assert_eq!(short("abcdef", 3), "abc…");
    }

    proptest::proptest! {
        #[test]
        fn nothing_unseen_is_left(text in "\\PC*|[\u{0}-\u{2fff}]*") {
            assert!(!visible(&text).chars().any(is_unseen));
        }
    }
}
