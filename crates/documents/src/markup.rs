//! Text from outside as safe markup: escaped, unseen characters named, differences marked.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::Language;
use crate::difference::{Case, Run, runs};
use crate::numbers;
use crate::visible::{clipped, is_unseen, push_placeholder};

/// Characters of one value that the report shows. Real names end long before.
const VALUE_LIMIT: usize = 240;

/// Markup that is safe because this module made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// A text from outside. `<bdi>` keeps text that runs from right to left away from what stands beside it.
pub fn text(text: &str, language: Language) -> Markup {
    let (shown, length) = clipped(text, VALUE_LIMIT);
    let mut out = String::with_capacity(shown.len() + 16);
    out.push_str("<bdi>");
    push_escaped(&mut out, shown);
    out.push_str("</bdi>");
    push_rest(&mut out, length, language);
    Markup(out)
}

/// Both sides of a reason, raw and as compared.
pub struct Sides {
    pub customer: Side,
    pub entry: Side,
}

/// One side, ready to be shown.
pub struct Side {
    pub raw: Markup,
    /// None if both sides were compared as they are.
    pub clean: Option<Markup>,
}

/// A value as found in its source, and as compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    pub raw: &'a str,
    pub clean: &'a str,
}

/// Marks what differs: in the raw values whatever is not only upper or lower case, in the cleaned ones
/// everything.
pub fn sides(customer: Value<'_>, entry: Value<'_>, language: Language) -> Sides {
    let (customer_raw, entry_raw) = pair(customer.raw, entry.raw, Case::Ignored, language);
    let untouched = customer.clean == customer.raw && entry.clean == entry.raw;
    let nothing = customer.clean.is_empty() && entry.clean.is_empty();
    let (customer_clean, entry_clean) = match untouched || nothing {
        true => (None, None),
        false => {
            let (customer, entry) = pair(customer.clean, entry.clean, Case::Matters, language);
            (Some(customer), Some(entry))
        }
    };
    Sides {
        customer: Side { raw: customer_raw, clean: customer_clean },
        entry: Side { raw: entry_raw, clean: entry_clean },
    }
}

fn pair(left: &str, right: &str, case: Case, language: Language) -> (Markup, Markup) {
    let ((left_shown, left_length), (right_shown, right_length)) =
        (clipped(left, VALUE_LIMIT), clipped(right, VALUE_LIMIT));
    let whole = |text| vec![Run { text, differs: false }];
    let (left_runs, right_runs) =
        runs(left_shown, right_shown, case).unwrap_or_else(|| (whole(left_shown), whole(right_shown)));
    (marked(&left_runs, left_length, language), marked(&right_runs, right_length, language))
}

fn marked(runs: &[Run<'_>], length: Option<usize>, language: Language) -> Markup {
    let mut out = String::from("<bdi>");
    for run in runs {
        if run.differs {
            out.push_str("<mark>");
        }
        push_escaped(&mut out, run.text);
        if run.differs {
            out.push_str("</mark>");
        }
    }
    out.push_str("</bdi>");
    push_rest(&mut out, length, language);
    Markup(out)
}

fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            unseen if is_unseen(unseen) => {
                out.push_str("<span class=\"unseen\">");
                push_placeholder(out, unseen);
                out.push_str("</span>");
            }
            seen => out.push(seen),
        }
    }
}

/// Says how long the text really is.
fn push_rest(out: &mut String, length: Option<usize>, language: Language) {
    if let Some(length) = length {
        out.push_str("<span class=\"unseen\">… ");
        out.push_str(
            &crate::Texts::of(language)
                .with("clipped", &[("length", numbers::count(length as u64, language).into())]),
        );
        out.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        assert_eq!(text(value, Language::En).to_string(), expected);
    }

    #[test]
    fn markup_in_a_name_is_text() {
        check("<script>alert(1)</script>", "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>");
        check("\"><img onerror='x'>", "<bdi>&quot;&gt;&lt;img onerror=&#39;x&#39;&gt;</bdi>");
    }

    #[test]
    fn unseen_characters_stand_out() {
        check("a\u{202e}b", "<bdi>a<span class=\"unseen\">⟨U+202E⟩</span>b</bdi>");
    }

    #[test]
    fn a_long_name_ends_with_its_length() {
        let shown = text(&"x".repeat(100_000), Language::En).to_string();
        assert!(shown.ends_with("<span class=\"unseen\">… (100,000 characters)</span>"), "{shown}");
        assert!(shown.len() < 400);
    }
}
