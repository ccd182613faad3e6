//! How long it takes to save 1,000 entries, publish them in an edition, and load both: `publish_speed ADDRESS`.
//!
//! The database at ADDRESS must be new; entries have 1,500 bytes, as those of the demo list have at most.
#![expect(clippy::print_stdout, reason = "an example's output is the terminal")]

use std::time::Instant;

use jiff::Timestamp;
use store::issuer::editions::{Edition, EditionId};
use store::issuer::entries::Entry;
use store::issuer::people::Person;
use store::{
    Act, Actor, Address, BothSides, Deed, Error, IssuerSide, MasterKey, Payload, PersonId, Revision, Store,
    Word,
};
use watchlist::EntryId;

const ENTRIES: usize = 1_000;
const ENTRY_BYTES: usize = 1_500;

fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("the machine has threads").block_on(measure(&Address::parse(&address)?))
}

async fn measure(address: &Address) -> Result<(), Error> {
    let store = told("open a new database", Store::open(address, &MasterKey::from_bytes([7; 32]))).await?;
    told("save 1,000 entries in one act", save(&store)).await?;
    told("publish them in one act", publish(&store)).await?;
    told("load 1,000 entries and the edition", load(&store)).await?;
    told("verify the audit chain", async { store.look().await?.audit().verify(|_| true).await.map(drop) })
        .await?;
    let (new, _) = MasterKey::generate();
    told("rotate the keys", store.rotate_keys(actor()?, Timestamp::UNIX_EPOCH, &new, "measure")).await?;
    Ok(())
}

async fn told<T>(what: &str, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let start = Instant::now();
    let done = work.await?;
    println!("{:>8.1} ms  {what}", start.elapsed().as_secs_f64() * 1_000.0);
    Ok(done)
}

fn actor() -> Result<Actor, Error> {
    Ok(Actor { person: PersonId("p-1".to_owned()), role: Word::new("analyst")? })
}

async fn act(store: &Store) -> Result<Act, Error> {
    store.act(actor()?, Timestamp::UNIX_EPOCH).await
}

async fn save(store: &Store) -> Result<(), Error> {
    let mut act = act(store).await?;
    let person = Person {
        id: PersonId("p-1".to_owned()),
        name: "anna".to_owned(),
        team: "north".to_owned(),
        state: Word::new("active")?,
        payload: Payload::default(),
        revision: Revision::NEW,
    };
    act.people().add(&person).await?;
    for number in 0..ENTRIES {
        let entry = Entry {
            id: EntryId(format!("e-{number}")),
            version: 0,
            review_by: None,
            state: Word::new("approved")?,
            payload: Payload::new(vec![b'x'; ENTRY_BYTES]),
            revision: Revision::NEW,
        };
        act.entries().propose(&entry, &person.id).await?;
    }
    act.commit(Deed::new("import_entries", "entry", "e-0", "measure")?).await.map(drop)
}

async fn publish(store: &Store) -> Result<(), Error> {
    let mut act = act(store).await?;
    let entries = act.entries().in_state(&Word::new("approved")?).await?;
    let bytes: Vec<u8> = entries.iter().flat_map(|entry| entry.payload.bytes().to_vec()).collect();
    for entry in entries {
        act.entries().move_to(&entry.id, entry.revision, Word::new("published")?, None).await?;
    }
    let edition = Edition {
        id: EditionId("ed-1".to_owned()),
        list: "list-1".to_owned(),
        number: 1,
        content_root: "0".repeat(64),
        state: Word::new("published")?,
        payload: Payload::new(bytes),
        revision: Revision::NEW,
    };
    act.editions().add(&edition).await?;
    act.commit(Deed::new("publish_edition", "edition", "ed-1", "measure")?).await.map(drop)
}

async fn load(store: &Store) -> Result<(), Error> {
    let mut look = store.look().await?;
    let entries = look.entries().all().await?;
    let edition = look.editions().newest("list-1", &Word::new("published")?).await?;
    let bytes = edition.map(|edition| edition.payload.bytes().len());
    assert_eq!((entries.len(), bytes), (ENTRIES, Some(ENTRIES * ENTRY_BYTES)));
    Ok(())
}
