//! Sentences with places where several words say the same.

use super::reading::{alternatives_differ, read};

const DUTCH: &str = include_str!("../../data/wording.nl.txt");
const ENGLISH: &str = include_str!("../../data/wording.en.txt");

/// In which language notes are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Dutch,
    English,
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq)]
pub enum Segment {
    Fixed(String),
    /// Two to eight alternatives.
    Choice(Vec<String>),
}

/// A text with choices. Each way of making them can be read back from the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Wording {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum WordingError {
    #[error("a brace opens and does not close, or closes and was not opened")]
    Braces,
    #[error("choice {place} has {found} alternatives, between 2 and 8 are possible")]
    Alternatives { place: usize, found: usize },
    #[error(
        "choice {place} cannot be told from the text: one alternative stands in another, or elsewhere too"
    )]
    Ambiguous { place: usize },
}

impl Wording {
    /// The sentences that come with the program: 17 choices of two.
    pub fn shipped(language: Language) -> Self {
        Self::of_file(match language {
            Language::Dutch => DUTCH,
            Language::English => ENGLISH,
        })
        .expect("a test reads both shipped files")
    }

    /// Sentences from a file: one on each line, `#` begins a comment, `{a|b}` is a choice.
    pub fn of_file(file: &str) -> Result<Self, WordingError> {
        let lines: Vec<&str> =
            file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        let wording = Self::parse(&lines.join(" "))?;
        wording.check()?;
        Ok(wording)
    }

    /// One text with choices, not yet checked for ambiguity.
    pub(super) fn parse(text: &str) -> Result<Self, WordingError> {
        let mut segments = Vec::new();
        for (index, piece) in text.split('{').enumerate() {
            let (choice, fixed) = match (index, piece.split_once('}')) {
                (0, None) => (None, piece),
                (0, Some(_)) | (_, None) => return Err(WordingError::Braces),
                (_, Some((choice, fixed))) => (Some(choice), fixed),
            };
            if fixed.contains('}') {
                return Err(WordingError::Braces);
            }
            if let Some(choice) = choice {
                let alternatives: Vec<String> = choice.split('|').map(str::to_owned).collect();
                if !(2..=8).contains(&alternatives.len()) {
                    return Err(WordingError::Alternatives { place: index, found: alternatives.len() });
                }
                segments.push(Segment::Choice(alternatives));
            }
            if !fixed.is_empty() {
                segments.push(Segment::Fixed(fixed.to_owned()));
            }
        }
        Ok(Self { segments })
    }

    /// A text without choices.
    pub(super) fn fixed(text: String) -> Self {
        Self { segments: vec![Segment::Fixed(text)] }
    }

    /// Whether each choice can be read back, whatever the others are.
    pub fn check(&self) -> Result<(), WordingError> {
        let counts: Vec<usize> = self.choices().map(<[String]>::len).collect();
        for (place, alternatives) in self.choices().enumerate() {
            if !alternatives_differ(alternatives) {
                return Err(WordingError::Ambiguous { place: place + 1 });
            }
            for chosen in 0..alternatives.len() {
                for others in 0..8 {
                    let picks: Vec<usize> = counts
                        .iter()
                        .enumerate()
                        .map(|(index, count)| if index == place { chosen } else { others % count })
                        .collect();
                    if read(self, &self.render(&picks))[place] != Some(chosen) {
                        return Err(WordingError::Ambiguous { place: place + 1 });
                    }
                }
            }
        }
        Ok(())
    }

    /// The alternatives of each choice.
    pub fn choices(&self) -> impl Iterator<Item = &[String]> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Choice(alternatives) => Some(alternatives.as_slice()),
            Segment::Fixed(_) => None,
        })
    }

    /// The text with these choices, one number for each.
    pub fn render(&self, picks: &[usize]) -> String {
        let mut picks = picks.iter();
        let mut text = String::new();
        for segment in &self.segments {
            match segment {
                Segment::Fixed(fixed) => text.push_str(fixed),
                Segment::Choice(alternatives) => {
                    let pick = picks.next().copied().unwrap_or_default();
                    text.push_str(&alternatives[pick % alternatives.len()]);
                }
            }
        }
        text
    }

    /// An own text of the entry before the sentences.
    pub(super) fn after(&self, own: Self) -> Self {
        let mut segments = own.segments;
        if !segments.is_empty() {
            segments.push(Segment::Fixed(" ".to_owned()));
        }
        segments.extend(self.segments.iter().cloned());
        Self { segments }
    }
}

/// Shows how many choices there are: notes are content of the list.
impl std::fmt::Debug for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wording({} choices)", self.choices().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shipped_files_have_seventeen_clear_choices() {
        for language in [Language::Dutch, Language::English] {
            let wording = Wording::shipped(language);

            assert_eq!(wording.choices().count(), 17);
            assert!(wording.choices().all(|alternatives| alternatives.len() == 2));
        }
    }

    #[test]
    fn a_note_reads_like_a_note() {
        let dutch = Wording::shipped(Language::Dutch);
        let english = Wording::shipped(Language::English);

        insta::assert_snapshot!(dutch.render(&[0; 17]), @"Deze vermelding berust uitsluitend op openbare bronnen. Zij vraagt om een zorgvuldige beoordeling door een mens en beslist niets uit zichzelf. Vergelijk elk gegeven met uw administratie voordat u handelt. Vragen kunt u stellen aan het contact dat genoemd is in de begeleidende brief.");
        insta::assert_snapshot!(dutch.render(&[1; 17]), @"Deze opname steunt enkel op vrij toegankelijke bronnen. Zij verlangt een aandachtige beoordeling door een persoon en bepaalt niets op eigen kracht. Controleer ieder gegeven met uw bestanden alvorens te handelen. Navragen zijn voor het contact dat vermeld is in de bijgaande brief.");
        insta::assert_snapshot!(english.render(&[0; 17]), @"This entry rests on public sources only. It asks for a careful review by a person and settles nothing by itself. Compare each value with your administration before you act. Questions go to the contact named in the covering letter.");
        insta::assert_snapshot!(english.render(&[1; 17]), @"This listing is based on freely accessible sources alone. It calls for an attentive review by a human being and decides nothing on its own. Check every value with your records before acting. Queries are for the contact given in the accompanying letter.");
    }

    #[test]
    fn what_cannot_be_read_back_is_refused() {
        let check = |file: &str| Wording::of_file(file).unwrap_err();

        assert_eq!(check("{a|b"), WordingError::Braces);
        assert_eq!(check("a}"), WordingError::Braces);
        assert_eq!(check("{a}"), WordingError::Alternatives { place: 1, found: 1 });
        assert_eq!(check("{seen|seen often}"), WordingError::Ambiguous { place: 1 });
        assert_eq!(check("{small|large} and large"), WordingError::Ambiguous { place: 1 });
        assert_eq!(check("{harbour|harbours}"), WordingError::Ambiguous { place: 1 });
    }
}
