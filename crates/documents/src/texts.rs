//! The words of the product in the reader's language, from `locales/*.ftl`.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;
use watchlist::Phrase;

use crate::numbers;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    En,
    Nl,
}

impl Language {
    /// The language of a tag such as `nl`, `nl-BE` or `en_GB.UTF-8`; none if it is another one.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "nl" => Some(Self::Nl),
            _ => None,
        }
    }

    /// What a phrase says in this language.
    pub fn of(self, phrase: &Phrase) -> &str {
        match self {
            Self::En => phrase.english(),
            Self::Nl => phrase.dutch(),
        }
    }

    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }
}

/// All texts of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

static EN: LazyLock<Texts> = LazyLock::new(|| Texts::load(include_str!("../locales/en.ftl"), Language::En));
static NL: LazyLock<Texts> = LazyLock::new(|| Texts::load(include_str!("../locales/nl.ftl"), Language::Nl));

impl Texts {
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::Nl => &NL,
        }
    }

    /// Texts of another crate, in the same form.
    ///
    /// # Panics
    /// If the source is not Fluent, or has a text twice: shipped texts are read by a test.
    pub fn load(source: &str, language: Language) -> Self {
        let id: LanguageIdentifier = language.tag().parse().expect("both tags are language tags");
        let resource = FluentResource::try_new(source.to_owned()).expect("a test reads every shipped text");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would end up in attributes, CSV cells and terminals as unseen characters.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => |value, _| shown_count(value, Language::En),
            Language::Nl => |value, _| shown_count(value, Language::Nl),
        }));
        bundle.add_resource(resource).expect("a test reads every shipped text");
        Self { bundle }
    }

    /// A text without values. A missing one is shown by its key; a test keeps that from happening.
    pub fn get<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        match self.bundle.get_message(key).and_then(|message| message.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, None, &mut Vec::new()),
            None => Cow::Borrowed(key),
        }
    }

    /// A text with values. Numbers choose the plural form and are shown as the reader writes them.
    pub fn with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let values: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        match self.bundle.get_message(key).and_then(|message| message.value()) {
            // An error is a value that the text names and nobody gave: it then shows the value's name.
            Some(pattern) => self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned(),
            None => key.to_owned(),
        }
    }

    /// A text about one number, which the text calls `n`.
    pub fn number(&self, key: &str, number: u64) -> String {
        self.with(key, &[("n", number.into())])
    }
}

fn shown_count(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= 0.0 => {
            Some(numbers::count(number.value as u64, language))
        }
        _ => None,
    }
}
