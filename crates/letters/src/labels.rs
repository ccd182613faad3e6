//! Short words of the documents (column heads, kinds, dates), from `locales/*.ftl`.
//!
//! The sentences of a letter are not here but in its template, where a lawyer can change them.

use std::borrow::Cow;
use std::sync::LazyLock;

use documents::{Language, Texts};
use fluent_bundle::FluentValue;
use jiff::civil::Date;
use watchlist::{EntryType, IdentifierKind, NameKind, RelationKind, Status, WithdrawalReason};

static EN: LazyLock<Texts> = LazyLock::new(|| Texts::load(include_str!("../locales/en.ftl"), Language::En));
static NL: LazyLock<Texts> = LazyLock::new(|| Texts::load(include_str!("../locales/nl.ftl"), Language::Nl));

/// The short words of one language.
#[derive(Clone, Copy)]
pub struct Labels {
    texts: &'static Texts,
}

impl Labels {
    pub fn of(language: Language) -> Self {
        Self {
            texts: match language {
                Language::En => &EN,
                Language::Nl => &NL,
            },
        }
    }

    pub(crate) fn get(self, key: &'static str) -> Cow<'static, str> {
        self.texts.get(key)
    }

    pub(crate) fn with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        self.texts.with(key, values)
    }

    /// A day in words: `1 maart 2026`, `1 March 2026`.
    pub(crate) fn date(self, day: Date) -> String {
        let months = self.get("months");
        let month = months.split(' ').nth(usize::from(day.month().unsigned_abs()) - 1).unwrap_or_default();
        self.with(
            "date",
            &[
                ("day", day.day().to_string().into()),
                ("month", month.into()),
                ("year", day.year().to_string().into()),
            ],
        )
    }

    /// From when to when something held: days as `2026-03-01`, as in the machine's file. None: always.
    pub(crate) fn period(self, from: Option<Date>, to: Option<Date>) -> Option<String> {
        match (from, to) {
            (None, None) => None,
            (Some(from), None) => Some(self.with("since", &[("from", from.to_string().into())])),
            (None, Some(to)) => Some(self.with("until", &[("to", to.to_string().into())])),
            (Some(from), Some(to)) => Some(format!("{from} – {to}")),
        }
    }

    pub(crate) fn entry_type(self, kind: EntryType) -> Cow<'static, str> {
        self.get(match kind {
            EntryType::Brand => "type-brand",
            EntryType::LegalEntity => "type-legal-entity",
            EntryType::Person => "type-person",
            EntryType::Network => "type-network",
        })
    }

    pub(crate) fn status(self, status: Status) -> Cow<'static, str> {
        self.get(match status {
            Status::Active => "status-active",
            Status::Suspended => "status-suspended",
            Status::Withdrawn => "status-withdrawn",
        })
    }

    pub(crate) fn name_kind(self, kind: NameKind) -> Cow<'static, str> {
        self.get(match kind {
            NameKind::Primary => "name-primary",
            NameKind::Alias => "name-alias",
            NameKind::WeakAlias => "name-weak-alias",
            NameKind::Previous => "name-previous",
            NameKind::RelatedPerson => "name-related-person",
        })
    }

    pub(crate) fn relation(self, kind: RelationKind) -> Cow<'static, str> {
        self.get(match kind {
            RelationKind::BrandOf => "relation-brand-of",
            RelationKind::FrontOf => "relation-front-of",
            RelationKind::SuccessorOf => "relation-successor-of",
            RelationKind::SameOperator => "relation-same-operator",
            RelationKind::OfficerOf => "relation-officer-of",
        })
    }

    pub(crate) fn withdrawal(self, reason: WithdrawalReason) -> Cow<'static, str> {
        self.get(match reason {
            WithdrawalReason::WrongParty => "withdrawn-wrong-party",
            WithdrawalReason::Mistaken => "withdrawn-mistaken",
            WithdrawalReason::EvidenceFailed => "withdrawn-evidence-failed",
            WithdrawalReason::Reassigned => "withdrawn-reassigned",
            WithdrawalReason::NotSeenAgain => "withdrawn-not-seen-again",
            WithdrawalReason::Ceased => "withdrawn-ceased",
            WithdrawalReason::Merged => "withdrawn-merged",
            WithdrawalReason::Split => "withdrawn-split",
            WithdrawalReason::Unstated => "withdrawn-unstated",
        })
    }

    /// What an identifier is. A message exists for every kind (`identifier-` and the name on the wire).
    pub(crate) fn identifier(self, kind: IdentifierKind) -> String {
        let key = format!("identifier-{}", kind.wire_name().replace('_', "-"));
        self.texts.get(&key).into_owned()
    }
}
