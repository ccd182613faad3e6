//! The letter and the readable list that go with each delivery.
//!
//! They depend on the edition, the partner, the settings and the moment of preparation alone, so that making them
//! again gives the same bytes, and with them the same request for the approvers.

use std::sync::Arc;

use anyhow::{Context, Result};
use delivery::Fingerprint;
use delivery::metadata::Roots;
use delivery::publish::{Enclosure, PartName};
use jiff::civil::Date;
use letters::{
    Change, Contest, EditionFacts, EnclosureFacts, Handling, Language, LetterFacts, Notes, PartnerRole,
    Press, ReceiptRequest, Sender, Templates,
};
use operations::issuer::deliveries::{Addressed, Plan};
use operations::issuer::partners::Partner;
use rayon::prelude::*;
use watchlist::Edition;

use crate::arguments::issuer::Letters;
use crate::failure::Failure;
use crate::office::Office;

/// What each partner gets beside the edition.
pub(crate) fn addressed(
    plan: &Plan,
    office: &Office,
    roots: &Roots,
    typed: &Letters,
) -> Result<Vec<Addressed>> {
    if typed.without_letters {
        let nothing = |one: &Partner| Addressed { partner: one.id.clone(), enclosures: Vec::new() };
        return Ok(plan.partners.iter().map(nothing).collect());
    }
    let press = match &typed.templates {
        Some(folder) => Press::new(Templates::from_folder(folder)?),
        None => Press::default(),
    };
    let facts = Facts::new(plan, office, roots)?;
    let languages: Vec<Language> = [Language::Nl, Language::En]
        .into_iter()
        .filter(|language| plan.partners.iter().any(|one| language_of(one) == *language))
        .collect();
    // One readable list for each language serves all partners: notes are in the file for the program only.
    let lists: Vec<(Language, Vec<Enclosure>)> = languages
        .into_par_iter()
        .map(|language| Ok((language, facts.readable_list(&press, language)?)))
        .collect::<Result<_>>()?;
    plan.partners
        .par_iter()
        .map(|one| {
            let language = language_of(one);
            let letter = facts.letter(one, language);
            let pdf = letters::letter_pdf(&press, &letter, language)?;
            let text = letters::letter_text(&press, &letter, language)?;
            let mut enclosures =
                vec![enclosure("letter.pdf", pdf)?, enclosure("letter.txt", text.into_bytes())?];
            let list = lists.iter().find(|(known, _)| *known == language);
            enclosures.extend(list.into_iter().flat_map(|(_, list)| list.iter().cloned()));
            Ok(Addressed { partner: one.id.clone(), enclosures })
        })
        .collect()
}

/// What is the same for all partners.
struct Facts<'a> {
    office: &'a Office,
    edition: &'a Edition,
    changes: Vec<Change>,
    dated: Date,
    root: Fingerprint,
    content_root: String,
    handling: Handling,
    valid_until: Date,
}

impl<'a> Facts<'a> {
    fn new(plan: &'a Plan, office: &'a Office, roots: &Roots) -> Result<Self> {
        let edition = &plan.edition;
        let changes = plan.previous.as_ref().map(|previous| watchlist::delta(previous, edition));
        Ok(Self {
            office,
            edition,
            changes: changes.map(|delta| Change::all(&delta, edition)).unwrap_or_default(),
            dated: plan.published_at.to_zoned(jiff::tz::TimeZone::UTC).date(),
            root: Fingerprint::of_root(roots.current_file()),
            content_root: delivery::ContentRoot::of(edition).line(),
            handling: Handling::from_label(&edition.list.handling)
                .context("the handling of the list is no label of TLP 2.0")?,
            valid_until: edition.valid_until.context("the edition has no last day")?,
        })
    }

    fn readable_list(&self, press: &Press, language: Language) -> Result<Vec<Enclosure>> {
        let facts = EnclosureFacts {
            sender: self.office.sender.organisation.clone(),
            dated: self.dated,
            handling: self.handling,
            content_root: self.content_root.clone(),
            changes: self.changes.clone(),
            notes: Notes::InFileOnly,
        };
        let pdf = letters::enclosure_pdf(press, self.edition, &facts, language)?;
        let xlsx = letters::enclosure_xlsx(self.edition, &facts, language)?;
        Ok(vec![enclosure("list.pdf", pdf)?, enclosure("list.xlsx", xlsx)?])
    }

    fn letter(&self, partner: &Partner, language: Language) -> LetterFacts {
        let (sender, letter) = (&self.office.sender, &self.office.letter);
        let receipt = letter.receipt_email.as_ref().map(|email| ReceiptRequest {
            email: email.clone(),
            until: self.dated.saturating_add(jiff::Span::new().days(42)).min(self.valid_until),
        });
        let (dutch, english) = (
            [
                "De lijst als bestand voor Havenmeester",
                "De leesbare lijst (PDF)",
                "De leesbare lijst (Excel)",
            ],
            ["The list as a file for Havenmeester", "The readable list (PDF)", "The readable list (Excel)"],
        );
        let lines = if language == Language::Nl { dutch } else { english };
        LetterFacts {
            sender: Sender {
                organisation: sender.organisation.clone(),
                unit: sender.unit.clone(),
                prosecution: sender.prosecution.clone(),
                signatory: sender.signatory.clone(),
                signatory_role: sender.signatory_role.clone(),
                address: sender.address.clone(),
                email: sender.email.clone(),
                phone: sender.phone.clone(),
                website: sender.website.clone(),
                logo: None,
            },
            partner: letters::Partner {
                name: partner.facts.name.clone(),
                role: role_of(&partner.facts.role),
                attention: partner.facts.attention.clone(),
                address: partner.facts.address.clone(),
            },
            reference: format!("{}-{}-{}", letter.reference, self.edition.number, partner.id),
            dated: self.dated,
            edition: self.edition_facts(),
            handling: self.handling,
            onward_sharing: None,
            fingerprint: letters::Fingerprint { words: self.root.words(), hex: self.root.hex() },
            content_root: self.content_root.clone(),
            contest: Contest {
                email: letter.contest_email.clone(),
                acknowledged_in_working_days: 2,
                decided_in_working_days: 20,
            },
            marked: true,
            receipt,
            enclosures: lines.map(str::to_owned).to_vec(),
        }
    }

    fn edition_facts(&self) -> EditionFacts {
        let standing = || self.edition.entries.iter().filter(|entry| entry.stands());
        let count =
            |is_it: fn(&Change) -> bool| self.changes.iter().filter(|change| is_it(change)).count() as u64;
        let entries = standing().count() as u64;
        let is_first = self.edition.replaces.is_none();
        let first = standing().filter_map(|entry| entry.first_observed).min().unwrap_or(self.dated);
        let last = standing().filter_map(|entry| entry.last_observed).max().unwrap_or(self.dated);
        EditionFacts {
            list_title: self.edition.list.title.clone(),
            number: self.edition.number,
            replaces: self.edition.replaces,
            issued_at: self.edition.issued_at.unwrap_or(self.dated),
            valid_until: self.valid_until,
            next_expected: None,
            observed_from: first,
            observed_to: last,
            entries,
            new: if is_first { entries } else { count(|change| matches!(change, Change::New { .. })) },
            changed: count(|change| matches!(change, Change::Changed { .. })),
            withdrawn: count(|change| matches!(change, Change::Withdrawn { .. })),
        }
    }
}

fn enclosure(name: &str, bytes: Vec<u8>) -> Result<Enclosure> {
    let name = PartName::new(name).map_err(|error| Failure::new(error.to_string(), "choose another name"))?;
    Ok(Enclosure { name, bytes: Arc::from(bytes) })
}

fn language_of(partner: &Partner) -> Language {
    if partner.facts.language == "nl" { Language::Nl } else { Language::En }
}

fn role_of(word: &str) -> PartnerRole {
    match word {
        "trade_body" => PartnerRole::TradeBody,
        "cert" => PartnerRole::Cert,
        "foreign_police" => PartnerRole::ForeignPolice,
        _ => PartnerRole::Hoster,
    }
}
