//! A sum of small decision trees over the features of two names, read from a text file.
//!
//! Gradient boosted trees in the sense of Friedman, "Greedy Function Approximation: A Gradient Boosting
//! Machine" (2001): the log-odds of a pair are a constant and one leaf of each tree. What a feature adds
//! is read along the way to that leaf: each step changes what is expected of the pair, and the step
//! belongs to the feature that it asked for (Saabas' decomposition; the parts sum to the whole exactly).

use super::features::{COUNT, NAMES, Values};

/// Questions from the root to a leaf.
const DEPTH: usize = 5;
const INNER: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;

/// Room for the values in which a place needs no check.
const ROOM: usize = 64;
const _: () = assert!(COUNT <= ROOM);

/// A whole tree: node `i` has the children `2i + 1` (at most the threshold) and `2i + 2`.
struct Tree {
    /// One more than there are nodes, so that a place needs no check.
    questions: [Question; LEAVES],
    leaves: [f32; LEAVES],
}

#[derive(Clone, Copy)]
struct Question {
    threshold: f32,
    feature: u32,
}

/// What a tree expects at each of its nodes: the mean log-odds of the fitted pairs that come there.
type Expected = [f32; INNER];

/// The trees of one kind of party.
pub(super) struct Trees {
    constant: f32,
    trees: Vec<Tree>,
    /// Beside the trees, so that scores alone need not walk past it.
    expected: Vec<Expected>,
}

impl Trees {
    /// Natural log-odds of a pair.
    pub(super) fn log_odds(&self, values: &Values) -> f32 {
        let mut room = [0.0; ROOM];
        room[..COUNT].copy_from_slice(values);
        self.trees.iter().fold(self.constant, |sum, tree| sum + tree.leaves[tree.leaf(&room)])
    }

    /// What each feature adds to the log-odds; with the constant they sum to [`Trees::log_odds`].
    pub(super) fn parts(&self, values: &Values) -> Values {
        let mut parts = [0.0; COUNT];
        for (tree, expected) in self.trees.iter().zip(&self.expected) {
            let (mut node, mut here) = (0, expected[0]);
            while node < INNER {
                let Question { threshold, feature } = tree.questions[node];
                node = 2 * node + 1 + usize::from(values[feature as usize] > threshold);
                let next = if node < INNER { expected[node] } else { tree.leaves[node - INNER] };
                parts[feature as usize] += next - here;
                here = next;
            }
        }
        parts
    }
}

impl Tree {
    fn leaf(&self, values: &[f32; ROOM]) -> usize {
        let mut node = 0;
        for _ in 0..DEPTH {
            let Question { threshold, feature } = self.questions[node % LEAVES];
            node = 2 * node + 1 + usize::from(values[feature as usize % ROOM] > threshold);
        }
        (node - INNER) % LEAVES
    }
}

/// Reads the section `wanted` of a model file.
///
/// `model NAME CONSTANT` begins a section, each line after it is a tree: its nodes in the order root,
/// left, right, each `feature:threshold:expected` or `=value` for a leaf. Features are names or places
/// in the line `features NAME...` at the top. `None` where the text is not such a file.
pub(super) fn read(text: &str, wanted: &str) -> Option<Trees> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let features: Vec<u8> = lines
        .next()?
        .strip_prefix("features ")?
        .split(' ')
        .map(|name| NAMES.iter().position(|known| *known == name).map(|place| place as u8))
        .collect::<Option<_>>()?;
    let mut section = lines.skip_while(|line| section_of(line).is_none_or(|(name, _)| name != wanted));
    let (_, constant) = section_of(section.next()?)?;
    let (trees, expected) = section
        .take_while(|line| section_of(line).is_none())
        .map(|line| tree(line, &features))
        .collect::<Option<_>>()?;
    Some(Trees { constant, trees, expected })
}

fn section_of(line: &str) -> Option<(&str, f32)> {
    let (name, constant) = line.strip_prefix("model ")?.split_once(' ')?;
    Some((name, constant.parse().ok()?))
}

fn tree(line: &str, features: &[u8]) -> Option<(Tree, Expected)> {
    let never = Question { threshold: f32::INFINITY, feature: 0 };
    let mut tree = (Tree { questions: [never; LEAVES], leaves: [0.0; LEAVES] }, [0.0; INNER]);
    let mut nodes = line.split(' ');
    place(&mut tree, 0, &mut nodes, features)?;
    nodes.next().is_none().then_some(tree)
}

fn place<'a>(
    tree: &mut (Tree, Expected),
    node: usize,
    nodes: &mut impl Iterator<Item = &'a str>,
    features: &[u8],
) -> Option<()> {
    let text = nodes.next()?;
    if let Some(value) = text.strip_prefix('=') {
        fill(tree, node, value.parse().ok()?);
        return Some(());
    }
    if node >= INNER {
        return None;
    }
    let mut cells = text.split(':');
    let feature = u32::from(*features.get(cells.next()?.parse::<usize>().ok()?)?);
    tree.0.questions[node] = Question { threshold: cells.next()?.parse().ok()?, feature };
    tree.1[node] = cells.next()?.parse().ok()?;
    place(tree, 2 * node + 1, nodes, features)?;
    place(tree, 2 * node + 2, nodes, features)
}

/// A leaf above the last level stands for all leaves below it.
fn fill(tree: &mut (Tree, Expected), node: usize, value: f32) {
    if node < INNER {
        tree.1[node] = value;
        fill(tree, 2 * node + 1, value);
        fill(tree, 2 * node + 2, value);
    } else {
        tree.0.leaves[node - INNER] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# a comment\nfeatures told letters\nmodel one 0.5\n\
        0:1.5:0.1 =-1 1:0.8:0.6 =0.25 =1\n=0.125\nmodel two -1\n=2\n";

    fn values(told: f32, letters: f32) -> Values {
        let mut values = [0.0; COUNT];
        for (name, value) in [("told", told), ("letters", letters)] {
            values[NAMES.iter().position(|known| *known == name).unwrap()] = value;
        }
        values
    }

    #[track_caller]
    fn check(told: f32, letters: f32, expected: f32) {
        let trees = read(FILE, "one").unwrap();
        let values = values(told, letters);
        assert_eq!(trees.log_odds(&values), expected);
        let expected_anywhere = trees.expected.iter().map(|expected| expected[0]).sum::<f32>();
        let parts: f32 = trees.parts(&values).iter().sum();
        assert!((parts + expected_anywhere + trees.constant - expected).abs() < 1e-6);
    }

    #[test]
    fn a_pair_comes_to_one_leaf_of_each_tree() {
        check(1.0, 0.9, -0.375);
        check(1.5, 0.9, -0.375);
        check(2.0, 0.8, 0.875);
        check(2.0, 0.9, 1.625);
    }

    #[test]
    fn what_is_no_model_is_refused() {
        let none = |text: &str, name: &str| assert!(read(text, name).is_none());
        none(FILE, "three");
        none("features unheard_of\nmodel one 0\n=1\n", "one");
        none("features told\nmodel one 0\n0:1:0 =1\n", "one");
        none("features told\nmodel one 0\n=1 =2\n", "one");
    }
}
