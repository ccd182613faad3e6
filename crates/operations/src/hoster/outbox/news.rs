//! The things that are told. Each has numbers and moments, and no place for a name of anybody or for a word of a list.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Something that happened here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum News {
    /// A new edition was installed.
    EditionInstalled { number: u64 },
    /// An edition in use is past its last day.
    EditionPast { number: u64, last_day: Date },
    /// A screening ended, and so many hits are to be reviewed.
    ScreeningEnded { to_review: u64 },
    /// A run failed, or its time passed without it.
    RunFailed { run: Run, how: Failed },
    /// Applications of new customers wait for a person; `nearest` is when the first of them expires.
    ApplicationsWait { count: u64, nearest: Timestamp },
    /// An entry or a value was withdrawn on which so many decisions rest.
    EntryWithdrawn { decisions: u64 },
    /// An order of a shop was decided: its own number, and whether it goes on. Never why.
    OrderDecided { order: OrderNumber, go_on: bool },
}

/// Which kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    EditionInstalled,
    EditionPast,
    ScreeningEnded,
    RunFailed,
    ApplicationsWait,
    EntryWithdrawn,
    OrderDecided,
}

impl Kind {
    pub const ALL: &[Self] = &[
        Self::EditionInstalled,
        Self::EditionPast,
        Self::ScreeningEnded,
        Self::RunFailed,
        Self::ApplicationsWait,
        Self::EntryWithdrawn,
        Self::OrderDecided,
    ];

    /// As it stands in the settings and in what is sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::EditionInstalled => "edition_installed",
            Self::EditionPast => "edition_past",
            Self::ScreeningEnded => "screening_ended",
            Self::RunFailed => "run_failed",
            Self::ApplicationsWait => "applications_wait",
            Self::EntryWithdrawn => "entry_withdrawn",
            Self::OrderDecided => "order_decided",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Whether people may get it by mail. What was decided of an order is for the shop's program alone.
    pub const fn goes_by_mail(self) -> bool {
        !matches!(self, Self::OrderDecided)
    }
}

impl News {
    pub const fn kind(&self) -> Kind {
        match self {
            Self::EditionInstalled { .. } => Kind::EditionInstalled,
            Self::EditionPast { .. } => Kind::EditionPast,
            Self::ScreeningEnded { .. } => Kind::ScreeningEnded,
            Self::RunFailed { .. } => Kind::RunFailed,
            Self::ApplicationsWait { .. } => Kind::ApplicationsWait,
            Self::EntryWithdrawn { .. } => Kind::EntryWithdrawn,
            Self::OrderDecided { .. } => Kind::OrderDecided,
        }
    }
}

/// Which run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// A screening that somebody began.
    Screening,
    /// Changes of customers that a program told of.
    Changes,
    Schedule(ScheduleName),
}

/// How a run failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failed {
    Failed,
    /// Its time passed while the program did not run.
    Missed,
}

impl Failed {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Missed => "missed",
        }
    }
}

/// The name that the house gave to a schedule: a plain word, so that it holds nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScheduleName(String);

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

impl ScheduleName {
    /// Nothing unless it has 1 to 40 letters of a to z, digits, `-` and `_`.
    pub fn new(name: &str) -> Option<Self> {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
        let fits = !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(plain);
        fits.then(|| Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ScheduleName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::new(&name).ok_or("a name has up to 40 letters, digits, `-` and `_`")
    }
}

impl From<ScheduleName> for String {
    fn from(name: ScheduleName) -> Self {
        name.0
    }
}

/// The shop's own number of an order. Shows nothing of it: the shop may have put anything there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderNumber(String);

impl OrderNumber {
    pub(super) fn of(order: &str) -> Self {
        Self(order.to_owned())
    }

    /// An invented one, to try a recipient with.
    pub fn invented() -> Self {
        Self("test".to_owned())
    }

    /// As the shop gave it, to give it back to the shop.
    pub fn for_the_shop(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for OrderNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrderNumber")
    }
}
