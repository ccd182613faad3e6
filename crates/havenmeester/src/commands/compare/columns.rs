//! Which columns of a file of pairs hold what.

use matching::PartyKind;

use crate::failure::Failure;

/// Places of the columns, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) pair_id: Option<usize>,
    pub(super) name1: usize,
    pub(super) name2: usize,
    pub(super) kind: Option<usize>,
}

/// Whether a heading can stand above pairs.
pub(super) fn is_known(heading: &str) -> bool {
    ["pair_id", "name1", "name2", "type"].contains(&plain(heading).as_str())
}

impl Columns {
    pub(super) fn find(headings: &[String]) -> Result<Self, Failure> {
        let place = |wanted: &str| headings.iter().position(|heading| plain(heading) == wanted);
        let needed = |wanted: &str| {
            place(wanted).ok_or_else(|| {
                Failure::new(
                    format!("no column `{wanted}`; the file has: {}", headings.join(", ")),
                    "give the two columns with names the headings name1 and name2",
                )
            })
        };
        Ok(Self {
            pair_id: place("pair_id"),
            name1: needed("name1")?,
            name2: needed("name2")?,
            kind: place("type"),
        })
    }

    /// The headings of the result.
    pub(super) const fn first_line(&self) -> &'static str {
        match self.pair_id {
            Some(_) => "pair_id,score,class,reasons\n",
            None => "row,score,class,reasons\n",
        }
    }
}

/// What a pair is about. A vessel or anything else that we do not know better is compared as unknown.
pub(super) fn kind(typed: &str) -> PartyKind {
    match plain(typed).as_str() {
        "organisation" | "organization" | "org" | "company" | "legal_entity" => PartyKind::Organisation,
        "person" | "individual" => PartyKind::Person,
        _ => PartyKind::Unknown,
    }
}

fn plain(heading: &str) -> String {
    heading.trim().to_ascii_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_headings() {
        let headings = ["Pair ID", "label", "NAME2", "name1"].map(str::to_owned);

        let columns = Columns::find(&headings).unwrap();

        assert_eq!(columns, Columns { pair_id: Some(0), name1: 3, name2: 2, kind: None });
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = Columns::find(&["name1".to_owned(), "other".to_owned()]).unwrap_err();

        assert_eq!(error.to_string(), "no column `name2`; the file has: name1, other");
    }
}
