//! Retention by itself: as long as the desk runs, once a day, in the name of the program.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use operations::hoster::retention;
use store::{PersonId, Store};

use crate::clock;
use crate::output::Output;

/// How often it is looked whether a day has passed.
const LOOKS: Duration = Duration::from_secs(3600);
/// How long a run holds.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
/// In whose name it runs.
const BY: &str = "retention";

/// Runs for ever. What goes wrong is said and tried again with the next look.
pub(crate) async fn every_day(store: Arc<Store>, months: u32, output: Output) {
    loop {
        if let Err(error) = once(&store, months).await {
            output.note(format_args!("retention did not run: {error}; it is tried again in an hour"));
        }
        tokio::time::sleep(LOOKS).await;
    }
}

async fn once(store: &Store, months: u32) -> Result<(), store::Error> {
    let now = clock::now();
    let last = retention::last_run(&mut store.look().await?).await?;
    if last.is_none_or(|last| now.duration_since(last) >= A_DAY) {
        let by = PersonId(BY.to_owned());
        retention::run(store, &by, retention::before(now, months), now).await?;
    }
    Ok(())
}
