//! Key files: the public half as readable text, the secret half under a passphrase (age with scrypt).

use std::io::{Read, Write};

use age::secrecy::SecretString;
use zeroize::Zeroizing;

use super::{DecryptionKey, Fingerprint, PublicKey, Recipient, Role, SigningKey};
use crate::limits::KEY_FILE_BYTES;

const PUBLIC: &str = "havenmeester-public-key/1";
const SECRET: &str = "havenmeester-secret-key/1";
/// The role word of keys that decrypt.
const RECIPIENT: &str = "recipient";

/// What a person types to unlock a key. Never shown, wiped when dropped.
#[derive(Clone)]
pub struct Passphrase(SecretString);

/// How much work one guess of a passphrase costs: scrypt with N = 2^this and r = 8, so 2^this KiB of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkFactor(u8);

/// What a secret key file holds.
#[derive(Debug)]
pub enum SecretKey {
    Signing(SigningKey),
    Decryption(DecryptionKey),
}

/// What a public key file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicHalf {
    Signing(PublicKey),
    Recipient(Recipient),
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyFileError {
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    #[error("the passphrase does not open this key file, or the file was changed")]
    WrongPassphrase,
    #[error("this is not a secret key file of havenmeester: expected an age file under a passphrase")]
    NotASecretKey,
    #[error("this is not a public key file of havenmeester: {what}")]
    NotAPublicKey { what: String },
    #[error("the key file has {found} bytes, at most {} are read", KEY_FILE_BYTES)]
    TooLarge { found: usize },
    #[error("the fingerprint in the file does not belong to the key in it")]
    OtherFingerprint,
    #[error("the key file asks for more work than 2^{}", WorkFactor::MAX.0)]
    TooMuchWork,
    #[error("the key could not be locked: {0}")]
    Lock(String),
}

impl KeyFileError {
    /// What the reader can do next, in one sentence.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::EmptyPassphrase => "choose a passphrase of several words",
            Self::WrongPassphrase => "type it again; the key file is unchanged",
            Self::NotASecretKey => "give the file that `key new` wrote, not the public one",
            Self::NotAPublicKey { .. } | Self::OtherFingerprint => {
                "ask the owner of the key for the file again and compare the fingerprint by phone"
            }
            Self::TooLarge { .. } | Self::TooMuchWork => "this is not a file that `key new` wrote",
            Self::Lock(_) => "try again; nothing was written",
        }
    }
}

impl Passphrase {
    pub fn new(text: String) -> Result<Self, KeyFileError> {
        if text.is_empty() { Err(KeyFileError::EmptyPassphrase) } else { Ok(Self(SecretString::from(text))) }
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

impl WorkFactor {
    /// 256 MiB and about a second on a desktop, as age itself aims at.
    pub const USUAL: Self = Self(18);
    /// What is still tried when reading: 1 GiB.
    pub const MAX: Self = Self(20);
    /// From the exponent, 10 to 20; below, a guess costs nothing.
    pub const fn of(exponent: u8) -> Option<Self> {
        if exponent >= 10 && exponent <= 20 { Some(Self(exponent)) } else { None }
    }

    /// For tests, and nothing else: a guess costs nothing.
    pub const TEST: Self = Self(1);
}

impl SecretKey {
    /// The key as an armored age file under a passphrase.
    pub fn lock(&self, passphrase: &Passphrase, work: WorkFactor) -> Result<String, KeyFileError> {
        let mut recipient = age::scrypt::Recipient::new(passphrase.0.clone());
        recipient.set_work_factor(work.0);
        let failed = |error: &dyn std::fmt::Display| KeyFileError::Lock(error.to_string());
        let mut armored = Vec::new();
        let armor = age::armor::ArmoredWriter::wrap_output(&mut armored, age::armor::Format::AsciiArmor)
            .map_err(|error| failed(&error))?;
        let mut writer = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|error| failed(&error))?
            .wrap_output(armor)
            .map_err(|error| failed(&error))?;
        writer.write_all(self.plain().as_bytes()).map_err(|error| failed(&error))?;
        writer.finish().and_then(|armor| armor.finish()).map_err(|error| failed(&error))?;
        String::from_utf8(armored).map_err(|error| failed(&error))
    }

    /// Opens a file that [`SecretKey::lock`] wrote.
    pub fn unlock(file: &[u8], passphrase: &Passphrase) -> Result<Self, KeyFileError> {
        if file.len() > KEY_FILE_BYTES {
            return Err(KeyFileError::TooLarge { found: file.len() });
        }
        let decryptor = age::Decryptor::new(age::armor::ArmoredReader::new(file))
            .map_err(|_| KeyFileError::NotASecretKey)?;
        let mut identity = age::scrypt::Identity::new(passphrase.0.clone());
        identity.set_max_work_factor(WorkFactor::MAX.0);
        let mut reader = decryptor
            .decrypt(std::iter::once(&identity as &dyn age::Identity))
            .map_err(|error| unlock_error(&error))?;
        // The plain text is shorter than the file: with room for it the buffer never moves and leaves nothing behind.
        let mut plain = Zeroizing::new(String::with_capacity(file.len()));
        reader.read_to_string(&mut plain).map_err(|_| KeyFileError::WrongPassphrase)?;
        Self::from_plain(&plain).ok_or(KeyFileError::NotASecretKey)
    }

    /// The key as text, for a store that encrypts what it keeps. Wiped when dropped.
    pub fn plain(&self) -> Zeroizing<String> {
        Zeroizing::new(match self {
            Self::Signing(key) => {
                let seed = Zeroizing::new(hex::encode(key.seed()));
                format!("{SECRET}\nrole: {}\nkey: {}\n", key.role(), *seed)
            }
            Self::Decryption(key) => {
                key.with_secret(|secret| format!("{SECRET}\nrole: {RECIPIENT}\nkey: {secret}\n"))
            }
        })
    }

    /// What [`SecretKey::plain`] wrote; nothing where the text is not of that form.
    pub fn from_plain(text: &str) -> Option<Self> {
        let mut lines = text.strip_prefix(SECRET)?.strip_prefix('\n')?.lines();
        let role = lines.next()?.strip_prefix("role: ")?;
        let key = lines.next()?.strip_prefix("key: ")?;
        if role == RECIPIENT {
            return DecryptionKey::parse(key).map(Self::Decryption);
        }
        let mut seed = Zeroizing::new([0; 32]);
        hex::decode_to_slice(key, seed.as_mut()).ok()?;
        Some(Self::Signing(SigningKey::from_seed(Role::from_word(role)?, &seed)))
    }

    pub fn public(&self) -> PublicHalf {
        match self {
            Self::Signing(key) => PublicHalf::Signing(key.public()),
            Self::Decryption(key) => PublicHalf::Recipient(key.recipient()),
        }
    }
}

fn unlock_error(error: &age::DecryptError) -> KeyFileError {
    match error {
        age::DecryptError::ExcessiveWork { .. } => KeyFileError::TooMuchWork,
        age::DecryptError::NoMatchingKeys => KeyFileError::NotASecretKey,
        _ => KeyFileError::WrongPassphrase,
    }
}

impl PublicHalf {
    pub fn fingerprint(&self) -> Fingerprint {
        match self {
            Self::Signing(key) => Fingerprint::of_key(key),
            Self::Recipient(recipient) => Fingerprint::of_recipient(recipient),
        }
    }

    /// Four lines of text that may be shown to anybody.
    pub fn write(&self) -> String {
        let (role, key) = match self {
            Self::Signing(key) => (key.role().word(), key.to_hex()),
            Self::Recipient(recipient) => (RECIPIENT, recipient.to_string()),
        };
        format!("{PUBLIC}\nrole: {role}\nkey: {key}\nfingerprint: {}\n", self.fingerprint().words())
    }

    /// Reads such a file. The fingerprint in it must be the key's; that it is the owner's is a matter of
    /// comparing by another way.
    pub fn read(file: &[u8]) -> Result<Self, KeyFileError> {
        if file.len() > KEY_FILE_BYTES {
            return Err(KeyFileError::TooLarge { found: file.len() });
        }
        let fault = |what: &str| KeyFileError::NotAPublicKey { what: what.to_owned() };
        let text = std::str::from_utf8(file).map_err(|_| fault("not text"))?;
        let mut lines = text.lines().map(str::trim_end);
        if lines.next() != Some(PUBLIC) {
            return Err(fault("the first line is not `havenmeester-public-key/1`"));
        }
        let mut field = |name: &str| {
            let line = lines.next().and_then(|line| line.strip_prefix(name)?.strip_prefix(": "));
            line.ok_or_else(|| fault(&format!("the line `{name}: ...` is missing")))
        };
        let (role, key, fingerprint) = (field("role")?, field("key")?, field("fingerprint")?);
        let half = if role == RECIPIENT {
            Self::Recipient(Recipient::parse(key).map_err(|error| fault(&error.to_string()))?)
        } else {
            let role = Role::from_word(role).ok_or_else(|| fault("its role is not known"))?;
            Self::Signing(PublicKey::from_hex(role, key).map_err(|error| fault(&error.to_string()))?)
        };
        match Fingerprint::parse(fingerprint) {
            Ok(shown) if shown == half.fingerprint() => Ok(half),
            _ => Err(KeyFileError::OtherFingerprint),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn approver() -> SecretKey {
        SecretKey::Signing(SigningKey::generate(Role::Approver, &mut ChaCha20Rng::seed_from_u64(4)))
    }

    fn words(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).unwrap()
    }

    #[test]
    fn a_key_comes_back_from_its_file() {
        for key in [approver(), SecretKey::Decryption(DecryptionKey::generate())] {
            let file = key.lock(&words("nine old barges"), WorkFactor::TEST).unwrap();

            let back = SecretKey::unlock(file.as_bytes(), &words("nine old barges")).unwrap();

            assert_eq!(back.public(), key.public());
            assert!(file.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
        }
    }

    #[test]
    fn a_wrong_passphrase_and_a_wrong_file_are_told_apart() {
        let file = approver().lock(&words("nine old barges"), WorkFactor::TEST).unwrap();
        let unlock = |file: &[u8], passphrase| SecretKey::unlock(file, &words(passphrase)).unwrap_err();

        assert_eq!(unlock(file.as_bytes(), "ten old barges"), KeyFileError::WrongPassphrase);
        assert_eq!(unlock(b"hello", "x"), KeyFileError::NotASecretKey);
        assert_eq!(unlock(approver().public().write().as_bytes(), "x"), KeyFileError::NotASecretKey);
        assert_eq!(unlock(&[b'-'; KEY_FILE_BYTES + 1], "x"), KeyFileError::TooLarge { found: 16_385 });
        assert_eq!(Passphrase::new(String::new()).unwrap_err(), KeyFileError::EmptyPassphrase);
    }

    #[test]
    fn the_public_file_can_be_read_by_people_and_programs() {
        let file = approver().public().write();

        insta::assert_snapshot!(file, @r"
            havenmeester-public-key/1
            role: approver
            key: 1c0c1c72c52dbd38c741a2c1989e02a41b388348011566b914a1ed6932b8f880
            fingerprint: riot industry pelican flame lyrics crawl rail point unveil leopard entry envelope
            ");
        assert_eq!(PublicHalf::read(file.as_bytes()).unwrap(), approver().public());
        assert_eq!(PublicHalf::read(file.replace('\n', "\r\n").as_bytes()).unwrap(), approver().public());
    }

    #[test]
    fn a_public_file_with_an_exchanged_key_is_refused() {
        let other = SigningKey::generate(Role::Approver, &mut ChaCha20Rng::seed_from_u64(5)).public();
        let PublicHalf::Signing(own) = approver().public() else { unreachable!("an approver signs") };
        let file = approver().public().write().replace(&own.to_hex(), &other.to_hex());

        assert_eq!(PublicHalf::read(file.as_bytes()), Err(KeyFileError::OtherFingerprint));
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown =
            format!("{:?} {:?} {:?}", approver(), words("nine old barges"), DecryptionKey::generate());

        insta::assert_snapshot!(shown, @"Signing(SigningKey(approver, ..)) Passphrase(..) DecryptionKey(..)");
    }
}
