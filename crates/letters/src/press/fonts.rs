//! The fonts in the program, and what is shown for a character that none of them has.

use std::borrow::Cow;
use std::sync::LazyLock;

use documents::visible::is_unseen;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::TemplateError;

/// IBM Plex Sans for text, IBM Plex Mono for values that are compared letter by letter.
///
/// Both have Latin, Cyrillic and Greek. Other scripts need a font of the issuer's own, see [`Fonts::add`].
static SHIPPED: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../fonts/IBMPlexSans-Regular.ttf"),
        include_bytes!("../../fonts/IBMPlexSans-Bold.ttf"),
        include_bytes!("../../fonts/IBMPlexSans-Italic.ttf"),
        include_bytes!("../../fonts/IBMPlexMono-Regular.ttf"),
    ];
    files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});

/// All fonts of a press.
#[derive(Clone)]
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) all: Vec<Font>,
}

impl Fonts {
    pub(crate) fn shipped() -> Self {
        Self::of(SHIPPED.clone())
    }

    fn of(all: Vec<Font>) -> Self {
        Self { book: LazyHash::new(FontBook::from_fonts(&all)), all }
    }

    /// One more font file. Characters that the shipped fonts lack are taken from it.
    pub(crate) fn add(&self, name: &str, file: Vec<u8>) -> Result<Self, TemplateError> {
        let mut all = self.all.clone();
        let before = all.len();
        all.extend(Font::iter(Bytes::new(file)));
        if all.len() == before {
            return Err(TemplateError::NotAFont(name.to_owned()));
        }
        Ok(Self::of(all))
    }

    /// The text as it can be printed: what nobody can see, and what no font has, as its code point.
    ///
    /// `Acme 中` becomes `Acme [U+4E2D]`. An empty box would hide which character stood there, and two names
    /// would look alike.
    pub(crate) fn printable<'a>(&self, text: &'a str) -> Cow<'a, str> {
        // Nearly all values are plain ASCII, which every font has.
        if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) || !text.chars().any(|c| self.lacks(c)) {
            return Cow::Borrowed(text);
        }
        let mut shown = String::with_capacity(text.len() + 16);
        for character in text.chars() {
            if self.lacks(character) {
                shown += &format!("[U+{:04X}]", u32::from(character));
            } else {
                shown.push(character);
            }
        }
        Cow::Owned(shown)
    }

    fn lacks(&self, character: char) -> bool {
        is_unseen(character)
            || !self.all.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Fonts::shipped().printable(text), expected);
    }

    #[test]
    fn european_scripts_are_printed_as_they_are() {
        check("Café Šibenik Łódź", "Café Šibenik Łódź");
        check("ООО «Бастион» Київ", "ООО «Бастион» Київ");
        check("Ελληνική", "Ελληνική");
    }

    #[test]
    fn what_no_font_has_is_shown_by_its_code_point() {
        check("Acme 中国", "Acme [U+4E2D][U+56FD]");
        check("شركة", "[U+0634][U+0631][U+0643][U+0629]");
    }

    #[test]
    fn what_nobody_can_see_is_shown_by_its_code_point() {
        check("a\u{202e}b\nc\u{0}", "a[U+202E]b[U+000A]c[U+0000]");
    }

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        assert!(Fonts::shipped().add("logo.png", b"no font".to_vec()).is_err());
    }
}
