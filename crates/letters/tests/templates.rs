//! Templates of the issuer's own: what they can change, and what a mistake in one looks like.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod sample;

use std::fs;

use letters::{Language, LetterError, Press, TemplateError, Templates, letter_pdf, letter_text};

/// A shipped template with one passage replaced.
fn changed(name: &str, from: &str, to: &str) -> Press {
    let text = Templates::shipped_text(name).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    Press::new(Templates::shipped().with(name, &text.replace(from, to)).unwrap())
}

/// What the letter says of a mistake in the Dutch sentences.
#[track_caller]
fn check(name: &str, from: &str, to: &str, expected: &str) {
    let press = changed(name, from, to);
    let error = letter_pdf(&press, &sample::letter(Language::Nl), Language::Nl).unwrap_err();
    assert!(matches!(error, LetterError::Template(_) | LetterError::Standard(_)));
    let line =
        Templates::shipped_text(name).unwrap().lines().position(|line| line.contains(from)).unwrap() + 1;
    let told = error.to_string().replace(&format!("line {line},"), "line N,");
    let (before, after) = told.split_once("column ").expect("a mistake has a place");
    let told = format!("{before}{}", after.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    assert!(told.starts_with(expected), "{told}");
    assert!(!error.hint().is_empty());
}

#[test]
fn a_changed_sentence_stands_in_both_forms() {
    let press = changed("letter.nl.typ", "Op deze lijst staan", "Deze zin is van de jurist.");
    let facts = sample::letter(Language::Nl);
    assert!(letter_text(&press, &facts, Language::Nl).unwrap().contains("van de jurist."));
    let pdf = sample::pdf::text_of(&letter_pdf(&press, &facts, Language::Nl).unwrap());
    assert!(sample::pdf::squeezed(&pdf).contains("vandejurist."));
}

#[test]
fn a_mistake_names_file_and_line() {
    check(
        "letter.nl.typ",
        "Op deze lijst staan",
        "#partner.naam",
        "the template cannot be used: letter.nl.typ, line N, : dictionary does not contain key \"naam\"",
    );
    check(
        "letter.nl.typ",
        "Geachte heer of mevrouw,",
        "Geachte #heer",
        "the template cannot be used: letter.nl.typ, line N, : unknown variable: heer",
    );
    check(
        "letter.nl.typ",
        "Geachte heer of mevrouw,",
        "#if true [Geachte heer",
        "the template cannot be used: letter.nl.typ, line N, : unclosed delimiter",
    );
    check(
        "letter.typ",
        "paper: \"a4\"",
        "paper: \"a44\"",
        "the template cannot be used: letter.typ, line N, : expected \"a0\"",
    );
}

#[test]
fn a_character_without_a_glyph_in_a_sentence_names_its_line() {
    check(
        "letter.nl.typ",
        "Geachte heer of mevrouw,",
        "尊敬的",
        "the template gives no valid PDF/A: letter.nl.typ, line N, : ",
    );
}

#[test]
fn a_template_reads_no_file_no_package_and_no_clock() {
    for reach in ["#read(\"/etc/passwd\")", "#import \"@preview/x:1.0.0\": y", "#datetime.today().display()"]
    {
        let press = changed("letter.nl.typ", "Geachte heer of mevrouw,", reach);
        let error = letter_pdf(&press, &sample::letter(Language::Nl), Language::Nl).unwrap_err();
        assert!(error.to_string().contains("letter.nl.typ, line "), "{error}");
    }
}

#[test]
fn a_table_in_the_sentences_has_no_plain_text() {
    let press = changed("letter.nl.typ", "Geachte heer of mevrouw,", "#table(columns: 2)[a][b]");
    let error = letter_text(&press, &sample::letter(Language::Nl), Language::Nl).unwrap_err();
    assert!(error.to_string().contains("`table` has no form in plain text"), "{error}");
    assert!(error.to_string().contains("letter.nl.typ, line "), "{error}");
}

#[test]
fn a_folder_replaces_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Templates::from_folder(folder.path()), Err(TemplateError::EmptyFolder(_))));
    let own =
        Templates::shipped_text("letter.en.typ").unwrap().replace("Dear Sir or Madam,", "Dear partner,");
    fs::write(folder.path().join("letter.en.typ"), format!("\u{feff}{own}")).unwrap();
    fs::write(folder.path().join("readme.txt"), "not a template").unwrap();
    let press = Press::new(Templates::from_folder(folder.path()).unwrap());
    let text = letter_text(&press, &sample::letter(Language::En), Language::En).unwrap();
    assert!(text.contains("Dear partner,"), "{text}");

    fs::write(folder.path().join("leter.en.typ"), own).unwrap();
    let error = Templates::from_folder(folder.path()).err().unwrap();
    assert!(
        error
            .to_string()
            .starts_with("there is no template called leter.en.typ; there are: customer.en.typ, "),
        "{error}"
    );
    assert!(Templates::from_folder(&folder.path().join("none")).is_err());
}
