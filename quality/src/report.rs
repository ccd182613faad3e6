//! Figures of one set of scored pairs, and how they are printed.

use std::io::{self, Write};

use matching::party::PartyKind;

use crate::baseline::SetBaseline;
use crate::engine;
use crate::figures::Figures;
use crate::measure::confusion::Confusion;
use crate::measure::kinds::{self, Scored};
use crate::measure::ranking::Curve;
use crate::sets::pairs::Pair;
use crate::split::Portion;

/// Kinds with fewer pairs are printed but not accepted: one pair would move them too far.
const FEWEST_PAIRS_OF_A_KIND: u64 = 20;

/// A set of pairs with the product's scores.
pub struct ScoredSet<'a> {
    pub name: &'a str,
    pub pairs: &'a [Pair],
    /// One for each pair, 0..1.
    pub scores: &'a [f64],
}

/// A part of a set with figures of its own.
struct Part {
    name: &'static str,
    holds: fn(&Pair) -> bool,
}

const PARTS: &[Part] = &[
    Part { name: "all", holds: |_| true },
    Part { name: "rest", holds: |pair| pair.portion() == Portion::Rest },
    Part { name: "organisations", holds: |pair| pair.party == PartyKind::Organisation },
    Part { name: "persons", holds: |pair| pair.party == PartyKind::Person },
    Part {
        name: "organisations, rest",
        holds: |pair| pair.party == PartyKind::Organisation && pair.portion() == Portion::Rest,
    },
    Part {
        name: "persons, rest",
        holds: |pair| pair.party == PartyKind::Person && pair.portion() == Portion::Rest,
    },
];

impl ScoredSet<'_> {
    /// Prints the set and adds its figures.
    pub fn report(
        &self,
        out: &mut dyn Write,
        figures: &mut Figures,
        baseline: Option<&SetBaseline>,
    ) -> io::Result<()> {
        let same = self.pairs.iter().filter(|pair| pair.same).count();
        writeln!(out, "\n{}: {} pairs, {same} of one party", self.name, self.pairs.len())?;
        writeln!(
            out,
            "  {:<44} {:>7} {:>9} {:>7} {:>7} {:>7} {:>7}  best F1 (at)",
            "part", "pairs", "precision", "recall", "F1", "AUC", "R@1%FP"
        )?;
        for part in PARTS {
            self.report_part(out, figures, part)?;
        }
        if let Some(baseline) = baseline {
            writeln!(
                out,
                "  {:<44} {:>7} {:>9} {:>7} {:>7.4} {:>7.4} {:>7.4}  best scorer for each figure, threshold searched on the set itself",
                "RapidFuzz",
                "",
                "",
                "",
                baseline.best_f1(),
                baseline.auc(),
                baseline.recall_at_1_percent()
            )?;
            writeln!(
                out,
                "  {:<44} F1 {}, AUC {}, R@1%FP {}",
                "",
                baseline.best_f1_by(),
                baseline.auc_by(),
                baseline.recall_at_1_percent_by()
            )?;
        }
        self.report_kinds(out, figures, baseline)
    }

    fn report_part(&self, out: &mut dyn Write, figures: &mut Figures, part: &Part) -> io::Result<()> {
        let scored: Vec<(f64, bool)> = self
            .pairs
            .iter()
            .zip(self.scores)
            .filter(|(pair, _)| (part.holds)(pair))
            .map(|(pair, score)| (*score, pair.same))
            .collect();
        if scored.is_empty() || self.repeats_another_part(part) {
            return Ok(());
        }
        let confusion: Confusion =
            scored.iter().map(|(score, same)| (*score >= engine::THRESHOLD, *same)).collect();
        let curve = Curve::new(scored.iter().copied());
        let (auc, recall_at_1_percent) = (curve.auc(), curve.recall_at_false_positive_rate(0.01).value);
        let best = curve.best_f1();
        let (precision, recall, f1) = (confusion.precision(), confusion.recall(), confusion.f1());
        writeln!(
            out,
            "  {:<44} {:>7} {precision:>9.4} {recall:>7.4} {f1:>7.4} {auc:>7.4} {recall_at_1_percent:>7.4}  {:.4} ({:.4})",
            part.name,
            scored.len(),
            best.value,
            best.threshold
        )?;
        for (what, value) in [
            ("precision", precision),
            ("recall", recall),
            ("f1", f1),
            ("auc", auc),
            ("recall_at_1_percent", recall_at_1_percent),
        ] {
            figures.set(format!("{}/{}/{what}", self.name, part.name), value);
        }
        Ok(())
    }

    /// In a set of one party kind the parts by kind would only say `all` and `rest` again.
    fn repeats_another_part(&self, part: &Part) -> bool {
        let of_one_kind = self.pairs.iter().all(|pair| pair.party == self.pairs[0].party);
        of_one_kind && part.name != "all" && part.name != "rest"
    }

    fn report_kinds(
        &self,
        out: &mut dyn Write,
        figures: &mut Figures,
        baseline: Option<&SetBaseline>,
    ) -> io::Result<()> {
        let scored: Vec<Scored<'_>> = self
            .pairs
            .iter()
            .zip(self.scores)
            .map(|(pair, score)| Scored { kind: &pair.kind, same: pair.same, score: *score })
            .collect();
        for (kind, found) in kinds::positives(&scored, engine::THRESHOLD) {
            write!(
                out,
                "  + {kind:<42} {:>7} {:>9} {:>7.4} {:>7} {:>7.4} {:>7.4}",
                found.pairs, "", found.recall, "", found.auc, found.recall_at_1_percent
            )?;
            if let Some(other) = baseline.and_then(|baseline| baseline.kind(kind)) {
                write!(out, "  RapidFuzz AUC {:.4} R@1%FP {:.4}", other.0, other.1)?;
            }
            writeln!(out)?;
            if found.pairs >= FEWEST_PAIRS_OF_A_KIND {
                let name = |what| format!("{}/kind {kind}/{what}", self.name);
                figures.set(name("recall"), found.recall);
                figures.set(name("auc"), found.auc);
                figures.set(name("recall_at_1_percent"), found.recall_at_1_percent);
            }
        }
        for (kind, found) in kinds::negatives(&scored, engine::THRESHOLD) {
            writeln!(
                out,
                "  - {kind:<42} {:>7} {:>9} false positive rate {:.4}",
                found.pairs, "", found.false_positive_rate
            )?;
            if found.pairs >= FEWEST_PAIRS_OF_A_KIND {
                figures
                    .set(format!("{}/kind {kind}/false_positive_rate", self.name), found.false_positive_rate);
            }
        }
        Ok(())
    }
}
