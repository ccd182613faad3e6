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

    /// Numbered statements of the paper, by their keys.
    const fn statements(self) -> usize {
        match self {
            Self::Declaration => 7,
            Self::Clause => 6,
        }
    }

    /// The paper in a language.
    pub fn paper(self, language: Language, today: Date) -> Paper {
        let texts = Texts::of(language);
        let key = |rest: &str| format!("reseller-{}-{rest}", self.word());
        let t = |rest: &str| texts.get(&key(rest)).into_owned();
        let mut body = Section::new(t("heading"));
        for number in 1..=self.statements() {
            body = body.text(format!("{number}. {}", t(&number.to_string())));
        }
        let mut sections = Vec::new();
        if self == Self::Declaration {
            sections.push(Section::new(texts.get("reseller-who")).facts(blanks(texts, &WHO)));
        }
        sections.push(body);
        sections.push(Section::new(texts.get("reseller-signed")).facts(blanks(texts, &SIGNED)));
        Paper {
            language,
            title: t("title"),
            lead: t("lead"),
            handling: texts.get("reseller-draft").into_owned(),
            reference: self.word().to_owned(),
            dated: today,
            sections,
        }
    }
}

/// What is filled in about who sells on.
const WHO: [&str; 6] = ["company", "register-number", "address", "owners", "abuse-contact", "sells"];
/// What is filled in at the end.
const SIGNED: [&str; 4] = ["name", "capacity", "place-and-day", "signature"];

fn blanks(texts: &Texts, of: &[&str]) -> Vec<(String, String)> {
    let line = "_".repeat(40);
    of.iter().map(|key| (texts.get(&format!("reseller-{key}")).into_owned(), line.clone())).collect()
}

/// The form of a register of end customers: headings, and a row that says what belongs there. Semicolons, and a mark at the
/// beginning by which spreadsheets know the encoding.
pub fn register_form(language: Language) -> String {
    let texts = Texts::of(language);
    let cell = |prefix: &str, key: &str| {
        let text = texts.get(&format!("reseller-{prefix}-{key}")).into_owned();
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    let row = |prefix: &str| COLUMNS.iter().map(|key| cell(prefix, key)).collect::<Vec<_>>().join(";");
    format!("\u{feff}{}\r\n{}\r\n", row("column"), row("example"))
}

/// The columns of a register of end customers.
const COLUMNS: [&str; 10] =
    ["id", "company", "person", "register-number", "email", "phone", "address", "from", "until", "addresses"];

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
