//! The audit chain: no change without a record, no changed record that goes unseen, erasure that leaves it whole.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::Index;
use store::audit::{Break, Checkpoint, Fault, Verified, verify};
use store::{BothSides, Check, Deed, Error, IssuerSide, Signature, Store};

use crate::cast::*;
use crate::place::{Place, key, on_both, on_sqlite};

/// Stands for a signature: only who knows the secret makes it, and it covers the whole message.
fn sign(message: &[u8]) -> Result<Signature, String> {
    let keyed = store::Sha256::of(&[b"secret of the auditor", message].concat());
    Ok(Signature { key: "auditor-1".to_owned(), bytes: keyed.0.to_vec() })
}

fn holds(checkpoint: &Checkpoint) -> bool {
    let expected = sign(&checkpoint.message).unwrap();
    let digits: String = expected.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    checkpoint.key == expected.key && checkpoint.signature == digits
}

/// Six acts with and without details, two checkpoints, one erasure.
async fn write_chain(store: &Store) {
    add_people(store).await;
    for id in ["e-1", "e-2", "e-3"] {
        let mut act = act(store, "p-1").await;
        act.entries().propose(&entry(id, "text"), &person_id("p-1")).await.unwrap();
        let deed = Deed::new("propose_entry", "entry", id, "art. 1, \"test\"").unwrap();
        act.commit(deed.personal("name", "Anna").personal("desk", "12")).await.unwrap();
    }
    store.sign_checkpoint(noon(), sign).await.unwrap();
    let mut erasing = act(store, "p-2").await;
    erasing.erase_personal(&[3]).await.unwrap();
    erasing.commit(deed("erase_personal", "person", "p-1")).await.unwrap();
    let looking = act(store, "p-3").await;
    looking.commit(deed("export_list", "list", "list-1").personal("name", "Chris")).await.unwrap();
    store.sign_checkpoint(noon(), sign).await.unwrap();
}

async fn export(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.look().await.unwrap().audit().export(&mut bytes).await.unwrap();
    bytes
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

fn check(lines: &[Vec<u8>]) -> Result<Verified, Break> {
    verify(lines, holds)
}

/// One export for all properties.
fn good() -> &'static [Vec<u8>] {
    static GOOD: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    GOOD.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let place = Place::sqlite();
            let store = place.open().await;
            write_chain(&store).await;
            lines(&export(&store).await)
        })
    })
}

#[test]
fn an_export_verifies_alone_and_says_what_it_holds() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        write_chain(&store).await;

        let exported = lines(&export(&store).await);
        let verified = check(&exported).unwrap();

        assert_eq!((verified.records, verified.erased, verified.checkpoints), (6, 1, 2));
        assert_eq!(verified.signed_up_to, 6);
        assert_eq!(store.look().await.unwrap().audit().verify(holds).await.unwrap(), verified);
    });
}

#[test]
fn an_empty_chain_is_whole() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        store.sign_checkpoint(noon(), sign).await.unwrap();

        let verified = check(&lines(&export(&store).await)).unwrap();

        assert_eq!((verified.records, verified.head.as_str()), (0, "0".repeat(64).as_str()));
    });
}

#[test]
fn a_record_says_who_did_what_to_what_and_names_every_change() {
    let text = String::from_utf8(good()[1].clone()).unwrap();

    for part in [
        r#""action":"propose_entry""#,
        r#""actor":"p-1""#,
        r#""at":"2026-03-31T12:00:00Z""#,
        r#""role":"analyst""#,
        r#""ground":"art. 1, \"test\"""#,
        r#""id":"e-1","kind":"entry""#,
        r#""id":"e-1.000001","kind":"version of an entry""#,
        r#""details":{"desk":"12","name":"Anna"}"#,
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn what_is_dropped_leaves_neither_change_nor_record() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut dropped = act(&store, "p-1").await;
        dropped.entries().propose(&entry("e-1", "text"), &person_id("p-1")).await.unwrap();
        drop(dropped);

        let mut next = act(&store, "p-1").await;
        assert!(next.entries().all().await.unwrap().is_empty());
        assert_eq!(next.commit(deed("look", "entry", "e-1")).await.unwrap().seq, 2);
    });
}

#[test]
fn an_erased_detail_is_gone_and_cannot_be_erased_twice() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        write_chain(&store).await;

        let text = String::from_utf8(export(&store).await).unwrap();
        assert_eq!(text.matches("Anna").count(), 2, "two of three are left");
        let mut again = act(&store, "p-2").await;
        for seq in [3, 1, 99] {
            let error = again.erase_personal(&[seq]).await.unwrap_err();
            assert!(matches!(error, Error::NothingToErase { seq: found } if found == seq), "{error}");
        }
    });
}

#[test]
fn records_cannot_be_changed_or_removed_by_sql() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        write_chain(&store).await;

        for sql in [
            "DELETE FROM audit_records WHERE seq = 6",
            "UPDATE audit_records SET hash = 'x' WHERE seq = 6",
            "UPDATE audit_records SET seq = 9 WHERE seq = 6",
            "DELETE FROM audit_checkpoints",
            "UPDATE audit_checkpoints SET seq = 1",
        ] {
            assert!(place.execute(sql).await.is_err(), "{sql}");
        }
        check(&lines(&export(&store).await)).unwrap();
    });
}

#[test]
fn the_doctor_sees_what_was_changed_behind_the_chain() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        write_chain(&store).await;
        let healthy = Store::doctor(&place.address, &key(), holds).await;
        assert!(healthy.iter().all(|finding| finding.wrong.is_empty()), "{healthy:?}");
        assert_eq!(healthy.len(), 7);

        place.execute("UPDATE entries SET state = 'approved' WHERE id = 'e-1'").await.unwrap();
        place.execute("DELETE FROM entry_versions WHERE id = 'e-2.000001'").await.unwrap();
        let findings = Store::doctor(&place.address, &key(), holds).await;

        let sick: Vec<_> = findings.iter().filter(|finding| !finding.wrong.is_empty()).collect();
        assert_eq!(sick.len(), 1, "{findings:?}");
        assert_eq!(sick[0].check, Check::Rows);
        let expected = [
            "entry e-1 was changed without an act",
            "version of an entry e-2.000001 was removed without an act",
        ];
        assert_eq!(sick[0].wrong, expected);
    });
}

#[test]
fn the_doctor_sees_a_chain_that_lost_its_end() {
    on_sqlite(|place: Place| async move {
        let store = place.open().await;
        write_chain(&store).await;
        store.close().await;
        place.execute("DROP TRIGGER audit_records_stay").await.unwrap();
        place.execute("DELETE FROM audit_checkpoints WHERE 1 = 0").await.unwrap();
        place.execute("DROP TRIGGER audit_checkpoints_stay").await.unwrap();
        place.execute("DELETE FROM audit_checkpoints WHERE seq = 6").await.unwrap();
        place.execute("DELETE FROM audit_records WHERE seq = 6").await.unwrap();

        let findings = Store::doctor(&place.address, &key(), holds).await;

        let audit = findings.iter().find(|finding| finding.check == Check::Audit).unwrap();
        assert_eq!(audit.wrong, ["the last record of the audit chain is not the one that was written last"]);
    });
}

#[test]
fn a_signer_that_fails_leaves_no_checkpoint() {
    on_both(|place: Place| async move {
        let store = place.open().await;

        let error = store.sign_checkpoint(noon(), |_| Err("no card".to_owned())).await.unwrap_err();

        assert_eq!(error.to_string(), "the signer of the checkpoint failed: no card");
        assert_eq!(check(&lines(&export(&store).await)).unwrap().checkpoints, 0);
    });
}

#[test]
fn a_ground_is_one_line_and_not_empty() {
    for ground in ["", "two\nlines", &"x".repeat(301)] {
        let error = Deed::new("look", "entry", "e-1", ground).unwrap_err();
        assert!(matches!(error, Error::BadGround { .. }), "{error}");
    }
}

#[test]
fn a_personal_part_that_nobody_erased_is_missed() {
    let mut changed = good().to_vec();
    let line: serde_json::Value = serde_json::from_slice(&changed[1]).unwrap();
    let (hash, record) = (line["hash"].as_str().unwrap(), line["record"].to_string());
    changed[1] = format!(r#"{{"hash":"{hash}","personal":null,"record":{record}}}"#).into_bytes();

    // serde_json writes the members in the order of their names here, so the line is canonical.
    assert_eq!(check(&changed).unwrap_err().fault, Fault::PersonalMissing { seq: 2 });
}

#[test]
fn a_chain_forged_from_some_record_on_fails_at_the_signature() {
    // A second chain with other contents, and the signatures of the first put into it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let forged = runtime.block_on(async {
        let place = Place::sqlite();
        let store = place.open().await;
        write_chain(&store).await;
        lines(&export(&store).await)
    });
    let mut mixed = forged;
    let of_good = good().iter().filter(|line| line.starts_with(b"{\"checkpoint\""));
    let places: Vec<usize> = (0..mixed.len()).filter(|n| mixed[*n].starts_with(b"{\"checkpoint\"")).collect();
    for (place, line) in places.into_iter().zip(of_good) {
        mixed[place].clone_from(line);
    }

    assert!(matches!(check(&mixed).unwrap_err().fault, Fault::CheckpointDiffers { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_changed_byte_is_found(line in any::<Index>(), at in any::<Index>(), by in 1_u8..) {
        let mut changed = good().to_vec();
        let line = line.index(changed.len());
        let at = at.index(changed[line].len());
        changed[line][at] ^= by;

        // A changed byte may make a line break, which makes two lines of one.
        prop_assert!(check(&lines(&changed.join(&b'\n'))).is_err());
    }

    #[test]
    fn any_missing_or_added_byte_is_found(line in any::<Index>(), at in any::<Index>(), byte in any::<u8>()) {
        let line = line.index(good().len());
        let at = at.index(good()[line].len());
        let mut shorter = good().to_vec();
        shorter[line].remove(at);
        let mut longer = good().to_vec();
        longer[line].insert(at, byte);

        prop_assert!(check(&lines(&shorter.join(&b'\n'))).is_err());
        prop_assert!(check(&lines(&longer.join(&b'\n'))).is_err());
    }

    #[test]
    fn any_missing_record_is_found(line in any::<Index>()) {
        let mut changed = good().to_vec();
        let line = line.index(changed.len());
        let was_checkpoint = changed.remove(line).starts_with(b"{\"checkpoint\"");

        // A checkpoint vouches for the chain and is no part of it: without it, less is signed.
        let result = check(&changed);
        prop_assert_eq!(result.is_ok(), was_checkpoint);
        if let Ok(verified) = result {
            prop_assert_eq!(verified.checkpoints, 1);
        }
    }

    #[test]
    fn any_swapped_or_repeated_record_is_found(one in any::<Index>(), other in any::<Index>()) {
        let (one, other) = (one.index(good().len()), other.index(good().len()));
        prop_assume!(one != other);
        let mut swapped = good().to_vec();
        swapped.swap(one, other);
        prop_assert!(check(&swapped).is_err());

        let mut repeated = good().to_vec();
        let again = repeated[one].clone();
        let is_checkpoint = again.starts_with(b"{\"checkpoint\"");
        repeated.insert(other, again);
        prop_assert!(check(&repeated).is_err() || is_checkpoint);
    }

    #[test]
    fn any_cut_end_is_found(keep in any::<Index>()) {
        let keep = keep.index(good().len());
        prop_assert!(check(&good()[..keep]).is_err());
    }

    #[test]
    fn bytes_that_are_no_export_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(check(&lines(&bytes)).is_err());
    }
}
