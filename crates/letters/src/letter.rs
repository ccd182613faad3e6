//! The covering letter: what must be known to write it, and its two forms.

mod plain;
mod view;
mod wrap;

use jiff::civil::Date;

use documents::qr;

use crate::press::Sheet;
use crate::{Handling, Language, LetterError, Picture, Press};

/// Everything that a covering letter says, as plain values in the language of the letter.
///
/// Names and texts may hold anything: they are shown and never run.
#[derive(Clone, Debug)]
pub struct LetterFacts {
    pub sender: Sender,
    pub partner: Partner,
    /// The sender's own mark for this letter, such as `2026-0312`.
    pub reference: String,
    pub dated: Date,
    pub edition: EditionFacts,
    pub handling: Handling,
    /// What the issuer adds to the label, such as "Your insurer may not see it". Whole sentences.
    pub onward_sharing: Option<String>,
    pub fingerprint: Fingerprint,
    /// The line that is equal for all partners, as the program shows it.
    pub content_root: String,
    pub contest: Contest,
    /// Whether the wording of the notes tells this copy from others. The letter says so.
    pub marked: bool,
    /// Asked for, never demanded. None: the letter asks for no answer.
    pub receipt: Option<ReceiptRequest>,
    /// What is enclosed, one line each.
    pub enclosures: Vec<String>,
}

/// Who sends the letter.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Such as "Harbour Police".
    pub organisation: String,
    pub unit: String,
    /// The part of the prosecution service that stands behind the list.
    pub prosecution: Option<String>,
    /// Who signs, and in which role.
    pub signatory: String,
    pub signatory_role: String,
    pub address: Vec<String>,
    pub email: String,
    pub phone: String,
    /// Where a reader finds the sender's number without trusting this letter.
    pub website: String,
    pub logo: Option<Picture>,
}

/// Who gets the letter.
#[derive(Clone, Debug)]
pub struct Partner {
    pub name: String,
    pub role: PartnerRole,
    /// Person or office within.
    pub attention: Option<String>,
    pub address: Vec<String>,
}

/// Why somebody gets the list; each role has its own paragraph in the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartnerRole {
    Hoster,
    TradeBody,
    Cert,
    ForeignPolice,
}

/// What the letter says of the edition.
#[derive(Clone, Debug)]
pub struct EditionFacts {
    pub list_title: String,
    pub number: u32,
    pub replaces: Option<u32>,
    pub issued_at: Date,
    pub valid_until: Date,
    /// About when the next edition comes, if that is known.
    pub next_expected: Option<Date>,
    /// First and last day on which something in the list was seen in an open source.
    pub observed_from: Date,
    pub observed_to: Date,
    pub entries: u64,
    pub new: u64,
    pub changed: u64,
    pub withdrawn: u64,
}

/// The sender's keys, in the two forms that people can compare.
#[derive(Clone, Debug)]
pub struct Fingerprint {
    /// For the phone: words with blanks between.
    pub words: String,
    /// For the eye and the camera: hexadecimal, and exactly what the QR code says.
    pub hex: String,
}

/// Where an entry is contested, and how fast the issuer answers.
#[derive(Clone, Debug)]
pub struct Contest {
    pub email: String,
    pub acknowledged_in_working_days: u32,
    pub decided_in_working_days: u32,
}

/// A voluntary answer with counts only.
#[derive(Clone, Debug)]
pub struct ReceiptRequest {
    pub email: String,
    pub until: Date,
}

/// The letter as PDF/A with tags, one and a half to two pages.
///
/// # Errors
/// If an own template cannot be used; the error names file and line.
pub fn letter_pdf(press: &Press, facts: &LetterFacts, language: Language) -> Result<Vec<u8>, LetterError> {
    press.pdf(&Letter { facts, language })
}

/// The same letter as plain text for mail, in lines of at most 72 characters.
///
/// # Errors
/// As [`letter_pdf`]; also if the sentences contain something that has no form in plain text, such as a
/// picture or a table. Such things belong into the layout, `letter.typ`.
pub fn letter_text(press: &Press, facts: &LetterFacts, language: Language) -> Result<String, LetterError> {
    let template = match language {
        Language::En => "letter.en.typ",
        Language::Nl => "letter.nl.typ",
    };
    let blocks = press.read(template, &Letter { facts, language }, plain::blocks)?;
    Ok(wrap::wrapped(&blocks))
}

/// A letter in one language.
struct Letter<'a> {
    facts: &'a LetterFacts,
    language: Language,
}

impl Sheet for Letter<'_> {
    const TEMPLATE: &'static str = "letter.typ";
    type View = view::View;

    fn view(&self, press: &Press) -> view::View {
        view::view(self.facts, self.language, press)
    }

    fn pictures(&self) -> Vec<(&'static str, Vec<u8>)> {
        let logo = self.facts.sender.logo.as_ref().map(|logo| ("logo", logo.bytes.clone()));
        let code = qr::svg(&self.facts.fingerprint.hex).map(|svg| ("fingerprint.svg", svg.into_bytes()));
        logo.into_iter().chain(code).collect()
    }

    fn dated(&self) -> Date {
        self.facts.dated
    }

    fn identity(&self) -> String {
        let facts = self.facts;
        format!(
            "letter/{}/{}/{}/{}",
            facts.reference,
            facts.partner.name,
            facts.content_root,
            self.language.tag()
        )
    }
}
