//! Ids that stand in a file more than once. Their rows are screened all the same.

use screening::Customer;
use watchlist::phrase;

use crate::{ProblemKind, RowProblem};

/// Ids that are remembered: 12 bytes each, so at most 24 MB for the million-row files we know, twice over.
const MOST_IDS: usize = 2_000_000;

/// The ids seen so far, as hashes. Customers must come in the order of the file.
#[derive(Default)]
pub struct SeenIds {
    /// Hash and line, apart by the hash's first byte, so that no piece of memory is large.
    parts: Vec<Vec<Seen>>,
    count: usize,
}

/// 64 bits of hash in two halves and the line: 12 bytes instead of 16.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    high: u32,
    low: u32,
    line: u32,
}

impl SeenIds {
    pub fn add(&mut self, customer: &Customer) {
        if self.count >= MOST_IDS {
            return;
        }
        self.count += 1;
        let hash = hash(customer.id.as_bytes());
        if self.parts.is_empty() {
            self.parts.resize_with(256, Vec::new);
        }
        let seen = Seen {
            high: (hash >> 32) as u32,
            low: hash as u32,
            line: u32::try_from(customer.row).unwrap_or(u32::MAX),
        };
        self.parts[(hash >> 56) as usize].push(seen);
    }

    /// One problem for each id that came again, in the order of the file.
    pub fn problems(mut self) -> Vec<RowProblem> {
        let mut problems = Vec::new();
        for part in &mut self.parts {
            part.sort_unstable();
            let mut first: Option<Seen> = None;
            for seen in part.iter() {
                match first {
                    Some(first) if (first.high, first.low) == (seen.high, seen.low) => {
                        let before = first.line;
                        problems.push(
                            RowProblem::new(u64::from(seen.line), ProblemKind::DuplicateId)
                                .with_words(phrase!("line {before}", "regel {before}")),
                        );
                    }
                    _ => first = Some(*seen),
                }
            }
        }
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// FNV-1a with a final mix: needs no table and no key. It decides about a remark, nothing else.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lines_of_an_id_are_named() {
        let mut seen = SeenIds::default();
        for (row, id) in [(2, "a"), (3, "b"), (4, "a"), (5, "a")] {
            seen.add(&Customer { id: id.to_owned(), row, ..Customer::default() });
        }
        let problems: Vec<String> = seen.problems().iter().map(ToString::to_string).collect();
        assert_eq!(problems, ["line 4: the id stood before: line 2", "line 5: the id stood before: line 2"]);
    }
}
