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

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Check the chain of records: of the database, or of an exported file alone
    #[command(after_help = "Ends with 0 if every record follows from the one before, with 2 if not.")]
    Verify(VerifyAudit),
    /// Write the chain of records, for somebody else to check
    Export(ExportAudit),
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
