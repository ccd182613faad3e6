//! The templates in the program, and those that an issuer puts in their place.

use std::collections::BTreeMap;
use std::path::Path;

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use crate::TemplateError;

/// Name and text of every shipped template.
const SHIPPED: &[(&str, &str)] = &[
    ("customer.en.typ", include_str!("../../templates/customer.en.typ")),
    ("customer.nl.typ", include_str!("../../templates/customer.nl.typ")),
    ("customer.typ", include_str!("../../templates/customer.typ")),
    ("enclosure.en.typ", include_str!("../../templates/enclosure.en.typ")),
    ("enclosure.nl.typ", include_str!("../../templates/enclosure.nl.typ")),
    ("enclosure.typ", include_str!("../../templates/enclosure.typ")),
    ("letter.en.typ", include_str!("../../templates/letter.en.typ")),
    ("letter.nl.typ", include_str!("../../templates/letter.nl.typ")),
    ("letter.typ", include_str!("../../templates/letter.typ")),
    ("paper.typ", include_str!("../../templates/paper.typ")),
    ("style.typ", include_str!("../../templates/style.typ")),
    ("values.typ", include_str!("../../templates/values.typ")),
];

/// A full set of templates, parsed once.
#[derive(Clone)]
pub struct Templates {
    sources: BTreeMap<String, Source>,
}

impl Templates {
    /// Those in the program.
    pub fn shipped() -> Self {
        let sources = SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), parsed(name, text))).collect();
        Self { sources }
    }

    /// Names of all templates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// The text of a shipped template, so that an issuer has something to begin with.
    pub fn shipped_text(name: &str) -> Option<&'static str> {
        SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// The same set with one template in another wording.
    ///
    /// # Errors
    /// If there is no template of this name: a misspelt name would silently leave the old sentences.
    pub fn with(mut self, name: &str, text: &str) -> Result<Self, TemplateError> {
        if !self.sources.contains_key(name) {
            let known = Self::names().collect::<Vec<_>>().join(", ");
            return Err(TemplateError::UnknownName { name: name.to_owned(), known });
        }
        self.sources.insert(name.to_owned(), parsed(name, text));
        Ok(self)
    }

    /// The shipped set with the `.typ` files of a folder in the place of those of the same name.
    ///
    /// # Errors
    /// If the folder or a file cannot be read, has no template, or has one of an unknown name.
    pub fn from_folder(folder: &Path) -> Result<Self, TemplateError> {
        let unreadable =
            |path: &Path, source| TemplateError::Unreadable { path: path.display().to_string(), source };
        let mut templates = Self::shipped();
        let mut found = false;
        for file in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let path = file.map_err(|error| unreadable(folder, error))?.path();
            if path.extension().is_some_and(|ending| ending == "typ") {
                let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                templates = templates.with(&name, &text)?;
                found = true;
            }
        }
        if found { Ok(templates) } else { Err(TemplateError::EmptyFolder(folder.display().to_string())) }
    }

    pub(crate) fn source(&self, name: &str) -> Option<&Source> {
        self.sources.get(name)
    }
}

impl Default for Templates {
    fn default() -> Self {
        Self::shipped()
    }
}

/// The id under which typst knows a file.
pub(crate) fn id_of(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("names of templates and facts are plain file names");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn parsed(name: &str, text: &str) -> Source {
    // An editor may put a byte order mark before the first line; typst would print it.
    Source::new(id_of(name), text.trim_start_matches('\u{feff}').to_owned())
}
