//! How fast the product is. Every figure here is printed by one command and noted in `benches/RESULTS.md`.

pub mod check;
pub mod list;
pub mod scoring;
pub mod whole;

use std::io::{self, Write};
use std::time::Duration;

/// Says how busy the machine is: a figure taken beside other work is none to note.
pub fn print_load(out: &mut dyn Write) -> io::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    match std::fs::read_to_string("/proc/loadavg") {
        Ok(load) => {
            writeln!(out, "{cores} cores; load average {}", load.split(' ').next().unwrap_or("unknown"))
        }
        Err(_) => writeln!(out, "{cores} cores; load unknown"),
    }
}

/// The value below which `share` (0..1) of the durations lie. `sorted` must be in order and not empty.
pub(crate) fn quantile(sorted: &[Duration], share: f64) -> Duration {
    let place = (share * (sorted.len() - 1) as f64).round() as usize;
    sorted[place.min(sorted.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_a_hundred() {
        let sorted: Vec<Duration> = (0..101).map(Duration::from_millis).collect();

        assert_eq!(quantile(&sorted, 0.5), Duration::from_millis(50));
        assert_eq!(quantile(&sorted, 0.99), Duration::from_millis(99));
    }
}
