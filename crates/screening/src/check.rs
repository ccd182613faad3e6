//! One customer against the index, now. A full screening and a sign-up check both come here.

use matching::names::Buffers;
use matching::party::{Context, NameRole, Party, PartyKind, RawName, RawParty};
use matching::{Class, Comparison, Reason, compare, reasons};
use watchlist::{Status, Validity};

use crate::customer::{Customer, CustomerNameKind};
use crate::hit::{Hit, Touched};
use crate::index::{Candidates, Index, Listed};
use crate::settings::Settings;

/// Buffers that one worker keeps from customer to customer.
#[derive(Default)]
pub struct Worker {
    buffers: Buffers,
    candidates: Candidates,
}

/// All hits of one customer, in the order of the entries.
pub fn check(index: &Index, customer: &Customer, settings: &Settings) -> Vec<Hit> {
    check_with(&mut Worker::default(), index, customer, settings)
}

/// [`check`] with buffers that are used again.
pub fn check_with(worker: &mut Worker, index: &Index, customer: &Customer, settings: &Settings) -> Vec<Hit> {
    let raw = raw_party(customer);
    let party = Party::clean(&raw, &mut worker.buffers);
    index.candidates(&party, &mut worker.candidates);
    let context = Context { today: settings.today };
    let mut hits = Vec::new();
    for (place, meetings) in worker.candidates.by_entry() {
        let listed = &index.listed()[place as usize];
        let names = meetings.iter().filter_map(|meeting| meeting.names);
        let identifiers_meet = meetings.iter().any(|meeting| meeting.names.is_none());
        let comparison = matching::compare::hit(&party, &listed.party, names, identifiers_meet, &context);
        if let Some(comparison) = comparison.filter(|comparison| comparison.class >= settings.minimum) {
            hits.push(hit(customer, (&raw, &party), listed, &comparison));
        }
    }
    hits
}

/// All hits of one customer by comparing it with every entry: the yardstick for the index.
pub fn check_exhaustively(index: &Index, customer: &Customer, settings: &Settings) -> Vec<Hit> {
    let raw = raw_party(customer);
    let party = Party::clean(&raw, &mut Buffers::default());
    let context = Context { today: settings.today };
    let compared = index.listed().iter().map(|listed| (listed, compare(&party, &listed.party, &context)));
    compared
        .filter(|(_, comparison)| comparison.class >= settings.minimum.max(Class::Weak))
        .map(|(listed, comparison)| hit(customer, (&raw, &party), listed, &comparison))
        .collect()
}

/// Why a pair is a hit, or why not.
pub struct Explanation {
    pub score: f64,
    pub class: Class,
    pub reasons: Vec<Reason>,
    /// Whether the index hands out the pair at all.
    pub found_by_index: bool,
}

/// Every feature for and against for one customer and one entry; `None` when no list has the entry.
pub fn explain(
    index: &Index,
    customer: &Customer,
    entry_id: &str,
    settings: &Settings,
) -> Option<Explanation> {
    let place = index.listed().iter().position(|listed| listed.entry.id.0 == entry_id)?;
    let listed = &index.listed()[place];
    let raw = raw_party(customer);
    let party = Party::clean(&raw, &mut Buffers::default());
    let comparison = compare(&party, &listed.party, &Context { today: settings.today });
    let mut candidates = Candidates::default();
    index.candidates(&party, &mut candidates);
    Some(Explanation {
        score: comparison.score(),
        class: comparison.class,
        reasons: with_paths(
            reasons(&comparison, (&raw, &party), (&RawParty::of_entry(&listed.entry), &listed.party)),
            customer,
        ),
        found_by_index: candidates.by_entry().any(|(entry, _)| entry == place as u32),
    })
}

fn hit(customer: &Customer, side: (&RawParty<'_>, &Party), listed: &Listed, comparison: &Comparison) -> Hit {
    Hit {
        customer_id: customer.id.clone(),
        row: customer.row,
        customer_name: customer.names.first().map(|name| name.text.clone()).unwrap_or_default(),
        list: listed.list,
        entry_id: listed.entry.id.0.clone(),
        entry_name: listed.entry.title().to_owned(),
        class: comparison.class,
        score: comparison.score(),
        reasons: with_paths(
            reasons(comparison, side, (&RawParty::of_entry(&listed.entry), &listed.party)),
            customer,
        ),
        suspended: listed.entry.status == Status::Suspended,
        linked: Vec::new(),
        touched: Touched::of(customer),
    }
}

/// A value from a resale chain is shown with the way to it; what is compared stays the value alone.
fn with_paths(mut reasons: Vec<Reason>, customer: &Customer) -> Vec<Reason> {
    for reason in &mut reasons {
        if let Some(through) = customer.through.iter().find(|through| through.value == reason.customer.raw) {
            reason.customer.raw.clone_from(&through.path);
        }
    }
    reasons
}

/// How a customer takes part in comparisons.
pub fn raw_party(customer: &Customer) -> RawParty<'_> {
    let names: Vec<RawName<'_>> = customer
        .names
        .iter()
        .map(|name| RawName {
            text: &name.text,
            role: if name.kind == CustomerNameKind::Contact { NameRole::Alias } else { NameRole::Own },
            kind: match name.kind {
                CustomerNameKind::Company | CustomerNameKind::Trading => PartyKind::Organisation,
                CustomerNameKind::Person | CustomerNameKind::Contact => PartyKind::Person,
            },
        })
        .collect();
    let kind = names.first().map_or(PartyKind::Unknown, |name| name.kind);
    RawParty {
        kind,
        names,
        identifiers: &customer.identifiers,
        addresses: &customer.addresses,
        country: customer.country.as_deref().or_else(|| {
            customer.addresses.first().map(|address| address.country.as_str()).filter(|text| !text.is_empty())
        }),
        birth_date: customer.birth_date.as_deref(),
        validity: Validity { from: customer.since, to: customer.until },
    }
}
