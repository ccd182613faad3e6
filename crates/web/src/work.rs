//! What the desk asks of the program around it: reading files and screening, which know formats and matching.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use documents::{Language, Paper, Problem};
use jiff::civil::Date;
use kyc::Applicant;
use kyc::facts::{Said, Source};
use operations::hoster::notices::Notice;
use operations::hoster::outbox::ScheduleName;
use operations::hoster::schedules::When;
use operations::issuer::entries::Rules;
use serde::Deserialize;
use store::PersonId;
use watchlist::{Edition, ListInfo, Phrase};

/// The program around the desk.
pub trait Program: Send + Sync {
    /// Reads a list in any form that the program knows.
    ///
    /// # Errors
    /// Why nothing could be read, in the program's words.
    fn read_list(&self, file: &Path) -> Result<ReadList, Told>;

    /// Prints a letter to a customer as PDF, in the reader's language, dated on this day.
    ///
    /// # Errors
    /// Why it was not printed: above all if a ground would give the list away.
    fn letter(
        &self,
        notice: &Notice,
        until: Option<Date>,
        today: Date,
        language: Language,
    ) -> Result<Vec<u8>, Told>;

    /// Sends a signed answer about an edition to where the issuer takes it in. It blocks until the issuer has confirmed it.
    ///
    /// # Errors
    /// Why it was not taken in.
    fn send_answer(&self, address: &str, file: &[u8], edition: u32) -> Result<(), Told>;

    /// Prints a paper as PDF.
    ///
    /// # Errors
    /// Why it was not printed.
    fn paper(&self, paper: &Paper) -> Result<Vec<u8>, Told>;

    /// Which registers the house can ask about an applicant; none where nothing is set up, or they gave no number.
    fn registers(&self, applicant: &Applicant) -> Vec<Source>;

    /// Asks a register about an applicant. It blocks until it answered, or did not.
    fn ask_register(&self, source: Source, applicant: &Applicant) -> Option<Said>;

    /// Looks what a customer file holds, without screening it: columns, coverage, the first customers masked.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn look(&self, customers: &Customers<'_>) -> Result<Look, Told>;

    /// Screens a customer file against the installed editions and keeps the screening. Says now and then how far it is.
    ///
    /// # Errors
    /// Why nothing was kept.
    fn screen(
        &self,
        customers: &Customers<'_>,
        person: &PersonId,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Screened, Told>;

    /// Screens the remembered customers again, where an edition changed, and keeps the screening.
    ///
    /// # Errors
    /// Why nothing was kept.
    fn screen_again(&self, person: &PersonId) -> Result<Screened, Told>;

    /// What is screened by itself, and when.
    ///
    /// # Errors
    /// Why the settings cannot be read.
    fn schedules(&self) -> Result<Vec<Planned>, Told> {
        Ok(Vec::new())
    }
}

/// Something that is screened by itself.
#[derive(Clone, Debug)]
pub struct Planned {
    pub name: ScheduleName,
    /// The source, or the name of the file.
    pub from: String,
    /// Whether only what differs from the remembered customers is screened.
    pub takes_changes: bool,
    pub when: When,
}

/// What the issuer's pages ask of the program around them: its settings, its letters, and the files that deliveries
/// become. Everything blocks, so it is asked beside the pages.
pub trait Office: Send + Sync {
    /// The list of this office, and its rules for listing.
    ///
    /// # Errors
    /// Why the settings cannot be used.
    fn settings(&self) -> Result<OfficeSettings, Told>;

    /// Asks the time-stamp service about the files of sealed evidence; says what came of each of them.
    ///
    /// # Errors
    /// Why nothing was asked.
    fn time_stamps(&self, person: &PersonId, evidence: &str) -> Result<Vec<String>, Told>;

    /// The letter to one partner about a released edition, as PDF.
    ///
    /// # Errors
    /// Why it was not printed.
    fn letter(&self, person: &PersonId, edition: u64, partner: &str) -> Result<Vec<u8>, Told>;

    /// Words the edition for each partner, and keeps the request that two approvers sign elsewhere.
    ///
    /// # Errors
    /// Why nothing was prepared.
    fn prepare(&self, person: &PersonId, edition: u64) -> Result<(), Told>;

    /// The request of a step that was taken last; nothing before.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn request(&self, edition: u64, step: SigningStep) -> Result<Option<ToSign>, Told>;

    /// Encrypts the deliveries after the first signatures, and keeps the request that two approvers sign, too.
    ///
    /// # Errors
    /// Why nothing was sealed.
    fn seal(&self, person: &PersonId, edition: u64, signatures: &[Vec<u8>]) -> Result<(), Told>;

    /// Writes the deliveries after the second signatures, and says where they are and how many.
    ///
    /// # Errors
    /// Why nothing was published.
    fn publish(
        &self,
        person: &PersonId,
        edition: u64,
        signatures: &[Vec<u8>],
        ground: &str,
    ) -> Result<Published, Told>;

    /// Writes the deliveries again with new short-lived signatures.
    ///
    /// # Errors
    /// Why nothing was written.
    fn refresh(&self, person: &PersonId, edition: u64) -> Result<Published, Told>;
}

/// Logging in by the identity provider of the house. Asking it blocks, so it is done beside the pages.
pub trait SignIn: Send + Sync {
    /// What people of the house call the provider.
    fn name(&self) -> &str;

    /// Whether no password opens this desk.
    fn is_only_way(&self) -> bool;

    /// Where a browser is sent to log in.
    ///
    /// # Errors
    /// Why the provider cannot be asked.
    fn begin(&self) -> Result<Departure, Told>;

    /// Who it is that came back, by what the browser kept and what it brought in its address.
    ///
    /// # Errors
    /// Why nobody is taken for anybody.
    fn end(&self, kept: &str, brought: Brought) -> Result<String, Told>;
}

/// A browser that is sent to the provider.
pub struct Departure {
    pub address: String,
    /// What only this browser knows, as one word: what it brings back must fit to it.
    pub kept: String,
}

/// What a browser brings back from the provider, by the names that OpenID Connect gives it.
#[derive(Default, Deserialize)]
pub struct Brought {
    #[serde(default)]
    pub state: String,
    /// None where the provider did not let the person in.
    pub code: Option<String>,
}

/// The list of an office, and by which rules it lists.
#[derive(Clone, Debug)]
pub struct OfficeSettings {
    pub list: ListInfo,
    pub rules: Rules,
}

/// What approvers sign: first who gets which edition, then the encrypted parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningStep {
    Statements,
    Parts,
}

impl SigningStep {
    pub const ALL: &[Self] = &[Self::Statements, Self::Parts];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Parts => "parts",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.word() == word)
    }
}

/// A request that approvers sign on machines of their own.
#[derive(Clone, Debug)]
pub struct ToSign {
    pub file: Vec<u8>,
    /// By which they see that they sign the same.
    pub words: String,
}

/// Deliveries that were written.
#[derive(Clone, Debug)]
pub struct Published {
    pub count: usize,
    pub folder: String,
}

/// A customer file as a visitor handed it in.
#[derive(Clone, Copy)]
pub struct Customers<'a> {
    pub file: &'a Path,
    /// The name it had at the visitor's.
    pub name: &'a str,
    /// Fields with their headings, `FIELD=HEADING` in each line; empty where the program shall find them.
    pub columns: &'a str,
    /// Whether the customers stay, encrypted, to be screened again without their file.
    pub remember: bool,
}

/// A list that was read.
pub struct ReadList {
    pub edition: Edition,
    pub remarks: Remarks,
}

/// What was understood of a customer file.
#[derive(Default)]
pub struct Look {
    /// What it was read as: format, encoding, delimiter, sheet.
    pub form: Vec<Phrase>,
    /// Whose export it looks like.
    pub profile: String,
    /// Headings that are read, each with the field that it holds, as `--column` names it.
    pub read: Vec<(String, String)>,
    /// Headings that are never read: passwords, notes, shared values.
    pub left_out: Vec<String>,
    pub not_known: Vec<String>,
    pub notes: Vec<Phrase>,
    pub customers: u64,
    /// Whether only the beginning was read, as of a very large file.
    pub is_beginning: bool,
    /// Kind of value, and how many customers have one.
    pub coverage: Vec<(&'static str, u64)>,
    pub sample: Vec<Sample>,
    pub remarks: Remarks,
}

/// One customer, masked: enough to see that each value went to the right place, and too little to know anybody by.
pub struct Sample {
    pub id: String,
    pub row: u64,
    /// What it is, in both languages, and its shape.
    pub values: Vec<(Phrase, String)>,
}

/// A screening that was kept.
pub struct Screened {
    pub remarks: Remarks,
}

/// What could not be used as it stands: the first of it in words, and how many there are.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    pub shown: Vec<Problem>,
    pub total: u64,
}

/// What went wrong, and what to do.
#[derive(Clone, Debug)]
pub enum Told {
    /// In the reader's language.
    Worded { what: Phrase, hint: Phrase },
    /// What libraries and settings say: in English, whoever reads.
    English { what: String, hint: String },
}

impl Told {
    /// What went wrong, in English.
    pub fn what(&self) -> &str {
        match self {
            Self::Worded { what, .. } => what.english(),
            Self::English { what, .. } => what,
        }
    }

    /// What to do, in English.
    pub fn hint(&self) -> &str {
        match self {
            Self::Worded { hint, .. } => hint.english(),
            Self::English { hint, .. } => hint,
        }
    }
}

/// How far a screening is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub bytes_read: u64,
    /// 0 where it is not known.
    pub bytes_total: u64,
    pub customers: u64,
}

/// The one screening that runs or ran last. There is one at a time: a second one would only make both slow.
#[derive(Default)]
pub(crate) struct Job(Mutex<State>);

#[derive(Clone, Default)]
pub(crate) enum State {
    #[default]
    None,
    Runs(Progress),
    Done(Remarks),
    Failed(Told),
}

impl Job {
    /// Begins, unless one is running.
    pub(crate) fn begin(&self) -> bool {
        let mut state = self.lock();
        if matches!(*state, State::Runs(_)) {
            return false;
        }
        *state = State::Runs(Progress::default());
        true
    }

    pub(crate) fn at(&self, progress: Progress) {
        *self.lock() = State::Runs(progress);
    }

    pub(crate) fn end(&self, result: Result<Screened, Told>) {
        *self.lock() = match result {
            Ok(screened) => State::Done(screened.remarks),
            Err(told) => State::Failed(told),
        };
    }

    /// Whether one is running.
    pub(crate) fn runs(&self) -> bool {
        matches!(*self.lock(), State::Runs(_))
    }

    /// Takes back that one begins.
    pub(crate) fn forget(&self) {
        *self.lock() = State::None;
    }

    pub(crate) fn state(&self) -> State {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
