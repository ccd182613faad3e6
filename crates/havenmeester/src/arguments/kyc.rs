//! What is typed for sign-up: rules, orders that wait, and what people do with them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `kyc` and what follows it.
#[derive(Debug, Subcommand)]
pub(crate) enum KycCommand {
    /// Print a file with every rule and what it means; save it as kyc.toml in the home folder
    Example,
    /// Print a file with the registers that can be asked; save it as facts.toml in the home folder
    ExampleFacts,
    /// Say what the rules are, or what in them cannot be used
    CheckPolicy(Rules),
    /// Show what rules would have held: of the orders of the last days, or of a customer file
    #[command(
        after_help = "No check was made of those of a file, so what their level asks for counts as asked.\n\
        Ends with 0, or with 2 if something went wrong. Nothing is changed."
    )]
    DryRun(DryRun),
    /// Show the orders that wait, the one whose time is over first comes first
    List(ListApplications),
    /// Show one order: what the shop knew, what was found, what was checked, what was done
    Show(OfApplication),
    /// Count what the gate did, or would have done
    Report(LastDays),
    /// Note that the applicant is asked for something; the page of the order has the text for them
    Ask(Ask),
    /// Ask the registers of facts.toml about the numbers that the applicant gave, and note what they say
    LookUp(LookUp),
    /// Note what was checked, by which source; the document itself is kept nowhere
    Check(NoteCheck),
    /// Answer a hit
    Judge(JudgeApplicant),
    /// Let the applicant in
    Release(WithNote),
    /// Refuse, on a ground of your own; where it rests on a hit, a second person has to agree
    Refuse(Refuse),
    /// Agree to a refusal, as the second person
    Second(OfApplication),
    /// Object to a refusal, as the second person
    Object(WithNote),
    /// Look at a customer again who was let in
    Again(OfApplication),
    /// Say that the contract ended: what was checked goes a year later
    Ended(OfApplication),
}

#[derive(Args, Debug)]
pub(crate) struct Rules {
    /// The rules [default: kyc.toml in the home folder, otherwise those of `kyc example`]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct DryRun {
    /// The rules to try [default: kyc.toml in the home folder, otherwise those of `kyc example`]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// Orders of the last days that the shop told of
    #[arg(long, value_name = "DAYS", default_value_t = 31, value_parser = clap::value_parser!(u16).range(1..=3660), conflicts_with = "customers")]
    pub(crate) days: u16,
    /// Customers instead: each as if they ordered on the day since when they are one
    #[arg(long, value_name = "CUSTOMERS")]
    pub(crate) customers: Option<PathBuf>,
    /// Take this heading for this field, e.g. --column company="Naam klant"
    #[arg(long, value_name = "FIELD=HEADING", value_parser = super::column)]
    pub(crate) column: Vec<(String, String)>,
    /// A list to look customers up in; may be given more than once [default: the installed editions]
    #[arg(long = "list", value_name = "LIST", requires = "customers")]
    pub(crate) lists: Vec<PathBuf>,
    /// Name every order that would have been held, not counts alone
    #[arg(long)]
    pub(crate) each: bool,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ListApplications {
    /// Those of the last 90 days, whatever came of them
    #[arg(long)]
    pub(crate) all: bool,
    /// Customers who were let in and are to be looked at again within 30 days
    #[arg(long, conflicts_with = "all")]
    pub(crate) due: bool,
}

#[derive(Args, Debug)]
pub(crate) struct OfApplication {
    /// The id, as `kyc list` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct LastDays {
    /// How many days back
    #[arg(long, value_name = "DAYS", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=3660))]
    pub(crate) days: u16,
}

#[derive(Args, Debug)]
pub(crate) struct Ask {
    /// The id, as `kyc list` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// What the applicant shall show: register_number, identity, bank_payment ...
    #[arg(value_name = "CHECK", required = true)]
    pub(crate) kinds: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct LookUp {
    /// The id, as `kyc list` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// vies, kvk or gleif [default: every one that is set up and that the applicant gave a number for]
    #[arg(value_name = "REGISTER")]
    pub(crate) register: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct NoteCheck {
    /// The id, as `kyc list` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// What was checked: register_number, identity, bank_payment ...
    #[arg(value_name = "CHECK")]
    pub(crate) kind: String,
    /// confirmed, not_confirmed, or unavailable where the source did not answer
    #[arg(value_name = "OUTCOME")]
    pub(crate) outcome: String,
    /// Who was asked: VIES, KvK, seen by us ...
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: String,
    /// By which the source finds its answer again
    #[arg(long, value_name = "NUMBER")]
    pub(crate) proof: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct JudgeApplicant {
    /// The id, as `kyc list` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The entry, as `kyc show` names it
    #[arg(value_name = "ENTRY")]
    pub(crate) entry: String,
    /// The reason, which says the answer: `hits judge --help` lists them
    #[arg(value_name = "REASON")]
    pub(crate) reason: String,
    /// Which list the entry is of, where several have one with this id
    #[arg(long, value_name = "LIST")]
    pub(crate) list: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

#[derive(Args, Debug)]
pub(crate) struct WithNote {
    /// The id, as `kyc list` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Why; needed where something is missing or was found
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

#[derive(Args, Debug)]
pub(crate) struct Refuse {
    /// The id, as `kyc list` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// contract_clause, aup_breach, kyc_failure, observed_abuse or sanctions
    #[arg(value_name = "GROUND")]
    pub(crate) ground: String,
    /// Which clause, what was seen, or what was not shown
    #[arg(value_name = "WORDS")]
    pub(crate) words: String,
}
