//! Who is connected with whom around one hit, as a small picture: customers on the left, listed parties on the right.

use operations::hoster::queue::Waiting;
use watchlist::{Edition, Entry, RelationKind};

use super::Page;

/// Neighbours on each side that are drawn; of more only the number is shown.
const MOST: usize = 6;
/// Height of one row of boxes, in units of the picture.
const ROW: usize = 44;
/// Characters of a label that fit into a box.
const LABEL: usize = 20;

/// The picture. Positions are in units of a canvas 880 wide.
#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) boxes: Vec<Node>,
    pub(crate) lines: Vec<Line>,
    pub(crate) height: usize,
    /// Neighbours that are not drawn.
    pub(crate) more: usize,
}

pub(crate) struct Node {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) label: String,
    /// `customer`, `entry` or `near`.
    pub(crate) class: &'static str,
}

pub(crate) struct Line {
    pub(crate) y1: usize,
    pub(crate) x1: usize,
    pub(crate) x2: usize,
    pub(crate) y2: usize,
    pub(crate) label: String,
    pub(crate) label_x: usize,
    pub(crate) label_y: usize,
}

impl Graph {
    pub(crate) fn of(
        hit: &Waiting,
        linked: &[(String, String)],
        entry: Option<&Entry>,
        edition: Option<&Edition>,
        page: &Page,
    ) -> Self {
        let left: Vec<(String, String)> =
            linked.iter().map(|(id, shared)| (id.clone(), page.word("shared", shared))).collect();
        let right = entry.map_or_else(Vec::new, |entry| relations(entry, edition, page));
        let more = left.len().saturating_sub(MOST) + right.len().saturating_sub(MOST);
        let rows = left.len().max(right.len()).clamp(1, MOST);
        let middle = (rows * ROW) / 2;
        let mut graph = Self { height: rows * ROW, more, ..Self::default() };
        graph.put(260, middle, &hit.customer_name, "customer");
        graph.put(460, middle, &hit.entry_name, "entry");
        graph.join((400, middle), (460, middle), String::new());
        for (place, (label, shared)) in left.iter().take(MOST).enumerate() {
            let y = place * ROW + ROW / 2;
            graph.put(0, y, label, "near");
            graph.join((140, y), (260, middle), shared.clone());
        }
        for (place, (label, kind)) in right.iter().take(MOST).enumerate() {
            let y = place * ROW + ROW / 2;
            graph.put(740, y, label, "near");
            graph.join((600, middle), (740, y), kind.clone());
        }
        graph
    }

    /// Whether there is more to see than the hit itself.
    pub(crate) fn is_worth_showing(&self) -> bool {
        self.boxes.len() > 2
    }

    fn put(&mut self, x: usize, y: usize, label: &str, class: &'static str) {
        self.boxes.push(Node { x, y: y - 15, label: shortened(label), class });
    }

    fn join(&mut self, (x1, y1): (usize, usize), (x2, y2): (usize, usize), label: String) {
        let (label_x, label_y) = (usize::midpoint(x1, x2), usize::midpoint(y1, y2).saturating_sub(4));
        self.lines.push(Line { x1, y1, x2, y2, label, label_x, label_y });
    }
}

fn relations(entry: &Entry, edition: Option<&Edition>, page: &Page) -> Vec<(String, String)> {
    let title = |id: &watchlist::EntryId| {
        let other = edition.and_then(|edition| edition.entries.iter().find(|other| other.id == *id));
        other.map_or_else(|| id.0.clone(), |other| other.title().to_owned())
    };
    let word = |kind: RelationKind| match kind {
        RelationKind::BrandOf => "brand_of",
        RelationKind::FrontOf => "front_of",
        RelationKind::SuccessorOf => "successor_of",
        RelationKind::SameOperator => "same_operator",
        RelationKind::OfficerOf => "officer_of",
    };
    entry.relations.iter().map(|one| (title(&one.to), page.word("relation", word(one.kind)))).collect()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LABEL {
        return text.to_owned();
    }
    text.chars().take(LABEL - 1).chain(['…']).collect()
}
