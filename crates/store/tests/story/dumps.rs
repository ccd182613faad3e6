//! A dump holds everything, goes from one database to the other, and is refused when a byte of it is not as it was.

use std::io::Write;

use store::{BothSides, Error, IssuerSide, MasterKey, Store};

use crate::cast::*;
use crate::place::{Place, key, on_both, on_sqlite};

async fn filled(place: &Place) -> Store {
    let store = place.open().await;
    add_people(&store).await;
    let mut act = act(&store, "p-1").await;
    act.entries().propose(&entry("e-1", "one"), &person_id("p-1")).await.unwrap();
    act.partners().add(&partner("pa-1", "Orchard Nine")).await.unwrap();
    act.commit(deed("fill", "entry", "e-1").personal("name", "Anna")).await.unwrap();
    store
}

async fn dump_of(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.dump(&mut bytes).await.unwrap();
    bytes
}

async fn restored(place: &Place, dump: &[u8]) -> Result<Store, Error> {
    Store::restore(&place.address, &key(), dump).await
}

#[test]
fn a_dump_is_restored_as_it_was() {
    on_both(|place: Place| async move {
        let dump = dump_of(&filled(&place).await).await;
        let other = place.another().await;

        let store = restored(&other, &dump).await.unwrap();

        let mut look = store.look().await.unwrap();
        assert_eq!(look.entries().with_id(&entry_id("e-1")).await.unwrap().unwrap().payload, payload("one"));
        assert!(look.partners().named("Orchard Nine").await.unwrap().is_some());
        assert_eq!(look.audit().verify(|_| true).await.unwrap().records, 2);
        drop(look);
        let findings = Store::doctor(&other.address, &key(), |_| true).await;
        assert!(findings.iter().all(|finding| finding.wrong.is_empty()), "{findings:?}");
        assert!(dump_of(&store).await == dump, "a dump of the restored database is the same");
        act(&store, "p-2").await.commit(deed("look", "entry", "e-1")).await.unwrap();
    });
}

#[test]
fn a_dump_moves_from_one_kind_of_database_to_the_other() {
    on_both(|place: Place| async move {
        let sqlite = Place::sqlite();
        let dump = dump_of(&filled(&place).await).await;
        let there = restored(&sqlite, &dump).await.unwrap();

        let last = place.another().await;
        let back = restored(&last, &dump_of(&there).await).await.unwrap();

        assert!(dump_of(&back).await == dump);
    });
}

#[test]
fn a_database_with_something_in_it_is_not_overwritten() {
    on_both(|place: Place| async move {
        let store = filled(&place).await;
        let dump = dump_of(&store).await;
        store.close().await;

        let error = restored(&place, &dump).await.unwrap_err();

        assert!(matches!(error, Error::NotEmpty { .. }), "{error}");
        let mut look = place.open().await.look().await.unwrap();
        assert_eq!(look.entries().all().await.unwrap().len(), 1);
    });
}

#[test]
fn a_dump_of_another_key_leaves_the_database_empty() {
    on_both(|place: Place| async move {
        let dump = dump_of(&filled(&place).await).await;
        let other = place.another().await;

        let wrong = Store::restore(&other.address, &MasterKey::generate().0, &dump[..]).await.unwrap_err();

        assert!(matches!(wrong, Error::WrongKey { .. }), "{wrong}");
        restored(&other, &dump).await.unwrap();
    });
}

#[test]
fn a_dump_that_cannot_be_written_says_so() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::from(std::io::ErrorKind::StorageFull))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    on_both(|place: Place| async move {
        let error = filled(&place).await.dump(&mut Full).await.unwrap_err();
        assert!(matches!(error, Error::DumpNotWritten { .. }), "{error}");
    });
}

#[test]
fn a_changed_or_cut_dump_is_refused_as_a_whole() {
    on_sqlite(|place: Place| async move {
        let dump = dump_of(&filled(&place).await).await;
        for step in 0..60 {
            // A prime, so that the places fall on every part of lines; the last line break is none of them.
            let at = step * 7_919 % (dump.len() - 1);
            let mut changed = dump.clone();
            changed[at] ^= 1 << (at % 7);
            let other = place.another().await;

            let whole = restored(&other, &changed).await;
            let cut = restored(&other, &dump[..at]).await;

            assert!(whole.is_err(), "byte {at} was changed");
            assert!(cut.is_err(), "cut at {at}");
            restored(&other, &dump).await.unwrap();
        }
    });
}
