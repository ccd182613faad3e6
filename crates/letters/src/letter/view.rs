//! The facts of a letter as the templates see them: texts that can be printed, and days in words.
//!
//! The names of the fields are what a lawyer types in a sentence, such as `#edition.number`.

use serde::Serialize;

use super::{LetterFacts, PartnerRole};
use crate::labels::Labels;
use crate::{Language, Press};

#[derive(Serialize)]
pub(crate) struct View {
    language: &'static str,
    sender: Sender,
    partner: Partner,
    reference: String,
    dated: String,
    edition: Edition,
    handling: String,
    handling_colour: &'static str,
    onward_sharing: Option<String>,
    fingerprint: Fingerprint,
    content_root: String,
    contest: Contest,
    marked: bool,
    receipt: Option<Receipt>,
    enclosures: Vec<String>,
}

#[derive(Serialize)]
struct Sender {
    organisation: String,
    unit: String,
    prosecution: Option<String>,
    signatory: String,
    signatory_role: String,
    address: Vec<String>,
    email: String,
    phone: String,
    website: String,
    logo: Option<Logo>,
}

#[derive(Serialize)]
struct Logo {
    format: &'static str,
    description: String,
}

#[derive(Serialize)]
struct Partner {
    name: String,
    role: &'static str,
    attention: Option<String>,
    address: Vec<String>,
}

#[derive(Serialize)]
struct Edition {
    list_title: String,
    number: u32,
    replaces: Option<u32>,
    issued: String,
    valid_until: String,
    next_expected: Option<String>,
    observed_from: String,
    observed_to: String,
    entries: String,
    new: String,
    changed: String,
    withdrawn: String,
}

#[derive(Serialize)]
struct Fingerprint {
    words: String,
    hex: String,
    /// Whether there is a code to draw.
    code: bool,
}

#[derive(Serialize)]
struct Contest {
    email: String,
    acknowledged_in: u32,
    decided_in: u32,
}

#[derive(Serialize)]
struct Receipt {
    email: String,
    until: String,
}

pub(super) fn view(facts: &LetterFacts, language: Language, press: &Press) -> View {
    let (labels, text) = (Labels::of(language), |value: &str| press.printable(value));
    View {
        language: language.tag(),
        sender: sender(facts, press),
        partner: Partner {
            name: text(&facts.partner.name),
            role: role(facts.partner.role),
            attention: facts.partner.attention.as_deref().map(text),
            address: facts.partner.address.iter().map(|line| text(line)).collect(),
        },
        reference: text(&facts.reference),
        dated: labels.date(facts.dated),
        edition: edition(facts, labels, press),
        handling: facts.handling.label().to_owned(),
        handling_colour: facts.handling.colour(),
        onward_sharing: facts.onward_sharing.as_deref().map(text),
        fingerprint: Fingerprint {
            words: text(&facts.fingerprint.words),
            hex: text(&facts.fingerprint.hex),
            code: documents::qr::svg(&facts.fingerprint.hex).is_some(),
        },
        content_root: text(&facts.content_root),
        contest: Contest {
            email: text(&facts.contest.email),
            acknowledged_in: facts.contest.acknowledged_in_working_days,
            decided_in: facts.contest.decided_in_working_days,
        },
        marked: facts.marked,
        receipt: facts
            .receipt
            .as_ref()
            .map(|receipt| Receipt { email: text(&receipt.email), until: labels.date(receipt.until) }),
        enclosures: facts.enclosures.iter().map(|line| text(line)).collect(),
    }
}

fn sender(facts: &LetterFacts, press: &Press) -> Sender {
    let (sender, text) = (&facts.sender, |value: &str| press.printable(value));
    Sender {
        organisation: text(&sender.organisation),
        unit: text(&sender.unit),
        prosecution: sender.prosecution.as_deref().map(text),
        signatory: text(&sender.signatory),
        signatory_role: text(&sender.signatory_role),
        address: sender.address.iter().map(|line| text(line)).collect(),
        email: text(&sender.email),
        phone: text(&sender.phone),
        website: text(&sender.website),
        logo: sender
            .logo
            .as_ref()
            .map(|logo| Logo { format: logo.format.name(), description: text(&logo.description) }),
    }
}

fn edition(facts: &LetterFacts, labels: Labels, press: &Press) -> Edition {
    let edition = &facts.edition;
    let count = |number: u64| labels.with("count", &[("n", number.into())]);
    Edition {
        list_title: press.printable(&edition.list_title),
        number: edition.number,
        replaces: edition.replaces,
        issued: labels.date(edition.issued_at),
        valid_until: labels.date(edition.valid_until),
        next_expected: edition.next_expected.map(|day| labels.date(day)),
        observed_from: labels.date(edition.observed_from),
        observed_to: labels.date(edition.observed_to),
        entries: count(edition.entries),
        new: count(edition.new),
        changed: count(edition.changed),
        withdrawn: count(edition.withdrawn),
    }
}

const fn role(role: PartnerRole) -> &'static str {
    match role {
        PartnerRole::Hoster => "hoster",
        PartnerRole::TradeBody => "trade-body",
        PartnerRole::Cert => "cert",
        PartnerRole::ForeignPolice => "foreign-police",
    }
}
