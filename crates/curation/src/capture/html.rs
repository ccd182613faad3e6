//! HTML: recognised as browsers do it, and not broken off within a tag, a comment or a script.

use super::{CaptureError, MediaType, damaged};

/// How browsers' rules begin a page (WHATWG MIME Sniffing, 7.1), as far as captures use them.
const BEGINNINGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<script",
    "<title",
    "<meta",
    "<style",
    "<div",
    "<table",
    "<!--",
];

/// Elements whose content is not markup: a page that ends within one was cut off.
const RAW_ELEMENTS: &[&str] = &["script", "style", "textarea", "title"];

/// A declaration of XML may stand before the page.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    let text = start_of_text(bytes);
    let lower = text.to_lowercase();
    let page = match lower.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, page)| page.trim_start()),
        None => lower.as_str(),
    };
    BEGINNINGS.iter().any(|beginning| page.starts_with(beginning))
}

fn start_of_text(bytes: &[u8]) -> String {
    const LOOKED_AT_BYTES: usize = 1_024;
    let head = &bytes[..bytes.len().min(LOOKED_AT_BYTES)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    String::from_utf8_lossy(head).trim_start().to_owned()
}

/// Walks over the markup; what is within quotes, comments and scripts is not looked at.
pub(super) fn check(bytes: &[u8]) -> Result<(), CaptureError> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(damaged(MediaType::Html, at, "a zero byte", "text in an encoding that keeps ASCII"));
    }
    let lower = bytes.to_ascii_lowercase();
    let mut at = 0;
    while let Some(open) = find(&lower, at, b"<") {
        at = after_markup(&lower, open)?;
    }
    Ok(())
}

/// The place after the tag or comment that opens at `open`.
fn after_markup(lower: &[u8], open: usize) -> Result<usize, CaptureError> {
    let rest = &lower[open..];
    if rest.starts_with(b"<!--") {
        return find(lower, open + 4, b"-->")
            .map(|end| end + 3)
            .ok_or_else(|| cut(open, "the end of a comment"));
    }
    let is_markup =
        rest.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'));
    if !is_markup {
        // A lone `<` is text for a browser, unless the file ends there.
        return if rest.len() == 1 { Err(cut(open, "the end of a tag")) } else { Ok(open + 1) };
    }
    let end = end_of_tag(lower, open).ok_or_else(|| cut(open, "the end of a tag"))?;
    let name: Vec<u8> = rest[1..].iter().copied().take_while(u8::is_ascii_alphanumeric).collect();
    let raw = RAW_ELEMENTS.iter().find(|element| element.as_bytes() == name.as_slice());
    match raw {
        Some(element) => {
            let close = format!("</{element}");
            find(lower, end, close.as_bytes())
                .ok_or_else(|| cut(open, "the end of a script, style or text area"))
        }
        None => Ok(end),
    }
}

/// The place after the `>` that closes the tag; one within quotes does not.
fn end_of_tag(lower: &[u8], open: usize) -> Option<usize> {
    let mut quote = None;
    for (place, byte) in lower.iter().enumerate().skip(open) {
        match (quote, byte) {
            (None, b'>') => return Some(place + 1),
            // A quote opens a value only after `=`; elsewhere it is a slip that browsers pass over.
            (None, b'"' | b'\'') if follows_equals(lower, place) => quote = Some(*byte),
            (Some(open), close) if open == *close => quote = None,
            _ => {}
        }
    }
    None
}

fn follows_equals(lower: &[u8], place: usize) -> bool {
    lower[..place].iter().rev().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'=')
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|place| from + place)
}

fn cut(at: usize, expected: &'static str) -> CaptureError {
    damaged(MediaType::Html, at, "the end of the file", expected)
}
