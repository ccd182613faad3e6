//! WHMCS: what is kept, what is dropped, and that nobody is lost while clients come and go.

use std::sync::atomic::{AtomicBool, Ordering};

use intake::connectors::{CustomField, Fault, Kind, Options, gathered};
use intake::customers::{CustomerOptions, Field, Profile, from_bytes};
use proptest::prelude::*;
use watchlist::IdentifierKind;

use crate::server::{Server, connector, lines, read, read_on};
use crate::whmcs_server::{SECRET, Whmcs};

#[test]
fn a_client_is_kept_with_what_identifies_it_and_nothing_else() {
    let whmcs = Whmcs::with(1);
    let custom = vec![CustomField { key: "7".to_owned(), field: Field::Telegram }];
    let connector = connector(Kind::Whmcs, Options { custom, ..Options::default() });
    let records = read(&connector, &Server::new(&|asked| whmcs.answer(asked))).unwrap();
    insta::assert_snapshot!(lines(&records).join("\n"));
}

#[test]
fn what_is_read_is_a_customer_file() {
    let whmcs = Whmcs::with(12);
    let records = read(&Whmcs::connector(), &Server::new(&|asked| whmcs.answer(asked))).unwrap();
    let text = lines(&records).join("\n");
    assert!(!text.contains(SECRET));
    let options = CustomerOptions { profile: Some(Profile::Connector), ..CustomerOptions::default() };
    for options in [options, CustomerOptions::default()] {
        let mut file = from_bytes("whmcs", text.as_bytes(), &options).unwrap();
        let customers: Vec<_> = (&mut file).map(Result::unwrap).collect();
        let ids: Vec<&str> = customers.iter().map(|customer| customer.id.as_str()).collect();
        assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
        assert_eq!(customers[0].names[0].text, "Nordwind 1 Hosting & Colo");
        assert_eq!(customers[6].since, None);
        let of = |kind| customers[2].identifiers.iter().filter(move |one| one.kind == kind).count();
        // 130 products on two pages, and one registered domain.
        assert_eq!(of(IdentifierKind::Domain), 131);
        assert!(file.problems().counts().next().is_none());
    }
}

#[test]
fn the_address_of_a_shared_machine_is_nobodys() {
    let whmcs = Whmcs::with(2);
    let records = read(&Whmcs::connector(), &Server::new(&|asked| whmcs.answer(asked))).unwrap();
    assert!(!lines(&records).join("\n").contains("203.0.113.5\""));
}

#[test]
fn a_client_that_vanishes_between_list_and_details_is_no_fault() {
    let whmcs = Whmcs::with(12);
    let done = AtomicBool::new(false);
    let answer = |asked: &crate::server::Asked| {
        if asked.value("clientid") == "4" && !done.swap(true, Ordering::Relaxed) {
            whmcs.remove(4);
        }
        whmcs.answer(asked)
    };
    let mut pages = Vec::new();
    let found = read_on(&Whmcs::connector(), &Server::new(&answer), &mut pages).unwrap();
    assert_eq!((found.rows, found.vanished), (11, 1));
}

#[test]
fn nobody_slips_between_two_pages_when_a_client_before_them_goes() {
    let whmcs = Whmcs::with(23);
    let done = AtomicBool::new(false);
    // As soon as the second page is asked for, the first client is gone, and number 6 stands on the first page.
    let answer = |asked: &crate::server::Asked| {
        if asked.value("limitstart") == "5"
            && asked.value("action") == "GetClients"
            && !done.swap(true, Ordering::Relaxed)
        {
            whmcs.remove(1);
            whmcs.add(24);
        }
        whmcs.answer(asked)
    };
    let records = read(&Whmcs::connector(), &Server::new(&answer)).unwrap();
    for id in 2..=24_u64 {
        assert!(records.iter().any(|record| record.id == id.to_string()), "client {id} is lost");
    }
}

#[test]
fn a_client_whose_details_cannot_be_had_makes_the_whole_read_fail() {
    let whmcs = Whmcs::with(12);
    let answer = |asked: &crate::server::Asked| match asked.value("clientid") {
        "4" => crate::server::ok(r#"{"result":"error","message":"Client Not Found"}"#),
        _ => whmcs.answer(asked),
    };
    assert_eq!(read(&Whmcs::connector(), &Server::new(&answer)).unwrap_err(), Fault::Unreadable(1));
}

#[test]
fn interrupted_at_any_request_it_goes_on_to_the_same_customers() {
    let whmcs = Whmcs::with(13);
    let whole = {
        let handler = |asked: &crate::server::Asked| whmcs.answer(asked);
        let server = Server::new(&handler);
        let records = read(&Whmcs::connector(), &server).unwrap();
        (lines(&records), server.requests())
    };
    for stop in 0..whole.1 {
        let mut pages = Vec::new();
        let handler = |asked: &crate::server::Asked| whmcs.answer(asked);
        let mishap = move |number: usize, answer| {
            if number >= stop { Err(intake::connectors::Unanswered::Unreachable) } else { Ok(answer) }
        };
        let broken = Server::with(&handler, &mishap);
        let _ = read_on(&Whmcs::connector(), &broken, &mut pages);
        read_on(&Whmcs::connector(), &Server::new(&handler), &mut pages).unwrap();
        assert_eq!(lines(&gathered(pages)), whole.0, "interrupted at request {stop}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_order_of_the_list_does_not_matter(order in Just((1..=17_u64).collect::<Vec<_>>()).prop_shuffle()) {
        let straight = Whmcs::with(17);
        let expected = read(&Whmcs::connector(), &Server::new(&|asked| straight.answer(asked))).unwrap();
        let shuffled = Whmcs { clients: order.into() };
        let found = read(&Whmcs::connector(), &Server::new(&|asked| shuffled.answer(asked))).unwrap();
        prop_assert_eq!(lines(&found), lines(&expected));
    }
}
