//! What stops a command: what was found, and what to do next.

use std::fmt;
use std::path::Path;

use intake::OpenError;
use intake::lists::ListError;
use watchlist::Phrase;

use crate::problems::short_name;

/// A sentence for people with a way on. Causes of libraries come along as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// For the command line, which speaks English.
    English { message: String, hint: String },
    /// For the desk, too.
    Worded { what: Phrase, hint: Phrase },
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::English { message: message.into(), hint: hint.into() }
    }

    fn hint(&self) -> String {
        match self {
            Self::English { hint, .. } => hint.clone(),
            Self::Worded { hint, .. } => hint.to_string(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::English { message, .. } => f.write_str(message),
            Self::Worded { what, .. } => what.fmt(f),
        }
    }
}

/// What was found and what to do, where both languages have words for it. Files are named without their folders.
pub(crate) fn worded(error: &anyhow::Error) -> Option<(Phrase, Phrase)> {
    error.chain().find_map(|cause| {
        if let Some(open) = cause.downcast_ref::<OpenError>() {
            let named = OpenError::at(short_name(Path::new(&open.file)), open.problem.clone());
            Some((named.phrase(), named.hint().unwrap_or(CHOOSE_AGAIN)))
        } else if let Some(list) = cause.downcast_ref::<ListError>() {
            Some((list.phrase_for(&short_name(Path::new(&list.file))), list.hint()))
        } else if let Some(Failure::Worded { what, hint }) = cause.downcast_ref::<Failure>() {
            Some((what.clone(), hint.clone()))
        } else {
            None
        }
    })
}

/// What helps against most faults of a file.
pub(crate) const CHOOSE_AGAIN: Phrase =
    Phrase::new("correct the file and choose it again", "verbeter het bestand en kies het opnieuw");

impl std::error::Error for Failure {}

/// What the reader can do next, if the error or one of its causes knows.
pub(crate) fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            Some(failure.hint())
        } else if let Some(open) = cause.downcast_ref::<OpenError>() {
            open.hint().map(|hint| hint.to_string())
        } else if let Some(list) = cause.downcast_ref::<ListError>() {
            Some(list.hint().to_string())
        } else if let Some(refused) = cause.downcast_ref::<documents::exchange::ExportRefused>() {
            Some(refused.hint())
        } else if let Some(store) = cause.downcast_ref::<store::Error>() {
            store.hint().map(str::to_owned)
        } else if let Some(keys) = cause.downcast_ref::<operations::hoster::keys::KeysError>() {
            keys.hint().map(str::to_owned)
        } else if let Some(issuer) = cause.downcast_ref::<operations::issuer::Error>() {
            issuer.hint().map(str::to_owned)
        } else if let Some(review) = cause.downcast_ref::<operations::hoster::reviews::ReviewError>() {
            review.hint().map(str::to_owned)
        } else if let Some(decide) = cause.downcast_ref::<operations::hoster::decisions::DecideError>() {
            decide.hint().map(str::to_owned)
        } else if let Some(sign_up) = cause.downcast_ref::<operations::hoster::sign_ups::SignUpError>() {
            sign_up.hint().map(str::to_owned)
        } else if let Some(account) = cause.downcast_ref::<operations::hoster::accounts::AccountError>() {
            account.hint().map(str::to_owned)
        } else if let Some(letter) = cause.downcast_ref::<letters::LetterError>() {
            Some(letter.hint())
        } else if let Some(receipt) = cause.downcast_ref::<operations::hoster::receipts::MakeError>() {
            receipt.hint().map(str::to_owned)
        } else {
            cause.downcast_ref::<documents::WriteError>().map(|write| write.hint().to_owned())
        }
    })
}
