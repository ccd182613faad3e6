//! How far a file was read: rate and time left on a terminal, nothing elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;

/// Who wants to know how far a file was read.
#[derive(Clone, Copy)]
pub(crate) enum Watcher<'a> {
    Terminal(Output),
    /// Told bytes read, bytes in all, and records.
    Other(&'a (dyn Fn(u64, u64, u64) + Send + Sync)),
}

/// How far one file was read.
pub(crate) enum Progress<'a> {
    Bar(ProgressBar),
    Told { to: &'a (dyn Fn(u64, u64, u64) + Send + Sync), bytes: u64 },
}

impl<'a> Progress<'a> {
    /// `bytes` is the size of the file; 0 if it is not known.
    pub(crate) fn over(bytes: u64, watcher: Watcher<'a>) -> Self {
        let output = match watcher {
            Watcher::Terminal(output) => output,
            Watcher::Other(to) => return Self::Told { to, bytes },
        };
        if !output.shows_progress() {
            return Self::Bar(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(8));
        let style = "{bar:32} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
        bar.set_style(
            ProgressStyle::with_template(style).expect("the template is a constant that a test draws"),
        );
        bar.enable_steady_tick(Duration::from_millis(250));
        Self::Bar(bar)
    }

    /// Bytes read so far, and how many customers or pairs that were.
    pub(crate) fn at(&self, bytes: u64, records: u64, what: &str) {
        match self {
            Self::Bar(bar) if !bar.is_hidden() => {
                bar.set_message(format!("{records} {what}"));
                bar.set_position(bytes);
            }
            Self::Bar(_) => {}
            Self::Told { to, bytes: all } => to(bytes, *all, records),
        }
    }

    /// Takes the bar away, so that it does not stand between results.
    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_can_be_drawn() {
        let style = "{bar:32} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
        ProgressStyle::with_template(style).unwrap();
        Progress::over(10, Watcher::Terminal(Output { quiet: true })).at(5, 1, "customers");
    }
}
