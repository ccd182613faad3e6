//! How far a file was read: rate and time left on a terminal, nothing elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;

/// A bar over the bytes of one file.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// `bytes` is the size of the file; 0 if it is not known.
    pub(crate) fn over(bytes: u64, output: Output) -> Self {
        if !output.shows_progress() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(8));
        let style = "{bar:32} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
        bar.set_style(
            ProgressStyle::with_template(style).expect("the template is a constant that a test draws"),
        );
        bar.enable_steady_tick(Duration::from_millis(250));
        Self(bar)
    }

    /// Bytes read so far, and how many customers or pairs that were.
    pub(crate) fn at(&self, bytes: u64, records: u64, what: &str) {
        if !self.0.is_hidden() {
            self.0.set_message(format!("{records} {what}"));
            self.0.set_position(bytes);
        }
    }

    /// Takes the bar away, so that it does not stand between results.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_can_be_drawn() {
        let style = "{bar:32} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
        ProgressStyle::with_template(style).unwrap();
        Progress::over(10, Output { quiet: true }).at(5, 1, "customers");
    }
}
