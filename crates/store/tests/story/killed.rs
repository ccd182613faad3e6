//! `kill -9` in the middle of acts: what was confirmed is there, nothing is half there, the chain is whole.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rand::Rng;
use store::{BothSides, IssuerSide, Sha256, Store};

use crate::cast::*;
use crate::place::{Place, key, on_both};

/// Kills in one test; HAVENMEESTER_TEST_KILLS asks for another number, such as 200.
const KILLS: usize = 20;

/// The example `torture`, which `cargo test` builds beside this test.
pub(crate) fn torture() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().and_then(|deps| deps.parent()).unwrap().join("examples/torture");
    assert!(program.exists(), "{} is not there; build it with: cargo build --examples", program.display());
    program
}

#[expect(clippy::disallowed_methods, reason = "how often to kill is the test's own setting")]
fn kills() -> usize {
    std::env::var("HAVENMEESTER_TEST_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}

#[test]
fn what_was_confirmed_survives_kill_9_and_nothing_is_half_done() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        store.close().await;
        let mut confirmed = Vec::new();
        for run in 0..kills() {
            confirmed.extend(killed_run(&place, run));
            check_whole(&place, &confirmed).await;
        }
        println!("{} kills, {} confirmed acts, all there", kills(), confirmed.len());
        assert!(confirmed.len() >= kills(), "the program was killed before it did anything");
    });
}

#[test]
fn a_migration_that_was_killed_is_done_by_the_next_program() {
    on_both(|place: Place| async move {
        let mut chance = rand::thread_rng();
        for run in 0..kills() {
            // Every older version, so that the kill falls on every migration.
            let old = place.another().await;
            if old.is_file {
                std::fs::File::create(old.file()).unwrap();
            }
            drop(crate::upgrade::old_database(&old, 1 + run % 4).await);
            let mut program = Command::new(torture())
                .args([&old.text, &run.to_string()])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros(chance.gen_range(0..30_000)));
            kill_9(&mut program);

            let store = old.open().await;

            add_people(&store).await;
            store.close().await;
            let findings = Store::doctor(&old.address, &key(), |_| true).await;
            assert!(findings.iter().all(|finding| finding.wrong.is_empty()), "{findings:?}");
        }
    });
}

/// Runs the program until it confirmed some acts and a little longer, kills it, and gives what it had confirmed.
fn killed_run(place: &Place, run: usize) -> Vec<String> {
    let mut program =
        Command::new(torture()).args([&place.text, &run.to_string()]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let mut chance = rand::thread_rng();
    let mut confirmed: Vec<String> =
        lines.by_ref().take(chance.gen_range(1..6)).map(Result::unwrap).collect();
    // Between nothing and about one act: the kill falls on every part of an act.
    std::thread::sleep(Duration::from_micros(chance.gen_range(0..25_000)));
    kill_9(&mut program);
    confirmed.extend(lines.map_while(Result::ok));
    confirmed
}

/// On Unix, `Child::kill` sends SIGKILL.
fn kill_9(program: &mut Child) {
    program.kill().unwrap();
    program.wait().unwrap();
}

/// Everything confirmed is there; every entry has all that its act gave it; the doctor finds nothing.
pub(crate) async fn check_whole(place: &Place, confirmed: &[String]) {
    let store = place.open().await;
    let mut look = store.look().await.unwrap();
    let entries = look.entries().all().await.unwrap();
    for id in confirmed {
        assert!(entries.iter().any(|entry| entry.id.0 == *id), "{id} was confirmed and is gone");
    }
    for entry in &entries {
        assert_eq!(entry.payload.bytes(), entry.id.0.as_bytes());
        let evidence = look.evidence().for_entry(&entry.id).await.unwrap();
        assert_eq!(evidence.len(), 1, "{} is half there", entry.id);
        let files = look.evidence().files_of(&evidence[0].id).await.unwrap();
        let bytes = look.files().with_id(&files[0].file).await.unwrap().unwrap();
        assert!(bytes.starts_with(entry.id.0.as_bytes()) && Sha256::of(&bytes) != Sha256::of(b""));
    }
    let records = look.audit().verify(|_| true).await.unwrap().records;
    assert_eq!(records, entries.len() as u64 + 1, "one record for each act");
    drop(look);
    store.close().await;
    let findings = Store::doctor(&place.address, &key(), |_| true).await;
    assert!(findings.iter().all(|finding| finding.wrong.is_empty()), "{findings:?}");
}
