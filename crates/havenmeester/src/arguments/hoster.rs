//! What a hoster types: own keys, receiving, installed editions, retractions, receipts.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Options of `edition receive`.
#[derive(Args, Debug)]
pub(crate) struct ReceiveEdition {
    /// The delivery: its one file, its folder, or the https address of its folder
    #[arg(value_name = "DELIVERY")]
    pub(crate) delivery: String,
    /// First contact: the twelve words of the issuer's root, after they were compared by phone or with the letter
    #[arg(long, value_name = "WORDS", requires = "partner")]
    pub(crate) fingerprint: Option<String>,
    /// First contact: your own id, as the issuer's letter gives it
    #[arg(long, value_name = "ID", requires = "fingerprint")]
    pub(crate) partner: Option<String>,
    /// Write the letter and the readable list of the delivery into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) enclosures: Option<PathBuf>,
}

/// Options of `edition install`.
#[derive(Args, Debug)]
pub(crate) struct InstallEdition {
    /// The list: open format, JSON lines, CSV, XLSX, pasted text, or a list of others
    #[arg(value_name = "LIST")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: super::ListReading,
}

/// Options of `edition list`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ListEditions {
    /// Editions that were replaced, too
    #[arg(long)]
    pub(crate) all: bool,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Options of `edition diff`.
#[derive(Args, Debug)]
pub(crate) struct DiffEditions {
    /// The older edition: a file, or the number of an installed one
    #[arg(value_name = "A")]
    pub(crate) old: String,
    /// The newer edition: a file, or the number of an installed one
    #[arg(value_name = "B")]
    pub(crate) new: String,
    /// Which list the numbers are of, where more than one is installed
    #[arg(long, value_name = "ID")]
    pub(crate) list: Option<String>,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make the key that deliveries are encrypted for and the one that receipts are signed with
    New(NewKeys),
    /// Show the public keys and the words to read to the issuer
    Show(ShowKeys),
}

#[derive(Args, Debug)]
pub(crate) struct NewKeys {
    /// Replace the keys that are there; they still open what was encrypted for them
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) out: ShowKeys,
}

#[derive(Args, Debug)]
pub(crate) struct ShowKeys {
    /// Write the public keys into this folder, as files to send to the issuer
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RetractionsCommand {
    /// Show what was withdrawn, and how many hits rested on it
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReceiptCommand {
    /// Make the voluntary answer to the issuer: counts in bands, signed; nothing is sent
    Make(MakeReceipt),
    /// Send it to where the list says that its issuer takes answers in; look at it with `receipt make` first
    Send(SendReceipt),
    /// Issuer: take a partner's answer in
    Import(super::issuer::ImportReceipt),
    /// Issuer: show what was answered about an edition, in total
    Total(super::issuer::EditionNumber),
}

#[derive(Args, Debug)]
pub(crate) struct MakeReceipt {
    /// Which list to answer for [default: the only one that is installed]
    #[arg(long, value_name = "ID")]
    pub(crate) list: Option<String>,
    /// Write the receipt to this file; without it, it is only shown
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct SendReceipt {
    /// Which list to answer for [default: the only one that is installed]
    #[arg(long, value_name = "ID")]
    pub(crate) list: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Check the chain of records: of the database, or of an exported file alone
    #[command(after_help = "Ends with 0 if every record follows from the one before, with 2 if not.")]
    Verify(VerifyAudit),
    /// Write the chain of records, for somebody else to check
    Export(ExportAudit),
    /// Show the last acts: who did what, when, on which ground
    List(ListAudit),
    /// Erase the personal details of acts; the chain keeps holding and says who erased what
    Erase(EraseAudit),
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ListAudit {
    /// How many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) last: u64,
    /// With their personal details
    #[arg(long)]
    pub(crate) details: bool,
}

#[derive(Args, Debug)]
pub(crate) struct EraseAudit {
    /// Numbers of acts, as `audit list` shows them
    #[arg(value_name = "NUMBER", required = true)]
    pub(crate) records: Vec<u64>,
    /// Why, for the chain: it stays for good, so no personal details in it
    #[arg(long, value_name = "TEXT")]
    pub(crate) ground: String,
}

#[derive(Args, Debug)]
pub(crate) struct VerifyAudit {
    /// A file that `audit export` wrote [default: the database]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ExportAudit {
    /// Write to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HitsCommand {
    /// Show the hits of the last kept screening that somebody has to look at
    List(ListHits),
    /// Show one hit: both sides, the reasons, and what was said of it
    Show(HitNumber),
    /// Say whether it is the same party; `same`, and closing a strong hit, take two people
    #[command(after_help = JUDGE_HELP)]
    Judge(JudgeHit),
}

const JUDGE_HELP: &str = "\
Reasons, each with its answer:
  same           register_agrees, identifiers_agree, confirmed_by_customer, known_to_us
  not the same   other_register_number, other_person, other_domain_or_network, value_handed_on, name_only
  undecided      asked_customer, asked_issuer, needs_data";

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ListHits {
    /// Also those that are judged
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct HitNumber {
    /// As `hits list` shows it
    #[arg(value_name = "NUMBER")]
    pub(crate) number: usize,
}

#[derive(Args, Debug)]
pub(crate) struct JudgeHit {
    /// As `hits list` shows it
    #[arg(value_name = "NUMBER")]
    pub(crate) number: usize,
    /// Why; the answer follows from it
    #[arg(long, value_name = "REASON")]
    pub(crate) reason: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DecisionCommand {
    /// Decide what happens to the contract, on your own grounds
    Make(MakeDecision),
    /// Approve a decision of a colleague that takes servers away
    Approve(ApproveDecision),
    /// Show the decisions
    List,
}

#[derive(Args, Debug)]
pub(crate) struct MakeDecision {
    /// The customer's own id
    #[arg(value_name = "CUSTOMER")]
    pub(crate) customer: String,
    /// continue, conditions, suspend, end_at_term or end_now
    #[arg(long, value_name = "MEASURE")]
    pub(crate) measure: String,
    /// A ground of your own as KIND=WORDS: contract_clause, aup_breach, kyc_failure, observed_abuse or sanctions
    #[arg(long = "ground", value_name = "KIND=WORDS")]
    pub(crate) grounds: Vec<String>,
    /// For the file: conditions, the customer's side, what was weighed
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

#[derive(Args, Debug)]
pub(crate) struct ApproveDecision {
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LetterCommand {
    /// Ask a customer for data, as one would any customer; the letter does not tell that there is a list
    Ask(AskLetter),
    /// Give the reasons for a decision that stands, with every point of article 17 of the Digital Services Act
    Reasons(ReasonsLetter),
    /// Print who writes the letters as an example, to be saved as house.toml in the home folder
    Example,
}

#[derive(Args, Debug)]
pub(crate) struct AskLetter {
    /// The customer's own id
    #[arg(value_name = "CUSTOMER")]
    pub(crate) customer: String,
    /// Until when an answer is asked for [default: in two weeks]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<jiff::civil::Date>,
    /// Write the PDF to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct ReasonsLetter {
    /// Id of the decision
    #[arg(value_name = "ID")]
    pub(crate) decision: String,
    /// From when the measure holds [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<jiff::civil::Date>,
    /// Until when the customer can take data home
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) data_until: Option<jiff::civil::Date>,
    /// Write the PDF to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Options of `customers held`.
#[derive(Args, Debug)]
pub(crate) struct HeldCustomer {
    /// The customer's own id
    #[arg(value_name = "CUSTOMER")]
    pub(crate) customer: String,
}

/// Options of `customers forget`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ForgetCustomers {
    /// Keep what is younger than this
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) older_than_days: u16,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Let somebody log in at the web desk, or give them another password and role
    Set(SetAccount),
    /// Take an account away
    Disable(AccountNamed),
    /// Let somebody log in by the identity provider of the house; with --role an account is made where there is none
    Link(LinkAccount),
    /// Take that back
    Unlink(AccountNamed),
    /// Print an example of sign_in.toml, which says who the identity provider is
    Example,
    /// Show who may log in, and how
    List,
}

#[derive(Args, Debug)]
pub(crate) struct LinkAccount {
    /// The code of the person, as it will stand in the audit records
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Who this is at the provider, as the page says that refused their login
    #[arg(long, value_name = "TEXT")]
    pub(crate) identity: String,
    /// reader, reviewer, or member for somebody of the unit that issues a list
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct SetAccount {
    /// The code of the person, as it will stand in the audit records
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// reader, reviewer, or member for somebody of the unit that issues a list
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: String,
    /// File with the password [default: HAVENMEESTER_PASSPHRASE, otherwise asked for on the terminal]
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct AccountNamed {
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token with which another program acts in your name; it is shown once
    New(NewToken),
    /// Show your tokens, without their secrets
    List,
    /// Take a token of yours back
    Revoke(TokenNamed),
}

#[derive(Args, Debug)]
pub(crate) struct NewToken {
    /// What it is for, in a few words
    #[arg(value_name = "LABEL")]
    pub(crate) label: String,
    /// What it may do: read, review, screen, shop or curate; may be given several times
    #[arg(long = "scope", value_name = "SCOPE", required = true)]
    pub(crate) scopes: Vec<String>,
    /// For how many days it opens anything
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub(crate) days: u16,
}

#[derive(Args, Debug)]
pub(crate) struct TokenNamed {
    /// The part of the token between the two underscores
    #[arg(value_name = "NAME")]
    pub(crate) id: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DatabaseCommand {
    /// Write everything into one file, encrypted as it is; others may go on working
    Dump(DumpDatabase),
    /// Restore a dump into an empty database, and bring it up to date; needs the key of then
    Restore(RestoreDatabase),
}

#[derive(Args, Debug)]
pub(crate) struct DumpDatabase {
    /// File to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct RestoreDatabase {
    /// A dump
    #[arg(value_name = "FILE")]
    pub(crate) dump: PathBuf,
}

/// Options of `serve`.
#[derive(Args, Clone, Debug)]
pub(crate) struct Serve {
    /// Where to listen. Only this machine can reach the default; put a proxy with TLS before it for others
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8640")]
    pub(crate) listen: std::net::SocketAddr,
    /// Fill an empty folder with an invented house and let everybody in with one click
    #[arg(long)]
    pub(crate) demo: bool,
}
