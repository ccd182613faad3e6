//! Names at messengers and forums.

use watchlist::{IdentifierKind, Strength};

use super::form::{Origin, Space};
use super::lists::{GENERIC_WORDS, ROLE_NAMES};
use super::rejected::Why;
use super::sink::Sink;
use super::{mailbox, phone, text};

/// Adds a handle of any messenger.
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    let value = text::unwrapped(value);
    let Some(name) = name(value) else { return sink.reject(Why::NotOfThisKind) };
    if name.contains('@') && name.contains('.') {
        // A Jabber or mail address in a column for handles.
        return mailbox::clean(name, sink);
    }
    if name.starts_with('+') && name.bytes().filter(u8::is_ascii_digit).count() >= 8 {
        return phone::clean(name, sink);
    }
    let written = written(name);
    add(&written, Origin::Itself, sink);
}

/// Adds the local part of an address at a shared mail provider: many people use their handle there.
pub(super) fn clean_local_part(local: &str, sink: &mut Sink<'_>) {
    let written = written(local);
    let found_by = joined(&written);
    // Too little to be somebody's handle: that is no fault of the address.
    if found_by.len() < 4 || names_nobody(&found_by) || GENERIC_WORDS.contains(found_by.as_str()) {
        return;
    }
    sink.add_keyed(Space::Handle, Origin::LocalPart, Strength::Weak, &written, &found_by);
}

/// Adds a name on one forum, written `forum/nick` or as a profile address.
pub(super) fn clean_forum(value: &str, sink: &mut Sink<'_>) {
    let value = text::unwrapped(value);
    let value = value.split_once("://").map_or(value, |(_, rest)| rest);
    let value = value.split(['?', '#']).next().unwrap_or(value).trim_end_matches('/');
    let cut = value.split_once('/').or_else(|| value.split_once(':')).or_else(|| {
        let (nick, forum) = value.split_once('@')?;
        Some((forum, nick))
    });
    let Some((forum, nick)) = cut else {
        add_nick(value, sink);
        return sink.reject(Why::NickWithoutForum);
    };
    let nick = nick.rsplit('/').next().unwrap_or(nick);
    // `members/orchard.123` is how common forum software writes member 123.
    let nick = match nick.rsplit_once('.') {
        Some((name, number)) if number.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => nick,
    };
    let forum = text::plain_words(forum.trim_start_matches("www.")).replace(' ', "");
    let nick_text = written(nick);
    if forum.is_empty() || nick_text.is_empty() {
        return sink.reject(Why::NotOfThisKind);
    }
    sink.add(Space::Forum, Origin::Itself, Strength::Reusable, &format!("{forum}/{nick_text}"));
    add_nick(nick, sink);
}

/// The nick alone supports only: the same nick elsewhere is another person.
fn add_nick(nick: &str, sink: &mut Sink<'_>) {
    let written = written(nick);
    let found_by = joined(&written);
    if found_by.len() >= 4 && !names_nobody(&found_by) {
        sink.add_keyed(Space::Handle, Origin::Nick, Strength::NonDistinctive, &written, &found_by);
    }
}

fn add(written: &str, origin: Origin, sink: &mut Sink<'_>) {
    let found_by = joined(written);
    if found_by.len() < 3 {
        return sink.reject(Why::TooShort);
    }
    if names_nobody(&found_by) {
        return sink.reject(Why::GenericWord);
    }
    let weak = found_by.len() < 5 || GENERIC_WORDS.contains(found_by.as_str());
    let strength = if weak { Strength::Weak } else { Strength::Reusable };
    sink.add_keyed(Space::Handle, origin, strength, written, &found_by);
}

/// The handle inside `@name`, `t.me/name`, `tg://resolve?domain=name`, `telegram: name`.
fn name(value: &str) -> Option<&str> {
    let is_link = value.contains('/') || value.contains("domain=");
    let value = value.split_once("domain=").map_or(value, |(_, name)| name);
    let value = value.split_once("://").map_or(value, |(_, rest)| rest);
    let mut value = value.trim_start_matches("www.");
    for prefix in PREFIXES {
        if let Some(start) = value.get(..prefix.len())
            && start.eq_ignore_ascii_case(prefix)
        {
            value = value[prefix.len()..].trim_start();
        }
    }
    let value = value.trim_start_matches('@');
    let value = match is_link {
        true => value.split(['?', '&', '#']).next().unwrap_or(value),
        false => value,
    };
    let value = value.trim_matches('/');
    (!value.is_empty() && value.len() <= 64).then_some(value)
}

const PREFIXES: &[&str] = &[
    "telegram.me/",
    "telegram.dog/",
    "t.me/s/",
    "t.me/",
    "telegram:",
    "telegram ",
    "tg:",
    "skype:",
    "skype ",
    "live:",
    "discord:",
    "signal:",
    "wickr:",
    "wire:",
    "threema:",
    "icq:",
    "im:",
    "@",
];

/// Lower-case ASCII, blanks and signs between words as one underscore.
fn written(name: &str) -> String {
    if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return name.to_owned();
    }
    text::plain_words(name).replace(' ', "_")
}

fn joined(written: &str) -> String {
    written.replace('_', "")
}

/// A task (`admin`, `support24`), a filler, or a number too short to be an account's.
fn names_nobody(joined: &str) -> bool {
    let letters = joined.trim_end_matches(|c: char| c.is_ascii_digit());
    ROLE_NAMES.contains(letters) || letters.is_empty() && joined.len() < 5
}

/// Adds an account number of Telegram or ICQ.
pub(super) fn clean_number(value: &str, space: Space, sink: &mut Sink<'_>) {
    let value = text::unwrapped(value);
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    if value.chars().any(|c| c.is_alphabetic()) && sink.kind == IdentifierKind::TelegramId && digits.len() < 5
    {
        return clean(value, sink);
    }
    if text::rounded_by_spreadsheet(value) {
        return sink.reject(Why::RoundedBySpreadsheet);
    }
    match digits.len() {
        0 => sink.reject(Why::NotOfThisKind),
        1..5 => sink.reject(Why::TooShort),
        _ if text::is_dummy_number(&digits) => sink.reject(Why::Dummy),
        _ => {
            let strength =
                if space == Space::TelegramId { Strength::Distinctive } else { Strength::Reusable };
            sink.add(space, Origin::Itself, strength, &digits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        assert_eq!(name(text::unwrapped(value)).map(written).unwrap_or_default(), expected, "{value}");
    }

    #[test]
    fn handles_are_found_in_what_people_write() {
        check("@Orchard_Nine", "orchard_nine");
        check("'@orchard", "orchard");
        check("https://t.me/Orchard", "orchard");
        check("tg://resolve?domain=orchard", "orchard");
        check("t.me/orchard?start=1", "orchard");
        check("telegram: @orchard", "orchard");
        check("Orchard Nine", "orchard_nine");
        check("live:orchard.nine", "orchard_nine");
        check("Орчард", "orchard");
    }
}
