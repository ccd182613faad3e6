//! How fast the product is. Every figure here is printed by one command and noted in `benches/RESULTS.md`.

pub mod check;
pub mod list;
pub mod scoring;
pub mod whole;

use std::io::{self, Write};
use std::time::Duration;

/// Load of other work, in cores, from which a figure is none to note.
const BUSY: f64 = 0.3;

/// Says how busy the machine is: a figure taken beside other work is none to note. The median of several
/// rounds, which every benchmark prints, does not mend that.
pub fn print_load(out: &mut dyn Write) -> io::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match load.split(' ').next().and_then(|load| load.parse::<f64>().ok()) {
        Some(load) if load > BUSY => {
            writeln!(out, "{cores} cores; load average {load}: BUSY, so no figure below is one to note")
        }
        Some(load) => writeln!(out, "{cores} cores; load average {load}"),
        None => writeln!(out, "{cores} cores; load unknown"),
    }
}

/// The middle of several measurements, and how far the others are from it (0.1: within 10 %).
pub(crate) fn median(measured: &mut [f64]) -> (f64, f64) {
    measured.sort_unstable_by(f64::total_cmp);
    let middle = measured[measured.len() / 2];
    let (least, most) = (measured[0], measured[measured.len() - 1]);
    (middle, ((middle - least) / middle).max((most - middle) / middle))
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
    fn the_middle_of_three_and_the_widest_way_from_it() {
        assert_eq!(median(&mut [4.0, 2.0, 5.0]), (4.0, 0.5));
    }

    #[test]
    fn quantiles_of_a_hundred() {
        let sorted: Vec<Duration> = (0..101).map(Duration::from_millis).collect();

        assert_eq!(quantile(&sorted, 0.5), Duration::from_millis(50));
        assert_eq!(quantile(&sorted, 0.99), Duration::from_millis(99));
    }
}
