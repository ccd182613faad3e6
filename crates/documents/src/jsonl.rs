//! One hit on each line, as JSON. For programs that read while they are written to.

use std::io::{self, Write};

use screening::Hit;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Serializer};

use crate::report::Report;
use crate::wire::{Visible, WireHit};

/// Writes all hits in order, one on each line. No hit gives no line.
pub fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    report.hits_in_order().into_iter().try_for_each(|hit| write_hit(report, hit, out))
}

/// Writes one hit and ends the line. The report gives the lists, the features and the language.
pub fn write_hit(report: &Report<'_>, hit: &Hit, out: &mut impl Write) -> io::Result<()> {
    WireHit { report, hit }
        .serialize(&mut Serializer::with_formatter(&mut *out, Visible(CompactFormatter)))?;
    out.write_all(b"\n")
}
