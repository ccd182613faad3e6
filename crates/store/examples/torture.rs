//! Acts without end, for tests that end this program: `torture ADDRESS RUN`.
//!
//! Each act stores an entry, its evidence with a captured file, and the link between them, and prints the entry's id
//! once the act is confirmed. What was printed must be there whatever happens next; what was not may be there whole
//! or not at all. Ends with status 3 and the error on the first failure.
#![expect(clippy::print_stderr, reason = "an example's output is the terminal")]

use std::error::Error as _;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::Timestamp;
use store::issuer::entries::Entry;
use store::issuer::evidence::{Evidence, EvidenceId};
use store::{
    Actor, Address, Deed, Error, IssuerSide, MasterKey, Payload, PersonId, Revision, Sha256, Store, Word,
};
use watchlist::EntryId;

/// Larger than SQLite's pages and PostgreSQL's rows, so that one act is many writes.
const FILE_BYTES: usize = 60_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, address, run] = arguments.as_slice() else {
        eprintln!("usage: torture ADDRESS RUN");
        return ExitCode::from(2);
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let Err(error) = runtime.expect("the machine has threads").block_on(torture(address, run)) else {
        return ExitCode::SUCCESS;
    };
    eprintln!("error: {error}");
    if let Some(cause) = error.source() {
        eprintln!("cause: {cause}");
    }
    if let Some(hint) = error.hint() {
        eprintln!("hint: {hint}");
    }
    ExitCode::from(3)
}

async fn torture(address: &str, run: &str) -> Result<(), Error> {
    let store = Store::open(&Address::parse(address)?, &MasterKey::from_bytes([7; 32])).await?;
    for number in 0.. {
        let id = format!("e-{run}-{number}");
        one_act(&store, &id, number).await?;
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{id}").and_then(|()| out.flush()).is_err() {
            break;
        }
        drop(out);
        if number % 10 == 9 {
            let sign = |_: &[u8]| Ok(store::Signature { key: "none".to_owned(), bytes: vec![0; 64] });
            store.sign_checkpoint(Timestamp::UNIX_EPOCH, sign).await?;
        }
    }
    Ok(())
}

async fn one_act(store: &Store, id: &str, number: u32) -> Result<(), Error> {
    let person = PersonId("p-1".to_owned());
    let actor = Actor { person: person.clone(), role: Word::new("analyst")? };
    let mut act = store.act(actor, Timestamp::UNIX_EPOCH).await?;
    let entry = Entry {
        id: EntryId(id.to_owned()),
        version: 0,
        review_by: None,
        state: Word::new("proposed")?,
        payload: Payload::new(id.as_bytes().to_vec()),
        revision: Revision::NEW,
    };
    act.entries().propose(&entry, &person).await?;
    let evidence = Evidence {
        id: EvidenceId(id.to_owned()),
        collector: person,
        state: Word::new("sealed")?,
        payload: Payload::new(id.as_bytes().to_vec()),
        revision: Revision::NEW,
    };
    act.evidence().add(&evidence).await?;
    let bytes = format!("{id} {number}").repeat(FILE_BYTES / 10);
    let file = (Sha256::of(bytes.as_bytes()), bytes.as_bytes());
    act.evidence().attach(&evidence.id, 1, Word::new("html")?, file, Payload::default()).await?;
    act.evidence().link(&evidence.id, &entry.id, Word::new("direct")?, Payload::default()).await?;
    let deed = Deed::new("propose_entry", "entry", id, "torture")?.personal("name", "Anna");
    act.commit(deed).await.map(drop)
}
