//! Papers for somebody who sells on: a declaration to sign, a clause for the contract, and the form of a register of end
//! customers. Drafts: a house has its lawyer look at them before it uses them.

use jiff::civil::Date;

use crate::paper::Section;
use crate::{Language, Paper, Texts};

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResellerPaper {
    /// What somebody who sells on declares and signs.
    Declaration,
    /// What a contract says of end customers.
    Clause,
}

impl ResellerPaper {
    pub const ALL: &[Self] = &[Self::Declaration, Self::Clause];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::Clause => "clause",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|paper| paper.word() == word)
    }

    const fn texts(self) -> Keys {
        match self {
            Self::Declaration => Keys {
                title: "reseller-declaration-title",
                lead: "reseller-declaration-lead",
                heading: "reseller-declaration-heading",
                statements: &DECLARATION,
            },
            Self::Clause => Keys {
                title: "reseller-clause-title",
                lead: "reseller-clause-lead",
                heading: "reseller-clause-heading",
                statements: &CLAUSE,
            },
        }
    }

    /// The paper in a language.
    pub fn paper(self, language: Language, today: Date) -> Paper {
        let (texts, keys) = (Texts::of(language), self.texts());
        let t = |key: &str| texts.get(key).into_owned();
        let mut body = Section::new(t(keys.heading));
        for (number, statement) in (1..).zip(keys.statements) {
            body = body.text(format!("{number}. {}", t(statement)));
        }
        let mut sections = Vec::new();
        if self == Self::Declaration {
            sections.push(Section::new(t("reseller-who")).facts(blanks(texts, &WHO)));
        }
        sections.push(body);
        sections.push(Section::new(t("reseller-signed")).facts(blanks(texts, &SIGNED)));
        Paper {
            language,
            title: t(keys.title),
            lead: t(keys.lead),
            handling: t("reseller-draft"),
            reference: self.word().to_owned(),
            dated: today,
            sections,
        }
    }
}

/// The texts of a paper.
struct Keys {
    title: &'static str,
    lead: &'static str,
    heading: &'static str,
    /// In their order, which numbers them.
    statements: &'static [&'static str],
}

const DECLARATION: [&str; 7] = [
    "reseller-declaration-1",
    "reseller-declaration-2",
    "reseller-declaration-3",
    "reseller-declaration-4",
    "reseller-declaration-5",
    "reseller-declaration-6",
    "reseller-declaration-7",
];
const CLAUSE: [&str; 6] = [
    "reseller-clause-1",
    "reseller-clause-2",
    "reseller-clause-3",
    "reseller-clause-4",
    "reseller-clause-5",
    "reseller-clause-6",
];
/// What is filled in about who sells on.
const WHO: [&str; 6] = [
    "reseller-company",
    "reseller-register-number",
    "reseller-address",
    "reseller-owners",
    "reseller-abuse-contact",
    "reseller-sells",
];
/// What is filled in at the end.
const SIGNED: [&str; 4] =
    ["reseller-name", "reseller-capacity", "reseller-place-and-day", "reseller-signature"];

fn blanks(texts: &Texts, of: &[&str]) -> Vec<(String, String)> {
    let line = "_".repeat(40);
    of.iter().map(|key| (texts.get(key).into_owned(), line.clone())).collect()
}

/// The form of a register of end customers: headings, and a row that says what belongs there. Semicolons, and a mark at the
/// beginning by which spreadsheets know the encoding.
pub fn register_form(language: Language) -> String {
    let texts = Texts::of(language);
    let cell = |key: &str| format!("\"{}\"", texts.get(key).replace('"', "\"\""));
    let row = |keys: &[&str]| keys.iter().map(|key| cell(key)).collect::<Vec<_>>().join(";");
    let (heading, example): (Vec<&str>, Vec<&str>) = COLUMNS.into_iter().unzip();
    format!("\u{feff}{}\r\n{}\r\n", row(&heading), row(&example))
}

/// The columns of a register of end customers: heading, and what belongs there.
const COLUMNS: [(&str, &str); 10] = [
    ("reseller-column-id", "reseller-example-id"),
    ("reseller-column-company", "reseller-example-company"),
    ("reseller-column-person", "reseller-example-person"),
    ("reseller-column-register-number", "reseller-example-register-number"),
    ("reseller-column-email", "reseller-example-email"),
    ("reseller-column-phone", "reseller-example-phone"),
    ("reseller-column-address", "reseller-example-address"),
    ("reseller-column-from", "reseller-example-from"),
    ("reseller-column-until", "reseller-example-until"),
    ("reseller-column-addresses", "reseller-example-addresses"),
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::paper::Part;

    #[test]
    fn every_paper_is_whole_in_both_languages() {
        for language in [Language::En, Language::Nl] {
            for paper in ResellerPaper::ALL {
                let paper = paper.paper(language, date(2026, 3, 2));
                let texts = paper.sections.iter().flat_map(|section| &section.parts).map(|part| match part {
                    Part::Text(text) => text.clone(),
                    Part::Facts(facts) => facts.iter().map(|(what, _)| what.clone()).collect(),
                    Part::Table(_) => String::new(),
                });
                let all: Vec<String> = texts.chain([paper.title.clone(), paper.lead.clone()]).collect();
                for text in all {
                    assert!(!text.contains("reseller-") && text.len() > 3, "{text}");
                }
            }
            let form = register_form(language);
            assert_eq!(form.lines().map(|line| line.matches(';').count()).collect::<Vec<_>>(), [9, 9]);
            assert!(!form.contains("reseller-"), "{form}");
        }
    }
}
