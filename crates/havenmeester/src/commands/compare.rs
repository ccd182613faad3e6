//! `compare`: pairs of names in, score, class and reasons out.

mod columns;
mod rows;

use std::io::Write;
use std::sync::atomic::Ordering;

use anyhow::Result;
use intake::Problems;
use intake::table::{self, Limits, RawBatch, Table};
use matching::Context;

use crate::arguments;
use crate::exit::Outcome;
use crate::output;
use crate::pipeline;
use crate::problems::Tally;
use crate::progress::{Progress, Watcher};
use crate::settings::{self, Common};
use columns::Columns;
use rows::Scored;

/// Pairs in one batch: some milliseconds of work, so that workers seldom meet, and small in memory.
const PAIRS_PER_BATCH: usize = 2_048;

pub(crate) fn run(typed: &arguments::Compare, common: &Common) -> Result<Outcome> {
    let table = table::open(&typed.pairs, &Limits::default(), &columns::is_known)?;
    let columns = Columns::find(table.headings())?;
    let workers = settings::workers(typed.threads);
    let mut problems = Problems::default();

    output::to(typed.out.as_deref(), |out| {
        out.write_all(columns.first_line().as_bytes())?;
        score(table, &columns, workers, common, out, &mut problems)
    })?;

    let mut tally = Tally::default();
    tally.add_file(&typed.pairs, &problems);
    tally.print(common.output);
    Ok(if problems.lost() > 0 { Outcome::Problems } else { Outcome::Nothing })
}

/// Writes the scores in the order of the pairs, whatever the number of workers.
fn score(
    mut table: Table,
    columns: &Columns,
    workers: usize,
    common: &Common,
    out: &mut dyn Write,
    problems: &mut Problems,
) -> Result<()> {
    let read = table.progress();
    let progress = Progress::over(read.bytes_total.load(Ordering::Relaxed), Watcher::Terminal(common.output));
    let context = Context { today: common.today };
    let mut rows = 0;
    pipeline::in_order(
        workers,
        std::iter::from_fn(|| table.next_batch(PAIRS_PER_BATCH).map(Ok)),
        |batch: RawBatch| Ok(rows::score(batch, columns, &context)),
        |scored: Scored| {
            scored.problems.iter().for_each(|problem| problems.add(problem));
            scored.write(columns, rows, out)?;
            rows += scored.rows();
            progress.at(read.bytes_read.load(Ordering::Relaxed), rows, "pairs");
            anyhow::Ok(())
        },
    )?;
    progress.finish();
    Ok(())
}
