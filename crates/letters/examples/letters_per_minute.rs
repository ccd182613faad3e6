//! How long letters and enclosures take: `letters_per_minute PARTNERS ENTRIES MARKED_PARTNERS`.
//!
//! Prints medians of one document on a warm press, and the whole on one and two threads: first letters for
//! all partners with one list that is the same for all, then letters and a list worded for each partner.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example prints and may fail loudly")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use letters::{
    EnclosureFacts, Language, Notes, Press, enclosure_pdf, enclosure_xlsx, letter_pdf, letter_text,
};

#[path = "../tests/sample/mod.rs"]
mod sample;

#[derive(Default)]
struct Times {
    letter: Vec<Duration>,
    text: Vec<Duration>,
    pdf: Vec<Duration>,
    workbook: Vec<Duration>,
}

fn main() {
    let number = |place| std::env::args().nth(place).map(|text| text.parse::<usize>().unwrap());
    let (partners, entries, marked) =
        (number(1).unwrap_or(200), number(2).unwrap_or(1_000), number(3).unwrap_or(200));
    for threads in [1, 2] {
        run(partners, entries, threads, Notes::InFileOnly);
        run(marked, entries, threads, Notes::Shown);
    }
}

fn run(partners: usize, entries: usize, threads: usize, notes: Notes) {
    let (press, edition, next) = (Press::default(), sample::edition(entries), AtomicUsize::new(0));
    let start = Instant::now();
    let worker = || {
        let mut times = Times::default();
        loop {
            let partner = next.fetch_add(1, Ordering::Relaxed);
            if partner >= partners {
                return times;
            }
            let mut facts = sample::letter(Language::Nl);
            facts.partner.name = format!("Partner {partner}");
            facts.reference = format!("HV-2026-{partner:04}");
            timed(&mut times.letter, || letter_pdf(&press, &facts, Language::Nl).unwrap());
            timed(&mut times.text, || letter_text(&press, &facts, Language::Nl).unwrap());
            // A list that is the same for all is made with the first letter.
            if notes == Notes::InFileOnly && partner > 0 {
                continue;
            }
            let (worded, facts) =
                (sample::worded_for(&edition, partner), EnclosureFacts { notes, ..sample::enclosure() });
            timed(&mut times.pdf, || enclosure_pdf(&press, &worded, &facts, Language::Nl).unwrap());
            timed(&mut times.workbook, || enclosure_xlsx(&worded, &facts, Language::Nl).unwrap());
        }
    };
    let mut all = Times::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            let times = worker.join().unwrap();
            all.letter.extend(times.letter);
            all.text.extend(times.text);
            all.pdf.extend(times.pdf);
            all.workbook.extend(times.workbook);
        }
    });
    println!(
        "{partners} partners, {entries} entries, notes {notes:?}, {threads} thread(s): {:.1} s",
        start.elapsed().as_secs_f64()
    );
    for (what, times) in [
        ("letter PDF", all.letter),
        ("letter text", all.text),
        ("list PDF", all.pdf),
        ("list XLSX", all.workbook),
    ] {
        told(what, times);
    }
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) {
    let start = Instant::now();
    std::hint::black_box(work());
    times.push(start.elapsed());
}

fn told(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "  {what:12} median {:8.1} ms, longest {:8.1} ms",
        ms(times[times.len() / 2]),
        ms(*times.last().unwrap())
    );
}
