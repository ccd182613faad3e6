//! A sum of small decision trees over the features of two names, read from a text file.
//!
//! Gradient boosted trees in the sense of Friedman, "Greedy Function Approximation: A Gradient Boosting
//! Machine" (2001): the log-odds of a pair are a constant and one leaf of each tree. What a feature adds
//! is read along the way to that leaf: each step changes what is expected of the pair, and the step
//! belongs to the feature that it asked for (Saabas' decomposition; the parts sum to the whole exactly).

use super::features::{COUNT, NAMES, ROOM, Values};

/// Questions from the root to a leaf.
const DEPTH: usize = 6;
const INNER: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;

/// Trees that are walked beside each other, so that none waits for another.
const ABREAST: usize = 8;

/// Trees of a model at most, so that the leaves of a pair need no memory of their own.
const MOST_TREES: usize = 64;

/// Groups of features whose parts are told apart at most.
pub(super) const GROUPS: usize = 8;

/// The part of each group of features.
pub(super) type Parts = [f32; GROUPS];

/// Which group each feature belongs to; [`GROUPS`] for none.
pub(super) type GroupOf = [usize; COUNT];

/// The leaf of each tree that a pair comes to.
#[derive(Clone, Copy)]
pub(super) struct Way([u8; MOST_TREES]);

/// A whole tree: node `i` has the children `2i + 1` (at most the threshold) and `2i + 2`.
struct Tree {
    /// One more than there are nodes, so that a place needs no check.
    thresholds: [f32; LEAVES],
    /// Which feature each node asks for. Apart from the thresholds, as all trees together fill the nearest memory.
    features: [u8; LEAVES],
    leaves: [f32; LEAVES],
}

/// What each group of features adds on the way to each leaf of a tree.
type Told = [Parts; LEAVES];

/// The trees of one kind of party.
pub(super) struct Trees {
    constant: f32,
    trees: Vec<Tree>,
    /// Beside the trees, so that scores alone need not walk past it.
    told: Vec<Told>,
}

impl Trees {
    /// Natural log-odds of a pair, and the way there for [`Trees::parts`].
    pub(super) fn log_odds(&self, values: &Values) -> (f32, Way) {
        let (mut sum, mut way) = (self.constant, Way([0; MOST_TREES]));
        for (trees, ways) in self.trees.chunks_exact(ABREAST).zip(way.0.chunks_exact_mut(ABREAST)) {
            let mut nodes = [0usize; ABREAST];
            for _ in 0..DEPTH {
                for (tree, node) in trees.iter().zip(&mut nodes) {
                    let value = values[usize::from(tree.features[*node % LEAVES]) % ROOM];
                    *node = 2 * *node + 1 + usize::from(value > tree.thresholds[*node % LEAVES]);
                }
            }
            for ((tree, node), way) in trees.iter().zip(nodes).zip(ways) {
                let leaf = (node - INNER) % LEAVES;
                sum += tree.leaves[leaf];
                *way = leaf as u8;
            }
        }
        (sum, way)
    }

    /// What each group of features adds to the log-odds.
    pub(super) fn parts(&self, way: &Way) -> Parts {
        let mut parts = [0.0; GROUPS];
        for (told, leaf) in self.told.iter().zip(way.0) {
            for (part, one) in parts.iter_mut().zip(told[usize::from(leaf) % LEAVES]) {
                *part += one;
            }
        }
        parts
    }
}

/// Reads the section `wanted` of a model file.
///
/// `model NAME CONSTANT` begins a section, each line after it is a tree: its nodes in the order root,
/// left, right, each `feature:threshold:expected` or `=value` for a leaf. Features are names or places
/// in the line `features NAME...` at the top. `None` where the text is not such a file.
pub(super) fn read(text: &str, wanted: &str, groups: &GroupOf) -> Option<Trees> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let features: Vec<u8> = lines
        .next()?
        .strip_prefix("features ")?
        .split(' ')
        .map(|name| NAMES.iter().position(|known| *known == name).map(|place| place as u8))
        .collect::<Option<_>>()?;
    let mut section = lines.skip_while(|line| section_of(line).is_none_or(|(name, _)| name != wanted));
    let (_, constant) = section_of(section.next()?)?;
    let (mut trees, told): (Vec<Tree>, Vec<Told>) = section
        .take_while(|line| section_of(line).is_none())
        .map(|line| tree(line, &features, groups))
        .collect::<Option<_>>()?;
    trees.resize_with(trees.len().next_multiple_of(ABREAST), || Planting::default().tree);
    (trees.len() <= MOST_TREES).then_some(Trees { constant, trees, told })
}

fn section_of(line: &str) -> Option<(&str, f32)> {
    let (name, constant) = line.strip_prefix("model ")?.split_once(' ')?;
    Some((name, constant.parse().ok()?))
}

/// A tree while its line is read.
struct Planting {
    tree: Tree,
    /// What is expected of a pair at each node: the mean log-odds of the fitted pairs that come there.
    expected: [f32; INNER + LEAVES],
}

impl Default for Planting {
    fn default() -> Self {
        // A node that was never filled asks nothing.
        let tree = Tree { thresholds: [f32::INFINITY; LEAVES], features: [0; LEAVES], leaves: [0.0; LEAVES] };
        Self { tree, expected: [0.0; INNER + LEAVES] }
    }
}

fn tree(line: &str, features: &[u8], groups: &GroupOf) -> Option<(Tree, Told)> {
    let mut planting = Planting::default();
    let mut nodes = line.split(' ');
    planting.place(0, &mut nodes, features)?;
    let told = std::array::from_fn(|leaf| planting.told(leaf, groups));
    nodes.next().is_none().then_some((planting.tree, told))
}

impl Planting {
    fn place<'a>(
        &mut self,
        node: usize,
        nodes: &mut impl Iterator<Item = &'a str>,
        features: &[u8],
    ) -> Option<()> {
        let text = nodes.next()?;
        if let Some(value) = text.strip_prefix('=') {
            self.fill(node, value.parse().ok()?);
            return Some(());
        }
        if node >= INNER {
            return None;
        }
        let mut cells = text.split(':');
        self.tree.features[node] = *features.get(cells.next()?.parse::<usize>().ok()?)?;
        self.tree.thresholds[node] = cells.next()?.parse().ok()?;
        self.expected[node] = cells.next()?.parse().ok()?;
        self.place(2 * node + 1, nodes, features)?;
        self.place(2 * node + 2, nodes, features)
    }

    /// A leaf above the last level stands for all leaves below it.
    fn fill(&mut self, node: usize, value: f32) {
        self.expected[node] = value;
        if node < INNER {
            self.fill(2 * node + 1, value);
            self.fill(2 * node + 2, value);
        } else {
            self.tree.leaves[node - INNER] = value;
        }
    }

    /// Each step to the leaf changes what is expected, and belongs to the group of the feature that it asked for.
    fn told(&self, leaf: usize, groups: &GroupOf) -> Parts {
        let mut parts = [0.0; GROUPS];
        let mut node = INNER + leaf;
        while node > 0 {
            let parent = (node - 1) / 2;
            let group = groups[usize::from(self.tree.features[parent])];
            if let Some(part) = parts.get_mut(group) {
                *part += self.expected[node] - self.expected[parent];
            }
            node = parent;
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# a comment\nfeatures told letters\nmodel one 0.5\n\
        0:1.5:0.1 =-1 1:0.8:0.6 =0.25 =1\n=0.125\nmodel two -1\n=2\n";

    fn values(told: f32, letters: f32) -> Values {
        let mut values = [0.0; ROOM];
        for (name, value) in [("told", told), ("letters", letters)] {
            values[NAMES.iter().position(|known| *known == name).unwrap()] = value;
        }
        values
    }

    /// `told` is the first group, `letters` the second, all else is in none.
    fn groups() -> GroupOf {
        std::array::from_fn(|place| {
            ["told", "letters"].iter().position(|name| NAMES[place] == *name).unwrap_or(GROUPS)
        })
    }

    #[track_caller]
    fn check(told: f32, letters: f32, expected: f32, expected_parts: [f32; 2]) {
        let trees = read(FILE, "one", &groups()).unwrap();
        let (found, way) = trees.log_odds(&values(told, letters));
        assert_eq!(found, expected);
        let parts = trees.parts(&way);
        for (found, expected) in parts.iter().zip(expected_parts) {
            assert!((found - expected).abs() < 1e-6, "{parts:?}");
        }
    }

    #[test]
    fn a_pair_comes_to_one_leaf_of_each_tree() {
        check(1.0, 0.9, -0.375, [-1.1, 0.0]);
        check(1.5, 0.9, -0.375, [-1.1, 0.0]);
        check(2.0, 0.8, 0.875, [0.5, -0.35]);
        check(2.0, 0.9, 1.625, [0.5, 0.4]);
    }

    #[test]
    fn what_is_no_model_is_refused() {
        let none = |text: &str, name: &str| assert!(read(text, name, &groups()).is_none());
        none(FILE, "three");
        none("features unheard_of\nmodel one 0\n=1\n", "one");
        none("features told\nmodel one 0\n0:1:0 =1\n", "one");
        none("features told\nmodel one 0\n=1 =2\n", "one");
    }
}
