//! An invented issuer, partner and list, for tests and examples.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

pub mod pdf;

use jiff::civil::{Date, date};
use letters::{
    Change, Contest, EditionFacts, EnclosureFacts, FieldChange, Fingerprint, Handling, Language, LetterFacts,
    ListedField, Notes, Partner, PartnerRole, ReceiptRequest, Sender,
};
use watchlist::{
    Edition, Entry, EntryId, EntryType, Identifier, IdentifierKind, ListInfo, Name, NameKind, Nature,
    Relation, RelationKind, Status, Validity, Withdrawal, WithdrawalReason,
};

pub const DAY: Date = date(2026, 3, 2);
pub const ROOT: &str = "9f86d081 884c7d65 9a2feaa0 c55ad015 a3bf4f1b 2b0b822c d15d6c15 b0f00a08";

pub fn letter(language: Language) -> LetterFacts {
    let say = |en: &str, nl: &str| match language {
        Language::En => en.to_owned(),
        Language::Nl => nl.to_owned(),
    };
    LetterFacts {
        sender: Sender {
            organisation: say("Example Harbour Police", "Havenpolitie Voorbeeld"),
            unit: say("Cybercrime Team", "Team Cybercrime"),
            prosecution: Some(say(
                "the Example Public Prosecution Service",
                "het Openbaar Ministerie Voorbeeld",
            )),
            signatory: "A. Kade".to_owned(),
            signatory_role: say("Head of the Cybercrime Team", "teamleider Team Cybercrime"),
            address: vec!["Kade 9".to_owned(), "0000 AA Havenstad".to_owned()],
            email: "list@police.example".to_owned(),
            phone: "+31 00 000 0000".to_owned(),
            website: "www.police.example".to_owned(),
            logo: None,
        },
        partner: Partner {
            name: "Boomgaard Hosting B.V.".to_owned(),
            role: PartnerRole::Hoster,
            attention: Some(say("the board", "de directie")),
            address: vec!["Steiger 12".to_owned(), "0000 BB Havenstad".to_owned()],
        },
        reference: "HV-2026-0312".to_owned(),
        dated: DAY,
        edition: EditionFacts {
            list_title: say(
                "Resellers that advertise as bulletproof",
                "Resellers die zich als bulletproof aanbieden",
            ),
            number: 12,
            replaces: Some(11),
            issued_at: date(2026, 3, 1),
            valid_until: date(2026, 6, 1),
            next_expected: Some(date(2026, 5, 20)),
            observed_from: date(2025, 9, 1),
            observed_to: date(2026, 2, 20),
            entries: 1_000,
            new: 14,
            changed: 9,
            withdrawn: 3,
        },
        handling: Handling::AmberStrict,
        onward_sharing: None,
        fingerprint: Fingerprint {
            words: "abandon ability able about above absent absorb abstract absurd abuse access accident"
                .to_owned(),
            hex: "00112233445566778899aabbccddeeff".to_owned(),
        },
        content_root: ROOT.to_owned(),
        contest: Contest {
            email: "contest@police.example".to_owned(),
            acknowledged_in_working_days: 2,
            decided_in_working_days: 20,
        },
        marked: true,
        receipt: Some(ReceiptRequest { email: "list@police.example".to_owned(), until: date(2026, 4, 15) }),
        enclosures: vec![say("list, edition 12 (PDF and XLSX)", "lijst, editie 12 (PDF en XLSX)")],
    }
}

pub fn enclosure() -> EnclosureFacts {
    EnclosureFacts {
        sender: "Example Harbour Police, Cybercrime Team".to_owned(),
        dated: DAY,
        handling: Handling::AmberStrict,
        content_root: ROOT.to_owned(),
        notes: Notes::Shown,
        changes: vec![
            Change::New { entry: EntryId("EX-0001".to_owned()), title: "Orchard 1 Hosting".to_owned() },
            Change::Changed {
                entry: EntryId("EX-0002".to_owned()),
                title: "Quay 2 B.V.".to_owned(),
                fields: vec![
                    FieldChange {
                        field: ListedField::Identifiers,
                        before: None,
                        after: Some("AS64500".to_owned()),
                    },
                    FieldChange {
                        field: ListedField::Note,
                        before: Some("sells through forums".to_owned()),
                        after: Some("sells through its own site".to_owned()),
                    },
                ],
            },
            Change::Withdrawn {
                entry: EntryId("EX-9001".to_owned()),
                title: "Lantern Networks".to_owned(),
                withdrawal: Withdrawal {
                    note: Some("the advertisement was not theirs".to_owned()),
                    ..Withdrawal::new(WithdrawalReason::WrongParty, DAY)
                },
            },
        ],
    }
}

/// An edition of so many entries, in the shape of a real one: about five identifiers each.
pub fn edition(entries: usize) -> Edition {
    Edition {
        list: ListInfo {
            id: "example-list".to_owned(),
            issuer: "Example Harbour Police".to_owned(),
            title: "Resellers that advertise as bulletproof".to_owned(),
            nature: Nature::Advisory,
            purpose: "review of customer contracts".to_owned(),
            handling: "TLP:AMBER+STRICT".to_owned(),
            onward_sharing: "none".to_owned(),
            answers_to: None,
        },
        number: 12,
        issued_at: Some(date(2026, 3, 1)),
        valid_until: Some(date(2026, 6, 1)),
        replaces: Some(11),
        entries: (1..=entries).map(entry).collect(),
    }
}

/// The notes of an edition as one partner gets them: one in four is worded in its own way.
pub fn worded_for(edition: &Edition, partner: usize) -> Edition {
    let mut edition = edition.clone();
    for (place, entry) in edition.entries.iter_mut().enumerate() {
        if (place * 7 + partner * 13).is_multiple_of(4) {
            entry.note = Some(format!("Sells by forum and messenger; wording {}.", (place + partner) % 8));
        }
    }
    edition
}

pub fn entry(number: usize) -> Entry {
    let kind = [EntryType::Brand, EntryType::LegalEntity, EntryType::Network][number % 3];
    let mut entry = Entry::new(format!("EX-{number:04}"), kind);
    entry.names = vec![
        Name::new(
            NameKind::Primary,
            if number % 3 == 1 { format!("Orchard {number} Hosting") } else { format!("Quay {number} B.V.") },
        ),
        Name::new(NameKind::Alias, format!("orchard{number}")),
    ];
    if number % 4 == 1 {
        entry.names.push(Name::new(NameKind::Previous, format!("ООО «Бастион {number}»")));
    }
    entry.jurisdiction = Some(["NL", "RU", "SC"][number % 3].to_owned());
    entry.identifiers = identifiers(number);
    entry.relations = vec![Relation {
        kind: RelationKind::BrandOf,
        to: EntryId(format!("EX-{:04}", number + 1)),
        from_date: Some(date(2024, 1, 10)),
        to_date: None,
    }];
    entry.claims.bulletproof = Some("we ignore all abuse reports, offshore servers, no questions".to_owned());
    entry.claims.offences = vec!["phishing".to_owned(), "spam".to_owned()];
    entry.first_observed = Some(date(2024, 1, 10));
    entry.last_observed = Some(date(2026, 2, 20));
    entry.review_by = Some(date(2026, 9, 1));
    entry.note = Some("Sells by forum and messenger.".to_owned());
    if number % 50 == 3 {
        entry.status = Status::Suspended;
    }
    entry
}

fn identifiers(number: usize) -> Vec<Identifier> {
    let ended = Validity { from: Some(date(2024, 2, 1)), to: Some(date(2025, 11, 30)) };
    let since = Validity { from: Some(date(2024, 1, 10)), to: None };
    let with = |kind, value: String, validity| Identifier { validity, ..Identifier::new(kind, value) };
    vec![
        with(IdentifierKind::Domain, format!("orchard-{number}.example"), since),
        with(IdentifierKind::Email, format!("sales@orchard-{number}.example"), Validity::default()),
        with(IdentifierKind::TelegramName, format!("@orchard_{number}"), Validity::default()),
        with(IdentifierKind::IpRange, format!("198.51.100.{}/32", number % 256), ended),
        with(IdentifierKind::Asn, format!("AS{}", 64_496 + number % 16), ended),
    ]
}
