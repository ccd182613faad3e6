//! Country codes, dialling codes and the many ways a source writes a country.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lists::lines;

/// ISO 3166-1 alpha-2, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Country([u8; 2]);

impl Country {
    pub(super) const NL: Self = Self(*b"NL");

    pub(super) const fn new(code: [u8; 2]) -> Self {
        Self(code)
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// Reads a code, the codes `EL` and `UK`, or a name in English, Dutch or the country's own language.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let [first, second] = *text.as_bytes() {
            return Self::from_code([first, second]);
        }
        if text.len() < 3 {
            return None;
        }
        BY_NAME.get(super::text::plain_words(text).as_str()).copied()
    }

    /// A known code in either case; `EL` is Greece and `UK` the United Kingdom.
    pub(super) fn from_code(code: [u8; 2]) -> Option<Self> {
        let upper = Self(code.map(|byte| byte.to_ascii_uppercase()));
        match &upper.0 {
            b"EL" => Some(Self(*b"GR")),
            b"UK" => Some(Self(*b"GB")),
            _ => BY_CODE.contains_key(&upper).then_some(upper),
        }
    }

    pub(super) fn has_postcodes(self) -> bool {
        !WITHOUT_POSTCODES.contains(&self)
    }

    pub(super) fn dialling(self) -> Option<&'static Dialling> {
        BY_CODE.get(&self)
    }
}

/// How a country is dialled.
pub(super) struct Dialling {
    pub(super) code: &'static str,
    /// Digits dialled in front of a national number within the country, empty where there are none.
    pub(super) trunk: &'static str,
}

/// Countries that have no postcodes: there an address without one is whole.
static WITHOUT_POSTCODES: LazyLock<FxHashSet<Country>> = LazyLock::new(|| {
    lines(include_str!("../../data/identifiers/countries_without_postcodes.txt"))
        .filter_map(|code| Some(Country::new(code.as_bytes().try_into().ok()?)))
        .collect()
});

static BY_CODE: LazyLock<FxHashMap<Country, Dialling>> = LazyLock::new(|| {
    rows()
        .map(|(country, code, trunk, _)| (country, Dialling { code, trunk: trunk.trim_matches('-') }))
        .collect()
});

static BY_NAME: LazyLock<FxHashMap<&'static str, Country>> = LazyLock::new(|| {
    rows().flat_map(|(country, _, _, names)| names.split('|').map(move |name| (name, country))).collect()
});

/// Trunk prefix by dialling code. The first country of the table wins where several share a code.
static TRUNKS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut trunks = FxHashMap::default();
    for (_, code, trunk, _) in rows() {
        trunks.entry(code).or_insert(trunk.trim_matches('-'));
    }
    trunks
});

/// Splits international digits into the dialling code, its trunk prefix and the rest.
pub(super) fn split_dialling_code(digits: &str) -> Option<(&'static str, &'static str, &str)> {
    (1..=3.min(digits.len())).find_map(|len| {
        let (code, rest) = digits.split_at(len);
        TRUNKS.get_key_value(code).map(|(code, trunk)| (*code, *trunk, rest))
    })
}

fn rows() -> impl Iterator<Item = (Country, &'static str, &'static str, &'static str)> {
    lines(include_str!("../../data/identifiers/countries.tsv")).filter_map(|line| {
        let mut cells = line.split('\t');
        let code: [u8; 2] = cells.next()?.as_bytes().try_into().ok()?;
        Some((Country::new(code), cells.next()?, cells.next()?, cells.next()?))
    })
}
