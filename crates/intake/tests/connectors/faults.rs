//! What goes wrong: each fault by its name, then a hundred by chance. A read is whole or it says that it is not.

use std::time::Duration;

use intake::connectors::{Answer, Fault, Unanswered};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::server::{Asked, Server, lines, ok, read, status};
use crate::whmcs_server::Whmcs;

const CLIENTS: u64 = 13;

fn cut(mut answer: Answer) -> Answer {
    answer.body.truncate(answer.body.len() / 2);
    answer
}

fn asks_to_wait(seconds: &str) -> Answer {
    Answer { headers: vec![("Retry-After".to_owned(), seconds.to_owned())], ..status(429) }
}

/// One fault for good, from the fourth request on.
#[track_caller]
fn check(expected: Fault, mishap: impl Fn(Answer) -> Result<Answer, Unanswered> + Sync) {
    let whmcs = Whmcs::with(CLIENTS);
    let handler = |asked: &Asked| whmcs.answer(asked);
    let mishap = |number: usize, answer| if number < 3 { Ok(answer) } else { mishap(answer) };
    let found = read(&Whmcs::connector(), &Server::with(&handler, &mishap));
    assert_eq!(found.unwrap_err(), expected);
}

#[test]
fn a_fault_that_stays_is_told_by_its_name() {
    check(Fault::Unreachable, |_| Err(Unanswered::Unreachable));
    check(Fault::TimeOut, |_| Err(Unanswered::TimeOut));
    check(Fault::Certificate, |_| Err(Unanswered::Certificate));
    check(Fault::TooLong, |_| Err(Unanswered::TooLong));
    check(Fault::Refused, |_| Ok(status(403)));
    check(Fault::Moved, |_| Ok(status(302)));
    check(Fault::Status(500), |_| Ok(status(500)));
    check(Fault::Status(400), |_| Ok(status(400)));
    check(Fault::RateLimited, |_| Ok(asks_to_wait("2")));
    check(Fault::RateLimited, |_| Ok(asks_to_wait("86400")));
    check(Fault::Garbled, |answer| Ok(cut(answer)));
    check(Fault::Garbled, |_| Ok(ok("<html>maintenance</html>")));
    check(Fault::Changed("`result`".to_owned()), |_| Ok(ok("{}")));
    check(Fault::SaysNo, |_| Ok(ok(r#"{"result":"error","message":"Orchard Nine Ltd is locked"}"#)));
    check(Fault::AddressNotAllowed, |_| Ok(ok(r#"{"result":"error","message":"Invalid IP 192.0.2.1"}"#)));
    check(Fault::Refused, |_| Ok(ok(r#"{"result":"error","message":"Authentication Failed"}"#)));
}

#[test]
fn the_same_page_again_and_again_ends() {
    let whmcs = Whmcs::with(CLIENTS);
    let handler = |asked: &Asked| {
        let mut asked =
            Asked { path: asked.path.clone(), values: asked.values.clone(), headers: asked.headers.clone() };
        if asked.value("action") == "GetClients" {
            asked.values.insert("limitstart".to_owned(), "0".to_owned());
        }
        whmcs.answer(&asked)
    };
    let fault = read(&Whmcs::connector(), &Server::new(&handler)).unwrap_err();
    assert!(matches!(fault, Fault::Restless { listed: 5, told: Some(13) } | Fault::Repeats), "{fault:?}");
}

#[test]
fn a_page_that_comes_twice_loses_nobody() {
    let whmcs = Whmcs::with(CLIENTS);
    let expected = lines(&read(&Whmcs::connector(), &Server::new(&|asked| whmcs.answer(asked))).unwrap());
    let twice = std::sync::atomic::AtomicBool::new(false);
    let handler = |asked: &Asked| {
        let mut asked =
            Asked { path: asked.path.clone(), values: asked.values.clone(), headers: asked.headers.clone() };
        let is_second = asked.value("action") == "GetClients" && asked.value("limitstart") == "5";
        if is_second && !twice.swap(true, std::sync::atomic::Ordering::Relaxed) {
            asked.values.insert("limitstart".to_owned(), "0".to_owned());
        }
        whmcs.answer(&asked)
    };
    assert_eq!(lines(&read(&Whmcs::connector(), &Server::new(&handler)).unwrap()), expected);
}

#[test]
fn waits_are_those_that_the_source_asks_for() {
    let whmcs = Whmcs::with(1);
    let handler = |asked: &Asked| whmcs.answer(asked);
    let mishap = |number: usize, answer| Ok(if number == 0 { asks_to_wait("17") } else { answer });
    let server = Server::with(&handler, &mishap);
    read(&Whmcs::connector(), &server).unwrap();
    assert_eq!(*server.waited.lock().unwrap(), [Duration::from_secs(17)]);
}

#[test]
fn waits_grow_where_the_source_says_nothing() {
    let handler = |_: &Asked| status(502);
    let server = Server::new(&handler);
    assert_eq!(read(&Whmcs::connector(), &server).unwrap_err(), Fault::Status(502));
    let seconds: Vec<u64> = server.waited.lock().unwrap().iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [1, 2, 4, 8, 16]);
}

#[test]
fn words_in_windows_1252_are_read() {
    let whmcs = Whmcs::with(1);
    let handler = |asked: &Asked| {
        let mut answer = whmcs.answer(asked);
        let text = String::from_utf8(answer.body).unwrap().replace("Sample Street", "Caféstraat");
        answer.body = text.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect();
        answer
    };
    let found = lines(&read(&Whmcs::connector(), &Server::new(&handler)).unwrap());
    assert!(found[0].contains("1 Caféstraat"), "{}", found[0]);
}

/// One by chance: of the network, of the server, or in the answer.
fn by_chance(random: u32, answer: Answer) -> Result<Answer, Unanswered> {
    match random % 12 {
        0 => Err(Unanswered::Unreachable),
        1 => Err(Unanswered::TimeOut),
        2 => Err(Unanswered::Certificate),
        3 => Ok(asks_to_wait("3")),
        4 => Ok(status(503)),
        5 => Ok(status(500)),
        6 => Ok(cut(answer)),
        7 => Ok(ok("")),
        8 => Ok(ok("[]")),
        9 => Ok(ok(r#"{"result":"success"}"#)),
        10 => Ok(status(403)),
        _ => {
            // A byte of the answer is another one, somewhere in its structure.
            let mut answer = answer;
            let place = random as usize / 12 % answer.body.len().max(1);
            if let Some(byte) = answer.body.get_mut(place).filter(|byte| b"{}[]".contains(byte)) {
                *byte = b' ';
            }
            Ok(answer)
        }
    }
}

#[test]
fn after_a_hundred_faults_by_chance_a_read_is_whole_or_says_that_it_is_not() {
    let whmcs = Whmcs::with(CLIENTS);
    let handler = |asked: &Asked| whmcs.answer(asked);
    let expected = lines(&read(&Whmcs::connector(), &Server::new(&handler)).unwrap());
    let (mut whole, mut told) = (0, 0);
    for seed in 0..100 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let one_in = [2, 5, 20, 80][seed as usize % 4];
        let plan: Vec<u32> = (0..5_000).map(|_| random.next_u32()).collect();
        let mishap = |number: usize, answer| {
            let chance = plan[number % plan.len()];
            if chance.is_multiple_of(one_in) { by_chance(chance / one_in, answer) } else { Ok(answer) }
        };
        match read(&Whmcs::connector(), &Server::with(&handler, &mishap)) {
            Ok(found) => {
                assert_eq!(lines(&found), expected, "seed {seed}");
                whole += 1;
            }
            Err(_) => told += 1,
        }
    }
    assert!(whole > 0 && told > 0, "{whole} whole, {told} told");
}

#[test]
fn faults_and_interruptions_together_still_end_in_the_same_customers() {
    let whmcs = Whmcs::with(CLIENTS);
    let handler = |asked: &Asked| whmcs.answer(asked);
    let expected = lines(&read(&Whmcs::connector(), &Server::new(&handler)).unwrap());
    for seed in 0..20 {
        let mut random = ChaCha8Rng::seed_from_u64(1_000 + seed);
        let mut pages = Vec::new();
        let mut tries = 0;
        let found = loop {
            let plan: Vec<u32> = (0..500).map(|_| random.next_u32()).collect();
            let mishap = |number: usize, answer| {
                let chance = plan[number % plan.len()];
                if chance.is_multiple_of(25) { by_chance(chance / 25, answer) } else { Ok(answer) }
            };
            let server = Server::with(&handler, &mishap);
            tries += 1;
            assert!(tries < 200, "seed {seed} never ends");
            if crate::server::read_on(&Whmcs::connector(), &server, &mut pages).is_ok() {
                break intake::connectors::gathered(pages);
            }
        };
        assert_eq!(lines(&found), expected, "seed {seed}");
    }
}
