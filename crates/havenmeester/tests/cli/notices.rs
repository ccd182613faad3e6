//! Notices reach people by mail and programs by webhook, whatever the servers on the other side do, and nothing is lost when the
//! desk is killed.

use std::fs;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::program::{CUSTOMERS, Desk, LIST};
use crate::receivers::{Authority, Mood, Post, Speaks, mail_server, receiver};
use crate::served::Served;

const AT: &str = "--home home --key-file key --as marleen";
const KEY: &[u8] = b"an invented key of a shop, 32 by";

/// A house with settings for notices. Its secrets are in files that nobody else may read.
fn house(settings: &str) -> Desk {
    let desk = Desk::empty().with("list.json", LIST).with("customers.csv", CUSTOMERS);
    assert_eq!(desk.run(&format!("init {AT}")).status, 0);
    fs::write(desk.path("home/notices.toml"), settings).unwrap();
    for (name, secret) in
        [("shop.secret", format!("whsec_{}\n", STANDARD.encode(KEY))), ("mail.secret", "between us\n".into())]
    {
        let file = desk.path(&format!("home/{name}"));
        fs::write(&file, secret).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }
    desk
}

fn hook(address: &str) -> String {
    format!(
        "[[webhook]]\nname = \"shop\"\naddress = \"{address}\"\nsecret_file = \"shop.secret\"\n\
         kinds = [\"edition_installed\", \"screening_ended\"]\n"
    )
}

fn mail(server: &str, port: u16, encryption: &str) -> String {
    format!(
        "[smtp]\nserver = \"{server}\"\nport = {port}\nencryption = \"{encryption}\"\nuser = \"hm\"\n\
         secret_file = \"mail.secret\"\nfrom = \"hm@noorderkade.example\"\n\
         [[mail]]\nname = \"desk\"\nto = [\"abuse@noorderkade.example\", \"noc@noorderkade.example\"]\n\
         language = \"nl\"\nkinds = [\"screening_ended\"]\n"
    )
}

/// What `notices test` says, and its status, on a machine that trusts the authority or does not.
fn tried(desk: &Desk, trusts: Option<&Authority>) -> (i32, String) {
    let mut command = desk.command(&format!("notices test {AT}"));
    if let Some(authority) = trusts {
        command.env("SSL_CERT_FILE", authority.certificate());
    }
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    assert!(!told.contains("between us") && !told.contains("whsec_"), "{told}");
    (output.status.code().unwrap(), told)
}

#[track_caller]
fn check_signature(post: &Post) {
    let signed = format!("{}.{}.{}", post.header("webhook-id"), post.header("webhook-timestamp"), post.body);
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY).unwrap();
    mac.update(signed.as_bytes());
    let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(post.header("webhook-signature"), expected);
}

#[test]
fn a_webhook_arrives_signed_or_it_is_said_why_not() {
    let check = |mood: Mood, expected: &str| {
        let shop = receiver(mood, None);
        let desk = house(&hook(&format!("http://127.0.0.1:{}/hooks?key=1", shop.port)));
        let (status, told) = tried(&desk, None);
        assert!(told.contains(expected), "{mood:?}: {told}");
        assert_eq!(status == 0, mood == Mood::Takes, "{told}");
        let came = shop.all();
        assert_eq!(came.len(), 1, "{mood:?}");
        check_signature(&came[0]);
        assert!(came[0].body.contains("\"type\":\"havenmeester.test\""), "{}", came[0].body);
    };
    check(Mood::Takes, "sent");
    check(Mood::Answers(500), "answers with an error of its own");
    check(Mood::Answers(403), "the server refuses it");
    check(Mood::Answers(307), "leads to another address");
    check(Mood::Hangs, "did not answer in time");
    check(Mood::Dawdles, "did not answer in time");

    let desk = house(&hook("http://127.0.0.1:9/hooks"));
    let (status, told) = tried(&desk, None);
    assert!(status == 2 && told.contains("cannot be reached"), "{told}");
}

#[test]
fn a_webhook_goes_over_tls_to_whom_the_machine_trusts_only() {
    let authority = Authority::new();
    let shop = receiver(Mood::Takes, Some(&authority));
    let desk = house(&hook(&format!("https://localhost:{}/hooks", shop.port)));

    let (status, told) = tried(&desk, None);
    assert!(status == 2 && told.contains("not one that this machine trusts"), "{told}");
    assert!(shop.all().is_empty());

    let (status, told) = tried(&desk, Some(&authority));
    assert_eq!((status, shop.all().len()), (0, 1), "{told}");
}

#[test]
fn a_mail_arrives_over_tls_or_it_is_said_why_not() {
    let authority = Authority::new();
    let check = |mood: Mood, speaks: Speaks, encryption: &str, trusts: bool, expected: &str| {
        let server = mail_server(mood, speaks, &authority);
        let desk = house(&mail("localhost", server.port, encryption));
        let (status, told) = tried(&desk, trusts.then_some(&authority));
        assert!(told.contains(expected), "{mood:?} {encryption}: {told}");
        assert_eq!(status == 0, expected == "sent", "{told}");
        assert_eq!(server.all().len(), usize::from(expected == "sent"), "{mood:?} {encryption}");
        server.all().pop()
    };
    let (to, letter) = check(Mood::Takes, Speaks::StartTls, "starttls", true, "sent").unwrap();
    assert_eq!(to, ["<abuse@noorderkade.example>", "<noc@noorderkade.example>"]);
    assert!(
        letter.contains("Subject: Havenmeester: Proef") && letter.contains("Auto-Submitted: auto-gen"),
        "{letter}"
    );
    check(Mood::Takes, Speaks::Tls, "tls", true, "sent");
    check(Mood::Takes, Speaks::Plainly, "none", false, "sent");
    // A server that does not offer TLS gets nothing, and neither does one that nobody knows.
    check(Mood::Takes, Speaks::Plainly, "starttls", true, "not sent");
    check(Mood::Takes, Speaks::StartTls, "starttls", false, "not one that this machine trusts");
    check(Mood::Takes, Speaks::Tls, "tls", false, "not one that this machine trusts");
    check(Mood::Answers(550), Speaks::StartTls, "starttls", true, "the server refuses it");
    check(Mood::Answers(451), Speaks::StartTls, "starttls", true, "does not take it now");
    check(Mood::Hangs, Speaks::StartTls, "starttls", true, "did not answer in time");
    let desk = house(&mail("localhost", 9, "starttls"));
    let (status, told) = tried(&desk, Some(&authority));
    assert!(status == 2 && told.contains("cannot be reached"), "{told}");
}

/// Waits until a command says so.
#[track_caller]
fn wait_for(desk: &Desk, command: &str, expected: &str) {
    let begun = Instant::now();
    loop {
        let listed = desk.run(&format!("{command} {AT}"));
        if listed.stdout.contains(expected) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", listed.stdout);
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn what_happened_arrives_and_what_was_not_confirmed_arrives_again_after_kill_9() {
    let shop = receiver(Mood::Hangs, None);
    let desk = house(&hook(&format!("http://127.0.0.1:{}/hooks", shop.port)));
    let served = Served::start(&desk, AT);
    // From here on there is news.
    wait_for(&desk, "audit list", "follow_acts");
    assert_eq!(desk.run(&format!("edition install list.json {AT}")).status, 0);
    let first = shop.wait_for(1);
    // The program has it and has not said so when the desk is killed.
    served.kill();
    wait_for(&desk, "notices list", "waiting 1, sent 0, given up 0");

    // Nobody is told what happens meanwhile, and it is not lost.
    let screened = desk.run(&format!("screen customers.csv --keep --quiet {AT}"));
    assert_eq!(screened.status, 1, "{}", screened.stderr);
    shop.is_now(Mood::Takes);
    let served = Served::start(&desk, AT);
    let all = shop.wait_for(3);
    wait_for(&desk, "notices list", "waiting 0, sent 2, given up 0");
    served.kill();

    all.iter().for_each(check_signature);
    let ids: Vec<&str> = all.iter().map(|post| post.header("webhook-id")).collect();
    assert_eq!(ids[0], ids[1], "it is known again");
    assert_eq!((first[0].body.as_str(), shop.all().len()), (all[1].body.as_str(), 3));
    assert!(all[1].body.contains("\"type\":\"havenmeester.edition_installed\""), "{}", all[1].body);
    assert!(all[2].body.contains("\"to_review\":2"), "{}", all[2].body);
    for post in &all {
        for name in ["Quayside", "Kestrel", "E-1", "Test list"] {
            assert!(!post.body.contains(name), "{}", post.body);
        }
    }
}

#[test]
fn settings_are_checked_without_telling_anybody() {
    let shop = receiver(Mood::Takes, None);
    let desk = house(&hook(&format!("http://127.0.0.1:{}/hooks", shop.port)));
    let checked = desk.run(&format!("notices check {AT}"));
    assert_eq!(checked.status, 0, "{}", checked.stderr);
    assert!(checked.stdout.contains("shop                 webhook  edition_installed, screening_ended"));
    assert!(checked.stdout.contains("nobody is told: run_failed"), "{}", checked.stdout);
    assert!(shop.all().is_empty());

    let unknown = desk.run(&format!("notices test shops {AT}"));
    assert!(unknown.status == 2 && unknown.stderr.contains("recipients are: shop"), "{}", unknown.stderr);
    fs::write(desk.path("home/notices.toml"), "[[webhook]]\nname = \"x\"\n").unwrap();
    let served = desk.run(&format!("serve --listen 127.0.0.1:0 {AT}"));
    assert!(served.status == 2 && served.stderr.contains("notices.toml"), "{}", served.stderr);
    fs::remove_file(desk.path("home/notices.toml")).unwrap();
    let none = desk.run(&format!("notices check {AT}"));
    assert!(none.status == 2 && none.stderr.contains("notices example"), "{}", none.stderr);
}
