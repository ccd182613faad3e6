//! The readable list as PDF and as a workbook.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod sample;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use letters::{Change, EnclosureFacts, Language, Notes, Press, enclosure_pdf, enclosure_xlsx};
use sample::pdf::{pages, rightmost, squeezed, text_of};
use watchlist::{
    Edition, Entry, EntryId, Identifier, IdentifierKind, Name, NameKind, Status, Withdrawal, WithdrawalReason,
};

const LANGUAGES: [Language; 2] = [Language::Nl, Language::En];

fn pdf(edition: &Edition, facts: &EnclosureFacts, language: Language) -> String {
    text_of(&enclosure_pdf(&Press::default(), edition, facts, language).unwrap())
}

fn cells(edition: &Edition, facts: &EnclosureFacts, language: Language) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book = Xlsx::new(Cursor::new(enclosure_xlsx(edition, facts, language).unwrap())).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name} has a formula");
            let rows = book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect();
            (name, rows)
        })
        .collect()
}

fn flat(sheets: &[(String, Vec<Vec<Data>>)]) -> String {
    let cells = sheets.iter().flat_map(|(_, rows)| rows).flatten();
    cells.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_page_has_the_content_line_edition_and_handling() {
    for language in LANGUAGES {
        let text = pdf(&sample::edition(60), &sample::enclosure(), language);
        let pages = pages(&text);
        assert!(pages.len() > 3);
        for (number, page) in (1..).zip(&pages) {
            let page = squeezed(page);
            assert!(page.contains(&squeezed(sample::ROOT)), "no content line on page {number}");
            assert!(page.contains("TLP:AMBER+STRICT"));
            let (edition, place) = match language {
                Language::Nl => ("editie12", format!("bladzijde{number}van{}", pages.len())),
                Language::En => ("edition12", format!("page{number}of{}", pages.len())),
            };
            assert!(page.contains(edition) && page.contains(&place), "{page}");
        }
    }
}

#[test]
fn everything_of_an_entry_is_in_pdf_and_workbook() {
    let (edition, facts) = (sample::edition(5), sample::enclosure());
    for language in LANGUAGES {
        let (pdf, sheets) =
            (squeezed(&pdf(&edition, &facts, language)), flat(&cells(&edition, &facts, language)));
        for entry in &edition.entries {
            let names = entry.names.iter().map(|name| name.text.as_str());
            let identifiers = entry.identifiers.iter().map(|identifier| identifier.value.as_str());
            let texts =
                [entry.note.as_deref(), entry.claims.bulletproof.as_deref(), entry.jurisdiction.as_deref()];
            for value in
                names.chain(identifiers).chain(texts.into_iter().flatten()).chain([entry.id.0.as_str()])
            {
                assert!(pdf.contains(&squeezed(value)), "{value} is not in the PDF");
                assert!(sheets.contains(value), "{value} is not in the workbook");
            }
        }
        for value in
            ["2025-11-30", "Lantern Networks", "the advertisement was not theirs", "sells through forums"]
        {
            assert!(pdf.contains(&squeezed(value)), "{value} is not in the PDF");
            assert!(sheets.contains(value), "{value} is not in the workbook");
        }
    }
}

#[test]
fn a_withdrawn_entry_is_told_once_and_never_lost() {
    let (mut edition, facts) = (sample::edition(3), sample::enclosure());
    for (id, title) in [("EX-9001", "Lantern Networks"), ("EX-9002", "Beacon Networks")] {
        let mut entry = sample::entry(7);
        (entry.id, entry.status) = (EntryId(id.to_owned()), Status::Withdrawn);
        entry.names = vec![Name::new(NameKind::Primary, title)];
        edition.entries.push(entry);
    }
    let text = squeezed(&pdf(&edition, &facts, Language::En));
    assert_eq!(text.matches("LanternNetworks").count(), 1, "told under the changes");
    assert!(text.contains("BeaconNetworks"), "withdrawn in an earlier edition");
}

#[test]
fn hostile_values_are_text_in_both() {
    let hostile = [
        "=1+1",
        "+31",
        "-1",
        "@SUM(A1)",
        "#panic()",
        "$x$",
        "<script>",
        "[x](y)",
        "\"'",
        "=HYPERLINK(\"x\")",
    ];
    let mut edition = sample::edition(hostile.len());
    for (entry, value) in edition.entries.iter_mut().zip(hostile) {
        entry.names[0].text = value.to_owned();
        entry.note = Some(value.to_owned());
        entry.identifiers.push(Identifier::new(IdentifierKind::Handle, value));
    }
    let facts = sample::enclosure();
    let text = squeezed(&pdf(&edition, &facts, Language::Nl));
    let sheets = cells(&edition, &facts, Language::Nl);
    for value in hostile {
        assert!(text.contains(&squeezed(value)), "{value}");
        for (name, _) in sheets.iter().take(2) {
            let rows = &sheets.iter().find(|(known, _)| known == name).unwrap().1;
            assert!(
                rows.iter().flatten().any(|cell| *cell == Data::String(value.to_owned())),
                "{value} in {name}"
            );
        }
    }
}

#[test]
fn other_scripts_are_printed_or_told_by_number() {
    let mut edition = sample::edition(4);
    for (entry, name) in edition.entries.iter_mut().zip(["ООО «Бастион»", "Ελληνική", "中国", "a\u{202e}b"])
    {
        entry.names[0].text = name.to_owned();
    }
    let facts = sample::enclosure();
    let text = squeezed(&pdf(&edition, &facts, Language::En));
    for shown in ["ООО«Бастион»", "Ελληνική", "[U+4E2D][U+56FD]", "a[U+202E]b"] {
        assert!(text.contains(shown), "{shown}");
    }
    assert!(
        flat(&cells(&edition, &facts, Language::En)).contains("中国"),
        "the workbook has the character itself"
    );
}

#[test]
fn a_very_long_value_is_whole_and_stays_on_the_page() {
    let mut edition = sample::edition(1);
    let key = "A1".repeat(1_400);
    edition.entries[0].identifiers.push(Identifier::new(IdentifierKind::SshHostKey, &key));
    edition.entries[0].names[0].text = "Q".repeat(300);
    let pdf = enclosure_pdf(&Press::default(), &edition, &sample::enclosure(), Language::Nl).unwrap();
    // Feet of pages come between its lines.
    assert_eq!(text_of(&pdf).matches("A1").count(), 1_400);
    assert!(rightmost(&pdf) < 595.0 - 56.0 + 1.0, "beyond the right margin of 20 mm");
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    let (edition, facts) = (sample::edition(40), sample::enclosure());
    let print = || enclosure_pdf(&Press::default(), &edition, &facts, Language::Nl).unwrap();
    let first = print();
    enclosure_pdf(&Press::default(), &sample::worded_for(&edition, 3), &facts, Language::Nl).unwrap();
    assert!(first == print());
    let book = || enclosure_xlsx(&edition, &facts, Language::Nl).unwrap();
    assert!(book() == book());
}

#[test]
fn an_empty_first_edition_can_be_printed() {
    let (mut edition, mut facts) = (sample::edition(0), sample::enclosure());
    edition.replaces = None;
    facts.changes.clear();
    for language in LANGUAGES {
        assert_eq!(pages(&pdf(&edition, &facts, language)).len(), 1);
        assert_eq!(cells(&edition, &facts, language).len(), 4);
    }
}

#[test]
fn a_delta_becomes_changes() {
    let old = sample::edition(4);
    let mut new = sample::edition(5);
    new.entries[0].note = Some("another note".to_owned());
    new.entries[1] = Entry::withdrawn(
        new.entries[1].id.clone(),
        2,
        new.entries[1].entry_type,
        Withdrawal::new(WithdrawalReason::Ceased, sample::DAY),
    );
    new.entries.remove(2);
    let changes = Change::all(&watchlist::delta(&old, &new), &new);
    let shown: Vec<String> = changes.iter().map(|change| format!("{change:?}")).collect();
    assert_eq!(
        shown,
        [
            "Change(change-new, EX-0005)",
            "Change(change-changed, EX-0001)",
            "Change(change-withdrawn, EX-0002)",
            "Change(change-withdrawn, EX-0003)"
        ]
    );
    let facts = EnclosureFacts { changes, ..sample::enclosure() };
    let text = squeezed(&pdf(&new, &facts, Language::Nl));
    for words in ["anothernote", "departijisgestopt;vanaf2026-03-02", "geenredenopgegeven"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn without_notes_the_list_is_the_same_for_all_partners() {
    let facts = EnclosureFacts { notes: Notes::InFileOnly, ..sample::enclosure() };
    let (one, other) =
        (sample::worded_for(&sample::edition(20), 1), sample::worded_for(&sample::edition(20), 2));
    let print = |edition| enclosure_pdf(&Press::default(), edition, &facts, Language::Nl).unwrap();
    assert!(print(&one) == print(&other));
    let book = |edition| enclosure_xlsx(edition, &facts, Language::Nl).unwrap();
    assert!(book(&one) == book(&other));
    let text = squeezed(&text_of(&print(&one)));
    assert!(text.contains("staatalleeninhetbestandvooruwprogramma"));
    assert!(!text.contains("Sellsbyforum") && !text.contains("sellsthrough"));
}

#[test]
fn debug_shows_no_contents() {
    let shown = format!("{:?}", sample::enclosure());
    assert!(!shown.contains("Lantern") && !shown.contains("theirs"), "{shown}");
}
