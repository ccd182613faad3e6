//! The words of the pages, in both languages.

use std::sync::LazyLock;

use documents::{Language, Texts};

const ENGLISH: &str = include_str!("../locales/en.ftl");
const DUTCH: &str = include_str!("../locales/nl.ftl");

static EN: LazyLock<Texts> = LazyLock::new(|| Texts::load(ENGLISH, Language::En));
static NL: LazyLock<Texts> = LazyLock::new(|| Texts::load(DUTCH, Language::Nl));

/// The word for a key; a test holds that there is one in both languages.
pub(crate) fn text(language: Language, key: &str) -> String {
    of(language).get(&key.replace('_', "-")).into_owned()
}

/// The text for a key, with values in it.
pub(crate) fn text_with(language: Language, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    of(language).with(key, &values)
}

fn of(language: Language) -> &'static Texts {
    match language {
        Language::En => &EN,
        Language::Nl => &NL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(source: &str) -> Vec<&str> {
        let mut keys: Vec<&str> = source
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| Some(line.split_once(" = ")?.0))
            .collect();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn both_languages_have_the_same_texts() {
        assert_eq!(keys(ENGLISH), keys(DUTCH));
        for key in keys(ENGLISH) {
            assert_ne!(text(Language::Nl, key), key);
        }
    }

    #[test]
    fn every_text_that_a_page_asks_for_is_there() {
        let known = keys(ENGLISH);
        let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let paths = |folder: &std::path::Path| {
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect::<Vec<_>>()
        };
        let mut files = paths(&templates);
        files.extend(paths(&templates.join("office")));
        files.extend(paths(&templates.join("sign_ups")));
        let files = files.iter().filter(|file| file.is_file());
        let sources: Vec<String> = files.map(|file| std::fs::read_to_string(file).unwrap()).collect();
        assert!(sources.len() > 10, "the templates were read");
        for source in sources {
            for asked in source.split("t(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(known.contains(&asked), "{asked} has no text");
            }
        }
        for reason in review::ReasonCode::ALL {
            assert!(known.contains(&format!("reason-{}", reason.word().replace('_', "-")).as_str()));
        }
        for kind in watchlist::IdentifierKind::ALL {
            assert!(known.contains(&format!("kind-{}", kind.wire_name().replace('_', "-")).as_str()));
        }
        for step in curation::evidence::CustodyStep::ALL {
            assert!(known.contains(&format!("custody-{}", step.word().replace('_', "-")).as_str()));
        }
        for (word, _) in operations::issuer::contests::CONTESTANTS {
            assert!(known.contains(&format!("contestant-{word}").as_str()));
        }
        for state in operations::issuer::editions::STATES {
            assert!(known.contains(&format!("edition-state-{state}").as_str()));
        }
        for role in operations::issuer::partners::ROLES {
            assert!(known.contains(&format!("partner-role-{}", role.replace('_', "-")).as_str()));
        }
        for scope in operations::hoster::tokens::Scope::ALL {
            assert!(known.contains(&format!("scope-{}", scope.word()).as_str()));
        }
        for kind in kyc::CheckKind::ALL {
            for of in ["check", "asked"] {
                assert!(known.contains(&format!("{of}-{}", kind.word().replace('_', "-")).as_str()));
            }
        }
        for trigger in kyc::Trigger::ALL {
            assert!(known.contains(&format!("trigger-{}", trigger.word().replace('_', "-")).as_str()));
        }
        for outcome in kyc::Outcome::ALL {
            assert!(known.contains(&format!("outcome-{}", outcome.word().replace('_', "-")).as_str()));
        }
        for kind in operations::hoster::outbox::Kind::ALL {
            assert!(known.contains(&format!("news-{}", kind.word().replace('_', "-")).as_str()));
        }
        for measure in review::Measure::ALL {
            assert!(known.contains(&format!("measure-{}", measure.word().replace('_', "-")).as_str()));
        }
        for kind in review::GroundKind::ALL {
            assert!(known.contains(&format!("ground-{}", kind.word().replace('_', "-")).as_str()));
        }
    }
}
