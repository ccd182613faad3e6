//! Sends a signed answer to where its issuer takes it in.

use serde::Deserialize;
use watchlist::{Phrase, phrase};

use crate::failure::Failure;
use crate::web_client;

/// The longest reply that is read: it says which edition was answered.
const LONGEST_REPLY: u64 = 64 * 1024;

/// What the issuer's machine confirms.
#[derive(Deserialize)]
struct Taken {
    edition: u32,
}

/// Sends the answer, and waits until the issuer's machine has confirmed that it took in one about this edition.
///
/// # Errors
/// If the address is not private, does not answer, or does not confirm.
pub(crate) fn send(address: &str, file: &[u8], edition: u32) -> Result<(), Failure> {
    if !web_client::is_private(address) {
        return Err(Failure::Worded {
            what: phrase!(
                "the list names `{address}` for answers, expected an address that begins with https://",
                "de lijst noemt `{address}` voor antwoorden, verwacht een adres dat begint met https://"
            ),
            hint: OTHER_WAY,
        });
    }
    let sent = web_client::agent().post(address).content_type("application/octet-stream").send(file);
    let mut reply = sent.map_err(|error| Failure::Worded {
        what: phrase!("{address} cannot be reached: {error}", "{address} is niet te bereiken: {error}"),
        hint: OTHER_WAY,
    })?;
    let status = reply.status().as_u16();
    let reply = reply.body_mut().with_config().limit(LONGEST_REPLY).read_to_vec().unwrap_or_default();
    let taken = serde_json::from_slice::<Taken>(&reply);
    if status == 202 && taken.is_ok_and(|one| one.edition == edition) {
        return Ok(());
    }
    Err(Failure::Worded {
        what: phrase!(
            "{address} did not take the answer in (status {status})",
            "{address} heeft het antwoord niet opgenomen (status {status})"
        ),
        hint: match status {
            422 => Phrase::new(
                "ask the issuer whether your key for answers is enrolled, and compare its words",
                "vraag de uitgever of uw sleutel voor antwoorden is ingeschreven, en vergelijk de woorden",
            ),
            429 => Phrase::new("send it again in a minute", "verstuur het over een minuut opnieuw"),
            _ => OTHER_WAY,
        },
    })
}

const OTHER_WAY: Phrase = Phrase::new(
    "send it again later, or write it to a file and send that by your own way",
    "verstuur het later opnieuw, of schrijf het in een bestand en stuur dat langs uw eigen weg",
);
