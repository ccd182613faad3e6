//! The covering letter and the readable list that go with a delivery: PDF, plain text, workbook; and what a hoster
//! writes to a [`customer`]. Everything else that is printed is a [`paper`].
//!
//! A letter has three parts that can be changed apart from each other: its sentences
//! (`templates/letter.nl.typ`, for a lawyer), its layout (`templates/letter.typ`), and its facts
//! ([`LetterFacts`]). [`Press`] holds fonts and templates and turns all three into a PDF. The plain text is
//! read out of the same sentences, so that the two cannot say different things.
//!
//! A further document (a dossier, a statement of reasons) is one facts struct that implements
//! [`press::Sheet`], one layout, and one file of sentences for each language.
//!
//! Facts are data: they reach the templates as values, never as source, and nothing in them is run. No
//! clock, no chance: the same facts give the same bytes.
#![forbid(unsafe_code)]

pub mod customer;
pub mod enclosure;
pub mod error;
pub mod handling;
pub mod labels;
pub mod letter;
pub mod paper;
pub mod press;

pub use customer::{CustomerLetter, GivesAway, customer_pdf};
pub use documents::Language;
pub use enclosure::{Change, EnclosureFacts, FieldChange, ListedField, Notes, enclosure_pdf, enclosure_xlsx};
pub use error::{Fault, LetterError, TemplateError};
pub use handling::Handling;
pub use letter::{
    Contest, EditionFacts, Fingerprint, LetterFacts, Partner, PartnerRole, ReceiptRequest, Sender,
    letter_pdf, letter_text,
};
pub use paper::paper_pdf;
pub use press::{Picture, Press, Templates};
