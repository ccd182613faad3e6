//! Several people on several machines: thresholds, lost and stolen keys, the chain of roots.
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod kit;

use delivery::ceremony::{CeremonyError, Payload, Request, RootPlan, SignatureFile, finish_root, sign};
use delivery::keys::{Role, SigningKey};
use delivery::metadata::Roots;
use delivery::publish::{Lifetimes, PublishError, Sealed, prepare, publish, refresh};
use delivery::{Refusal, Trust};
use kit::{Hoster, Issuer, Key, Server, addressee, at, edition, published, root_expires, signed_root};
use proptest::prelude::*;

#[test]
fn a_root_is_signed_on_three_machines() {
    let issuer = Issuer::new(1);
    let plan = RootPlan::after(issuer.roots.current(), root_expires()).unwrap();

    // What travels is bytes: the request to each person, a signature file back.
    let request = plan.request().unwrap().to_bytes();
    let sign_elsewhere = |key: &Key| {
        let request = Request::from_bytes(&request).unwrap();
        sign(&request, &key.ours).unwrap().to_bytes()
    };
    let files: Vec<SignatureFile> = [&issuer.root[0], &issuer.root[2]]
        .map(|key| SignatureFile::from_bytes(&sign_elsewhere(key)).unwrap())
        .to_vec();
    let roots = finish_root(&plan.draft().unwrap(), &files, Some(issuer.roots.clone())).unwrap();

    assert_eq!(roots.current().version, 2);
    assert_eq!(Roots::read(roots.files().to_vec()).unwrap().current(), roots.current());
}

#[test]
fn people_see_what_they_sign() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let edition = edition(12, 3);
    let root = RootPlan::after(issuer.roots.current(), root_expires()).unwrap().request().unwrap();
    let statements = prepare(&issuer.issue(&edition), vec![addressee(&north, 1)]).unwrap().request();

    insta::assert_snapshot!(root.summary().join("\n"), @r"
        root 2, until 2027-03-01T12:00:00Z
          root: 2 of 3 (477639b3, 5fcce773, bc401b77)
          approver: 2 of 3 (51655ac5, 9d852085, b0d199e0)
          snapshot: 1 of 1 (67093c72)
          timestamp: 1 of 1 (4ee4553b)
        ");
    insta::assert_snapshot!(statements.summary().join("\n"), @"edition 12 of example-list for partner hoster-north, valid until 2026-06-01, 1 parts, content root ac934f53 7722bdf1 970e4a94 b89ce747 b1053e7a d5464115 fc4ad93f ca65d23c");
    assert_eq!(root.fingerprint().words().split(' ').count(), 12);
}

#[test]
fn an_edition_is_approved_on_two_machines_and_stamped_on_a_third() {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let edition = edition(12, 3);
    let sign_elsewhere = |request: &Request| {
        let request = Request::from_bytes(&request.to_bytes()).unwrap();
        [0, 2].map(|one| sign(&request, &issuer.approvers[one].ours).unwrap()).to_vec()
    };

    let prepared = prepare(&issuer.issue(&edition), vec![addressee(&north, 1)]).unwrap();
    let approvals = sign_elsewhere(&prepared.request());
    // Preparing again gives the same request, so nothing needs to be kept while people sign.
    let prepared = prepare(&issuer.issue(&edition), vec![addressee(&north, 1)]).unwrap();
    let sealed = prepared.seal(&approvals).unwrap().to_bytes();
    let sealed = Sealed::from_bytes(&sealed).unwrap();
    let approvals = sign_elsewhere(&sealed.request());
    let release = sealed
        .release(&approvals, &issuer.roots, &issuer.online(), Lifetimes::default(), published())
        .unwrap()
        .remove(0);

    assert_eq!(north.receive_file(&release.one_file(), at("2026-03-02")).unwrap().number(), 12);
}

#[test]
fn a_sealed_draft_that_was_touched_is_refused() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let edition = edition(12, 3);
    let prepared = prepare(&issuer.issue(&edition), vec![addressee(&north, 1)]).unwrap();
    let request = prepared.request();
    let approvals = [0, 1].map(|one| sign(&request, &issuer.approvers[one].ours).unwrap());
    let mut bytes = prepared.seal(&approvals).unwrap().to_bytes();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;

    assert!(matches!(Sealed::from_bytes(&bytes), Err(PublishError::Draft { .. })));
}

#[test]
fn signatures_for_another_request_are_named() {
    let issuer = Issuer::new(1);
    let mut plan = RootPlan::after(issuer.roots.current(), root_expires()).unwrap();
    let file = sign(&plan.request().unwrap(), &issuer.root[0].ours).unwrap();
    plan.expires = at("2030-01-01");

    let refused = finish_root(&plan.draft().unwrap(), std::slice::from_ref(&file), None).unwrap_err();

    assert_eq!(refused, CeremonyError::OtherRequest { key: issuer.root[0].id() });
    let twice = finish_root(
        &RootPlan::after(issuer.roots.current(), root_expires()).unwrap().draft().unwrap(),
        &[file.clone(), file],
        None,
    );
    assert_eq!(twice.unwrap_err(), CeremonyError::SignedTwice { key: issuer.root[0].id() });
}

#[test]
fn nobody_signs_what_is_not_signed_by_hand() {
    let plain = br#"{"_type":"havenmeester-signing-request/1","payloads":["{\"_type\":\"timestamp\"}"]}"#;
    assert!(matches!(Request::from_bytes(plain), Err(CeremonyError::NotARequest { .. })));
    assert!(matches!(Request::from_bytes(b"hello"), Err(CeremonyError::NotARequest { .. })));
    assert!(matches!(SignatureFile::from_bytes(b"{}"), Err(CeremonyError::NotSignatures { .. })));
}

#[test]
fn an_approver_cannot_sign_a_root_and_a_root_key_cannot_approve() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let root = RootPlan::after(issuer.roots.current(), root_expires()).unwrap().request().unwrap();
    let edition = edition(12, 3);
    let statements = prepare(&issuer.issue(&edition), vec![addressee(&north, 1)]).unwrap().request();

    assert!(matches!(sign(&root, &issuer.approvers[0].ours), Err(CeremonyError::WrongRole(_))));
    assert!(matches!(sign(&statements, &issuer.root[0].ours), Err(CeremonyError::WrongRole(_))));
    assert!(matches!(sign(&statements, &issuer.timestamp.ours), Err(CeremonyError::WrongRole(_))));
}

#[test]
fn a_root_needs_two_of_everything_that_people_sign() {
    let key = |role, seed| Key::new(role, seed).ours.public();
    let all = [
        key(Role::Root, 1),
        key(Role::Root, 2),
        key(Role::Approver, 3),
        key(Role::Approver, 4),
        key(Role::Snapshot, 5),
        key(Role::Timestamp, 6),
    ];
    assert!(RootPlan::first(&all, root_expires()).unwrap().draft().is_ok());
    for left_out in 0..all.len() {
        let mut fewer = all.to_vec();
        fewer.remove(left_out);
        let draft = RootPlan::first(&fewer, root_expires()).unwrap().draft();
        assert!(matches!(draft, Err(CeremonyError::Policy(_))), "without key {left_out}");
    }
    let mut alone = RootPlan::first(&all, root_expires()).unwrap();
    alone.approvers.threshold = 1;
    assert!(matches!(alone.draft(), Err(CeremonyError::Policy(_))));
    assert!(RootPlan::first(&[all[0], all[0]], root_expires()).is_err());
    assert!(RootPlan::first(&[key(Role::Receipt, 7)], root_expires()).is_err());
}

#[test]
fn a_lost_root_key_is_replaced_by_the_other_two() {
    let mut issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    north.receive_file(&issuer.publish(&edition(1, 3), &north, 1).one_file(), at("2026-03-02")).unwrap();
    let (lost, new) = (issuer.root.remove(2), Key::new(Role::Root, 901));
    let signers = [Key::new(Role::Root, 100), Key::new(Role::Root, 101)];

    issuer.rotate(&signers.each_ref(), |plan| plan.replace(lost.id(), new.ours.public()).unwrap());
    north.receive_file(&issuer.publish(&edition(2, 3), &north, 2).one_file(), at("2026-03-02")).unwrap();
    // The new key counts from then on.
    issuer.rotate(&[&signers[0], &new], |_| ());
    north.receive_file(&issuer.publish(&edition(3, 3), &north, 3).one_file(), at("2026-03-02")).unwrap();

    assert_eq!(issuer.roots.current().version, 3);
    // Who comes later and has only the first root's words gets there too.
    let source = Server(issuer.publish(&edition(3, 3), &north, 3).files().clone());
    let first = Trust::offered(&source).unwrap()[0].fingerprint;
    let trust = Trust::first_contact(&source, &first, north.id.clone(), at("2026-03-02")).unwrap();
    let late = Hoster { id: north.id.clone(), key: north.key.clone(), trust };
    assert_eq!(late.look(&source, at("2026-03-02")).unwrap().number(), 3);
}

#[test]
fn a_revoked_approver_cannot_publish_any_more() {
    let mut issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let stolen = issuer.approvers[0].id();
    let before = issuer.publish(&edition(1, 3), &north, 1);
    north.receive_file(&before.one_file(), at("2026-03-02")).unwrap();
    let old = issuer.publish(&edition(2, 3), &north, 2);
    let signers = [Key::new(Role::Root, 100), Key::new(Role::Root, 101)];

    issuer.rotate(&signers.each_ref(), |plan| plan.revoke(stolen).unwrap());

    // At the issuer's:
    let edition = edition(3, 3);
    let keys = [&issuer.approvers[0].ours, &issuer.approvers[1].ours];
    let refused = publish(
        &issuer.issue(&edition),
        vec![addressee(&north, 3)],
        &keys,
        &issuer.online(),
        Lifetimes::default(),
    );
    assert!(matches!(refused.unwrap_err(), PublishError::Signatures { .. }));
    // At the hoster's, when the thief put the new root beside what the stolen key had signed:
    let mut files = old.files().clone();
    files.insert("metadata/2.root.json".to_owned(), issuer.roots.current_file().to_vec());
    assert!(north.look(&Server(files), at("2026-03-02")).is_err());
    let keys = [&issuer.approvers[1].ours, &issuer.approvers[2].ours];
    let good = publish(
        &issuer.issue(&edition),
        vec![addressee(&north, 3)],
        &keys,
        &issuer.online(),
        Lifetimes::default(),
    )
    .unwrap();
    assert_eq!(north.receive_file(&good[0].one_file(), at("2026-03-02")).unwrap().number(), 3);
    // After the rotation is known, what the stolen key signed is refused by name.
    let again = north.look(&Server(old.files().clone()), at("2026-03-02")).unwrap_err();
    assert!(matches!(again, Refusal::RolledBack { .. } | Refusal::UnknownSigner { .. }), "{again}");
}

#[test]
fn a_thief_of_an_online_key_cannot_block_later_deliveries() {
    let mut issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let huge = issuer.publish(&edition(1, 3), &north, u64::MAX - 1);
    north.receive_file(&huge.one_file(), at("2026-03-02")).unwrap();
    let next = issuer.publish(&edition(2, 3), &north, 2);
    assert!(matches!(
        north.look(&Server(next.files().clone()), at("2026-03-02")),
        Err(Refusal::RolledBack { .. })
    ));

    let signers = [Key::new(Role::Root, 100), Key::new(Role::Root, 101)];
    let (snapshot, timestamp) = (Key::new(Role::Snapshot, 902), Key::new(Role::Timestamp, 903));
    let (old_snapshot, old_timestamp) = (issuer.snapshot.id(), issuer.timestamp.id());
    let approver = Key::new(Role::Approver, 904);
    let old_approver = issuer.approvers[2].id();
    issuer.rotate(&signers.each_ref(), |plan| {
        plan.replace(old_snapshot, snapshot.ours.public()).unwrap();
        plan.replace(old_timestamp, timestamp.ours.public()).unwrap();
        plan.replace(old_approver, approver.ours.public()).unwrap();
    });
    (issuer.snapshot, issuer.timestamp) = (snapshot, timestamp);

    let next = issuer.publish(&edition(2, 3), &north, 2);
    assert_eq!(north.receive_file(&next.one_file(), at("2026-03-02")).unwrap().number(), 2);
}

#[test]
fn a_partner_who_lost_its_key_enrols_a_new_one() {
    let issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    north.receive_file(&issuer.publish(&edition(1, 3), &north, 1).one_file(), at("2026-03-02")).unwrap();

    north.key = delivery::keys::DecryptionKey::generate();

    north.receive_file(&issuer.publish(&edition(2, 3), &north, 2).one_file(), at("2026-03-02")).unwrap();
}

#[test]
fn a_refresh_needs_a_higher_number() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let release = issuer.publish(&edition(1, 3), &north, 7);
    let again = refresh(&release, 7, &issuer.roots, &issuer.online(), Lifetimes::default(), published());

    assert_eq!(again.unwrap_err(), PublishError::Sequence { found: 7, before: 7 });
}

#[test]
fn what_partners_could_not_read_is_not_published() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let error = |change: &dyn Fn(&mut watchlist::Edition)| {
        let mut edition = edition(12, 3);
        change(&mut edition);
        prepare(&issuer.issue(&edition), vec![addressee(&north, 1)]).err().unwrap()
    };

    assert_eq!(error(&|edition| edition.valid_until = None), PublishError::NoValidity);
    assert_eq!(error(&|edition| edition.number = 0), PublishError::NoNumber);
    assert!(matches!(
        error(&|edition| edition.valid_until = Some(jiff::civil::date(2026, 2, 1))),
        PublishError::Over { .. }
    ));
    assert!(matches!(error(&|edition| edition.list.id.push('\n')), PublishError::ListId));
    assert!(matches!(
        error(&|edition| edition.entries[1].identifiers[0].value = String::new()),
        PublishError::NotReadable { problems: 1, entry: 2 }
    ));
    assert!(matches!(
        error(&|edition| edition.entries[2].note = Some("{a|".to_owned())),
        PublishError::Wording { entry: 3, .. }
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whoever signs what, in whatever order and however often: only two different approvers publish,
    /// and only two different root keys make a root.
    #[test]
    fn no_single_key_publishes(
        first in proptest::collection::vec(0..8_usize, 0..5),
        second in proptest::collection::vec(0..8_usize, 0..5),
    ) {
        let issuer = Issuer::new(1);
        let north = Hoster::of(&issuer, "hoster-north");
        let edition = edition(12, 1);
        let keys: Vec<&SigningKey> = issuer
            .root
            .iter()
            .chain(&issuer.approvers)
            .chain([&issuer.snapshot, &issuer.timestamp])
            .map(|key| &key.ours)
            .collect();
        let sign_all = |request: &Request, who: &[usize]| -> Result<Vec<SignatureFile>, CeremonyError> {
            who.iter().map(|one| sign(request, keys[*one])).collect()
        };
        let two_of = |who: &[usize], from: std::ops::Range<usize>| {
            let different: std::collections::BTreeSet<_> = who.iter().collect();
            different.len() == who.len() && who.len() >= 2 && who.iter().all(|one| from.contains(one))
        };
        let attempt = || -> Result<(), PublishError> {
            let prepared = prepare(&issuer.issue(&edition), vec![addressee(&north, 1)])?;
            let approvals = sign_all(&prepared.request(), &first)?;
            let sealed = prepared.seal(&approvals)?;
            let approvals = sign_all(&sealed.request(), &second)?;
            sealed.release(&approvals, &issuer.roots, &issuer.online(), Lifetimes::default(), published())?;
            Ok(())
        };
        let plan = RootPlan::after(issuer.roots.current(), root_expires()).unwrap();
        let rooted = sign_all(&plan.request().unwrap(), &first)
            .and_then(|files| finish_root(&plan.draft().unwrap(), &files, Some(issuer.roots.clone())));

        prop_assert_eq!(attempt().is_ok(), two_of(&first, 3..6) && two_of(&second, 3..6));
        prop_assert_eq!(rooted.is_ok(), two_of(&first, 0..3));
    }
}

#[test]
fn a_new_root_needs_the_old_threshold_and_the_new_one() {
    let issuer = Issuer::new(1);
    let new: Vec<Key> = (0..3).map(|number| Key::new(Role::Root, 950 + number)).collect();
    let mut plan = RootPlan::after(issuer.roots.current(), root_expires()).unwrap();
    for (old, new) in issuer.root.iter().zip(&new) {
        plan.replace(old.id(), new.ours.public()).unwrap();
    }
    let attempt = |signers: &[&Key]| {
        let request = Request::new(vec![Payload::Root(plan.draft().unwrap())]);
        let files: Vec<_> = signers.iter().map(|key| sign(&request, &key.ours).unwrap()).collect();
        finish_root(&plan.draft().unwrap(), &files, Some(issuer.roots.clone())).is_ok()
    };
    let old = &issuer.root;

    assert!(attempt(&[&old[0], &old[1], &new[0], &new[1]]));
    assert!(!attempt(&[&old[0], &old[1]]));
    assert!(!attempt(&[&new[0], &new[1], &new[2]]));
    assert!(!attempt(&[&old[0], &new[0], &new[1]]));
    assert!(!attempt(&[&old[0], &old[1], &new[0]]));
    assert_eq!(
        signed_root(&plan, &[&old[1], &old[2], &new[1], &new[2]], Some(issuer.roots.clone())).files().len(),
        2
    );
}
