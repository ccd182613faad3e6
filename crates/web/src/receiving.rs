//! A delivery or a list comes in, by a page or by another program. Verifying and reading take long, so both run beside the
//! answers.

use std::io;

use delivery::source::OneFile;
use delivery::{Fingerprint, PartnerId};
use operations::hoster::editions::{self, InstallError, Summary};
use operations::hoster::receive::{self, FirstContact, ReceiveError, Received};
use store::PersonId;

use crate::desk::Desk;
use crate::handed_in::HandedIn;
use crate::running;
use crate::work::{Remarks, Told};

/// Why a delivery was not taken.
pub(crate) enum NotTaken {
    /// No delivery is as large.
    TooLarge,
    /// The file that was handed in cannot be read back.
    Unread(io::Error),
    Refused(ReceiveError),
}

/// Why a list was not taken.
pub(crate) enum NotInstalled {
    Unread(Told),
    /// Reading it ended before its time.
    Stopped,
    Refused(InstallError),
}

/// The words of an issuer that were compared, with the hoster's own id; nothing where no words were typed.
///
/// # Errors
/// What is wrong with one of the two.
pub(crate) fn first_contact(words: &str, partner: &str) -> Result<Option<FirstContact>, String> {
    if words.trim().is_empty() {
        return Ok(None);
    }
    let compared = Fingerprint::parse(words).map_err(|error| error.to_string())?;
    let partner = PartnerId::new(partner.trim()).map_err(|error| error.to_string())?;
    Ok(Some(FirstContact { compared, partner }))
}

/// Verifies a delivery and installs what is in it.
pub(crate) async fn delivery(
    desk: &Desk,
    person: &PersonId,
    file: &HandedIn,
    contact: Option<FirstContact>,
) -> Result<Received, NotTaken> {
    let most = usize::try_from(delivery::limits::ONE_FILE_BYTES).unwrap_or(usize::MAX);
    let (_, bytes) = file.read(most).await.map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => NotTaken::TooLarge,
        _ => NotTaken::Unread(error),
    })?;
    let source =
        OneFile::read(&bytes).map_err(|error| NotTaken::Refused(ReceiveError::Refused(error.into())))?;
    let (store, by, now) = (desk.store.clone(), person.clone(), (desk.now)());
    let person = by.clone();
    let handle = tokio::runtime::Handle::current();
    let done = tokio::task::spawn_blocking(move || {
        handle.block_on(receive::receive(&store, &person, &source, contact.as_ref(), now))
    });
    let received = done.await.unwrap_or(Err(ReceiveError::NoRoot)).map_err(NotTaken::Refused)?;
    desk.forget_stale().await;
    if received.installed.is_some() {
        running::again_if_remembered(desk, &by).await;
    }
    Ok(received)
}

/// Reads a list that nobody signed, in any form that the program knows, and installs it as not verified.
pub(crate) async fn list(
    desk: &Desk,
    person: &PersonId,
    file: &HandedIn,
) -> Result<(Summary, Remarks), NotInstalled> {
    let (settings, path) = (desk.settings.clone(), file.path().to_owned());
    let read = tokio::task::spawn_blocking(move || settings.program.read_list(&path)).await;
    let read = read.map_err(|_| NotInstalled::Stopped)?.map_err(NotInstalled::Unread)?;
    let installed = editions::install_unsigned(&desk.store, person, &read.edition, (desk.now)()).await;
    let summary = installed.map_err(NotInstalled::Refused)?;
    desk.forget_stale().await;
    running::again_if_remembered(desk, person).await;
    Ok((summary, read.remarks))
}
