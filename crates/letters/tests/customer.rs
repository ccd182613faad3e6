//! Letters to customers: everything that they must say, and nothing of a list.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod sample;

use jiff::civil::date;
use letters::customer::{Customer, Ground, GroundKind, House, Matter, Measure, Reasons};
use letters::{CustomerLetter, GivesAway, Language, Press, customer_pdf};
use sample::pdf::{squeezed, text_of};

fn house() -> House {
    House {
        name: "Noorderkade Hosting B.V.".to_owned(),
        address: vec!["Kade 12".to_owned(), "9700 AA Havenstad".to_owned()],
        email: "klanten@noorderkade.example".to_owned(),
        phone: "+31 50 555 0100".to_owned(),
        signatory: "M. de Boer".to_owned(),
        signatory_role: "Compliance".to_owned(),
        complaints: "klachten@noorderkade.example".to_owned(),
        dispute_body: Some("Geschillenkamer Voorbeeld, www.geschillen.example".to_owned()),
    }
}

fn reasons(text: &str) -> Matter {
    Matter::Reasons(Reasons {
        measure: Measure::Suspend,
        from: date(2026, 3, 9),
        data_until: Some(date(2026, 4, 9)),
        grounds: vec![Ground { kind: GroundKind::AupBreach, text: text.to_owned() }],
        complain_within_days: 30,
    })
}

fn letter(matter: Matter, secrets: &[&str]) -> Result<CustomerLetter, GivesAway> {
    let customer = Customer { name: "Orchard <Relay> #1 B.V.".to_owned(), number: "K-17".to_owned() };
    let secrets: Vec<String> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
    CustomerLetter::new(house(), customer, ("NK-2026-17".to_owned(), date(2026, 3, 2)), matter, &secrets)
}

#[test]
fn the_words_are_as_accepted() {
    let press = Press::default();
    for language in [Language::Nl, Language::En] {
        for (name, matter) in [
            ("more_data", Matter::MoreData { until: date(2026, 3, 16) }),
            ("reasons", reasons("phishing pages on 3 March, ticket 4711; clause 4.2")),
        ] {
            let pdf = customer_pdf(&press, &letter(matter, &[]).unwrap(), language).unwrap();
            insta::assert_snapshot!(format!("customer_{name}_{}", language.tag()), text_of(&pdf));
        }
    }
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let press = Press::default();
    let one = letter(reasons("phishing"), &[]).unwrap();
    assert_eq!(
        customer_pdf(&press, &one, Language::Nl).unwrap(),
        customer_pdf(&press, &one, Language::Nl).unwrap()
    );
}

#[test]
fn a_statement_of_reasons_has_every_point_of_the_law() {
    let pdf =
        customer_pdf(&Press::default(), &letter(reasons("spam, clause 4.2"), &[]).unwrap(), Language::En);
    let text = squeezed(&text_of(&pdf.unwrap()));
    for point in [
        // (a) what, where, how long
        "We suspend our services to you as of 9 March 2026, until the reasons below have been removed",
        "wherever they are available",
        // (b), (d), (e) facts and ground
        "Our rules of use: spam, clause 4.2",
        // (c) automated means
        "no part of it was taken automatically",
        // (f) redress: complaint, dispute body, court
        "klachten@noorderkade.example",
        "Geschillenkamer Voorbeeld",
        "go to court",
    ] {
        assert!(text.contains(&squeezed(point)), "{point}: {text}");
    }
}

#[test]
fn a_text_that_gives_the_list_away_is_refused() {
    for text in [
        "you are on a Watchlist",
        "u staat op een zwarte lijst",
        "listed by Example Harbour Police",
        "see H-0012 of edition 3",
    ] {
        let refused = letter(reasons(text), &["Example Harbour Police", "H-0012", "nl"]).unwrap_err();
        assert_eq!(refused.place, "a ground", "{text}");
    }
    letter(reasons("payments from a stolen card in the netherlands"), &["nl"]).unwrap();
}
