//! Plain text, such as the annex of a letter copied out of a PDF.
//!
//! Four simple rules, in this order:
//!
//! 1. **Furniture** ([`furniture`]). Page numbers, and lines that come back on several pages, are taken out
//!    and listed once.
//! 2. **Wrapped lines** ([`lines`]). A line that ends with a comma, a hyphen or an open bracket goes on in the next
//!    one; so does a line before one that begins with `(`, and a long hexadecimal key.
//! 3. **Where entries begin** ([`layout`]). One sign decides for the whole text, the first of these that it has:
//!    a table with known headings; labels such as `Naam:`; numbers (`1.`, `2)`); bullets; otherwise each short
//!    line of text that is not a sentence.
//! 4. **What a line says** ([`parties`]). After a known label: values of that label. Without one: identifiers by their
//!    form; at the beginning of an entry, its name and what follows `a.k.a.`, `ook bekend als` and the like.
//!
//! What none of the rules understands is listed as a problem with its line and text. Names stay as written.

mod furniture;
mod layout;
mod lines;
mod parties;
mod table;

use super::gathering::Gathering;
use super::{ListIntake, ListKind};
use layout::Layout;

pub(super) fn read(text: &str) -> ListIntake {
    let mut gathering = Gathering::default();
    let lines = lines::split(text);
    let lines = furniture::removed(lines, &mut gathering);
    match layout::of(&lines) {
        Layout::Table(table) => table::read(&lines, &table, &mut gathering),
        layout => parties::read(&lines::joined(lines), &layout, &mut gathering),
    }
    gathering.finish(ListKind::PlainText)
}
