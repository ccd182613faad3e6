//! The forms in which a list can come, and what each of them says of the list.

use std::fmt;

use watchlist::{ListInfo, Nature, Phrase};

/// The forms in which a list can come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    OpenFormat,
    JsonLines,
    Csv,
    /// XLSX or ODS.
    Workbook,
    /// Text such as the annex of a letter.
    PlainText,
    /// `sdn.csv`, with `alt.csv` and `add.csv` where they are there.
    OfacCsv,
    /// `sdn.xml` (also `consolidated.xml`).
    OfacXml,
    EuCsv,
    EuXml,
    UkCsv,
    UkXml,
    /// FollowTheMoney entities, such as OpenSanctions publishes.
    FollowTheMoney,
    Stix,
    Misp,
    /// Prefixes.
    SpamhausDrop,
    /// AS numbers.
    SpamhausAsnDrop,
}

impl ListKind {
    /// What a hit on such a list asks for, where the file does not say it itself.
    pub const fn nature(self) -> Nature {
        match self {
            Self::EuCsv | Self::EuXml => Nature::Binding,
            Self::OfacCsv | Self::OfacXml | Self::UkCsv | Self::UkXml | Self::FollowTheMoney => {
                Nature::Foreign
            }
            Self::Stix | Self::Misp | Self::SpamhausDrop | Self::SpamhausAsnDrop => Nature::Reputation,
            Self::OpenFormat | Self::JsonLines | Self::Csv | Self::Workbook | Self::PlainText => {
                Nature::Advisory
            }
        }
    }

    /// Whether the form itself settles the nature: the issuer's own word, or the only issuer there is.
    pub const fn settles_nature(self) -> bool {
        matches!(
            self,
            Self::OpenFormat
                | Self::OfacCsv
                | Self::OfacXml
                | Self::EuCsv
                | Self::EuXml
                | Self::UkCsv
                | Self::UkXml
        )
    }

    /// Id, issuer and title where the form has only one issuer; the rest is for the file.
    pub(super) fn head(self) -> ListInfo {
        let (id, issuer, title) = match self {
            Self::OfacCsv | Self::OfacXml => {
                ("ofac-sdn", "Office of Foreign Assets Control (US)", "Specially Designated Nationals")
            }
            Self::EuCsv | Self::EuXml => {
                ("eu-fsf", "European Commission", "EU consolidated financial sanctions list")
            }
            Self::UkCsv | Self::UkXml => {
                ("uk-sanctions", "Foreign, Commonwealth and Development Office (UK)", "UK Sanctions List")
            }
            Self::SpamhausDrop => ("spamhaus-drop", "Spamhaus", "DROP"),
            Self::SpamhausAsnDrop => ("spamhaus-asndrop", "Spamhaus", "ASN-DROP"),
            _ => ("", "", ""),
        };
        ListInfo {
            id: id.to_owned(),
            issuer: issuer.to_owned(),
            title: title.to_owned(),
            nature: self.nature(),
            purpose: String::new(),
            handling: String::new(),
            onward_sharing: String::new(),
            answers_to: None,
        }
    }
}

impl ListKind {
    /// What it is, in both languages.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::OpenFormat => Phrase::new("a list in the open format", "een lijst in het open formaat"),
            Self::JsonLines => Phrase::new("JSON lines", "JSON-regels"),
            Self::Csv => Phrase::new("a table of text (CSV)", "een tabel van tekst (CSV)"),
            Self::Workbook => Phrase::new("a workbook", "een werkmap"),
            Self::PlainText => Phrase::new("plain text", "platte tekst"),
            Self::OfacCsv => Phrase::new("the SDN list of OFAC (CSV)", "de SDN-lijst van OFAC (CSV)"),
            Self::OfacXml => Phrase::new("the SDN list of OFAC (XML)", "de SDN-lijst van OFAC (XML)"),
            Self::EuCsv => Phrase::new(
                "the EU consolidated financial sanctions list (CSV)",
                "de geconsolideerde lijst van financiële sancties van de EU (CSV)",
            ),
            Self::EuXml => Phrase::new(
                "the EU consolidated financial sanctions list (XML)",
                "de geconsolideerde lijst van financiële sancties van de EU (XML)",
            ),
            Self::UkCsv => Phrase::new("the UK Sanctions List (CSV)", "de UK Sanctions List (CSV)"),
            Self::UkXml => Phrase::new("the UK Sanctions List (XML)", "de UK Sanctions List (XML)"),
            Self::FollowTheMoney => Phrase::new("FollowTheMoney entities", "FollowTheMoney-entiteiten"),
            Self::Stix => Phrase::new("a STIX 2.1 bundle", "een STIX 2.1-bundel"),
            Self::Misp => Phrase::new("MISP events", "MISP-gebeurtenissen"),
            Self::SpamhausDrop => Phrase::new("prefixes of Spamhaus DROP", "prefixen van Spamhaus DROP"),
            Self::SpamhausAsnDrop => {
                Phrase::new("AS numbers of Spamhaus ASN-DROP", "AS-nummers van Spamhaus ASN-DROP")
            }
        }
    }
}

/// In English.
impl fmt::Display for ListKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}
