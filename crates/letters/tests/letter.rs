//! The covering letter in its two forms and two languages.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod sample;

use letters::{Handling, Language, LetterFacts, PartnerRole, Picture, Press, letter_pdf, letter_text};
use sample::pdf::{pages, squeezed, text_of};

const LANGUAGES: [Language; 2] = [Language::Nl, Language::En];

fn press() -> Press {
    Press::default()
}

/// Paragraphs of the plain text: its lines joined, signs of lists and headings gone.
fn paragraphs(text: &str) -> Vec<String> {
    let is_rule = |line: &str| !line.is_empty() && line.chars().all(|sign| matches!(sign, '-' | '='));
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        let starts = line.is_empty() || line.starts_with("- ") || is_rule(line);
        if starts {
            paragraphs.push(String::new());
        }
        if !is_rule(line) {
            let last = paragraphs.last_mut().unwrap();
            *last += line.strip_prefix("- ").unwrap_or(line);
            last.push(' ');
        }
    }
    paragraphs.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The text of the PDF without the feet of its pages, which come between the lines of a paragraph.
fn body(pdf: &[u8], facts: &LetterFacts) -> String {
    let text = text_of(pdf);
    let foot = |line: &str| {
        line.starts_with(&facts.reference) || line.starts_with("bladzijde ") || line.starts_with("page ")
    };
    squeezed(&text.lines().filter(|line| !foot(line)).collect::<Vec<_>>().join("\n"))
}

#[test]
fn plain_text_is_as_accepted() {
    for language in LANGUAGES {
        let text = letter_text(&press(), &sample::letter(language), language).unwrap();
        insta::assert_snapshot!(format!("letter_{}", language.tag()), text);
    }
}

#[test]
fn every_paragraph_of_the_text_stands_in_the_pdf() {
    let press = press();
    for language in LANGUAGES {
        for role in
            [PartnerRole::Hoster, PartnerRole::TradeBody, PartnerRole::Cert, PartnerRole::ForeignPolice]
        {
            for handling in Handling::ALL {
                let mut facts = sample::letter(language);
                (facts.partner.role, facts.handling) = (role, *handling);
                let pdf = body(&letter_pdf(&press, &facts, language).unwrap(), &facts);
                let text = letter_text(&press, &facts, language).unwrap();
                assert!(paragraphs(&text).len() > 25, "{text}");
                for paragraph in paragraphs(&text) {
                    // Terms of the head stand in two columns in the PDF.
                    let parts: Vec<&str> = if pdf.contains(&squeezed(&paragraph)) {
                        vec![&paragraph]
                    } else {
                        paragraph.split(": ").collect()
                    };
                    for part in parts {
                        assert!(pdf.contains(&squeezed(part)), "not in the PDF ({role:?}): {part}\n\n{pdf}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_letter_says_what_it_must_say() {
    let wanted = |language| match language {
        Language::Nl => [
            "waarschuwing",
            "geen bevel",
            "nergens van verdacht",
            "open bronnen",
            "resellers onder uw resellers",
            "te heroverwegen",
            "gijzelsoftware, botnets en spam",
            "in beslag",
            "goede naam",
            "niet openbaar",
            "Wis geen gegevens",
            "TLP:AMBER+STRICT",
            "tot en met 1 juni 2026",
            "twaalf woorden",
            "Inhoudsregel",
            "contest@police.example",
            "Persoonsgegevens",
            "Uw exemplaar is herkenbaar",
            "vrijwillig",
            "1.000",
        ],
        Language::En => [
            "warning",
            "neither an order",
            "no suspicion",
            "open sources",
            "resellers below your resellers",
            "reconsider the contract",
            "ransomware, botnets and spam",
            "seized",
            "good name",
            "not publish",
            "not wipe data",
            "TLP:AMBER+STRICT",
            "until 1 June 2026",
            "twelve words",
            "Content line",
            "contest@police.example",
            "Personal data",
            "Your copy can be recognised",
            "voluntary",
            "1,000",
        ],
    };
    for language in LANGUAGES {
        let facts = sample::letter(language);
        let pdf = body(&letter_pdf(&press(), &facts, language).unwrap(), &facts);
        for words in wanted(language) {
            assert!(pdf.contains(&squeezed(words)), "{words} is missing in {}", language.tag());
        }
        assert!(pdf.contains(&squeezed(&facts.fingerprint.words)));
        assert!(pdf.contains(&squeezed(&facts.content_root)));
    }
}

#[test]
fn what_does_not_apply_is_not_said() {
    let mut facts = sample::letter(Language::En);
    (facts.marked, facts.receipt, facts.sender.prosecution) = (false, None, None);
    let text = letter_text(&press(), &facts, Language::En).unwrap();
    for words in ["Your copy can be recognised", "voluntary", "together with", "on behalf of"] {
        assert!(!text.contains(words), "{words}");
    }
}

#[test]
fn a_letter_has_at_most_two_pages() {
    let press = press();
    for language in LANGUAGES {
        let text = text_of(&letter_pdf(&press, &sample::letter(language), language).unwrap());
        assert_eq!(pages(&text).len(), 2, "{text}");
    }
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let facts = sample::letter(Language::Nl);
    let first = letter_pdf(&press(), &facts, Language::Nl).unwrap();
    let other_press = press();
    letter_pdf(&other_press, &sample::letter(Language::En), Language::En).unwrap();
    assert!(first == letter_pdf(&other_press, &facts, Language::Nl).unwrap());
}

#[test]
fn the_file_is_archivable_tagged_and_has_a_language() {
    for language in LANGUAGES {
        let pdf = letter_pdf(&press(), &sample::letter(language), language).unwrap();
        let raw = String::from_utf8_lossy(&pdf);
        for mark in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A",
            "<pdfuaid:part>1",
            "/MarkInfo",
            "/StructTreeRoot",
        ] {
            assert!(raw.contains(mark), "{mark} is missing");
        }
        assert!(raw.contains(&format!("/Lang({})", language.tag())), "no language");
        assert!(raw.contains("2026-03-02"), "the day of the letter is missing");
    }
}

#[test]
fn values_are_shown_and_never_run() {
    let hostile = "#panic(\"x\") $x^2$ *b* _i_ `r` @ref <label> \\ \" // /* [c] {d} = h";
    let mut facts = sample::letter(Language::Nl);
    facts.partner.name = hostile.to_owned();
    facts.sender.signatory = "ООО «Бастион» Ж".to_owned();
    facts.reference = "a\u{202e}b\nc\u{0}".to_owned();
    let pdf = body(&letter_pdf(&press(), &facts, Language::Nl).unwrap(), &facts);
    assert!(pdf.contains(&squeezed(hostile)), "{pdf}");
    assert!(pdf.contains("ООО«Бастион»Ж"), "{pdf}");
    assert!(pdf.contains("a[U+202E]b[U+000A]c[U+0000]"), "{pdf}");
    let text = letter_text(&press(), &facts, Language::Nl).unwrap();
    assert!(text.contains("a[U+202E]b[U+000A]c[U+0000]"), "{text}");
    assert!(squeezed(&text).contains(&squeezed(hostile)), "{text}");
}

#[test]
fn odd_values_still_give_a_letter() {
    for odd in ["", " ", "中国托管", "شركة", &"x".repeat(4_096), "=1+1", "\u{301}", "👩‍💻", "\u{fffd}"]
    {
        let mut facts = sample::letter(Language::En);
        facts.partner.name = odd.to_owned();
        facts.fingerprint.hex = odd.to_owned();
        facts.edition.list_title = odd.to_owned();
        facts.partner.address = vec![odd.to_owned()];
        letter_pdf(&press(), &facts, Language::En).unwrap();
        letter_text(&press(), &facts, Language::En).unwrap();
    }
}

#[test]
fn a_logo_is_shown_and_a_broken_one_is_an_error() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>"#;
    let mut facts = sample::letter(Language::Nl);
    facts.sender.logo = Some(Picture::new(svg.as_bytes().to_vec(), "logo").unwrap());
    let with = letter_pdf(&press(), &facts, Language::Nl).unwrap();
    facts.sender.logo = None;
    assert!(with != letter_pdf(&press(), &facts, Language::Nl).unwrap());

    facts.sender.logo = Some(Picture::new(b"<svg broken".to_vec(), "logo").unwrap());
    assert!(letter_pdf(&press(), &facts, Language::Nl).is_err());
    assert!(Picture::new(b"GIF89a".to_vec(), "logo").is_err());
}
