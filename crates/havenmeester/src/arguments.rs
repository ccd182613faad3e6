//! What was typed. What it means is worked out in `settings.rs`; nothing here reads a file or asks a clock.

pub(crate) mod continuous;
pub(crate) mod hoster;
pub(crate) mod issuer;
pub(crate) mod kyc;

use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(crate) use continuous::{NoticesCommand, Recipients, RunSchedule, ScheduleCommand};
pub(crate) use hoster::{
    AccountCommand, AuditCommand, DatabaseCommand, DecisionCommand, DiffEditions, HitsCommand,
    InstallEdition, KeysCommand, LetterCommand, ListEditions, ReceiptCommand, ReceiveEdition,
    RetractionsCommand, Serve, TokenCommand,
};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold());

const EXIT_CODES: &str = "\
Exit codes:
  0  no hit
  1  at least one hit
  2  something went wrong; a result may be missing

No customer leaves this machine. A connection is opened only where an address was named: to fetch a delivery or the
customers of a source, to send the counts of an answer or notices that name nobody, to ask a time-stamp service or the
house's identity provider.";

/// Screens the customers of a hosting company against lists of resellers, offline, and says why.
#[derive(Debug, Parser)]
#[command(name = "havenmeester", version, styles = STYLES, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct Global {
    /// Language of reports and explanations [default: from LANG, otherwise en]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) language: Option<LanguageChoice>,
    /// Print results and errors only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Screen as if today were this day, for repeatable runs [default: the system's date]
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
    #[command(flatten)]
    pub(crate) desk: Desk,
}

/// Where this organisation keeps what it knows, and who is asking.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Where things are kept")]
pub(crate) struct Desk {
    /// Folder with the database [default: HAVENMEESTER_HOME, otherwise the user's data folder]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) home: Option<PathBuf>,
    /// Database: sqlite:PATH or postgres://USER@HOST/NAME [default: HAVENMEESTER_DATABASE, otherwise a file in the
    /// home folder]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub(crate) database: Option<String>,
    /// File with the key that opens the database; the key itself may stand in HAVENMEESTER_KEY instead [default:
    /// HAVENMEESTER_KEY_FILE, otherwise a file in the user's settings folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Who acts, as written into the audit records [default: HAVENMEESTER_PERSON, otherwise the user's login]
    #[arg(long = "as", global = true, value_name = "PERSON")]
    pub(crate) person: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the database and its key, once on each machine or server
    #[command(after_help = "Ends with 0, or with 2 if there is one already or something went wrong.")]
    Init,
    /// Show the main job on a shipped example and write its report
    #[command(after_help = EXIT_CODES)]
    Demo,
    /// Screen all customers of a file against one or more lists
    #[command(after_help = EXIT_CODES)]
    Screen(Box<Screen>),
    /// Screen the remembered customers again: after a new edition, or where customers changed
    #[command(
        after_help = "The outcome is that of a screening of the whole base; only who can have another one is \
        looked at.\n0 no hit, 1 at least one hit, 2 something went wrong"
    )]
    Rescreen(Rescreen),
    /// Score pairs of names
    #[command(after_help = "Columns in: name1, name2, and if there: pair_id, type (organisation, person).\n\
        Columns out: pair_id (or row), score (0 to 1), class (none, weak, probable, strong), reasons.\n\
        Ends with 0, also when names match; with 2 if something went wrong.")]
    Compare(Compare),
    /// Say for one customer and one entry what speaks for and against
    #[command(
        after_help = "Ends with 1 if the pair is a hit, with 0 if not, with 2 if something went wrong."
    )]
    Explain(Explain),
    /// Work with lists
    #[command(subcommand)]
    List(ListCommand),
    /// Editions: receive, list and compare them; as their issuer, assemble and publish them
    #[command(subcommand)]
    Edition(Box<EditionCommand>),
    /// Review the hits of the last kept screening
    #[command(subcommand)]
    Hits(HitsCommand),
    /// Decide what happens to a customer's contract
    #[command(subcommand)]
    Decision(DecisionCommand),
    /// Offer the web desk: hits, decisions and editions in a browser
    Serve(Serve),
    /// Who may log in at the web desk
    #[command(subcommand)]
    Account(AccountCommand),
    /// Tokens with which other programs use the interface in your name
    #[command(subcommand)]
    Token(TokenCommand),
    /// Sign-up: the rules, the orders that wait, and what is done with them
    #[command(subcommand)]
    Kyc(Box<kyc::KycCommand>),
    /// Back the database up, and restore it
    #[command(subcommand)]
    Database(DatabaseCommand),
    /// Write to a customer: ask for data, or give reasons; neither tells that there is a list
    #[command(subcommand)]
    Letter(LetterCommand),
    /// What was withdrawn, and what rested on it
    #[command(subcommand)]
    Retractions(RetractionsCommand),
    /// Answer the issuer; as the issuer, take answers in
    #[command(subcommand)]
    Receipt(ReceiptCommand),
    /// Issuer: the settings of the office
    #[command(subcommand)]
    Office(issuer::OfficeCommand),
    /// Issuer: the people of the unit
    #[command(subcommand)]
    Person(issuer::PersonCommand),
    /// Issuer: keys of people, of the publishing machine, and the root
    #[command(subcommand)]
    Key(Box<issuer::KeyCommand>),
    /// Issuer: evidence from open sources
    #[command(subcommand)]
    Evidence(issuer::EvidenceCommand),
    /// Issuer: does another team work on this?
    #[command(subcommand)]
    Deconflict(issuer::DeconflictCommand),
    /// Issuer: entries, from draft to withdrawal
    #[command(subcommand)]
    Entry(Box<issuer::EntryCommand>),
    /// Issuer: objections of listed or mistaken parties
    #[command(subcommand)]
    Contest(issuer::ContestCommand),
    /// Issuer: who receives
    #[command(subcommand)]
    Partner(issuer::PartnerCommand),
    /// Issuer: the log of what was disclosed
    #[command(subcommand)]
    Disclosures(issuer::DisclosuresCommand),
    /// The records of every act
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Say what is wrong with this installation
    #[command(after_help = "Ends with 0 if all is well, with 2 if something is wrong.")]
    Doctor,
    /// Find traces of listed resellers in your own address space that belong to no customer
    #[command(after_help = "Ends with 0 without a trace, with 1 if there is one.")]
    Footprint(Footprint),
    /// Work with customer files
    #[command(subcommand)]
    Customers(CustomersCommand),
    /// Who is told by mail or webhook that something happened here
    #[command(subcommand)]
    Notices(NoticesCommand),
    /// What is screened by itself, at its time
    #[command(subcommand)]
    Schedule(ScheduleCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum EditionCommand {
    /// Verify a delivery and install its edition
    #[command(
        after_help = "The first delivery of an issuer shows the words of its root; compare them by phone.\n\
        Ends with 0 if the edition is installed, with 2 if the delivery was refused; then nothing was changed."
    )]
    Receive(ReceiveEdition),
    /// Install a list that came without a delivery; nobody signed it, and it says so wherever it is used
    Install(InstallEdition),
    /// Show the installed editions
    List(ListEditions),
    /// Show what changed between two editions
    Diff(DiffEditions),
    /// Your own keys, to be enrolled with the issuer
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Issuer: make the next edition from the listed entries
    Assemble(issuer::AssembleEdition),
    /// Issuer: one of the two voices that release an edition
    Approve(issuer::ApproveEdition),
    /// Issuer: show the editions that were made
    Issued,
    /// Issuer: show an edition, what it changes, and its quality figures
    Show(issuer::EditionNumber),
    /// Issuer: begin the deliveries of a released edition; two approvers sign what is written
    Prepare(issuer::PrepareEdition),
    /// Issuer: encrypt the deliveries; two approvers sign what is written
    Seal(issuer::SealEdition),
    /// Issuer: note the disclosures and write the deliveries
    Publish(issuer::PublishEdition),
    /// Issuer: write the deliveries again before their signatures expire, or after a new root
    Refresh(issuer::RefreshEdition),
    /// Issuer: name the partner whose copy leaked
    Trace(issuer::TraceEdition),
    /// Write an edition as STIX 2.1, FollowTheMoney or MISP, where its handling allows that
    #[command(
        after_help = "Refused for TLP:RED and TLP:AMBER+STRICT, for lists that allow no onward sharing, and where\n\
        the list does not say; only its issuer can change that.\n\
        Ends with 0 if the file was written, with 2 if not, or if something in the list was not understood."
    )]
    Export(ExportEdition),
}

#[derive(Args, Debug)]
pub(crate) struct ExportEdition {
    /// The list that holds the edition
    #[arg(value_name = "LIST")]
    pub(crate) file: PathBuf,
    /// The format to write
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: ExchangeChoice,
    /// Write to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExchangeChoice {
    /// A STIX 2.1 bundle
    Stix,
    /// FollowTheMoney entities, one to a line
    Ftm,
    /// A MISP event
    Misp,
}

/// What a hit on a list asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NatureChoice {
    /// A warning
    Advisory,
    /// A legal stop
    Binding,
    /// Your own list
    Internal,
    /// Another state's list
    Foreign,
    /// Context only
    Reputation,
}

/// How to read lists.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct ListReading {
    /// Nature of lists that do not say it themselves (CSV, text, STIX ...); EU, OFAC and UK lists keep theirs
    #[arg(long, value_name = "NATURE")]
    pub(crate) nature: Option<NatureChoice>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ListCommand {
    /// Say what was understood of a list, and what was not
    #[command(after_help = "Ends with 0 if every value was understood, with 2 if not.")]
    Check(ListFile),
}

#[derive(Debug, Subcommand)]
pub(crate) enum CustomersCommand {
    /// Say what was understood of a customer file, or try the sources of connectors.toml: fields, coverage, a masked
    /// sample
    #[command(after_help = "Without a file, every source is tried, and nothing of it is kept.\n\
        Ends with 0 if every row was understood and every source answered, with 2 if not.")]
    Check(CheckCustomers),
    /// Print settings of sources (connectors.toml) to begin with
    Example,
    /// Read all customers of a source into a file that `screen` takes
    #[command(
        after_help = "An interrupted run is gone on from for twelve hours; its pages wait sealed in the home folder.\n\
        Ends with 0 if every customer was read, with 2 if not; then no file is written."
    )]
    Fetch(FetchCustomers),
    /// Show everything that is kept about a customer, for the answer to a request of the person concerned
    Held(hoster::HeldCustomer),
    /// Show what is remembered of the customer base for `rescreen`
    Base,
    /// Let the remembered customer base go
    ForgetBase,
    /// Remove what is kept of customers from earlier screenings, and what people wrote about them
    #[command(after_help = "The newest screening, decisions in force, and counts and hashes stay.")]
    Forget(hoster::ForgetCustomers),
}

#[derive(Args, Debug)]
pub(crate) struct ListFile {
    /// The list: open format (JSON), JSON lines, CSV, XLSX, plain text, or a file of OFAC, the EU, the UK,
    /// OpenSanctions, STIX, MISP or Spamhaus
    #[arg(value_name = "LIST")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ListReading,
}

/// What `customers check` looks at.
#[derive(Args, Debug)]
pub(crate) struct CheckCustomers {
    /// The customers: CSV, XLSX, ODS or JSON lines; with --own and without --registry a dump of an address
    /// registry (RPSL, gzip too) or a folder of them, whose sub-assignments are the customers
    #[arg(value_name = "CUSTOMERS")]
    file: Option<PathBuf>,
    #[command(flatten)]
    reading: CustomerReading,
    /// Try this source of connectors.toml; may be given more than once [default: all of them]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["file", "column", "profile", "own"])]
    pub(crate) source: Vec<String>,
}

impl CheckCustomers {
    pub(crate) fn as_file(&self) -> Option<CustomerFile> {
        Some(self.reading.of(self.file.clone()?))
    }
}

/// Which customers are screened.
#[derive(Args, Debug)]
pub(crate) struct ScreenedCustomers {
    /// The customers: CSV, XLSX, ODS or JSON lines; with --own and without --registry a dump of an address
    /// registry (RPSL, gzip too) or a folder of them, whose sub-assignments are the customers
    #[arg(value_name = "CUSTOMERS", required_unless_present = "source")]
    file: Option<PathBuf>,
    #[command(flatten)]
    reading: CustomerReading,
    /// Read the customers from this source of connectors.toml instead
    #[arg(long, value_name = "NAME", conflicts_with_all = ["file", "column", "profile", "own"])]
    pub(crate) source: Option<String>,
}

impl ScreenedCustomers {
    pub(crate) fn as_file(&self) -> Option<CustomerFile> {
        Some(self.reading.of(self.file.clone()?))
    }
}

#[derive(Args, Debug)]
pub(crate) struct FetchCustomers {
    /// The source, as connectors.toml calls it
    #[arg(value_name = "SOURCE")]
    pub(crate) source: String,
    /// Write the customers to this file (JSON lines), which only you may read
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// How to read a customer file.
#[derive(Args, Clone, Debug)]
pub(crate) struct CustomerReading {
    /// Take this heading for this field, e.g. --column company="Naam klant"
    #[arg(long, value_name = "FIELD=HEADING", value_parser = column)]
    pub(crate) column: Vec<(String, String)>,
    /// Program that wrote the file, if it is not recognised by itself (whmcs, fossbilling, netbox ...)
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[command(flatten)]
    pub(crate) registry: RegistryFiles,
}

/// Dumps of an address registry.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct RegistryFiles {
    /// What is yours in the address registry: a range, AS number, maintainer or organisation; may be given
    /// more than once, e.g. --own 192.0.2.0/24 --own AS64500 --own EXAMPLE-MNT --own ORG-EX1-RIPE
    #[arg(long, value_name = "OWN")]
    pub(crate) own: Vec<String>,
    /// Look for resale chains: what these dumps of the address registry say of the customers' ranges
    #[arg(long, value_name = "FOLDER_OR_FILE", requires = "own")]
    pub(crate) registry: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Footprint {
    /// A dump of the address registry (RPSL, gzip too), or a folder of them
    #[arg(value_name = "FOLDER_OR_FILE")]
    pub(crate) registry: PathBuf,
    /// What is yours in it: a range, AS number, maintainer or organisation; may be given more than once
    #[arg(long, value_name = "OWN", required = true)]
    pub(crate) own: Vec<String>,
    /// A list to look for; may be given more than once [default: the installed editions]
    #[arg(long = "list", value_name = "LIST")]
    pub(crate) lists: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ListReading,
    /// Leave out what belongs to a customer of this file
    #[arg(long, value_name = "FILE")]
    pub(crate) customers: Option<PathBuf>,
    /// Form of the result
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: FootprintFormat,
    /// Write the result to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FootprintFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Html,
}

impl CustomerReading {
    fn of(&self, file: PathBuf) -> CustomerFile {
        CustomerFile {
            file,
            column: self.column.clone(),
            profile: self.profile.clone(),
            registry: self.registry.clone(),
            content: None,
        }
    }
}

/// A customer file and how to read it.
#[derive(Args, Clone, Debug)]
pub(crate) struct CustomerFile {
    /// The customers: CSV, XLSX, ODS or JSON lines; with --own and without --registry a dump of an address
    /// registry (RPSL, gzip too) or a folder of them, whose sub-assignments are the customers
    #[arg(value_name = "CUSTOMERS")]
    pub(crate) file: PathBuf,
    /// What is in it, where it is no file but came from a source; `file` is its title then.
    #[arg(skip)]
    pub(crate) content: Option<Content>,
    /// Take this heading for this field, e.g. --column company="Naam klant"
    #[arg(long, value_name = "FIELD=HEADING", value_parser = column)]
    pub(crate) column: Vec<(String, String)>,
    /// Program that wrote the file, if it is not recognised by itself (whmcs, fossbilling, netbox ...)
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[command(flatten)]
    pub(crate) registry: RegistryFiles,
}

/// Customers in memory. Shows how much there is.
#[derive(Clone)]
pub(crate) struct Content(pub(crate) Arc<Vec<u8>>);

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({} bytes)", self.0.len())
    }
}

#[derive(Args, Debug)]
pub(crate) struct Screen {
    #[command(flatten)]
    pub(crate) customers: ScreenedCustomers,
    /// A list to screen against; may be given more than once [default: the installed editions]
    #[arg(long = "list", value_name = "LIST")]
    pub(crate) lists: Vec<PathBuf>,
    /// Keep manifest and hits in the database: for receipts, and so that a withdrawn entry reopens what rests on it
    #[arg(long, conflicts_with = "lists")]
    pub(crate) keep: bool,
    /// Keep the customers themselves, too, encrypted in the database, so that `rescreen` needs no file
    #[arg(long, requires = "keep", conflicts_with = "own")]
    pub(crate) remember: bool,
    #[command(flatten)]
    pub(crate) reading: ListReading,
    #[command(flatten)]
    pub(crate) wanted: WantedReport,
    /// Leave out hits below this class
    #[arg(long, value_name = "CLASS", default_value = "weak")]
    pub(crate) class: ClassChoice,
    /// Threads to work with; the result is the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// In which form a result is wanted, and where.
#[derive(Args, Debug)]
pub(crate) struct WantedReport {
    /// Form of the result [default: from the ending of --out, otherwise table]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Write the result to this file, with FILE.manifest.json beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write the manifest (hashes, settings, counts) to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Rescreen {
    /// Customers who changed or are new, in the form of the file that was remembered
    #[arg(long, value_name = "FILE")]
    pub(crate) changes: Option<PathBuf>,
    /// The id of a customer who is gone; may be given more than once
    #[arg(long = "gone", value_name = "ID")]
    pub(crate) gone: Vec<String>,
    #[command(flatten)]
    pub(crate) wanted: WantedReport,
    /// Threads to work with; the result is the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

#[derive(Args, Debug)]
pub(crate) struct Compare {
    /// CSV file with the columns name1 and name2
    #[arg(value_name = "PAIRS")]
    pub(crate) pairs: PathBuf,
    /// Write the scores to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Threads to work with; the result is the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) customers: CustomerFile,
    /// The list that has the entry; may be given more than once [default: the installed editions]
    #[arg(long = "list", value_name = "LIST")]
    pub(crate) lists: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ListReading,
    /// The customer's own id, as in the file
    #[arg(long, value_name = "ID")]
    pub(crate) customer: String,
    /// The entry's id, as in the list
    #[arg(long, value_name = "ID")]
    pub(crate) entry: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageChoice {
    En,
    Nl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Xlsx,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClassChoice {
    Weak,
    Probable,
    Strong,
}

pub(crate) fn column(typed: &str) -> Result<(String, String), String> {
    match typed.split_once('=') {
        Some((field, heading)) if !field.trim().is_empty() && !heading.trim().is_empty() => {
            Ok((field.trim().to_owned(), heading.trim().to_owned()))
        }
        _ => Err("expected FIELD=HEADING, for example email=\"Mail address\"".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_column_names_field_and_heading() {
        assert_eq!(column("email = E-mail = work"), Ok(("email".to_owned(), "E-mail = work".to_owned())));
        assert!(column("email").is_err());
        assert!(column("=Mail").is_err());
    }
}
