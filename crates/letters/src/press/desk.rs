//! What typst may see while it makes one document: templates, facts, pictures, fonts, and nothing else.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::Press;
use super::templates::id_of;

/// Name under which the templates read the facts.
pub(crate) const FACTS: &str = "facts.json";

/// One document in the making.
///
/// There is no file system, no package registry and no clock behind it: a template that asks for one gets
/// an error with its line.
pub(crate) struct Desk<'a> {
    press: &'a Press,
    main: FileId,
    /// Facts and pictures, by id.
    files: Vec<(FileId, Bytes)>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(press: &'a Press, main: &str, files: Vec<(&str, Bytes)>) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (id_of(name), bytes)).collect();
        Self { press, main: id_of(main), files }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = id.get().vpath().get_without_slash();
        self.press.templates.source(name).cloned().ok_or_else(|| FileError::NotFound(name.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.files.iter().find(|(known, _)| *known == id) {
            Some((_, bytes)) => Ok(bytes.clone()),
            None => Err(FileError::NotFound(id.get().vpath().get_without_slash().into())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.all.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
