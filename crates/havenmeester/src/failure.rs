//! What stops a command: what was found, and what to do next.

use std::fmt;

/// A sentence for people with a way on. Causes of libraries come along as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    message: String,
    hint: Option<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// What the reader can do next, if the error or one of its causes knows.
pub(crate) fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            failure.hint.clone()
        } else if let Some(open) = cause.downcast_ref::<intake::OpenError>() {
            open.hint()
        } else if let Some(list) = cause.downcast_ref::<intake::lists::ListError>() {
            Some(list.hint())
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
