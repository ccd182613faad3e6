//! The shape of hits in JSON and JSON lines, and how text is written there.
//!
//! Core types do not serialize themselves: a change of one of them must not change a format by surprise.

use std::io::{self, Write};

use matching::{Reason, Remark, Side};
use screening::{Hit, Linked};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::ser::Formatter;

use crate::report::Report;
use crate::visible::is_unseen;
use crate::{order, words};

/// One hit with what a reader needs to understand it alone.
pub(crate) struct WireHit<'a> {
    pub(crate) report: &'a Report<'a>,
    pub(crate) hit: &'a Hit,
}

impl Serialize for WireHit<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (hit, list) = (self.hit, self.report.list_of(self.hit));
        let reasons: Vec<_> = order::reasons(hit)
            .into_iter()
            .map(|reason| WireReason { report: self.report, reason })
            .collect();
        let linked: Vec<_> = hit.linked.iter().map(WireLinked).collect();
        let mut fields = serializer.serialize_struct("hit", 13)?;
        fields.serialize_field("customer_id", &hit.customer_id)?;
        fields.serialize_field("row", &hit.row)?;
        fields.serialize_field("customer_name", &hit.customer_name)?;
        fields.serialize_field("entry_id", &hit.entry_id)?;
        fields.serialize_field("entry_name", &hit.entry_name)?;
        fields.serialize_field("list", &hit.list)?;
        fields.serialize_field("list_title", &list.map(|list| &list.title))?;
        fields.serialize_field("nature", &list.map(|list| list.nature.wire_name()))?;
        fields.serialize_field("class", hit.class.name())?;
        fields.serialize_field("score", &rounded(hit.score))?;
        fields.serialize_field("suspended", &hit.suspended)?;
        fields.serialize_field("reasons", &reasons)?;
        fields.serialize_field("linked", &linked)?;
        fields.end()
    }
}

struct WireReason<'a> {
    report: &'a Report<'a>,
    reason: &'a Reason,
}

impl Serialize for WireReason<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (report, reason) = (self.report, self.reason);
        let explanation = words::feature(reason.feature, report.features, report.language);
        let mut fields = serializer.serialize_struct("reason", 6)?;
        fields.serialize_field("feature", reason.feature)?;
        fields.serialize_field("explanation", &explanation)?;
        fields.serialize_field("weight", &rounded(reason.weight))?;
        fields.serialize_field("customer", &WireSide(&reason.customer))?;
        fields.serialize_field("entry", &WireSide(&reason.entry))?;
        fields.serialize_field("remark", &reason.remark.map(WireRemark))?;
        fields.end()
    }
}

struct WireSide<'a>(&'a Side);

impl Serialize for WireSide<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("side", 2)?;
        fields.serialize_field("raw", &self.0.raw)?;
        fields.serialize_field("clean", &self.0.clean)?;
        fields.end()
    }
}

struct WireRemark(Remark);

impl Serialize for WireRemark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, day) = match self.0 {
            Remark::Ended(day) => ("ended", Some(day)),
            Remark::NotYet(day) => ("not_yet", Some(day)),
            Remark::Unchecked => ("unchecked", None),
        };
        let mut fields = serializer.serialize_struct("remark", 2)?;
        fields.serialize_field("kind", kind)?;
        fields.serialize_field("date", &day.map(|day| day.to_string()))?;
        fields.end()
    }
}

struct WireLinked<'a>(&'a Linked);

impl Serialize for WireLinked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("linked", 3)?;
        fields.serialize_field("customer_id", &self.0.customer_id)?;
        fields.serialize_field("row", &self.0.row)?;
        fields.serialize_field("shared", self.0.shared)?;
        fields.end()
    }
}

/// Four decimals: more would suggest a precision that no score has. What is not a number becomes 0.
pub(crate) fn rounded(number: f64) -> f64 {
    // Adding 0 turns a negative zero into a plain one.
    if number.is_finite() { (number * 1e4).round() / 1e4 + 0.0 } else { 0.0 }
}

/// Writes every unseen character as `\uXXXX`: a program reads it unchanged, and a person who opens the
/// file sees it. Everything else is left to the inner formatter.
pub(crate) struct Visible<F>(pub(crate) F);

impl<F: Formatter> Formatter for Visible<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (place, unseen) in fragment.char_indices().filter(|(_, one)| is_unseen(*one)) {
            out.write_all(&fragment.as_bytes()[written..place])?;
            for unit in unseen.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = place + unseen.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}
