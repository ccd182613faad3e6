//! Writes a letter and its enclosures for looking at: `print FOLDER [ENTRIES] [TEMPLATES]`.
#![allow(clippy::unwrap_used, reason = "an example may fail loudly")]

use std::fs;
use std::path::PathBuf;

use letters::{Language, Picture, Press, Templates};

#[path = "../tests/sample/mod.rs"]
mod sample;

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M2 18h56l-6-8H8z" fill="#1d3f66"/><path d="M30 2v8" stroke="#1d3f66" stroke-width="2"/></svg>"##;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = PathBuf::from(arguments.get(1).expect("the first argument is a folder"));
    let entries = arguments.get(2).map_or(30, |count| count.parse().unwrap());
    let templates =
        arguments.get(3).map_or_else(Templates::shipped, |own| Templates::from_folder(own.as_ref()).unwrap());
    fs::create_dir_all(&folder).unwrap();
    let press = Press::new(templates);
    for language in [Language::Nl, Language::En] {
        let (tag, mut facts) = (language.tag(), sample::letter(language));
        fs::write(
            folder.join(format!("letter.{tag}.txt")),
            letters::letter_text(&press, &facts, language).unwrap(),
        )
        .unwrap();
        fs::write(
            folder.join(format!("letter.{tag}.pdf")),
            letters::letter_pdf(&press, &facts, language).unwrap(),
        )
        .unwrap();
        facts.sender.logo = Some(Picture::new(LOGO.as_bytes().to_vec(), "Logo").unwrap());
        fs::write(
            folder.join(format!("logo.{tag}.pdf")),
            letters::letter_pdf(&press, &facts, language).unwrap(),
        )
        .unwrap();
        let (edition, facts) = (sample::edition(entries), sample::enclosure());
        let pdf = letters::enclosure_pdf(&press, &edition, &facts, language).unwrap();
        fs::write(folder.join(format!("enclosure-{entries}.{tag}.pdf")), pdf).unwrap();
        let workbook = letters::enclosure_xlsx(&edition, &facts, language).unwrap();
        fs::write(folder.join(format!("enclosure-{entries}.{tag}.xlsx")), workbook).unwrap();
    }
}
