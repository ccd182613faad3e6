//! Every reason to refuse a delivery: a fixture named after its fault, the message, the way on, nothing changed.
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod kit;

use delivery::container::pack;
use delivery::keys::{DecryptionKey, Role};
use delivery::metadata::{Part, Root, Signed, Statement, Targets, canonical, read};
use delivery::publish::Release;
use delivery::source::{OneFile, Source};
use delivery::{PartnerId, Refusal, Trust, VerifiedEdition, open};
use kit::{Hoster, Issuer, Key, Server, addressee, at, edition, forge, found, published, remove};

/// The refusal as a person sees it. The hoster's trust must be what it was.
#[track_caller]
fn refused(result: Result<VerifiedEdition, Refusal>) -> String {
    let refusal = result.expect_err("the delivery was accepted");
    let text = format!("error: {refusal}\nhint: {}", refusal.hint());
    // Key ids and hashes are long and depend on the seed; their places are what matters.
    let mut shown = String::new();
    let mut word = String::new();
    for letter in text.chars().chain([' ']) {
        if letter.is_ascii_hexdigit() {
            word.push(letter);
            continue;
        }
        shown.push_str(if word.len() >= 64 { "<sha256>" } else { &word });
        word.clear();
        shown.push(letter);
    }
    shown.trim_end().to_owned()
}

struct Scene {
    issuer: Issuer,
    north: Hoster,
    release: Release,
}

/// North received edition 11 and is offered edition 12.
fn scene() -> Scene {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let before = issuer.publish(&edition(11, 5), &north, 4);
    north.receive_file(&before.one_file(), at("2026-03-01")).unwrap();
    let release = issuer.publish(&edition(12, 5), &north, 5);
    Scene { issuer, north, release }
}

fn look(north: &Hoster, files: &delivery::container::Files) -> Result<VerifiedEdition, Refusal> {
    north.look(&OneFile::read(&pack(files))?, at("2026-03-02"))
}

#[test]
fn the_scene_itself_is_accepted() {
    let Scene { north, release, .. } = scene();
    assert_eq!(look(&north, release.files()).unwrap().number(), 12);
}

#[test]
fn issuer_is_another_one() {
    let Scene { north, .. } = scene();
    let release = Issuer::new(2).publish(&edition(12, 5), &north, 5);

    insta::assert_snapshot!(refused(look(&north, release.files())), @r"
        error: metadata/1.root.json is signed by key 0d2c973a, which is not a key for `root`
        hint: the key may have been replaced or revoked: ask the issuer for a new delivery that holds the newest root, and compare its fingerprint by phone
        ");
    insta::assert_snapshot!(refused(north.look(&Server(release.files().clone()), at("2026-03-02"))), @r"
        error: metadata/timestamp.json is signed by key c081350a, which is not a key for `timestamp`
        hint: the key may have been replaced or revoked: ask the issuer for a new delivery that holds the newest root, and compare its fingerprint by phone
        ");
}

#[test]
fn one_signature_of_two_under_the_parts() {
    let Scene { issuer, north, release } = scene();
    let mut files = release.files().clone();
    let mut targets: Signed<Targets> = read(found(&files, ".targets.json").1).unwrap();
    targets.signatures.pop();
    issuer.restamp(&mut files, &targets);

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: metadata/5.targets.json has 1 of 2 signatures for `approver`
        hint: one approver is not enough: ask the issuer for the released delivery, not for a draft
        ");
}

#[test]
fn one_signature_of_two_under_the_statement() {
    let Scene { issuer, north, release } = scene();
    let mut files = release.files().clone();
    let (statement, bytes) = statement(&issuer, &north);
    let statement = canonical(&forge(statement, &[&issuer.approvers[0]]));
    issuer.reseal(
        &mut files,
        &north.key.recipient(),
        &[("statement.json", statement), ("edition.json", bytes)],
    );

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: statement.json has 1 of 2 signatures for `approver`
        hint: one approver is not enough: ask the issuer for the released delivery, not for a draft
        ");
}

/// A statement as the issuer would make it, to be changed by a forger.
fn statement(issuer: &Issuer, to: &Hoster) -> (Statement, Vec<u8>) {
    let plain = edition(12, 5);
    let bytes = delivery::content::bytes(&issuer.marker.mark(&plain, &to.id));
    let prepared = delivery::publish::prepare(&issuer.issue(&plain), vec![addressee(to, 5)]).unwrap();
    let request = prepared.request();
    let delivery::ceremony::Payload::Statement(statement) = request.payloads()[0].clone() else {
        panic!("statements are signed first")
    };
    (statement, bytes)
}

#[track_caller]
fn with_statement(change: impl FnOnce(&mut Statement, &mut Vec<u8>)) -> String {
    let Scene { issuer, north, release } = scene();
    let mut files = release.files().clone();
    let (mut statement, mut bytes) = statement(&issuer, &north);
    change(&mut statement, &mut bytes);
    let statement = canonical(&forge(statement, &[&issuer.approvers[0], &issuer.approvers[1]]));
    issuer.reseal(
        &mut files,
        &north.key.recipient(),
        &[("statement.json", statement), ("edition.json", bytes)],
    );
    refused(look(&north, &files))
}

#[test]
fn a_root_key_signs_the_statement() {
    let Scene { issuer, north, release } = scene();
    let mut files = release.files().clone();
    let (statement, bytes) = statement(&issuer, &north);
    let statement = canonical(&forge(statement, &[&issuer.approvers[0], &issuer.root[0]]));
    issuer.reseal(
        &mut files,
        &north.key.recipient(),
        &[("statement.json", statement), ("edition.json", bytes)],
    );

    let refusal = look(&north, &files).unwrap_err();

    assert!(matches!(refusal, Refusal::UnknownSigner { role: Role::Approver, .. }), "{refusal}");
}

#[test]
fn number_went_back() {
    let Scene { issuer, north, .. } = scene();

    let older = issuer.publish(&edition(12, 5), &north, 3);
    insta::assert_snapshot!(refused(look(&north, older.files())), @r"
        error: the delivery is older than what was received: timestamp 3, installed is 4
        hint: ask the issuer for the newest delivery; what is installed stays in use
        ");
    let older_edition = issuer.publish(&edition(10, 5), &north, 5);
    insta::assert_snapshot!(refused(look(&north, older_edition.files())), @r"
        error: the delivery is older than what was received: edition 10, installed is 11
        hint: ask the issuer for the newest delivery; what is installed stays in use
        ");
}

#[test]
fn two_deliveries_have_the_same_number() {
    let Scene { issuer, north, .. } = scene();

    let twin = issuer.publish(&edition(12, 5), &north, 4);
    insta::assert_snapshot!(refused(look(&north, twin.files())), @r"
        error: two different deliveries have the same number: timestamp 4
        hint: it may be the delivery of another partner, sent to you by mistake; if it was meant for you, keep both files and tell the issuer: this must not happen
        ");
    let other_content = issuer.publish(&edition(11, 6), &north, 5);
    insta::assert_snapshot!(refused(look(&north, other_content.files())), @r"
        error: two different deliveries have the same number: edition 11
        hint: it may be the delivery of another partner, sent to you by mistake; if it was meant for you, keep both files and tell the issuer: this must not happen
        ");
}

#[test]
fn frozen_since_a_month() {
    let Scene { north, release, .. } = scene();
    let frozen = north.look(&Server(release.files().clone()), at("2026-04-01"));
    insta::assert_snapshot!(refused(frozen), @r"
        error: the `timestamp` of the delivery expired on 2026-03-15, 17 days ago
        hint: fetch the delivery again; if it is still the same, ask the issuer for a fresh one by another way
        ");
}

#[test]
fn edition_is_over() {
    let Scene { issuer, north, release } = scene();
    let online = issuer.online();
    let now = at("2026-06-04");
    let fresh =
        delivery::publish::refresh(&release, 6, &issuer.roots, &online, Default::default(), now).unwrap();

    insta::assert_snapshot!(refused(north.look(&Server(fresh.files().clone()), now)), @r"
        error: edition 12 was valid until 2026-06-01, 3 days ago
        hint: ask the issuer for the edition that follows
        ");
}

#[test]
fn root_is_over() {
    let Scene { north, release, .. } = scene();
    let refusal = refused(north.look(&Server(release.files().clone()), at("2027-03-02")));
    insta::assert_snapshot!(refusal.lines().next().unwrap(), @"error: the `root` of the delivery expired on 2027-03-01, 1 day ago");
}

#[test]
fn made_for_another_partner() {
    let Scene { issuer, north, .. } = scene();
    let mut to = addressee(&north, 5);
    to.partner = PartnerId::new("hoster-south").unwrap();
    let release = issuer.publish_to(&edition(12, 5), vec![to]).remove(0);

    let text = refused(look(&north, release.files()));

    insta::assert_snapshot!(text, @r"
        error: the delivery was made for another partner, not for `hoster-north`
        hint: do not pass it on: tell the issuer that it reached you, delete it, and ask for your own
        ");
    assert!(!text.contains("south"), "the other partner is named");
}

#[test]
fn encrypted_for_another_key() {
    let Scene { issuer, north, .. } = scene();
    let mut to = addressee(&north, 5);
    to.recipient = DecryptionKey::generate().recipient();
    let release = issuer.publish_to(&edition(12, 5), vec![to]).remove(0);

    insta::assert_snapshot!(refused(look(&north, release.files())), @r"
        error: none of your keys opens this delivery; keys tried: 1
        hint: give the key that was enrolled with the issuer; if it is lost, enrol a new one and ask for a new delivery
        ");
}

#[test]
fn mixed_from_two_editions() {
    let Scene { issuer, north, release } = scene();
    let next = issuer.publish(&edition(13, 5), &north, 6);
    for (ending, other) in [
        (".snapshot.json", next.files()),
        (".targets.json", next.files()),
        (".edition.json.age", next.files()),
        (".statement.json.age", next.files()),
    ] {
        let mut files = release.files().clone();
        remove(&mut files, ending);
        let (name, bytes) = found(other, ending);
        files.insert(name.clone(), bytes.clone());
        let refusal = look(&north, &files).unwrap_err();
        assert!(matches!(refusal, Refusal::Mixed { .. }), "{ending}: {refusal}");
    }
    // The same, with the name that is expected: good signatures of another delivery.
    let mut files = release.files().clone();
    let wanted = found(&files, ".snapshot.json").0.clone();
    files.insert(wanted, found(next.files(), ".snapshot.json").1.clone());
    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: the parts belong to different deliveries: metadata/5.snapshot.json
        hint: fetch all files again, or use the delivery in one file
        ");
}

#[test]
fn timestamp_of_the_next_edition() {
    let Scene { issuer, north, release } = scene();
    let mut files = release.files().clone();
    let next = issuer.publish(&edition(13, 5), &north, 6);
    files.insert("metadata/timestamp.json".to_owned(), next.files()["metadata/timestamp.json"].clone());

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: the parts belong to different deliveries: metadata/6.snapshot.json
        hint: fetch all files again, or use the delivery in one file
        ");
}

#[test]
fn broken_off() {
    let Scene { north, release, .. } = scene();
    let file = release.one_file();
    let half = OneFile::read(&file[..file.len() / 2]).map_err(Refusal::from);
    assert!(matches!(half, Err(Refusal::Truncated { .. })));
    let cut = OneFile::read(&file[..3_000]).map_err(Refusal::from);

    insta::assert_snapshot!(refused(cut.and_then(|source| north.look(&source, at("2026-03-02")))), @r"
        error: the delivery breaks off after 3000 bytes
        hint: the transfer was not finished: fetch the delivery again and compare its size
        ");
}

#[test]
fn a_part_is_missing() {
    let Scene { north, release, .. } = scene();
    for name in release.files().keys() {
        let mut files = release.files().clone();
        files.remove(name);
        let refusal = look(&north, &files).unwrap_err();
        assert!(matches!(refusal, Refusal::Missing { .. }), "{name}: {refusal}");
    }
    let mut files = release.files().clone();
    files.remove("metadata/timestamp.json");
    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: metadata/timestamp.json is missing
        hint: the transfer was not finished: fetch the delivery again and compare its size
        ");
}

#[test]
fn one_byte_changed_in_each_part() {
    let Scene { north, release, .. } = scene();
    for name in release.files().keys() {
        let mut files = release.files().clone();
        let bytes = files.get_mut(name).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        look(&north, &files).expect_err(name);
    }
    let mut files = release.files().clone();
    let name = found(&files, ".edition.json.age").0.clone();
    files.get_mut(&name).unwrap()[500] ^= 1;
    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: targets/<sha256>.edition.json.age was changed after it was signed
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
}

#[test]
fn signature_of_other_bytes() {
    let Scene { issuer, north, release } = scene();
    let mut files = release.files().clone();
    let mut targets: Signed<Targets> = read(found(&files, ".targets.json").1).unwrap();
    targets.signed.version += 1;
    issuer.restamp(&mut files, &targets);

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: a signature in metadata/6.targets.json does not belong to it
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
}

#[test]
fn another_spelling_of_the_same_json() {
    let Scene { north, release, .. } = scene();
    for name in ["metadata/timestamp.json", "metadata/1.root.json"] {
        let mut files = release.files().clone();
        files.get_mut(name).unwrap().push(b'\n');
        let refusal = look(&north, &files).unwrap_err();
        assert!(matches!(refusal, Refusal::Changed { .. }), "{name}: {refusal}");
    }
}

#[test]
fn a_part_too_many() {
    let Scene { north, release, .. } = scene();
    let mut files = release.files().clone();
    files.insert("targets/readme.txt".to_owned(), b"hello".to_vec());

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: the delivery holds `targets/readme.txt`, which its signed list does not name
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
}

#[test]
fn the_archive_was_touched() {
    let Scene { north, release, .. } = scene();
    let file = release.one_file();
    let check = |bytes: &[u8]| {
        refused(
            OneFile::read(bytes).map_err(Refusal::from).and_then(|one| north.look(&one, at("2026-03-02"))),
        )
    };

    insta::assert_snapshot!(check(b"hello"), @r"
        error: the delivery is not a file that an issuer's program wrote: the archive is damaged: a header in it cannot be read
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
    insta::assert_snapshot!(check(&[file.as_slice(), b"x"].concat()), @r"
        error: the delivery is not a file that an issuer's program wrote: the archive is not written as a delivery is: order, headers or filling bytes were changed
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
    // The first file is root 1: a header block and its content in whole blocks.
    let first = 512 + release.files()["metadata/1.root.json"].len().next_multiple_of(512);
    insta::assert_snapshot!(check(&[&file[..first], &file].concat()), @r"
        error: metadata/1.root.json stands in the delivery twice
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
    let second = first + 512 + found(release.files(), ".snapshot.json").1.len().next_multiple_of(512);
    let swapped = [&file[first..second], &file[..first], &file[second..]].concat();
    insta::assert_snapshot!(check(&swapped), @r"
        error: the delivery is not a file that an issuer's program wrote: the archive is not written as a delivery is: order, headers or filling bytes were changed
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
}

#[test]
fn larger_than_it_may_be() {
    let Scene { north, release, .. } = scene();
    let mut files = release.files().clone();
    files.insert("metadata/timestamp.json".to_owned(), vec![b' '; 20_000]);

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: metadata/timestamp.json has more than 16384 bytes
        hint: this is not an honest delivery: ask the issuer how large it should be
        ");
}

#[test]
fn the_clock_was_set_back() {
    let Scene { north, release, .. } = scene();
    let early = north.look(&Server(release.files().clone()), at("2026-02-27"));
    insta::assert_snapshot!(refused(early), @r"
        error: the clock of this machine says 2026-02-27T12:00:00Z, but 2026-03-01T12:00:00Z was seen before
        hint: set the clock of this machine right and receive it again
        ");

    // At first contact nothing was seen yet, but the statement knows when it was published.
    let issuer = Issuer::new(1);
    let trust = Trust::of_root(issuer.roots.current_file(), north.id.clone(), at("2026-01-01")).unwrap();
    let new = Hoster { id: north.id.clone(), key: north.key.clone(), trust };
    let early = new.look(&Server(release.files().clone()), at("2026-01-02"));
    assert!(matches!(early, Err(Refusal::ClockSetBack { .. })));
    // A few minutes between two machines are usual.
    let near = published() - jiff::SignedDuration::from_mins(5);
    assert!(new.look(&Server(release.files().clone()), near).is_ok());
}

#[test]
fn a_fingerprint_that_nobody_compared() {
    let Scene { north, release, .. } = scene();
    let source = Server(release.files().clone());
    let other = Trust::of_root(Issuer::new(2).roots.current_file(), north.id.clone(), published()).unwrap();

    let refusal =
        Trust::first_contact(&source, &other.root_fingerprint(), north.id.clone(), published()).unwrap_err();

    assert!(matches!(refusal, Refusal::OtherFingerprint { .. }));
    insta::assert_snapshot!(refusal.hint(), @"do not trust it: read the words to the issuer by phone, at a number that is not from this delivery");
}

#[test]
fn another_list_of_the_same_issuer() {
    let Scene { issuer, north, .. } = scene();
    let mut other = edition(12, 5);
    other.list.id = "another-list".to_owned();
    let release = issuer.publish(&other, &north, 5);

    insta::assert_snapshot!(refused(look(&north, release.files())), @r"
        error: the delivery holds another list than `example-list`
        hint: receive it with the trust that belongs to its own list
        ");
}

#[test]
fn statement_and_edition_differ() {
    insta::assert_snapshot!(with_statement(|statement, _| statement.edition = 13), @r"
        error: the edition inside does not say what its signed statement says: the number
        hint: tell the issuer: the delivery was made wrongly, ask for a new one
        ");
    insta::assert_snapshot!(
        with_statement(|statement, _| statement.content_root = delivery::ContentRoot::of(&edition(12, 6))),
        @r"
            error: the edition inside does not say what its signed statement says: the content root
            hint: tell the issuer: the delivery was made wrongly, ask for a new one
            "
    );
    insta::assert_snapshot!(with_statement(|_, bytes| bytes.push(b'\n')), @r"
        error: edition.json was changed after it was signed
        hint: fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way
        ");
    insta::assert_snapshot!(
        with_statement(|statement, bytes| {
            bytes.truncate(bytes.len() - 5);
            statement.parts.insert("edition.json".to_owned(), Part::of(bytes));
        }),
        @r"
            error: the edition inside cannot be read
            hint: update havenmeester, or ask the issuer for the edition again
            "
    );
}

#[test]
fn the_newest_root_was_left_out() {
    let Scene { mut issuer, north, .. } = scene();
    let (one, two) = (Key::new(Role::Root, 101), Key::new(Role::Root, 100));
    let (lost, new) = (issuer.root[2].id(), Key::new(Role::Root, 900));
    issuer.rotate(&[&one, &two], |plan| plan.replace(lost, new.ours.public()).unwrap());
    let mut files = issuer.publish(&edition(12, 5), &north, 5).files().clone();
    assert!(look(&north, &files).is_ok());
    files.remove("metadata/2.root.json");

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: metadata/2.root.json is missing
        hint: the transfer was not finished: fetch the delivery again and compare its size
        ");
}

#[test]
fn a_root_that_lets_one_person_publish() {
    let Scene { issuer, north, release } = scene();
    let old: Signed<Root> = read(issuer.roots.current_file()).unwrap();
    let mut weak = old.signed;
    weak.version = 2;
    weak.roles.targets.threshold = 1;
    let mut files = release.files().clone();
    let forged = canonical(&forge(weak, &[&issuer.root[0], &issuer.root[1]]));
    files.insert("metadata/2.root.json".to_owned(), forged);

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: root 2 is not acceptable: `approver` asks for 1 signatures, at least 2 are wanted
        hint: ask the issuer: a root must ask for two signatures and follow the one before
        ");
}

#[test]
fn a_root_that_jumps_over_one() {
    let Scene { issuer, north, release } = scene();
    let old: Signed<Root> = read(issuer.roots.current_file()).unwrap();
    let mut third = old.signed;
    third.version = 3;
    let mut files = release.files().clone();
    let forged = canonical(&forge(third, &[&issuer.root[0], &issuer.root[1]]));
    files.insert("metadata/2.root.json".to_owned(), forged);

    insta::assert_snapshot!(refused(look(&north, &files)), @r"
        error: the file of root 2 holds root 3
        hint: ask the issuer: a root must ask for two signatures and follow the one before
        ");
}

#[test]
fn a_folder_that_cannot_be_read() {
    let Scene { north, .. } = scene();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("metadata/timestamp.json")).unwrap();

    let unreadable = north.look(&delivery::source::Folder::new(folder.path()), at("2026-03-02"));
    insta::assert_snapshot!(refused(unreadable), @r"
        error: could not read `metadata/timestamp.json`
        hint: look at the path, the connection and the rights, then receive it again
        ");
}

/// A source that must not be asked for more than its limits.
struct Endless;

impl Source for Endless {
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, delivery::source::SourceError> {
        assert!(limit <= 64 * 1024, "{name} may have {limit} bytes before anything is trusted");
        Ok(name.ends_with(".root.json").then(|| vec![b'x'; limit as usize + 1]))
    }
}

#[test]
fn a_server_that_sends_without_end() {
    let Scene { north, .. } = scene();
    let refusal = open(&Endless, &north.trust, &[], at("2026-03-02")).unwrap_err();
    assert!(matches!(refusal, Refusal::Oversized { .. }), "{refusal}");
}
