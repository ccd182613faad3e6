//! The choices of a partner, and an edition worded with them.

use hmac::{Hmac, Mac};
use rand_core::CryptoRngCore;
use sha2::Sha256;
use watchlist::{Edition, Entry};
use zeroize::Zeroizing;

use super::{Wording, WordingError};
use crate::partner::PartnerId;

/// Stands before what is hashed, so that the secret serves one purpose.
const PURPOSE: &[u8] = b"havenmeester-mark/1";

/// The secret that choices are derived from. Whoever has it can name partners, and forge a leak.
#[derive(Clone)]
pub struct MarkSecret(Zeroizing<[u8; 32]>);

/// Words the notes of editions for partners.
#[derive(Clone)]
pub struct Marker {
    keyed: Hmac<Sha256>,
    wording: Wording,
}

impl MarkSecret {
    pub fn generate(random: &mut impl CryptoRngCore) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        random.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the issuer's encrypted store.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for MarkSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MarkSecret(..)")
    }
}

impl std::fmt::Debug for Marker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Marker({:?})", self.wording)
    }
}

impl Marker {
    pub fn new(secret: &MarkSecret, wording: Wording) -> Self {
        let keyed = Hmac::new_from_slice(secret.expose()).expect("HMAC takes keys of any length");
        Self { keyed, wording }
    }

    /// The edition for a partner: the same in everything but the notes.
    pub fn mark(&self, edition: &Edition, partner: &PartnerId) -> Edition {
        let mut marked = edition.clone();
        for entry in &mut marked.entries {
            let wording = self.wording_of(entry);
            let picks = self.picks(&wording, edition, entry, partner);
            entry.note = Some(wording.render(&picks));
        }
        marked
    }

    /// Whether every note with choices of its own can be read back. An entry that fails is named by its place.
    pub fn check(&self, edition: &Edition) -> Result<(), (usize, WordingError)> {
        for (index, entry) in edition.entries.iter().enumerate() {
            let Some(note) = entry.note.as_deref().filter(|note| note.contains(['{', '}'])) else { continue };
            Wording::parse(note)
                .and_then(|own| self.wording.after(own).check())
                .map_err(|error| (index + 1, error))?;
        }
        Ok(())
    }

    /// The note of an entry with all its choices: the issuer's own text first, then the sentences.
    pub(super) fn wording_of(&self, entry: &Entry) -> Wording {
        match entry.note.as_deref().map(Wording::parse) {
            Some(Ok(own)) => self.wording.after(own),
            Some(Err(_)) => self.wording.after(Wording::fixed(entry.note.clone().unwrap_or_default())),
            None => self.wording.clone(),
        }
    }

    /// One number for each choice.
    pub(super) fn picks(
        &self,
        wording: &Wording,
        edition: &Edition,
        entry: &Entry,
        partner: &PartnerId,
    ) -> Vec<usize> {
        let mut stream = Stream::new(self.keyed.clone(), edition, entry, partner);
        wording.choices().map(|alternatives| stream.below(alternatives.len())).collect()
    }
}

/// Bytes that look random to everybody without the secret.
struct Stream {
    keyed: Hmac<Sha256>,
    block: [u8; 32],
    used: usize,
    blocks: u32,
}

impl Stream {
    fn new(mut keyed: Hmac<Sha256>, edition: &Edition, entry: &Entry, partner: &PartnerId) -> Self {
        keyed.update(PURPOSE);
        for part in [edition.list.id.as_bytes(), &edition.number.to_be_bytes(), entry.id.0.as_bytes()] {
            keyed.update(&(part.len() as u64).to_be_bytes());
            keyed.update(part);
        }
        keyed.update(partner.as_str().as_bytes());
        Self { keyed, block: [0; 32], used: 32, blocks: 0 }
    }

    /// A number below `count`, which is at most eight: 16 bits are even to one part in 8,000.
    fn below(&mut self, count: usize) -> usize {
        if self.used == self.block.len() {
            // The zero ends the partner's id, so no id can look like another one with a number.
            let mut counter = vec![0];
            counter.extend(self.blocks.to_be_bytes());
            self.block = self.keyed.clone().chain_update(counter).finalize().into_bytes().into();
            self.blocks += 1;
            self.used = 0;
        }
        let number = u16::from_be_bytes([self.block[self.used], self.block[self.used + 1]]);
        self.used += 2;
        (usize::from(number) * count) >> 16
    }
}

#[cfg(test)]
mod tests {
    use watchlist::entry::EntryType;

    use super::*;
    use crate::mark::Language;

    fn partner(id: &str) -> PartnerId {
        PartnerId::new(id).unwrap()
    }

    fn edition(note: Option<&str>) -> Edition {
        let mut edition = watchlist::format::v1::read(
            br#"{"format":"havenmeester-list/1","list":{"id":"example"},"edition":{"number":3},"entries":[]}"#,
        )
        .unwrap()
        .edition;
        let mut entry = Entry::new("EX-1", EntryType::Brand);
        entry.note = note.map(str::to_owned);
        edition.entries.push(entry);
        edition
    }

    fn marker() -> Marker {
        Marker::new(&MarkSecret::from_bytes([5; 32]), Wording::shipped(Language::English))
    }

    fn note(edition: &Edition, id: &str) -> String {
        marker().mark(edition, &partner(id)).entries[0].note.clone().unwrap()
    }

    #[test]
    fn a_partner_has_its_own_words_and_always_the_same() {
        let edition = edition(None);

        insta::assert_snapshot!(note(&edition, "hoster-north"), @"This listing rests on freely accessible sources only. It asks for a careful review by a person and settles nothing on its own. Compare each value with your records before you act. Questions are for the contact named in the covering letter.");
        assert_eq!(note(&edition, "hoster-north"), note(&edition, "hoster-north"));
        assert_ne!(note(&edition, "hoster-north"), note(&edition, "hoster-south"));
    }

    #[test]
    fn the_issuers_own_text_stays_and_may_have_choices() {
        assert!(note(&edition(Some("Seen twice.")), "hoster-north").starts_with("Seen twice. This "));
        let own = edition(Some("{Observed|Noticed} in March."));
        let all: std::collections::BTreeSet<String> = (0..20)
            .map(|number| note(&own, &format!("hoster-{number}")).split(" This ").next().unwrap().to_owned())
            .collect();
        assert_eq!(all.into_iter().collect::<Vec<_>>(), ["Noticed in March.", "Observed in March."]);
    }

    #[test]
    fn a_note_that_cannot_be_read_back_is_named() {
        assert_eq!(marker().check(&edition(Some("{a"))), Err((1, WordingError::Braces)));
        assert_eq!(marker().check(&edition(Some("{Observed|Noticed} in March."))), Ok(()));
        assert_eq!(marker().check(&edition(None)), Ok(()));
    }
}
