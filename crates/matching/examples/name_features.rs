//! Writes the feature values of labelled name pairs for fitting: reads lines of
//! `kind1<TAB>kind2<TAB>name1<TAB>name2` on standard input, writes the log-odds and the values, tab separated.

use std::io::{BufRead, Write};

use matching::names::features::COUNT;
use matching::names::{Buffers, clean, model};
use matching::party::{NameRole, PartyKind};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut buffers = Buffers::default();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut cells = line.split('\t');
        let (first, second) = (kind(cells.next()), kind(cells.next()));
        let a = clean(cells.next().unwrap_or(""), first, NameRole::Own, 0, &mut buffers);
        let b = clean(cells.next().unwrap_or(""), second, NameRole::Own, 0, &mut buffers);
        match model::score(&a, &b).zip(model::values(&a, &b)) {
            Some((score, values)) => {
                write!(out, "{}\t{}\t{}", score.log_odds, u8::from(score.anchored), u8::from(score.persons))?;
                for value in &values[..COUNT] {
                    write!(out, "\t{value}")?;
                }
                writeln!(out)?;
            }
            None => writeln!(out)?,
        }
    }
    Ok(())
}

fn kind(text: Option<&str>) -> PartyKind {
    match text {
        Some("person") => PartyKind::Person,
        Some("organisation") => PartyKind::Organisation,
        _ => PartyKind::Unknown,
    }
}
