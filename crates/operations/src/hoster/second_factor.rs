//! Codes of a second device at the login: time-based, as every authenticator makes them (RFC 6238).

use jiff::Timestamp;
use rand_core::CryptoRngCore;
use totp_rs::{Builder, Secret, Totp};

/// Who issued the code, as the authenticator shows it.
const ISSUER: &str = "Havenmeester";

/// What desk and device share. Shown once, to its owner.
#[derive(Clone)]
pub struct SecondFactor(Secret);

/// Shows nothing of it.
impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactor")
    }
}

impl SecondFactor {
    /// 20 random bytes, as RFC 4226 recommends.
    pub fn new(random: &mut impl CryptoRngCore) -> Self {
        let mut bytes = [0; 20];
        random.fill_bytes(&mut bytes);
        Self(Secret::from(bytes))
    }

    /// From the letters that a person can type into a device.
    pub fn read(letters: &str) -> Option<Self> {
        let secret = Secret::try_from_base32(letters.trim()).ok()?;
        let factor = Self(secret);
        factor.generator().is_some().then_some(factor)
    }

    /// The letters that a person can type into a device (base32).
    pub fn letters(&self) -> String {
        self.0.to_base32()
    }

    /// What the QR code says; see <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>.
    pub fn address(&self, person: &str) -> String {
        let plain = |one: char| if one.is_ascii_alphanumeric() || "-_.".contains(one) { one } else { '-' };
        let person: String = person.chars().map(plain).collect();
        format!("otpauth://totp/{ISSUER}:{person}?secret={}&issuer={ISSUER}", self.letters())
    }

    /// The step of 30 seconds to which a code belongs: now, or one before or after, for clocks that differ. A step counts
    /// once: who keeps the number refuses it the next time.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<u64> {
        let digits: String = code.chars().filter(|one| !one.is_whitespace()).collect();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.generator()?.check(&digits, u64::try_from(now.as_second()).ok()?)
    }

    /// SHA-1, six digits, 30 seconds: what all authenticators can do.
    fn generator(&self) -> Option<Totp> {
        Builder::new().with_secret(self.0.clone()).with_skew(1).build().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of RFC 6238, for SHA-1; its eight digits end with these six.
    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let factor = SecondFactor(Secret::from(*b"12345678901234567890"));
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(factor.step_of(code, now), Some(second as u64 / 30), "{second}");
        }
    }

    #[test]
    fn a_code_holds_for_a_minute_and_a_half_and_only_as_six_digits() {
        let factor = SecondFactor(Secret::from(*b"12345678901234567890"));
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(factor.step_of("287 082", at(59)), Some(1));
        assert_eq!(factor.step_of("287082", at(89)), Some(1));
        assert_eq!(factor.step_of("287082", at(120)), None);
        for wrong in ["", "28708", "94287082", "28708x", "000000"] {
            assert_eq!(factor.step_of(wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_typed_is_read_back() {
        let factor = SecondFactor(Secret::from(*b"12345678901234567890"));
        assert_eq!(SecondFactor::read(&factor.letters()).unwrap().letters(), factor.letters());
        assert!(SecondFactor::read("").is_none() && SecondFactor::read("not base 32!").is_none());
        assert!(SecondFactor::read("GEZDGNBV").is_none(), "too short to be safe");
    }
}
