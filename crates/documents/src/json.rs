//! The whole report as one JSON document, for programs and for keeping.
//!
//! Hits are written one after the other and never collected, so that memory does not grow with them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::json;
use serde_json::ser::PrettyFormatter;
use watchlist::Phrase;

use crate::report::{FileStamp, ListStamp, Manifest, Origin, Problem, Report};
use crate::wire::{Visible, WireHit, rounded};

/// Version of the document's shape. A reader refuses a higher one.
pub const VERSION: u32 = 1;

/// Writes the whole report.
pub fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let formatter = Visible(PrettyFormatter::with_indent(b" "));
    Document(report).serialize(&mut serde_json::Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

struct Document<'a>(&'a Report<'a>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let (counts, coverage) = (report.manifest.counts, report.coverage);
        let mut fields = serializer.serialize_struct("report", 8)?;
        fields.serialize_field("format", "havenmeester-report")?;
        fields.serialize_field("version", &VERSION)?;
        fields.serialize_field(
            "outcome",
            &json!({
                "hits": counts.total(),
                "strong": counts.strong,
                "probable": counts.probable,
                "weak": counts.weak,
                "customers": report.manifest.customers_screened,
                "cannot_tell": report.cannot_tell.total,
                "problems": report.problems.total,
            }),
        )?;
        fields.serialize_field("manifest", &manifest(report.manifest))?;
        fields.serialize_field(
            "coverage",
            &json!({
                "customers": coverage.customers,
                "name": coverage.name,
                "email": coverage.email,
                "phone": coverage.phone,
                "domain": coverage.domain,
                "address": coverage.address,
                "ip": coverage.ip,
                "register_number": coverage.register_number,
            }),
        )?;
        fields.serialize_field("features", &explanations(report))?;
        fields.serialize_field("hits", &Hits(report))?;
        fields.serialize_field("cannot_tell", &CannotTellRows(report))?;
        fields.serialize_field("problems", &ProblemRows(report))?;
        fields.end()
    }
}

fn manifest(manifest: &Manifest) -> serde_json::Value {
    let settings: Vec<_> =
        manifest.settings.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    json!({
        "program_version": manifest.program_version,
        "started_at": manifest.started_at,
        "finished_at": manifest.finished_at,
        "seconds": rounded(manifest.seconds),
        "customers_file": file(&manifest.customers_file),
        "customers_screened": manifest.customers_screened,
        "lists": manifest.lists.iter().map(list).collect::<Vec<_>>(),
        "settings": settings,
        "settings_sha256": manifest.settings_sha256,
        "minimum_class": manifest.minimum_class.name(),
        "result_sha256": manifest.result_sha256,
        "exit_code": manifest.exit_code,
    })
}

fn file(file: &FileStamp) -> serde_json::Value {
    json!({
        "name": file.name,
        "bytes": file.bytes,
        "rows": file.rows,
        "left_out": file.left_out,
        "sha256": file.sha256,
    })
}

fn list(list: &ListStamp) -> serde_json::Value {
    json!({
        "title": list.title,
        "issuer": list.issuer,
        "nature": list.nature.wire_name(),
        "edition": list.edition,
        "entries": list.entries,
        "issued_at": list.issued_at.map(|day| day.to_string()),
        "valid_until": list.valid_until.map(|day| day.to_string()),
        "handling": list.handling,
        "origin": match list.origin {
            Origin::Verified => "verified",
            Origin::Unverified => "unverified",
        },
        "file_name": list.file_name,
        "sha256": list.sha256,
    })
}

/// The features that speak in this report, in both languages.
fn explanations(report: &Report<'_>) -> BTreeMap<&'static str, serde_json::Value> {
    let mut used = BTreeMap::new();
    for reason in report.hits.iter().flat_map(|hit| &hit.reasons) {
        used.entry(reason.feature).or_insert(serde_json::Value::Null);
    }
    for (name, explanation) in &mut used {
        if let Some(feature) = report.features.iter().find(|feature| feature.name == *name) {
            *explanation = json!({"en": feature.en, "nl": feature.nl});
        }
    }
    used
}

struct Hits<'a>(&'a Report<'a>);

impl Serialize for Hits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let hits = self.0.hits_in_order();
        serializer.collect_seq(hits.into_iter().map(|hit| WireHit { report: self.0, hit }))
    }
}

struct CannotTellRows<'a>(&'a Report<'a>);

impl Serialize for CannotTellRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.0.cannot_tell;
        let listed: Vec<_> = rows
            .listed
            .iter()
            .map(|row| json!({"row": row.row, "customer_id": row.customer_id, "missing": row.missing}))
            .collect();
        let mut fields = serializer.serialize_struct("cannot_tell", 2)?;
        fields.serialize_field("total", &rows.total)?;
        fields.serialize_field("listed", &listed)?;
        fields.end()
    }
}

struct ProblemRows<'a>(&'a Report<'a>);

impl Serialize for ProblemRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let listed: Vec<_> = self.0.problems.listed.iter().map(problem).collect();
        let mut fields = serializer.serialize_struct("problems", 2)?;
        fields.serialize_field("total", &self.0.problems.total)?;
        fields.serialize_field("listed", &listed)?;
        fields.end()
    }
}

fn problem(problem: &Problem) -> serde_json::Value {
    json!({
        "file": problem.file,
        "line": problem.line,
        "message": problem.message.english(),
        "hint": problem.hint.as_ref().map(Phrase::english),
    })
}
