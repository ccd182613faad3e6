//! From listed entries to a released edition.

use curation::listing::Listing;
use curation::proposal::ReceivedStatement;
use curation::release::{Assembled, ReleasedEdition, assemble};
use curation::statement::Step;

use crate::cast::{Actor, Cast, DATES, at, list};

fn assembled(cast: &Cast) -> Assembled {
    let listings: Vec<Listing> =
        ["B", "A"].map(|id| Listing::new(cast.approved(cast.draft(id))).unwrap()).into();
    assemble(list(), &listings, None, 1, DATES, &cast.uma.person).unwrap()
}

#[track_caller]
fn check_release(choose: fn(&Cast) -> [&Actor; 2], expected: Option<&str>) {
    let cast = Cast::new();
    let assembled = assembled(&cast);
    let statements = choose(&cast).map(|actor| actor.sign(Step::Release, assembled.subject(), at(99)));
    let result = assembled.release(statements, at(99), &cast.unit());
    assert_eq!(result.err().map(|refused| refused.why.to_string()).as_deref(), expected);
}

#[test]
fn two_people_release_one_of_them_a_publisher() {
    check_release(|cast| [&cast.uma, &cast.udo], None);
    check_release(|cast| [&cast.pim, &cast.uma], None);
    check_release(|cast| [&cast.uma, &cast.uma], Some("both statements are of uma; two people are needed"));
    check_release(
        |cast| [&cast.uma, &cast.anna],
        Some("anna may not confirm the release of an edition: this needs the role prosecution or publisher"),
    );
}

#[test]
fn a_released_edition_comes_back_from_the_store_only_unchanged() {
    let cast = Cast::new();
    let assembled = assembled(&cast);
    let statements =
        [&cast.uma, &cast.udo].map(|actor| actor.sign(Step::Release, assembled.subject(), at(99)));
    let released = assembled.release(statements, at(99), &cast.unit()).unwrap();
    let voices = released.voices().each_ref().map(ReceivedStatement::from);
    let restored = |edition| {
        ReleasedEdition::from_parts(edition, released.content_hash(), voices.clone(), &cast.unit()).is_ok()
    };

    assert!(restored(released.edition().clone()));
    let mut changed = released.edition().clone();
    changed.entries.pop();
    assert!(!restored(changed));
}

#[test]
fn only_publishers_assemble_and_only_entries_of_the_list() {
    let cast = Cast::new();
    let listing = Listing::new(cast.approved(cast.draft("A"))).unwrap();
    let mut other = list();
    other.id = "other".to_owned();

    let by_analyst = assemble(list(), std::slice::from_ref(&listing), None, 1, DATES, &cast.anna.person);
    let other_list = assemble(other, &[listing], None, 1, DATES, &cast.uma.person);

    assert!(by_analyst.is_err());
    assert_eq!(other_list.unwrap_err().to_string(), "entry A belongs to the list harbour, expected other");
}
