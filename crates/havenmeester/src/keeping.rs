//! A screening goes into the database: its manifest, and its hits with what they rest on.

use std::collections::HashMap;

use anyhow::Result;
use jiff::civil::Date;
use matching::{Reason, Remark, Side};
use operations::hoster::screenings::{self, KeptHit, KeptReason, KeptScreening, KeptSide, Totals};
use screening::Hit;
use watchlist::Entry;

use crate::desk::Desk;
use crate::lists::Lists;
use crate::manifest;
use crate::result::Finished;

/// What the hits of a screening can rest on: the entries of its lists.
pub(crate) struct Basis {
    lists: Vec<(String, u64)>,
    entries: Vec<HashMap<String, Entry>>,
}

impl Basis {
    pub(crate) fn of(lists: &Lists) -> Self {
        let entries_of = |edition: &watchlist::Edition| {
            edition.entries.iter().map(|entry| (entry.id.0.clone(), entry.clone())).collect()
        };
        Self {
            lists: lists.editions.iter().map(|one| (one.list.id.clone(), u64::from(one.number))).collect(),
            entries: lists.editions.iter().map(entries_of).collect(),
        }
    }

    pub(crate) fn kept(&self, hit: &Hit) -> KeptHit {
        let raw: Vec<&str> = hit.reasons.iter().map(|reason| reason.entry.raw.as_str()).collect();
        let entry = self.entries.get(hit.list).and_then(|entries| entries.get(&hit.entry_id));
        KeptHit {
            customer_id: hit.customer_id.clone(),
            customer_name: hit.customer_name.clone(),
            list: self.lists.get(hit.list).map(|(id, _)| id.clone()).unwrap_or_default(),
            entry_id: hit.entry_id.clone(),
            entry_name: hit.entry_name.clone(),
            class: hit.class.name().to_owned(),
            score: hit.score,
            rests_on: entry.map(|entry| KeptHit::values_among(entry, &raw)).unwrap_or_default(),
            reasons: hit.reasons.iter().map(kept_reason).collect(),
            touched: touched(&hit.touched),
            linked: hit.linked.iter().map(|one| (one.customer_id.clone(), one.shared.to_owned())).collect(),
        }
    }
}

fn touched(touched: &screening::Touched) -> review::Touched {
    review::Touched {
        services: touched.holdings.services.clone(),
        machines: touched.holdings.machines.clone(),
        monthly: touched.holdings.monthly.clone(),
        addresses: touched.addresses.clone(),
        others: touched.others,
    }
}

fn kept_reason(reason: &Reason) -> KeptReason {
    let side = |side: &Side| KeptSide { raw: side.raw.clone(), clean: side.clean.clone() };
    KeptReason {
        feature: reason.feature.to_owned(),
        weight: reason.weight,
        customer: side(&reason.customer),
        entry: side(&reason.entry),
        remark: reason.remark.map(kept_remark),
    }
}

fn kept_remark(remark: Remark) -> (String, Option<Date>) {
    match remark {
        Remark::Ended(day) => ("ended".to_owned(), Some(day)),
        Remark::NotYet(day) => ("not_yet".to_owned(), Some(day)),
        Remark::Unchecked => ("unchecked".to_owned(), None),
    }
}

/// Keeps the screening; gives its id and the number of its hits.
pub(crate) fn keep(finished: &Finished, basis: &Basis, desk: &Desk) -> Result<(String, usize)> {
    let hits: Vec<KeptHit> = finished.screening.hits.iter().map(|hit| basis.kept(hit)).collect();
    let screening = KeptScreening {
        manifest: manifest::of(finished)?,
        totals: Totals {
            customers_screened: finished.manifest.customers_screened,
            cannot_tell: finished.screening.cannot_tell_count,
        },
        editions: basis.lists.clone(),
    };
    let id = desk.run(screenings::keep(&desk.store, &desk.person, &screening, &hits, desk.now()))?;
    Ok((id.0, hits.len()))
}
