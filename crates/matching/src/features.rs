//! The table of what can speak for or against, with what a reviewer reads of it.

use std::sync::LazyLock;

use crate::identifiers::IDENTIFIER_FEATURES;

/// A feature that can speak for or against. The explanations are what a reviewer reads.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    pub name: &'static str,
    pub en: &'static str,
    pub nl: &'static str,
}

/// Features of names. Features of identifiers are in [`crate::identifiers`].
pub const NAME_FEATURES: &[Feature] = &[
    Feature { name: "same_name", en: "same name", nl: "zelfde naam" },
    Feature {
        name: "same_name_spaced_differently",
        en: "same name, spaced differently",
        nl: "zelfde naam, anders gespatieerd",
    },
    Feature {
        name: "same_name_other_form",
        en: "another form of the same given name",
        nl: "andere vorm van dezelfde voornaam",
    },
    Feature { name: "similar_name", en: "similar name", nl: "gelijkende naam" },
    Feature {
        name: "similar_name_across_scripts",
        en: "same name in another script or spelling",
        nl: "zelfde naam in ander schrift of andere spelling",
    },
    Feature { name: "other_name", en: "another name", nl: "andere naam" },
    Feature {
        name: "other_words",
        en: "each name has words of its own",
        nl: "elke naam heeft eigen woorden",
    },
    Feature {
        name: "only_usual_words",
        en: "only usual words agree",
        nl: "alleen gangbare woorden komen overeen",
    },
    Feature { name: "number_differs", en: "the numbers differ", nl: "de nummers verschillen" },
    Feature { name: "place_differs", en: "the places differ", nl: "de plaatsen verschillen" },
    Feature { name: "legal_form_differs", en: "the legal forms differ", nl: "de rechtsvormen verschillen" },
];

/// Every feature, those of names first.
pub static FEATURES: LazyLock<Vec<Feature>> = LazyLock::new(|| [NAME_FEATURES, IDENTIFIER_FEATURES].concat());

/// A feature by its name; `None` for a name that no table has.
pub fn feature(name: &str) -> Option<&'static Feature> {
    FEATURES.iter().find(|feature| feature.name == name)
}
