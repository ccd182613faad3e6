//! Why a delivery or a list was not taken, in the reader's words.

use delivery::open::Refusal;
use operations::hoster::editions::InstallError;
use operations::hoster::receive::ReceiveError;

use super::sentence::{Sentence, Value};

/// Nothing where only the program's own words can tell.
pub(crate) fn not_received(error: &ReceiveError) -> Option<Sentence> {
    match error {
        ReceiveError::NoRoot => Some(Sentence::plain("delivery-no-root")),
        ReceiveError::Refused(refusal) => refused(refusal),
        _ => None,
    }
}

pub(crate) fn not_installed(error: &InstallError) -> Option<Sentence> {
    match error {
        InstallError::Signed { list } => Some(Sentence::plain("delivery-signed-list").text("list", list)),
        InstallError::NotWritten | InstallError::Store(_) => None,
    }
}

fn refused(refusal: &Refusal) -> Option<Sentence> {
    let part = |key: &'static str, part: &str| Sentence::plain(key).text("part", part);
    Some(match refusal {
        Refusal::UnknownSigner { part: name, key, .. } => {
            part("delivery-unknown-signer", name).text("key", key.short())
        }
        Refusal::TooFewSignatures { part: name, found, needed, .. } => {
            part("delivery-too-few-signatures", name).text("found", found).text("needed", needed)
        }
        Refusal::BrokenSignature { part: name } => part("delivery-broken-signature", name),
        Refusal::RolledBack { offered, installed, .. } => {
            Sentence::plain("delivery-rolled-back").text("offered", offered).text("installed", installed)
        }
        Refusal::TwoVersions { number, .. } => {
            Sentence::plain("delivery-two-versions").text("number", number)
        }
        Refusal::Expired { on, .. } => Sentence::plain("delivery-expired").with("on", Value::Day(*on)),
        Refusal::EditionExpired { edition, on, .. } => {
            Sentence::plain("delivery-edition-expired").text("number", edition).with("on", Value::Day(*on))
        }
        Refusal::OtherPartner { own } => Sentence::plain("delivery-other-partner").text("own", own),
        Refusal::OtherList { expected } => Sentence::plain("delivery-other-list").text("list", expected),
        Refusal::Mixed { part: name } => part("delivery-mixed", name),
        Refusal::Missing { part: name } => part("delivery-missing", name),
        Refusal::Changed { part: name } => part("delivery-changed", name),
        Refusal::UnknownPart { part: name } => part("delivery-unknown-part", name),
        Refusal::RepeatedPart { part: name } => part("delivery-repeated-part", name),
        Refusal::Oversized { part: name, limit } => part("delivery-oversized", name).text("limit", limit),
        Refusal::Truncated { found } => Sentence::plain("delivery-truncated").text("found", found),
        Refusal::DamagedArchive { .. } => Sentence::plain("delivery-damaged"),
        Refusal::WrongKey { keys } => Sentence::plain("delivery-wrong-key").text("count", keys),
        Refusal::OtherFingerprint { compared, offered } => Sentence::plain("delivery-other-fingerprint")
            .text("offered", offered.words())
            .text("compared", compared.words()),
        // These name faults of the issuer's program or of the machine, for whoever looks after it.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use documents::Language;
    use jiff::civil::date;

    use super::*;
    use crate::pages::Page;

    #[test]
    fn what_an_issuer_did_not_send_like_this_has_words_in_both_languages() {
        let part = || "edition.age".to_owned();
        let day = date(2026, 3, 2);
        for refusal in [
            Refusal::TooFewSignatures { part: part(), role: delivery::Role::Approver, found: 1, needed: 2 },
            Refusal::BrokenSignature { part: part() },
            Refusal::RolledBack { what: "edition", offered: 1, installed: 2 },
            Refusal::TwoVersions { what: "edition", number: 1 },
            Refusal::Expired { role: delivery::Role::Timestamp, on: day, days: 3 },
            Refusal::EditionExpired { edition: 1, on: day, days: 3 },
            Refusal::OtherPartner { own: part() },
            Refusal::OtherList { expected: part() },
            Refusal::Mixed { part: part() },
            Refusal::Missing { part: part() },
            Refusal::Changed { part: part() },
            Refusal::UnknownPart { part: part() },
            Refusal::RepeatedPart { part: part() },
            Refusal::Oversized { part: part(), limit: 1 },
            Refusal::Truncated { found: 1 },
            Refusal::DamagedArchive { what: part() },
            Refusal::WrongKey { keys: 2 },
        ] {
            let sentence = not_received(&ReceiveError::Refused(refusal)).expect("it has words");
            let words =
                [Language::En, Language::Nl].map(|language| sentence.words(&Page::anonymous(language)));
            assert_ne!(words[0], words[1]);
            for words in words {
                assert!(words.ends_with('.') && !words.contains(['{', '}']), "{words}");
            }
        }
    }
}
