//! Schedules: sources and files that are screened by themselves, whatever goes wrong with them.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;

use crate::panel::Panel;
use crate::program::{CUSTOMERS, Desk, LIST};
use crate::served::Served;

const AT: &str = "--home home --key-file key --as marleen";

/// A house with the list, a source and schedules.
fn house(panel: &Panel, schedules: &str) -> Desk {
    let desk = Desk::empty().with("list.json", LIST).with("customers.csv", CUSTOMERS);
    assert_eq!(desk.run(&format!("init {AT}")).status, 0);
    assert_eq!(desk.run(&format!("edition install list.json {AT}")).status, 0);
    let source = format!(
        "[[source]]\nname = \"billing\"\nkind = \"whmcs\"\naddress = \"{}\"\nuser = \"reader\"\n\
         secret_file = \"billing.secret\"\n",
        panel.address
    );
    fs::write(desk.path("home/connectors.toml"), source).unwrap();
    let secret = desk.path("home/billing.secret");
    fs::write(&secret, "between us\n").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    fs::write(desk.path("home/schedules.toml"), schedules).unwrap();
    desk
}

fn schedule(name: &str, rest: &str) -> String {
    format!("[[schedule]]\nname = \"{name}\"\nevery_hours = 6\n{rest}\n")
}

/// What of the source is another by now: 0 nothing, 1 two customers, 2 it fails, 3 it has nobody.
fn changing() -> (Panel, Arc<AtomicUsize>) {
    let change = Arc::new(AtomicUsize::new(0));
    let by = Arc::clone(&change);
    let panel = Panel::open(move |_, (status, text)| match by.load(Ordering::SeqCst) {
        0 => (status, text),
        1 => {
            // One is on the list now, and one is not any more.
            let now = text.replace("Tuinen van Zuid", "Kestrel Vault GmbH");
            (
                status,
                now.replace("Quayside Relay BV", "Bloemen van Zuid").replace("198.51.100.5", "192.0.2.5"),
            )
        }
        _ => (500, "no".to_owned()),
    });
    (panel, change)
}

/// The hits of what is remembered, and those of a whole screening of the source.
fn both(desk: &Desk) -> (String, String) {
    let again = desk.run(&format!("rescreen --format csv {AT}"));
    let whole = desk.run(&format!("screen --source billing --list list.json --format csv {AT}"));
    (again.stdout, whole.stdout)
}

#[test]
fn changes_of_a_source_have_the_outcome_of_a_whole_screening() {
    let (panel, change) = changing();
    let desk = house(&panel, &schedule("nightly", "source = \"billing\"\ntake = \"changes\""));
    let run = || desk.run(&format!("schedule run nightly {AT}"));

    let first = run();
    assert_eq!(first.status, 1, "{}", first.stderr);
    assert!(first.stderr.contains("4 of 4 customers were looked at"), "{}", first.stderr);
    let (again, whole) = both(&desk);
    assert_eq!(again, whole);

    change.store(1, Ordering::SeqCst);
    let second = run();
    assert_eq!(second.status, 1, "{}", second.stderr);
    assert!(!second.stderr.contains("4 of 4 customers"), "{}", second.stderr);
    let (again, now) = both(&desk);
    assert_eq!(again, now);
    assert_ne!(now, whole);
    let base = desk.run(&format!("customers base {AT}"));
    assert!(base.stdout.contains("billing (whmcs, read 2"), "{}", base.stdout);
    let listed = desk.run(&format!("schedule list {AT}"));
    assert_eq!(listed.stdout.matches(" done: ").count(), 2, "{}", listed.stdout);
}

#[test]
fn a_source_that_fails_leaves_what_was_screened_before() {
    let (panel, change) = changing();
    let desk = house(&panel, &schedule("nightly", "source = \"billing\"\ntake = \"changes\""));
    desk.run(&format!("schedule run nightly {AT}"));
    let before = desk.run(&format!("hits list {AT}")).stdout;
    change.store(2, Ordering::SeqCst);

    let failed = desk.run(&format!("schedule run nightly {AT}"));
    assert_eq!(failed.status, 2);
    assert!(failed.stderr.contains("`billing` was not read whole"), "{}", failed.stderr);
    assert_eq!(desk.run(&format!("hits list {AT}")).stdout, before);
    let listed = desk.run(&format!("schedule list {AT}"));
    assert!(listed.stdout.contains("failed: `billing` was not read whole"), "{}", listed.stdout);
    assert!(listed.stdout.contains("next 20"), "it is tried again later: {}", listed.stdout);
}

#[test]
fn a_file_that_is_old_gone_or_cut_off_is_no_news() {
    let (panel, _) = changing();
    let rest = "file = \"../customers.csv\"\ntake = \"whole\"\nremember = true";
    let desk = house(&panel, &schedule("export", rest));
    let run = |more: &str| desk.run(&format!("schedule run export {more} {AT}"));
    let check = |expected: &str| {
        let failed = run("");
        assert!(failed.status == 2 && failed.stderr.contains(expected), "{}", failed.stderr);
    };
    // Enough customers for a loss to be seen.
    let more: String = (10..60).map(|id| format!("{id},Bakkerij {id},post@b{id}.example,,,,NL\n")).collect();
    let file = desk.path("customers.csv");
    fs::write(&file, format!("{CUSTOMERS}{more}")).unwrap();
    assert_eq!(run("").status, 1);

    let old = fs::File::options().write(true).open(&file).unwrap();
    old.set_modified(SystemTime::from(Timestamp::now() - Duration::from_secs(13 * 3600))).unwrap();
    check("customers.csv is 13 hours old, more than 12");
    fs::write(&file, CUSTOMERS).unwrap();
    check("there are 4 customers, less than half");
    let base = desk.run(&format!("customers base {AT}"));
    assert!(base.stdout.contains("customers  54\n"), "{}", base.stdout);
    fs::remove_file(&file).unwrap();
    check("customers.csv");

    fs::write(&file, CUSTOMERS).unwrap();
    let accepted = run("--accept-fewer");
    assert!(accepted.status == 1 && accepted.stderr.contains("4 of 4"), "{}", accepted.stderr);
}

#[test]
fn what_is_set_up_is_checked_without_reading_a_customer() {
    let (panel, _) = changing();
    let good = schedule("nightly", "source = \"billing\"\ntake = \"changes\"");
    let bad = schedule("other", "source = \"biling\"\ntake = \"whole\"");
    let desk = house(&panel, &format!("{good}{bad}"));
    let checked = desk.run(&format!("schedule check {AT}"));
    assert!(checked.status == 2 && checked.stdout.contains("has no source `biling`"), "{}", checked.stdout);
    assert!(
        checked.stdout.contains("nightly              billing                  at 20"),
        "{}",
        checked.stdout
    );
    assert_eq!(panel.calls(), 0);
    let unknown = desk.run(&format!("schedule run nightli {AT}"));
    assert!(unknown.stderr.contains("schedules are: nightly, other"), "{}", unknown.stderr);
}

#[test]
fn the_desk_runs_a_schedule_at_its_time() {
    let (panel, _) = changing();
    let desk = house(&panel, "");
    // The next minute that begins in more than half a minute.
    let minute = (Timestamp::now().as_second() + 90) / 60;
    let at = format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    let rest = "source = \"billing\"\ntake = \"changes\"";
    let soon = format!("[[schedule]]\nname = \"soon\"\ndaily = \"{at}\"\nzone = \"UTC\"\n{rest}\n");
    fs::write(desk.path("home/schedules.toml"), soon).unwrap();
    let served = Served::start(&desk, AT);
    let listed = || desk.run(&format!("schedule list {AT}")).stdout;
    let begun = Instant::now();
    while !listed().contains("done: ") {
        assert!(begun.elapsed() < Duration::from_secs(180), "{}", listed());
        std::thread::sleep(Duration::from_secs(1));
    }
    served.kill();
    let listed = listed();
    let run = listed.lines().find(|line| line.contains("done: ")).unwrap();
    assert!(run.contains(&format!("T{at}")) && !run.contains("late"), "{listed}");
    assert_eq!(listed.matches("done: ").count(), 1, "{listed}");
}
