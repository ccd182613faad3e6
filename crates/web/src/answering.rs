//! Sends the voluntary answer about a list to its issuer, for pages and programs alike.

use operations::hoster::receipts::{self, MakeError};
use store::PersonId;
use watchlist::Phrase;

use crate::desk::Desk;
use crate::pages::day;
use crate::work::Told;

/// Why an answer was not sent.
pub(crate) enum NotSent {
    /// There is no answer to send, or the list names no address.
    Nothing,
    Store(store::Error),
    Told(Told),
}

impl From<MakeError> for NotSent {
    fn from(error: MakeError) -> Self {
        match error {
            MakeError::Store(error) => Self::Store(error),
            _ => Self::Nothing,
        }
    }
}

impl From<store::Error> for NotSent {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// Sends the answer about a list to its issuer. The act is written before anything leaves.
pub(crate) async fn send(desk: &Desk, person: &PersonId, list: &str) -> Result<(), NotSent> {
    let now = (desk.now)();
    let preview = receipts::make(&mut desk.store.look().await?, list, day(now)).await?;
    let address = preview.answers_to.ok_or(NotSent::Nothing)?;
    receipts::note_sending(&desk.store, person, &preview.receipt, now).await?;
    let (settings, file, edition) = (desk.settings.clone(), preview.file, preview.receipt.edition);
    let sent = tokio::task::spawn_blocking(move || settings.program.send_answer(&address, &file, edition));
    sent.await.unwrap_or_else(|_| Err(stopped())).map_err(NotSent::Told)
}

fn stopped() -> Told {
    Told::Worded {
        what: Phrase::new("the sending stopped before its time", "het versturen stopte voortijdig"),
        hint: Phrase::new("send it again", "verstuur het opnieuw"),
    }
}
