//! A browser on its way to the provider and back.

/// Where a browser is sent, and what it keeps until it comes back.
pub struct Departure {
    /// The address of the provider, with what is asked of it.
    pub address: String,
    pub kept: Kept,
}

/// What only this browser knows. It stays with the browser, so that nothing has to be remembered of who never comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// Comes back with the browser, so that nobody can be brought back by somebody else's login.
    pub(crate) state: String,
    /// Comes back in what the provider signs.
    pub(crate) nonce: String,
    /// Shows the provider that who asks for the code's identity is who sent the browser.
    pub(crate) verifier: String,
}

/// What the browser brings back.
#[derive(Clone)]
pub struct Brought {
    pub state: String,
    /// None where the provider did not let the person in.
    pub code: Option<String>,
}

impl Kept {
    /// As one word that a cookie can hold.
    pub fn word(&self) -> String {
        [self.state.as_str(), &self.nonce, &self.verifier].join(".")
    }

    /// Reads such a word; nothing where it is none.
    pub fn read(word: &str) -> Option<Self> {
        let mut parts = word.split('.').map(str::to_owned);
        let kept = Self { state: parts.next()?, nonce: parts.next()?, verifier: parts.next()? };
        let is_whole = [&kept.state, &kept.nonce, &kept.verifier].iter().all(|part| !part.is_empty());
        (is_whole && parts.next().is_none()).then_some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn what_is_kept_is_read_as_it_was_and_nothing_else_is() {
        let part = |text: &str| text.to_owned();
        let kept = Kept { state: part("a-1"), nonce: part("b_2"), verifier: part("c") };
        assert!(Kept::read(&kept.word()) == Some(kept));
        for wrong in ["", ".", "..", "a.b", "a.b.", "a..c", "a.b.c.d"] {
            assert!(Kept::read(wrong).is_none(), "{wrong}");
        }
    }
}
