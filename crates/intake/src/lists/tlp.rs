//! TLP labels of other formats, and which of several is the strictest.
//!
//! Source: FIRST, Traffic Light Protocol 2.0; OASIS, STIX 2.1 (for the four objects of TLP 1) and the
//! extension definition `tlp-2.0` of its common objects.

/// Labels from free to strict.
const LABELS: &[&str] = &["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];

/// Objects of STIX that stand for a label.
const MARKINGS: &[(&str, &str)] = &[
    ("94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR"),
    ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN"),
    ("55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER"),
    ("939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT"),
    ("e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED"),
    ("613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:CLEAR"),
    ("34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN"),
    ("f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER"),
    ("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED"),
];

/// The label of a word such as `tlp:amber+strict`, `white` or `TLP:CLEAR`.
pub(super) fn label(word: &str) -> Option<&'static str> {
    let upper = word.trim().to_ascii_uppercase();
    let plain = upper.strip_prefix("TLP:").unwrap_or(&upper);
    let plain = if plain == "WHITE" { "CLEAR" } else { plain };
    LABELS.iter().copied().find(|label| &label[4..] == plain)
}

/// The label of a marking of STIX, by its id.
pub(super) fn of_marking(id: &str) -> Option<&'static str> {
    let uuid = id.strip_prefix("marking-definition--")?;
    MARKINGS.iter().find(|(known, _)| *known == uuid).map(|(_, label)| *label)
}

/// Keeps the stricter of the two.
pub(super) fn tighten(handling: &mut String, label: &str) {
    let place = |label: &str| LABELS.iter().position(|known| *known == label);
    if place(label) > place(handling) {
        label.clone_into(handling);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_label_holds() {
        let mut handling = String::new();
        for word in ["tlp:green", "tlp:amber+strict", "TLP:AMBER", "white"] {
            tighten(&mut handling, label(word).unwrap());
        }

        assert_eq!(handling, "TLP:AMBER+STRICT");
        assert_eq!(label("tlp:purple"), None);
    }
}
