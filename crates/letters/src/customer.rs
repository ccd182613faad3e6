//! What a hoster writes to a customer: a neutral request for data, and a statement of reasons.
//!
//! Neither may tell that there is a list. The facts have no field for one, and [`CustomerLetter::new`] looks for what
//! would give it away in the texts that people fill in.
//!
//! The statement of reasons has the points of article 17(3) of the Digital Services Act (Regulation (EU) 2022/2065).
//! Whether a measure asks for one (it does where content is illegal or against the terms, not where only a contract
//! ends) is for the hoster's lawyer.

use jiff::civil::Date;
use serde::Serialize;

use crate::labels::Labels;
use crate::press::Sheet;
use crate::{Language, LetterError, Press};

/// Who writes: the hoster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    pub name: String,
    pub address: Vec<String>,
    pub email: String,
    pub phone: String,
    /// Who signs, and in which role.
    pub signatory: String,
    pub signatory_role: String,
    /// Where a customer complains within the house.
    pub complaints: String,
    /// The body for disputes out of court, with its address; none where the house names none.
    pub dispute_body: Option<String>,
}

/// Who is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub name: String,
    /// The customer's number at the hoster.
    pub number: String,
}

/// What the letter is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Papers and data are asked for, as they would be of any customer.
    MoreData { until: Date },
    /// What is done, and why.
    Reasons(Reasons),
}

/// The points of a statement of reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons {
    pub measure: Measure,
    pub from: Date,
    /// Until when data can be taken home; none where nothing ends.
    pub data_until: Option<Date>,
    /// Facts, and the clause or law that they offend, in the house's own words.
    pub grounds: Vec<Ground>,
    /// Days within which the customer can complain.
    pub complain_within_days: u32,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Conditions,
    Suspend,
    EndAtTerm,
    EndNow,
}

/// One ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    pub kind: GroundKind,
    pub text: String,
}

/// On what a ground rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroundKind {
    ContractClause,
    AupBreach,
    KycFailure,
    ObservedAbuse,
    Sanctions,
}

/// A letter that gives no list away.
#[derive(Clone, Debug)]
pub struct CustomerLetter {
    house: House,
    customer: Customer,
    reference: String,
    dated: Date,
    matter: Matter,
}

/// Words that a text to a customer may not have: they would tell that there is a list.
const GIVE_AWAY: [&str; 10] = [
    "watchlist",
    "blacklist",
    "zwarte lijst",
    "police list",
    "politielijst",
    "lijst van de politie",
    "list of the police",
    "bulletproof",
    "havenmeester",
    "screening",
];

/// A text that would give the list away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the letter would give away that there is a list: `{word}` stands in {place}")]
pub struct GivesAway {
    /// What was found.
    pub word: String,
    /// Where: `a ground`, `the reference`.
    pub place: &'static str,
}

impl CustomerLetter {
    /// * `secrets`: what else must not be in it, such as titles and issuers of lists and ids of entries. Case does not
    ///   matter; texts of fewer than four characters are passed over.
    ///
    /// # Errors
    /// [`GivesAway`] with the first word found.
    pub fn new(
        house: House,
        customer: Customer,
        (reference, dated): (String, Date),
        matter: Matter,
        secrets: &[String],
    ) -> Result<Self, GivesAway> {
        let mut texts = vec![("the reference", reference.as_str())];
        if let Matter::Reasons(reasons) = &matter {
            texts.extend(reasons.grounds.iter().map(|ground| ("a ground", ground.text.as_str())));
        }
        let words = GIVE_AWAY.into_iter().chain(secrets.iter().map(String::as_str));
        let words: Vec<String> =
            words.filter(|word| word.chars().count() >= 4).map(str::to_lowercase).collect();
        for (place, text) in texts {
            let text = text.to_lowercase();
            if let Some(word) = words.iter().find(|word| text.contains(word.as_str())) {
                return Err(GivesAway { word: word.clone(), place });
            }
        }
        Ok(Self { house, customer, reference, dated, matter })
    }
}

/// The letter as PDF/A with tags.
///
/// # Errors
/// If an own template cannot be used; the error names file and line.
pub fn customer_pdf(
    press: &Press,
    letter: &CustomerLetter,
    language: Language,
) -> Result<Vec<u8>, LetterError> {
    press.pdf(&Printed { letter, language })
}

struct Printed<'a> {
    letter: &'a CustomerLetter,
    language: Language,
}

#[derive(Serialize)]
struct View {
    language: &'static str,
    matter: &'static str,
    house: HouseView,
    customer: CustomerView,
    reference: String,
    dated: String,
    /// Last day for data that are asked for, or for taking data home.
    until: Option<String>,
    measure: Option<&'static str>,
    from: Option<String>,
    grounds: Vec<GroundView>,
    complain_within: Option<u32>,
}

#[derive(Serialize)]
struct HouseView {
    name: String,
    address: Vec<String>,
    email: String,
    phone: String,
    signatory: String,
    signatory_role: String,
    complaints: String,
    dispute_body: Option<String>,
}

#[derive(Serialize)]
struct CustomerView {
    name: String,
    number: String,
}

#[derive(Serialize)]
struct GroundView {
    kind: &'static str,
    text: String,
}

impl Sheet for Printed<'_> {
    const TEMPLATE: &'static str = "customer.typ";
    type View = View;

    fn view(&self, press: &Press) -> View {
        let (letter, labels) = (self.letter, Labels::of(self.language));
        let text = |value: &str| press.printable(value);
        let house = &letter.house;
        let reasons = match &letter.matter {
            Matter::MoreData { .. } => None,
            Matter::Reasons(reasons) => Some(reasons),
        };
        let until = match &letter.matter {
            Matter::MoreData { until } => Some(*until),
            Matter::Reasons(reasons) => reasons.data_until,
        };
        View {
            language: self.language.tag(),
            matter: if reasons.is_some() { "reasons" } else { "more-data" },
            house: HouseView {
                name: text(&house.name),
                address: house.address.iter().map(|line| text(line)).collect(),
                email: text(&house.email),
                phone: text(&house.phone),
                signatory: text(&house.signatory),
                signatory_role: text(&house.signatory_role),
                complaints: text(&house.complaints),
                dispute_body: house.dispute_body.as_deref().map(text),
            },
            customer: CustomerView {
                name: text(&letter.customer.name),
                number: text(&letter.customer.number),
            },
            reference: text(&letter.reference),
            dated: labels.date(letter.dated),
            until: until.map(|day| labels.date(day)),
            measure: reasons.map(|reasons| match reasons.measure {
                Measure::Conditions => "conditions",
                Measure::Suspend => "suspend",
                Measure::EndAtTerm => "end-at-term",
                Measure::EndNow => "end-now",
            }),
            from: reasons.map(|reasons| labels.date(reasons.from)),
            grounds: reasons.map_or_else(Vec::new, |reasons| {
                let view = |ground: &Ground| GroundView { kind: kind(ground.kind), text: text(&ground.text) };
                reasons.grounds.iter().map(view).collect()
            }),
            complain_within: reasons.map(|reasons| reasons.complain_within_days),
        }
    }

    fn pictures(&self) -> Vec<(&'static str, Vec<u8>)> {
        Vec::new()
    }

    fn dated(&self) -> Date {
        self.letter.dated
    }

    fn identity(&self) -> String {
        let letter = self.letter;
        format!("customer/{}/{}/{}", letter.reference, letter.customer.number, self.language.tag())
    }
}

const fn kind(kind: GroundKind) -> &'static str {
    match kind {
        GroundKind::ContractClause => "contract-clause",
        GroundKind::AupBreach => "aup-breach",
        GroundKind::KycFailure => "kyc-failure",
        GroundKind::ObservedAbuse => "observed-abuse",
        GroundKind::Sanctions => "sanctions",
    }
}
