//! From an edition to a partner and back, and what partners can and cannot compare.
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod kit;

use delivery::publish::{EDITION, Lifetimes, PADDING_BYTES, STATEMENT, refresh, write_folder};
use delivery::source::{Folder, OneFile};
use delivery::{ContentRoot, Trust, content, open};
use kit::{Hoster, Issuer, Server, addressee, at, edition, enclosure};

#[test]
fn an_edition_comes_back_from_one_file() {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let edition = edition(12, 20);
    let mut to = addressee(&north, 1);
    to.enclosures = vec![enclosure("letter-nl.pdf", b"%PDF letter"), enclosure("list.xlsx", &[7; 90_000])];

    let release = issuer.publish_to(&edition, vec![to]).remove(0);
    let received = north.receive_file(&release.one_file(), at("2026-03-02")).unwrap();

    assert_eq!(received.number(), 12);
    assert_eq!(received.edition().entries, issuer.marker.mark(&edition, &north.id).entries);
    assert_eq!(received.enclosures()["letter-nl.pdf"], b"%PDF letter");
    assert_eq!(received.enclosures()["list.xlsx"], [7; 90_000]);
    assert_eq!(received.content_root(), ContentRoot::of(&edition));
    assert_eq!(received.signers().len(), 2);
    assert!(received.problems().is_empty());
    assert_eq!(north.trust.installed_edition(), Some(12));
}

#[test]
fn a_folder_and_a_server_hold_the_same_as_one_file() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let release = issuer.publish(&edition(12, 20), &north, 1);
    let folder = tempfile::tempdir().unwrap();
    write_folder(&release, folder.path()).unwrap();

    let bytes = [
        north.look(&OneFile::read(&release.one_file()).unwrap(), at("2026-03-02")),
        north.look(&Folder::new(folder.path()), at("2026-03-02")),
        north.look(&Server(release.files().clone()), at("2026-03-02")),
    ]
    .map(|received| received.unwrap().bytes().to_vec());

    assert!(bytes.iter().all(|one| *one == bytes[0]));
}

#[test]
fn a_folder_keeps_older_deliveries_and_offers_the_newest() {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let folder = tempfile::tempdir().unwrap();
    for number in 1..=3 {
        write_folder(&issuer.publish(&edition(number, 5), &north, number.into()), folder.path()).unwrap();

        let received = north.receive(&Folder::new(folder.path()), at("2026-03-02")).unwrap();

        assert_eq!(received.number(), number);
    }
    let unfinished = std::fs::read_dir(folder.path().join("metadata")).unwrap().flatten();
    assert!(unfinished.into_iter().all(|file| file.file_name().to_string_lossy().ends_with(".json")));
}

#[test]
fn the_same_delivery_can_be_opened_again() {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let file = issuer.publish(&edition(12, 5), &north, 1).one_file();

    let first = north.receive_file(&file, at("2026-03-02")).unwrap();
    let again = north.receive_file(&file, at("2026-03-03")).unwrap();

    assert_eq!(first.bytes(), again.bytes());
}

#[test]
fn first_contact_trusts_the_root_whose_words_were_compared() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let source = OneFile::read(&issuer.publish(&edition(12, 5), &north, 1).one_file()).unwrap();

    let offered = Trust::offered(&source).unwrap();
    let trust =
        Trust::first_contact(&source, &offered[0].fingerprint, north.id.clone(), at("2026-03-02")).unwrap();

    assert_eq!(trust.root_fingerprint(), offered[0].fingerprint);
    assert_eq!(open(&source, &trust, &[north.key], at("2026-03-02")).unwrap().edition.number(), 12);
}

#[test]
fn a_refreshed_delivery_holds_longer_without_any_approver() {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let release = issuer.publish(&edition(12, 5), &north, 1);

    let later = at("2026-04-20");
    let fresh = refresh(&release, 2, &issuer.roots, &issuer.online(), Lifetimes::default(), later).unwrap();

    assert!(north.receive_file(&release.one_file(), later).is_err());
    assert_eq!(north.receive_file(&fresh.one_file(), later).unwrap().number(), 12);
}

#[test]
fn two_partners_compare_one_line() {
    let issuer = Issuer::new(1);
    let hosters = [Hoster::of(&issuer, "hoster-north"), Hoster::of(&issuer, "hoster-south")];
    let edition = edition(12, 20);
    let releases = issuer.publish_to(&edition, hosters.iter().map(|one| addressee(one, 1)).collect());

    let received: Vec<_> = hosters
        .iter()
        .zip(&releases)
        .map(|(one, release)| one.look(&Server(release.files().clone()), at("2026-03-02")).unwrap())
        .collect();

    assert_eq!(received[0].content_root(), received[1].content_root());
    assert_ne!(received[0].sha256(), received[1].sha256());
    assert_ne!(content::bytes(&edition), received[0].bytes());
}

#[test]
fn nothing_of_another_partner_is_in_a_delivery() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let edition = edition(12, 20);
    let alone = issuer.publish(&edition, &north, 1);
    let mut others: Vec<Hoster> =
        (0..30).map(|number| Hoster::of(&issuer, &format!("other-partner-{number}"))).collect();
    others.push(north);
    let among_many =
        issuer.publish_to(&edition, others.iter().map(|one| addressee(one, 1)).collect()).pop().unwrap();
    let north = others.pop().unwrap();

    // What is not random is the same, whether there are thirty others or none, and so are all sizes.
    let inside = |release: &delivery::publish::Release| {
        let received = north.look(&Server(release.files().clone()), at("2026-03-02")).unwrap();
        (received.bytes().to_vec(), received.published_at())
    };
    assert_eq!(inside(&alone), inside(&among_many));
    assert_eq!(alone.files().len(), among_many.files().len());
    // age adds a random header line of a random length, up to some hundred bytes for each part.
    assert!(alone.one_file().len().abs_diff(among_many.one_file().len()) < 4_096);
    // In the open parts stands no id, not even the partner's own.
    for bytes in among_many.files().values().chain([&among_many.one_file()]) {
        for word in ["other-partner", "hoster-north"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word} can be read");
        }
    }
    let received = north.look(&Server(among_many.files().clone()), at("2026-03-02")).unwrap();
    assert!(!String::from_utf8_lossy(received.bytes()).contains("other-partner"));
}

#[test]
fn sizes_do_not_tell_which_words_a_partner_got() {
    let issuer = Issuer::new(1);
    let hosters: Vec<Hoster> =
        (0..20).map(|number| Hoster::of(&issuer, &format!("hoster-{number}"))).collect();
    let releases = issuer.publish_to(&edition(12, 20), hosters.iter().map(|one| addressee(one, 1)).collect());

    // age adds a random header line to each part; without it, all sizes are whole paddings.
    let paddings = |release: &delivery::publish::Release| {
        let parts = release.files().iter().filter(|(name, _)| name.starts_with("targets/"));
        let mut sizes: Vec<usize> = parts.map(|(_, bytes)| bytes.len() / PADDING_BYTES).collect();
        sizes.sort_unstable();
        sizes
    };
    let lengths: std::collections::BTreeSet<usize> = hosters
        .iter()
        .map(|one| delivery::content::bytes(&issuer.marker.mark(&edition(12, 20), &one.id)).len())
        .collect();
    assert!(lengths.len() > 1, "the editions have different lengths");
    assert!(releases.iter().all(|release| paddings(release) == paddings(&releases[0])));
}

#[test]
fn the_names_of_files_say_what_they_are_and_not_for_whom() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let release = issuer.publish(&edition(12, 1), &north, 4);

    let mut names: Vec<String> = release
        .files()
        .keys()
        .map(|name| match name.rsplit_once('/') {
            Some(("targets", file)) => format!("targets/<sha256>.{}", file.split_once('.').unwrap().1),
            _ => name.clone(),
        })
        .collect();
    // The hashes are of encrypted bytes, which differ from run to run; so does their order.
    names.sort();

    insta::assert_snapshot!(names.join("\n"), @r"
        metadata/1.root.json
        metadata/4.snapshot.json
        metadata/4.targets.json
        metadata/timestamp.json
        targets/<sha256>.edition.json.age
        targets/<sha256>.statement.json.age
        ");
    assert!(names.contains(&format!("targets/<sha256>.{EDITION}.age")));
    assert!(names.contains(&format!("targets/<sha256>.{STATEMENT}.age")));
}

#[test]
fn debug_shows_neither_partner_nor_entries() {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let release = issuer.publish(&edition(12, 3), &north, 1);
    let received = north.receive_file(&release.one_file(), at("2026-03-02")).unwrap();

    let shown = format!("{release:?} {received:?} {:?} {:?}", north.trust, issuer.marker);

    insta::assert_snapshot!(shown, @"Release(1, 6 files) VerifiedEdition(12, 3 entries) Trust(root 1, edition Some(12)) Marker(Wording(17 choices))");
}
