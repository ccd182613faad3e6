//! Writes the pairs of names that a screening compares and nearly takes for hits: the negatives that
//! matter when weights are fitted. Reads lines of `C|E<TAB>kind<TAB>name` (customers and entries) on
//! standard input, writes `log-odds<TAB>kind<TAB>kind<TAB>customer name<TAB>entry name` for pairs over the
//! given log-odds.

use std::io::{BufRead, Write};

use matching::Class;
use matching::compare;
use matching::names::Buffers;
use matching::party::{Context, Party};
use screening::check::raw_party;
use screening::index::Candidates;
use screening::{Customer, CustomerName, CustomerNameKind, Index};
use watchlist::{Edition, Entry, EntryType, ListInfo, Name, NameKind, Nature};

fn main() -> std::io::Result<()> {
    let cut: f32 = std::env::args().nth(1).and_then(|cut| cut.parse().ok()).unwrap_or(-1.0);
    let (mut customers, mut entries) = (Vec::new(), Vec::new());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut cells = line.split('\t');
        let (side, kind, name) = (cells.next(), cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        if side == Some("E") {
            let entry_type = if kind == "person" { EntryType::Person } else { EntryType::LegalEntity };
            let mut entry = Entry::new(entries.len().to_string(), entry_type);
            entry.names.push(Name::new(NameKind::Primary, name));
            entries.push(entry);
        } else {
            customers.push((kind.to_owned(), name.to_owned()));
        }
    }
    let index = Index::build(&[edition(entries)]);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut buffers, mut found) = (Buffers::default(), Candidates::default());
    let context = Context { today: jiff::civil::date(2026, 1, 1) };
    for (kind, text) in &customers {
        let name_kind = if kind == "person" { CustomerNameKind::Person } else { CustomerNameKind::Company };
        let customer = Customer {
            names: vec![CustomerName { kind: name_kind, text: text.clone() }],
            ..Customer::default()
        };
        let party = Party::clean(&raw_party(&customer), &mut buffers);
        index.candidates(&party, &mut found);
        for (place, _) in found.by_entry() {
            let listed = &index.listed()[place as usize];
            let comparison = compare(&party, &listed.party, &context);
            if comparison.log_odds > cut || comparison.class > Class::None {
                let entry_kind =
                    if listed.entry.entry_type == EntryType::Person { "person" } else { "organisation" };
                writeln!(
                    out,
                    "{}\t{kind}\t{entry_kind}\t{text}\t{}",
                    comparison.log_odds,
                    listed.entry.title()
                )?;
            }
        }
    }
    Ok(())
}

fn edition(entries: Vec<Entry>) -> Edition {
    let list = ListInfo {
        id: String::new(),
        issuer: String::new(),
        title: String::new(),
        nature: Nature::Internal,
        purpose: String::new(),
        handling: String::new(),
        onward_sharing: String::new(),
        answers_to: None,
    };
    Edition { list, number: 0, issued_at: None, valid_until: None, replaces: None, entries }
}
