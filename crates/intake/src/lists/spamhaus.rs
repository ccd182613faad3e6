//! Spamhaus DROP (prefixes) and ASN-DROP (AS numbers): JSON lines, or the older text with `;` before remarks.
//!
//! Format: <https://www.spamhaus.org/blocklists/do-not-route-or-peer/>. Each line is an entry of its own:
//! the lists do not say which prefixes belong to one party.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use watchlist::format::admission::{parse_asn, parse_ip_range};
use watchlist::{EntryType, IdentifierKind, NameKind, Phrase, phrase};

use super::gathering::Gathering;
use super::lines::Lines;
use super::problem::shown;
use super::sanctions;
use super::streamed::{Streamed, each_line};
use super::{ListFault, ListIntake, ListKind, Place};

/// Lines by which the text form is told.
const LOOKED_AT: usize = 50;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    cidr: Option<Cow<'a, str>>,
    asn: Option<u32>,
    #[serde(borrow)]
    sblid: Option<Cow<'a, str>>,
    #[serde(borrow)]
    rir: Option<Cow<'a, str>>,
    #[serde(borrow)]
    asname: Option<Cow<'a, str>>,
    #[serde(borrow)]
    domain: Option<Cow<'a, str>>,
    #[serde(borrow)]
    cc: Option<Cow<'a, str>>,
    /// `metadata` in the last line.
    #[serde(borrow, rename = "type")]
    sort: Option<Cow<'a, str>>,
    timestamp: Option<i64>,
}

pub(super) fn begins_as_json(text: &str) -> Option<Streamed> {
    let record: Record<'_> = serde_json::from_str(text.lines().next()?).ok()?;
    match (&record.cidr, record.asn) {
        (Some(_), None) if record.sblid.is_some() || record.rir.is_some() => Some(Streamed::SpamhausPrefixes),
        (None, Some(_)) if record.asname.is_some() || record.rir.is_some() => Some(Streamed::SpamhausAsns),
        _ => None,
    }
}

/// `192.0.2.0/24 ; SBL000000` or `AS64500 ; NL | Orchard Nine`, after remarks that begin with `;`.
pub(super) fn begins_as_text(text: &str) -> Option<Streamed> {
    let remarks = text.starts_with(';');
    let line = text.lines().take(LOOKED_AT).find(|line| !line.trim().is_empty() && !line.starts_with(';'))?;
    let (value, remark) = line.split_once(';')?;
    if value.contains('/') && parse_ip_range(value).is_some() && (remarks || remark.trim().starts_with("SBL"))
    {
        Some(Streamed::SpamhausPrefixes)
    } else if value.starts_with("AS") && parse_asn(value).is_some() && (remarks || remark.contains('|')) {
        Some(Streamed::SpamhausAsns)
    } else {
        None
    }
}

pub(super) fn read(kind: ListKind, lines: &mut Lines<'_>) -> Result<ListIntake, ListFault> {
    let mut gathering = Gathering::of(kind);
    each_line(lines, &mut gathering, |line, text, gathering| {
        let (text, at) = (text.trim(), Place::Line(line));
        if text.starts_with('{') {
            json(text, at, gathering);
        } else if let Some(remark) = text.strip_prefix(';') {
            dated(remark, gathering);
        } else if !text.is_empty() {
            plain(text, at, gathering);
        }
    })?;
    Ok(gathering.finish(kind))
}

fn json(text: &str, at: Place, gathering: &mut Gathering) {
    let record = match serde_json::from_str::<Record<'_>>(text) {
        Ok(record) => record,
        Err(error) => {
            let why = phrase!(
                "it is no JSON object of this list ({error})",
                "hij is geen JSON-object van deze lijst ({error})"
            );
            return left_out(text, &why, at, gathering);
        }
    };
    if record.sort.as_deref() == Some("metadata") {
        let day = record.timestamp.and_then(|seconds| Timestamp::from_second(seconds).ok());
        gathering.head().issued_at = day.map(|day| day.to_zoned(TimeZone::UTC).date());
        return;
    }
    let text_of = |field: &Option<Cow<'_, str>>| field.as_deref().unwrap_or_default().to_owned();
    match (&record.cidr, record.asn) {
        (Some(prefix), _) => add_prefix(prefix, &text_of(&record.sblid), at, gathering),
        (None, Some(number)) => {
            add_asn(&format!("AS{number}"), &text_of(&record.asname), &text_of(&record.cc), at, gathering);
            if let Some(domain) = record.domain.as_deref().filter(|domain| !domain.is_empty()) {
                gathering.identifier(IdentifierKind::Domain, domain, at);
            }
        }
        (None, None) => {
            let why = Phrase::new("it has neither `cidr` nor `asn`", "hij heeft geen `cidr` en geen `asn`");
            left_out(text, &why, at, gathering);
        }
    }
}

/// `192.0.2.0/24 ; SBL000000`, `AS64500 ; NL | Orchard Nine`.
fn plain(text: &str, at: Place, gathering: &mut Gathering) {
    let (value, remark) =
        text.split_once(';').map_or((text, ""), |(value, remark)| (value.trim(), remark.trim()));
    if parse_ip_range(value).is_some() {
        add_prefix(value, remark, at, gathering);
    } else if parse_asn(value).is_some() {
        let (country, name) = remark.split_once('|').unwrap_or(("", remark));
        add_asn(value, name.trim(), country.trim(), at, gathering);
    } else {
        let why = Phrase::new(
            "it begins with neither a prefix nor an AS number",
            "hij begint niet met een prefix en niet met een AS-nummer",
        );
        left_out(text, &why, at, gathering);
    }
}

fn left_out(text: &str, why: &Phrase, at: Place, gathering: &mut Gathering) {
    let hint = phrase!(
        "the line was left out: {}; fetch the file again",
        "de regel is weggelaten: {}; haal het bestand opnieuw op",
        why
    );
    let expected = Phrase::new("a prefix or an AS number", "een prefix of een AS-nummer");
    gathering.apart(at, shown(text), expected, hint);
}

fn add_prefix(prefix: &str, reference: &str, at: Place, gathering: &mut Gathering) {
    gathering.begin(prefix, EntryType::Network, at);
    gathering.identifier(IdentifierKind::IpRange, prefix, at);
    gathering.note(reference);
}

/// A name with a blank is the organisation's, one without is the network's.
fn add_asn(number: &str, name: &str, country: &str, at: Place, gathering: &mut Gathering) {
    gathering.begin(number, EntryType::Network, at);
    gathering.identifier(IdentifierKind::Asn, number, at);
    sanctions::country(country, gathering);
    if name.contains(char::is_whitespace) {
        gathering.name(NameKind::Primary, name, at);
    } else if !name.is_empty() {
        gathering.identifier(IdentifierKind::NetName, name, at);
    }
}

/// `Spamhaus DROP List 2024/05/01 - (c) ...`: the day in the first remarks.
fn dated(remark: &str, gathering: &mut Gathering) {
    let head = gathering.head();
    if head.issued_at.is_none() {
        head.issued_at = remark.split_whitespace().find_map(|word| {
            let groups: Vec<&str> = word.split(['/', '-']).collect();
            (groups.len() == 3 && groups[0].len() == 4).then(|| sanctions::date(word)).flatten()
        });
    }
}
