//! Addresses of crypto wallets. The chain is told from the form.

use sha3::{Digest, Keccak256};
use watchlist::Strength;

use super::form::{Origin, Space};
use super::rejected::Why;
use super::sink::Sink;
use super::text;

/// Below this length a text is no wallet of any chain in use.
const SHORTEST: usize = 20;

/// Adds a wallet. Its checksum is looked at only when two are equal, see [`checked`].
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    let Some(address) = address(value) else { return sink.reject(Why::NotOfThisKind) };
    let canonical = canonical(address);
    if canonical.bytes().skip(4).all(|b| b == b'0' || b == b'1') {
        return sink.reject(Why::Dummy);
    }
    sink.add(Space::Wallet, Origin::Itself, Strength::Distinctive, &canonical);
}

/// The address inside `bitcoin:address?amount=1`, `BTC address` or `address (TRON)`.
fn address(value: &str) -> Option<&str> {
    let value = text::unwrapped(value);
    let word = value
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | '?' | '/'))
        .max_by_key(|word| word.len())?;
    let word = word.rsplit(':').next().unwrap_or(word);
    let plausible = (SHORTEST..=128).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    plausible.then_some(word)
}

/// One text for each address: chains that ignore case in lower case, TRON in its hexadecimal form.
fn canonical(address: &str) -> String {
    if is_hex(address, "0x", 42) || is_bech32(address) {
        return address.to_ascii_lowercase();
    }
    if address.len() == 42 && address.starts_with("41") && address.bytes().all(|b| b.is_ascii_hexdigit()) {
        return format!("tron:{}", address.to_ascii_lowercase());
    }
    if address.len() == 34
        && address.starts_with('T')
        && let Ok(bytes) = bs58::decode(address).into_vec()
        && bytes.len() == 25
        && bytes[0] == 0x41
    {
        return bytes[..21].iter().fold("tron:".to_owned(), |out, byte| format!("{out}{byte:02x}"));
    }
    address.to_owned()
}

fn is_hex(address: &str, prefix: &str, len: usize) -> bool {
    let start = address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    start && address.len() == len && address[prefix.len()..].bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_bech32(address: &str) -> bool {
    ["bc1", "ltc1", "tb1", "addr1"]
        .iter()
        .any(|prefix| address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)))
}

/// Whether the address that both sides wrote passes the checksum of its chain.
/// `false` also where the chain has none that is known here: then only the form was recognised.
pub(super) fn checked(raw: &str) -> bool {
    let Some(address) = address(raw) else { return false };
    if is_bech32(address) {
        return bech32::decode(address).is_ok();
    }
    if is_hex(address, "0x", 42) {
        return mixed_case_is_right(&address[2..]);
    }
    if address.len() == 42 && address.starts_with("41") {
        return address.bytes().all(|b| b.is_ascii_hexdigit());
    }
    match address.len() {
        // Bitcoin, Litecoin, Dogecoin, TRON and their relatives.
        25..=35 => bs58::decode(address).with_check(None).into_vec().is_ok_and(|bytes| bytes.len() == 21),
        95 | 106 => monero(address),
        _ => false,
    }
}

/// EIP-55: the case of each letter says a bit of the hash. One case throughout says nothing and passes.
fn mixed_case_is_right(digits: &str) -> bool {
    let lower = digits.to_ascii_lowercase();
    if digits == lower || digits == digits.to_ascii_uppercase() {
        return true;
    }
    let hash = Keccak256::digest(lower.as_bytes());
    digits.bytes().enumerate().all(|(i, byte)| {
        let nibble = if i % 2 == 0 { hash[i / 2] >> 4 } else { hash[i / 2] & 15 };
        !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() == (nibble >= 8)
    })
}

/// Base58 in blocks of 11 characters for 8 bytes; the last four bytes are a Keccak checksum.
fn monero(address: &str) -> bool {
    let mut bytes = Vec::with_capacity(77);
    for block in address.as_bytes().chunks(11) {
        let len = match block.len() {
            11 => 8,
            7 => 5,
            _ => return false,
        };
        let Ok(decoded) = bs58::decode(block).into_vec() else { return false };
        let significant: Vec<u8> = decoded.into_iter().skip_while(|&byte| byte == 0).collect();
        let Some(padding) = usize::checked_sub(len, significant.len()) else { return false };
        bytes.extend(std::iter::repeat_n(0, padding));
        bytes.extend(significant);
    }
    let Some(body) = bytes.len().checked_sub(4) else { return false };
    Keccak256::digest(&bytes[..body])[..4] == bytes[body..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str, passes: bool) {
        assert_eq!(address(value).map(canonical).unwrap_or_default(), expected, "{value}");
        assert_eq!(checked(value), passes, "{value}");
    }

    /// The addresses are the examples of the published specifications.
    #[test]
    fn wallets_of_each_chain() {
        let genesis = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        check(&format!("bitcoin:{genesis}?amount=1"), genesis, true);
        check("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", false);
        let segwit = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        check(&segwit.to_uppercase(), segwit, true);
        check(
            "BTC: bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            false,
        );
        check(
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed (ETH)",
            "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            true,
        );
        check(
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            false,
        );
        check("nvt", "", false);
    }

    #[test]
    fn both_forms_of_a_tron_address_are_one() {
        let mut bytes = vec![0x41];
        bytes.extend([7; 20]);
        let base58 = bs58::encode(&bytes).with_check().into_string();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        check(&base58, &format!("tron:{hex}"), true);
        check(&hex, &format!("tron:{hex}"), true);
    }
}
