//! Grades by the Admiralty code (NATO AJP-2.1): how reliable the source is, how credible what it says.
//!
//! Observation, claim and link are graded apart: that a text stood there can be certain, while what it
//! claims is not, and while it is open who wrote it.

/// How reliable a source is; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceReliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// How credible a piece of information is; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InformationCredibility {
    /// 1: confirmed by other sources.
    Confirmed,
    /// 2: probably true.
    ProbablyTrue,
    /// 3: possibly true.
    PossiblyTrue,
    /// 4: doubtful.
    Doubtful,
    /// 5: improbable.
    Improbable,
    /// 6: cannot be judged.
    CannotBeJudged,
}

/// Both together, written `B2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grade {
    pub source: SourceReliability,
    pub information: InformationCredibility,
}

/// The three grades of a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grades {
    /// This stood there at this time.
    pub observation: Grade,
    /// What it says is so.
    pub claim: Grade,
    /// It belongs to this party.
    pub link: Grade,
}

const SOURCES: [(char, SourceReliability); 6] = [
    ('A', SourceReliability::A),
    ('B', SourceReliability::B),
    ('C', SourceReliability::C),
    ('D', SourceReliability::D),
    ('E', SourceReliability::E),
    ('F', SourceReliability::F),
];

const INFORMATION: [(char, InformationCredibility); 6] = [
    ('1', InformationCredibility::Confirmed),
    ('2', InformationCredibility::ProbablyTrue),
    ('3', InformationCredibility::PossiblyTrue),
    ('4', InformationCredibility::Doubtful),
    ('5', InformationCredibility::Improbable),
    ('6', InformationCredibility::CannotBeJudged),
];

impl Grade {
    /// Reads `B2`, of either case.
    pub fn read(text: &str) -> Option<Self> {
        let mut letters = text.trim().chars();
        let (source, information) = (letters.next()?.to_ascii_uppercase(), letters.next()?);
        if letters.next().is_some() {
            return None;
        }
        Some(Self { source: find(&SOURCES, source)?, information: find(&INFORMATION, information)? })
    }

    /// Whether both halves are at least as good.
    pub fn at_least(self, other: Self) -> bool {
        self.source <= other.source && self.information <= other.information
    }
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = SOURCES.iter().find(|(_, source)| *source == self.source).map_or('F', |found| found.0);
        let number =
            INFORMATION.iter().find(|(_, one)| *one == self.information).map_or('6', |found| found.0);
        write!(f, "{letter}{number}")
    }
}

fn find<T: Copy>(table: &[(char, T)], letter: char) -> Option<T> {
    table.iter().find(|(known, _)| *known == letter).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_and_written() {
        for (letter, _) in SOURCES {
            for (number, _) in INFORMATION {
                let text = format!("{letter}{number}");
                assert_eq!(Grade::read(&text.to_lowercase()).unwrap().to_string(), text);
            }
        }
        for text in ["", "A", "A7", "G1", "A12", "1A"] {
            assert_eq!(Grade::read(text), None, "{text}");
        }
    }

    #[test]
    fn both_halves_of_a_grade_count() {
        let grade = |text| Grade::read(text).unwrap();

        assert!(grade("A1").at_least(grade("C2")) && grade("C2").at_least(grade("C2")));
        assert!(!grade("A3").at_least(grade("C2")) && !grade("D1").at_least(grade("C2")));
    }
}
