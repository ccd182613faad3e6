//! From template and facts to a PDF: fonts, templates and the compiler, kept warm between documents.

mod desk;
mod faults;
mod fonts;
mod picture;
mod templates;

use jiff::civil::Date;
use serde::Serialize;
use typst::comemo::{self, Track};
use typst::diag::SourceDiagnostic;
use typst::engine::{Route, Sink, Traced};
use typst::foundations::{Bytes, Content, Datetime, Smart};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use picture::Picture;
pub use templates::Templates;

use crate::{LetterError, TemplateError};
use desk::{Desk, FACTS};
pub(crate) use fonts::Fonts;

/// Documents after which the compiler forgets what none of them used.
///
/// 200 enclosures of 1,000 entries that differ in their notes share most blocks; what only one of them had
/// must not stay in memory.
const REMEMBERED_DOCUMENTS: usize = 4;

/// Fonts and templates, ready for any number of documents. Can be shared between threads.
pub struct Press {
    pub(crate) library: LazyHash<Library>,
    pub(crate) fonts: Fonts,
    pub(crate) templates: Templates,
}

/// One kind of document: which template shows it, and with which facts.
pub trait Sheet {
    /// The layout, such as `letter.typ`.
    const TEMPLATE: &'static str;

    /// What the templates can use, as `facts`. Texts in it must have gone through [`Press::printable`].
    type View: Serialize;

    fn view(&self, press: &Press) -> Self::View;

    /// Pictures by the name under which the template asks for them.
    fn pictures(&self) -> Vec<(&'static str, Vec<u8>)>;

    /// The day of the document. It becomes the time stamp of the file, so that no clock is asked.
    fn dated(&self) -> Date;

    /// What tells this document from every other one, and stays when it is made again.
    fn identity(&self) -> String;
}

impl Default for Press {
    fn default() -> Self {
        Self::new(Templates::shipped())
    }
}

impl Press {
    pub fn new(templates: Templates) -> Self {
        let library = LazyHash::new(<Library as LibraryExt>::default());
        Self { library, fonts: Fonts::shipped(), templates }
    }

    /// The same press with one more font, for scripts beyond Latin, Cyrillic and Greek.
    ///
    /// # Errors
    /// If the file is not a font; `name` is for the message.
    pub fn with_font(mut self, name: &str, file: Vec<u8>) -> Result<Self, TemplateError> {
        self.fonts = self.fonts.add(name, file)?;
        Ok(self)
    }

    /// The text as the fonts can print it; see the [module of fonts](self) for what stands for the rest.
    pub fn printable(&self, text: &str) -> String {
        self.fonts.printable(text).into_owned()
    }

    /// Prints a document as PDF/A-2a that also keeps PDF/UA-1.
    ///
    /// # Errors
    /// If a template cannot be used, or what it asks for cannot stand in a PDF/A.
    pub fn pdf<S: Sheet>(&self, sheet: &S) -> Result<Vec<u8>, LetterError> {
        let options = options(sheet)?;
        let desk = self.desk(S::TEMPLATE, sheet);
        let document = typst::compile::<PagedDocument>(&desk)
            .output
            .map_err(|faults| LetterError::Template(faults::told(&desk, &faults)))?;
        let bytes = typst_pdf::pdf(&document, &options)
            .map_err(|faults| LetterError::Standard(faults::told(&desk, &faults)))?;
        comemo::evict(REMEMBERED_DOCUMENTS);
        Ok(bytes)
    }

    /// Evaluates one template and hands its content to a reader, who can refuse parts of it.
    pub(crate) fn read<S: Sheet, T>(
        &self,
        template: &str,
        sheet: &S,
        reader: impl FnOnce(&Content) -> Result<T, SourceDiagnostic>,
    ) -> Result<T, LetterError> {
        let desk = self.desk(template, sheet);
        let world: &dyn World = &desk;
        let source = self.templates.source(template).expect("sheets name templates that are shipped");
        let (traced, mut sink, route) = (Traced::default(), Sink::new(), Route::default());
        let module = typst_eval::eval(
            world.track(),
            &self.library,
            traced.track(),
            sink.track_mut(),
            route.track(),
            source,
        );
        let told = |faults: &[SourceDiagnostic]| LetterError::Template(faults::told(&desk, faults));
        let content = module.map_err(|faults| told(&faults))?.content();
        reader(&content).map_err(|fault| told(&[fault]))
    }

    fn desk<S: Sheet>(&self, main: &str, sheet: &S) -> Desk<'_> {
        let facts = serde_json::to_vec(&sheet.view(self)).expect("views are plain texts and numbers");
        let mut files = vec![(FACTS, Bytes::new(facts))];
        files.extend(sheet.pictures().into_iter().map(|(name, bytes)| (name, Bytes::new(bytes))));
        Desk::new(self, main, files)
    }
}

/// Archivable for ever (PDF/A-2a) and usable with a screen reader (PDF/UA-1).
fn options<S: Sheet>(sheet: &S) -> Result<PdfOptions, LetterError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("both standards are kept by PDF 1.7");
    Ok(PdfOptions {
        ident: Smart::Custom(sheet.identity()),
        creator: Smart::Custom(Some("Havenmeester".to_owned())),
        timestamp: Some(Timestamp::new_utc(midnight(sheet.dated())?)),
        standards,
        ..PdfOptions::default()
    })
}

fn midnight(day: Date) -> Result<Datetime, LetterError> {
    (1900..=9999)
        .contains(&day.year())
        .then(|| {
            let (month, number) = (day.month().unsigned_abs(), day.day().unsigned_abs());
            Datetime::from_ymd_hms(i32::from(day.year()), month, number, 0, 0, 0)
        })
        .flatten()
        .ok_or(LetterError::Date(day))
}
