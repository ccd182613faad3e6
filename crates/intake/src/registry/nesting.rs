//! Which ranges lie in which.

use super::span::Span;

/// Ranges in the order of their first addresses, wider ones first, each with the nearest before it that may hold it.
#[derive(Default)]
pub(super) struct Nesting {
    order: Vec<(Span, u32)>,
    /// Place in `order` of the narrowest range around each.
    around: Vec<Option<u32>>,
}

impl Nesting {
    pub(super) fn of(spans: impl Iterator<Item = (Span, u32)>) -> Self {
        let mut order: Vec<(Span, u32)> = spans.collect();
        order.sort_unstable_by_key(|(span, item)| (span.first, std::cmp::Reverse(span.last), *item));
        let mut around = Vec::with_capacity(order.len());
        let mut open: Vec<u32> = Vec::new();
        for (place, (span, _)) in order.iter().enumerate() {
            while open.last().is_some_and(|last| order[*last as usize].0.last < span.first) {
                open.pop();
            }
            around.push(open.iter().rev().copied().find(|outer| order[*outer as usize].0.contains(span)));
            open.push(place as u32);
        }
        Self { order, around }
    }

    /// Everything that lies in `span`, in order.
    pub(super) fn inside(&self, span: Span) -> impl Iterator<Item = u32> + '_ {
        let start = self.order.partition_point(|(one, _)| one.first < span.first);
        let near = self.order[start..].iter().take_while(move |(one, _)| one.first <= span.last);
        near.filter(move |(one, _)| span.contains(one)).map(|(_, item)| *item)
    }

    /// The narrowest range that holds `span`.
    pub(super) fn narrowest_around(&self, span: Span) -> Option<u32> {
        let behind = self.order.partition_point(|(one, _)| one.first <= span.first);
        let mut place = behind.checked_sub(1).map(|place| place as u32);
        while let Some(at) = place {
            let (one, item) = self.order[at as usize];
            if one.contains(&span) {
                return Some(item);
            }
            place = self.around[at as usize];
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_range_and_everything_inside_are_found() {
        let spans = ["192.0.2.0/24", "192.0.2.0/26", "192.0.2.64/26", "192.0.2.70-192.0.2.71"];
        let nesting = Nesting::of((0..).zip(spans).map(|(item, text)| (text.parse().unwrap(), item)));
        let around = |text: &str| nesting.narrowest_around(text.parse().unwrap());
        let inside = |text: &str| nesting.inside(text.parse().unwrap()).collect::<Vec<_>>();

        assert_eq!(around("192.0.2.70"), Some(3));
        assert_eq!(around("192.0.2.80"), Some(2));
        assert_eq!(around("192.0.2.200"), Some(0));
        assert_eq!(around("198.51.100.1"), None);
        assert_eq!(inside("192.0.2.0/25"), [1, 2, 3]);
        assert_eq!(inside("192.0.2.128/25"), [0; 0]);
    }
}
