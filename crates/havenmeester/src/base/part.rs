//! A thousand customers of a base with their traces.

use matching::names::Buffers;
use operations::hoster::bases::{Part, Records, customer as piece, piece_of};
use rayon::prelude::*;
use screening::{Customer, Trace};

use super::record;

/// A customer as it is kept, and its trace.
pub(crate) fn kept(customer: &Customer, buffers: &mut Buffers) -> (Vec<u8>, Vec<u8>) {
    let record = piece_of(&customer.id, &record::to_bytes(customer));
    (record, Trace::of(customer, buffers).into_bytes())
}

/// The customers as they are kept. Tracing is the work in it, so it is spread over the processors.
pub(crate) fn part_of(customers: &[Customer]) -> Part {
    let made: Vec<(Vec<u8>, Vec<u8>)> = customers
        .par_iter()
        .map_init(Buffers::default, |buffers, customer| kept(customer, buffers))
        .collect();
    let mut part = Part::default();
    made.iter().for_each(|(customer, trace)| part.push(customer, trace));
    part
}

/// The customers at these places of a chunk, which rise; who is gone is left out.
pub(crate) fn at(records: &Records, places: &[usize]) -> Vec<(usize, Customer)> {
    let mut wanted = places.iter().peekable();
    let mut found = Vec::with_capacity(places.len());
    for (place, bytes) in records.iter().enumerate() {
        if wanted.next_if(|wanted| **wanted == place).is_some() {
            let customer = piece(bytes).and_then(|(id, rest)| record::from_bytes(id, rest));
            found.extend(customer.map(|customer| (place, customer)));
        }
    }
    found
}
