//! Whether a list may be copied into another format, and who may say otherwise.
//!
//! Source of the labels: FIRST, Traffic Light Protocol 2.0 (August 2022).

use watchlist::ListInfo;

/// A label under which an export is possible. `TLP:AMBER+STRICT` and `TLP:RED` have no value here on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tlp {
    Clear,
    Green,
    Amber,
}

impl Tlp {
    /// `TLP:GREEN`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
        }
    }

    /// `green`, as other formats write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
        }
    }
}

/// Why an edition was not written in another format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportRefused {
    #[error("the list is marked {label}: it may not be copied into another format")]
    TooStrict { label: &'static str, issuer: String },
    #[error("the list says of its handling `{handling}`, expected a TLP 2.0 label such as TLP:GREEN")]
    UnknownHandling { handling: String, issuer: String },
    #[error("the list does not say how it may be handled, expected a TLP 2.0 label such as TLP:GREEN")]
    NoHandling { issuer: String },
    #[error("the list allows no onward sharing: it may not be copied into another format")]
    NoSharing { issuer: String },
    #[error("the list is marked {label} and does not say to whom it may be passed on")]
    SharingUnsaid { label: &'static str, issuer: String },
    #[error("the edition does not say when it was issued, and {format} wants a date in every object")]
    NoDate { format: &'static str, issuer: String },
}

impl ExportRefused {
    /// What the reader can do next. Nobody but the issuer lifts a refusal; this program has no switch for it.
    pub fn hint(&self) -> String {
        let (Self::TooStrict { issuer, .. }
        | Self::UnknownHandling { issuer, .. }
        | Self::NoHandling { issuer }
        | Self::NoSharing { issuer }
        | Self::SharingUnsaid { issuer, .. }
        | Self::NoDate { issuer, .. }) = self;
        let issuer = if issuer.is_empty() { "the issuer of the list" } else { issuer.as_str() };
        match self {
            Self::NoDate { .. } => format!("ask {issuer} for an edition with `issued_at`"),
            _ => format!(
                "only {issuer} may lift this: ask for an edition whose handling and onward sharing allow it"
            ),
        }
    }
}

/// The label to carry along, if the list may be copied.
pub fn allowed(list: &ListInfo) -> Result<Tlp, ExportRefused> {
    let issuer = list.issuer.clone();
    let label = label(&list.handling, &issuer)?;
    match list.onward_sharing.trim().to_lowercase().as_str() {
        "none" | "no" | "geen" => Err(ExportRefused::NoSharing { issuer }),
        // What everybody may have needs no word about who may have it.
        "" if label != Tlp::Clear => Err(ExportRefused::SharingUnsaid { label: label.label(), issuer }),
        _ => Ok(label),
    }
}

fn label(handling: &str, issuer: &str) -> Result<Tlp, ExportRefused> {
    let issuer = issuer.to_owned();
    let plain: String = handling.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    match plain.strip_prefix("TLP:").unwrap_or(&plain) {
        "" => Err(ExportRefused::NoHandling { issuer }),
        "CLEAR" | "WHITE" => Ok(Tlp::Clear),
        "GREEN" => Ok(Tlp::Green),
        "AMBER" => Ok(Tlp::Amber),
        "AMBER+STRICT" | "AMBER-STRICT" => {
            Err(ExportRefused::TooStrict { label: "TLP:AMBER+STRICT", issuer })
        }
        "RED" => Err(ExportRefused::TooStrict { label: "TLP:RED", issuer }),
        _ => Err(ExportRefused::UnknownHandling { handling: handling.chars().take(80).collect(), issuer }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use watchlist::Nature;

    fn list(handling: &str, onward_sharing: &str) -> ListInfo {
        ListInfo {
            id: "example".to_owned(),
            issuer: "Example Harbour Police".to_owned(),
            title: String::new(),
            nature: Nature::Advisory,
            purpose: String::new(),
            handling: handling.to_owned(),
            onward_sharing: onward_sharing.to_owned(),
            answers_to: None,
        }
    }

    #[track_caller]
    fn check(handling: &str, onward_sharing: &str, expected: &str) {
        let said = match allowed(&list(handling, onward_sharing)) {
            Ok(label) => label.label().to_owned(),
            Err(refused) => {
                assert!(refused.hint().contains("Example Harbour Police"), "{}", refused.hint());
                refused.to_string()
            }
        };
        assert!(said.contains(expected), "{handling}, {onward_sharing}: {said}");
    }

    #[test]
    fn strict_labels_are_refused() {
        check("TLP:RED", "free", "marked TLP:RED");
        check("TLP:AMBER+STRICT", "free", "marked TLP:AMBER+STRICT");
        check("tlp: amber + strict", "free", "marked TLP:AMBER+STRICT");
    }

    #[test]
    fn no_sharing_is_no_sharing_whatever_the_label() {
        check("TLP:CLEAR", "none", "no onward sharing");
        check("TLP:GREEN", " None ", "no onward sharing");
    }

    #[test]
    fn what_is_not_said_is_not_allowed() {
        check("", "free", "does not say how");
        check("police only", "free", "`police only`");
        check("TLP:AMBER", "", "does not say to whom");
        check("TLP:PURPLE", "free", "`TLP:PURPLE`");
    }

    #[test]
    fn the_other_labels_are_carried_along() {
        check("TLP:CLEAR", "", "TLP:CLEAR");
        check("TLP:GREEN", "hosting companies", "TLP:GREEN");
        check("TLP:AMBER", "own clients", "TLP:AMBER");
    }
}
