//! What the issuer's people type: people and keys, evidence, entries, contests, partners, editions, receipts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

/// A secret key file and what opens it.
#[derive(Args, Clone, Debug)]
pub(crate) struct KeyFile {
    /// Your secret key file
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: PassphraseFrom,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct PassphraseFrom {
    /// File with the passphrase of the key [default: HAVENMEESTER_PASSPHRASE, otherwise asked for on the terminal]
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PersonCommand {
    /// Enter a person, or a change of one; the first two administrators found the unit
    Add(AddPerson),
    /// Sign for a person who was entered: two administrators must
    Confirm(ConfirmPerson),
    /// Revoke all keys of a person, now
    Revoke(RevokePerson),
    /// Show who there is
    List,
}

#[derive(Args, Debug)]
pub(crate) struct AddPerson {
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    #[arg(long, value_name = "TEAM")]
    pub(crate) team: String,
    /// collector, analyst, prosecution, publisher, delivery-desk, contest-handler, auditor, administrator
    #[arg(long = "role", value_name = "ROLE", required = true)]
    pub(crate) roles: Vec<String>,
    /// Public key file for entry approvals
    #[arg(long = "public-key", value_name = "FILE")]
    pub(crate) keys: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ConfirmPerson {
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    #[command(flatten)]
    pub(crate) key: KeyFile,
}

#[derive(Args, Debug)]
pub(crate) struct RevokePerson {
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    /// As of this moment, where a key was lost earlier [default: now]
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<jiff::Timestamp>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key: FILE under a passphrase, FILE.public to hand out
    New(NewKey),
    /// Show what a public key file holds, with its words
    Show(ShowKey),
    /// Sign a request with your key; what is signed is shown first
    Sign(SignRequest),
    /// The two keys of the publishing machine
    #[command(subcommand)]
    Machine(MachineCommand),
    /// The root: which keys count, signed by several people on several machines
    #[command(subcommand)]
    Ceremony(CeremonyCommand),
}

#[derive(Args, Debug)]
pub(crate) struct NewKey {
    /// root, approver or entry-approval
    #[arg(value_name = "ROLE")]
    pub(crate) role: String,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: PassphraseFrom,
    /// Work of one guess of the passphrase: 2^N KiB of memory
    #[arg(long, value_name = "N", default_value_t = 18, value_parser = clap::value_parser!(u8).range(10..=20))]
    pub(crate) work: u8,
}

#[derive(Args, Debug)]
pub(crate) struct ShowKey {
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct SignRequest {
    #[arg(value_name = "REQUEST")]
    pub(crate) request: PathBuf,
    #[command(flatten)]
    pub(crate) key: KeyFile,
    /// Write the signatures to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Sign only if the request has these words, as they were compared with the others who sign
    #[arg(long, value_name = "WORDS")]
    pub(crate) fingerprint: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MachineCommand {
    /// Make them, with the secret that marks are made with
    New(NewMachine),
    /// Write their public halves, for the root
    Show(MachineOut),
}

#[derive(Args, Debug)]
pub(crate) struct NewMachine {
    /// Put new keys in the place of those that are there; the root must name them
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) out: MachineOut,
}

#[derive(Args, Debug)]
pub(crate) struct MachineOut {
    /// Folder for snapshot.public and timestamp.public
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CeremonyCommand {
    /// Draft the first root, or the one that follows
    Draft(DraftRoot),
    /// Put the signatures under a drafted root and keep it
    Finish(FinishRoot),
    /// Show the newest root and its words
    Show(RootsFolder),
}

#[derive(Args, Debug)]
pub(crate) struct DraftRoot {
    /// Public key file to add; its role is in the file
    #[arg(long = "add", value_name = "FILE")]
    pub(crate) add: Vec<PathBuf>,
    /// Public key file of a key that counts no more
    #[arg(long = "revoke", value_name = "FILE")]
    pub(crate) revoke: Vec<PathBuf>,
    /// How long the root holds
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    pub(crate) valid_days: i64,
    #[command(flatten)]
    pub(crate) roots: RootsFolder,
    /// Write the request to be signed to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct FinishRoot {
    #[arg(value_name = "REQUEST")]
    pub(crate) request: PathBuf,
    #[arg(long = "signature", value_name = "FILE", required = true)]
    pub(crate) signatures: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) roots: RootsFolder,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct RootsFolder {
    /// Folder with the roots [default: `roots` in the home folder]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) roots: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
    /// Take captured files in, unchanged, with a filled-in form
    Add(AddEvidence),
    /// Complete quote, services, offences and grades from a form, before sealing
    Describe(DescribeEvidence),
    /// Seal it: it never changes again
    Seal(EvidenceId),
    /// Show all evidence
    List,
    /// Show one piece; the look is noted
    Show(EvidenceId),
    /// Show who collected it, under which account; the look is noted
    Restricted(EvidenceId),
    /// Write the captured files as they were captured; that they left is noted
    Export(ExportEvidence),
    /// Ask a time-stamp service about a captured file, or take its answer
    Stamp(StampEvidence),
}

#[derive(Args, Debug)]
pub(crate) struct EvidenceId {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Args, Debug)]
pub(crate) struct AddEvidence {
    /// The form (TOML); `docs/forms.md` shows one
    #[arg(value_name = "FORM")]
    pub(crate) form: PathBuf,
    /// A captured file: HTML, PNG, PDF or WARC
    #[arg(long = "file", value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Seal it at once
    #[arg(long)]
    pub(crate) seal: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DescribeEvidence {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "FORM")]
    pub(crate) form: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct ExportEvidence {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct StampEvidence {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Which captured file, counted from 1
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) file: usize,
    /// Write the request (RFC 3161) to this file
    #[arg(long, value_name = "FILE", conflicts_with = "response")]
    pub(crate) request: Option<PathBuf>,
    /// The answer of the service
    #[arg(long, value_name = "FILE", requires = "trust")]
    pub(crate) response: Option<PathBuf>,
    /// Root certificate of the service (DER)
    #[arg(long = "trust", value_name = "FILE")]
    pub(crate) trust: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeconflictCommand {
    /// Does another team work on this? Answers with the team to contact, or nothing
    Ask(DeconflictSubject),
    /// Say that your team works on this
    Claim(ClaimSubject),
    /// Say that your team no longer does
    Release(DeconflictSubject),
    /// Make the key of this year, or take that which the units agreed on
    Key(DeconflictKey),
}

#[derive(Args, Debug)]
pub(crate) struct DeconflictSubject {
    #[arg(value_name = "KIND")]
    pub(crate) kind: SubjectKind,
    #[arg(value_name = "VALUE")]
    pub(crate) value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SubjectKind {
    Brand,
    Domain,
    Handle,
}

#[derive(Args, Debug)]
pub(crate) struct ClaimSubject {
    #[command(flatten)]
    pub(crate) subject: DeconflictSubject,
    /// Together with other teams
    #[arg(long, conflicts_with = "hold")]
    pub(crate) shared: bool,
    /// Ask that nothing be listed until this day has passed
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) hold: Option<Date>,
}

#[derive(Args, Debug)]
pub(crate) struct DeconflictKey {
    /// Which year [default: this one]
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// File with the 64 digits that the units agreed on [default: a new key]
    #[arg(long, value_name = "FILE")]
    pub(crate) import: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EntryCommand {
    /// Begin an entry from a file in the open list format
    New(EntryFile),
    /// Replace what the draft says
    Edit(EditEntry),
    /// Name the evidence that stands behind values
    Ground(GroundEntry),
    /// Note that the party was seen again
    Observe(ObserveEntry),
    /// Fill in the criterion from a form
    Answer(EditEntry),
    /// Put the draft before a second analyst
    Propose(EntryId),
    /// Approve: the substance as a second analyst, then the proportion as prosecution
    Approve(SignEntry),
    /// Send a proposal back to be changed
    SendBack(EntryId),
    /// Begin a new version of a listed entry
    Revise(EntryId),
    /// Begin to take another entry up in this one
    Merge(MergeEntry),
    /// Begin to split an entry; one file for each part
    Split(SplitEntry),
    /// Mark an entry as in doubt: one person is enough
    Suspend(SuspendEntry),
    /// One of two voices that let a suspended entry count again
    Lift(SignEntry),
    /// One of two voices that withdraw an entry
    Withdraw(WithdrawEntry),
    /// Show all entries
    List,
    /// Show one entry with its evidence, criterion and signatures on one page
    Show(EntryId),
    /// Show the entries that must be observed again
    Due(DueEntries),
}

#[derive(Args, Debug)]
pub(crate) struct EntryId {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Args, Debug)]
pub(crate) struct EntryFile {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct EditEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct GroundEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(long, value_name = "ID")]
    pub(crate) evidence: String,
    /// A value as KIND=VALUE, e.g. domain=orchard.example; may be given more than once
    #[arg(long = "value", value_name = "KIND=VALUE", required_unless_present = "all")]
    pub(crate) values: Vec<String>,
    /// All values of the entry
    #[arg(long, conflicts_with = "values")]
    pub(crate) all: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ObserveEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(long, value_name = "ID")]
    pub(crate) evidence: String,
}

#[derive(Args, Debug)]
pub(crate) struct SignEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) key: KeyFile,
}

#[derive(Args, Debug)]
pub(crate) struct MergeEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "OTHER")]
    pub(crate) other: String,
}

#[derive(Args, Debug)]
pub(crate) struct SplitEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "FILE", required = true, num_args = 2..)]
    pub(crate) parts: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct SuspendEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}

#[derive(Args, Debug)]
pub(crate) struct WithdrawEntry {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// wrong_party, mistaken, evidence_failed, reassigned, not_seen_again or ceased [default: that of the voice that
    /// waits]
    #[arg(long, value_name = "REASON")]
    pub(crate) reason: Option<String>,
    /// For the readers of the list
    #[arg(long, value_name = "TEXT", requires = "reason")]
    pub(crate) note: Option<String>,
    /// Drop the voice that waits
    #[arg(long, conflicts_with_all = ["reason", "key"])]
    pub(crate) drop: bool,
    /// Your secret key file
    #[arg(long, value_name = "FILE", required_unless_present = "drop")]
    pub(crate) key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) passphrase: PassphraseFrom,
}

#[derive(Args, Debug)]
pub(crate) struct DueEntries {
    /// By this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) by: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ContestCommand {
    /// Take a contest in
    Receive(ReceiveContest),
    /// Note that the party was told of the receipt
    Acknowledge(ContestId),
    /// Give it to a handler without a hand in the entry
    Assign(AssignContest),
    /// Decide it
    Decide(DecideContest),
    /// Show all contests
    List,
    /// Show one contest
    Show(ContestId),
}

#[derive(Args, Debug)]
pub(crate) struct ContestId {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Args, Debug)]
pub(crate) struct ReceiveContest {
    #[arg(value_name = "ENTRY")]
    pub(crate) entry: String,
    /// listed-party, mistaken-party, hoster, representative or authority
    #[arg(long, value_name = "WHO")]
    pub(crate) from: String,
    /// File with the grounds, in the party's own words
    #[arg(long, value_name = "FILE")]
    pub(crate) grounds: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct AssignContest {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "PERSON")]
    pub(crate) handler: String,
}

#[derive(Args, Debug)]
pub(crate) struct DecideContest {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(long, value_name = "OUTCOME")]
    pub(crate) outcome: OutcomeChoice,
    /// Of a withdrawal, see `entry withdraw`
    #[arg(long, value_name = "REASON", required_if_eq("outcome", "withdrawn"))]
    pub(crate) withdrawal: Option<String>,
    /// File with the reason, for the party
    #[arg(long, value_name = "FILE")]
    pub(crate) reason: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutcomeChoice {
    Kept,
    Corrected,
    Withdrawn,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PartnerCommand {
    /// Put a partner into the address book, from a form
    Add(PartnerForm),
    /// Change what is known of a partner
    Change(PartnerForm),
    /// Take a partner's public key, after its words were compared
    Enrol(EnrolPartner),
    /// A partner gets nothing for now
    Suspend(PartnerNamed),
    /// A suspended partner takes part again
    Resume(PartnerNamed),
    /// Show the address book
    List,
    /// Show how the deliveries of an edition went
    Deliveries(EditionNumber),
    /// Note that a partner confirmed a delivery
    Acknowledge(AcknowledgeDelivery),
    /// Show who did not confirm an edition, and note that they are reminded
    Remind(RemindPartners),
}

#[derive(Args, Debug)]
pub(crate) struct PartnerForm {
    /// 1 to 64 of a-z, digits and `-`; the partner finds it in the letter
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "FORM")]
    pub(crate) form: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct PartnerNamed {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Args, Debug)]
pub(crate) struct EnrolPartner {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "PUBLIC-KEY")]
    pub(crate) file: PathBuf,
    /// The words as the partner read them out
    #[arg(long, value_name = "WORDS")]
    pub(crate) fingerprint: String,
}

#[derive(Args, Debug)]
pub(crate) struct AcknowledgeDelivery {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    /// How: phone, mail or meeting
    #[arg(long, value_name = "WAY", default_value = "mail")]
    pub(crate) way: String,
}

#[derive(Args, Debug)]
pub(crate) struct RemindPartners {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    #[arg(long, value_name = "DAYS", default_value_t = 10)]
    pub(crate) after_days: i64,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct EditionNumber {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
}

/// Options of `edition assemble`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct AssembleEdition {
    /// How long it is valid, from today
    #[arg(long, value_name = "DAYS", default_value_t = 92)]
    pub(crate) valid_days: i64,
}

/// Options of `edition approve`.
#[derive(Args, Debug)]
pub(crate) struct ApproveEdition {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    #[command(flatten)]
    pub(crate) key: KeyFile,
}

/// Options of `edition prepare`.
#[derive(Args, Debug)]
pub(crate) struct PrepareEdition {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    #[command(flatten)]
    pub(crate) letters: Letters,
    #[command(flatten)]
    pub(crate) roots: RootsFolder,
    /// Write what the approvers sign first to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct Letters {
    /// Deliver the edition alone, without letter and readable list
    #[arg(long)]
    pub(crate) without_letters: bool,
    /// Folder with your own templates of letter and list
    #[arg(long, value_name = "FOLDER")]
    pub(crate) templates: Option<PathBuf>,
}

/// Options of `edition seal`.
#[derive(Args, Debug)]
pub(crate) struct SealEdition {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    #[arg(long = "signature", value_name = "FILE", required = true)]
    pub(crate) signatures: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) letters: Letters,
    #[command(flatten)]
    pub(crate) roots: RootsFolder,
    /// Write what the approvers sign second to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Options of `edition publish`.
#[derive(Args, Debug)]
pub(crate) struct PublishEdition {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    #[arg(long = "signature", value_name = "FILE", required = true)]
    pub(crate) signatures: Vec<PathBuf>,
    /// Legal ground of the disclosure, for the log
    #[arg(long, value_name = "TEXT")]
    pub(crate) ground: String,
    #[command(flatten)]
    pub(crate) roots: RootsFolder,
    /// Folder for the deliveries: a folder and a file for each partner
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
}

/// Options of `edition refresh`.
#[derive(Args, Debug)]
pub(crate) struct RefreshEdition {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    #[command(flatten)]
    pub(crate) roots: RootsFolder,
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
}

/// Options of `edition trace`.
#[derive(Args, Debug)]
pub(crate) struct TraceEdition {
    #[arg(value_name = "EDITION")]
    pub(crate) edition: u64,
    /// The leaked copy: a list file, or any text
    #[arg(value_name = "FILE")]
    pub(crate) leaked: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DisclosuresCommand {
    /// Show what was disclosed to whom, when, on which ground
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OfficeCommand {
    /// Print the settings of an issuing office as an example, to be saved as office.toml in the home folder
    Example,
    /// Say whether the settings can be used
    Check,
}

#[derive(Args, Debug)]
pub(crate) struct ImportReceipt {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}
