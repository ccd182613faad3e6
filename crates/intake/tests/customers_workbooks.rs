//! Workbooks: what spreadsheet programs do to customer tables, and files that try to take the machine down.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

use std::io::Write as _;

use intake::customers::{self, CustomerOptions};
use intake::table::Limits;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

#[track_caller]
fn check(bytes: &[u8], options: &CustomerOptions, expected: &[&str]) {
    let shown: Vec<String> = match customers::from_bytes("klanten.xlsx", bytes, options) {
        Err(error) => vec![error.to_string()],
        Ok(file) => file
            .map(|row| match row {
                Ok(customer) => {
                    let names = customer.names.iter().map(|name| name.text.clone());
                    let values = customer.identifiers.iter().map(|identifier| identifier.value.clone());
                    let since = customer.since.map(|since| since.to_string());
                    let parts: Vec<String> = names.chain(values).chain(since).collect();
                    format!("{}: [{}] {}", customer.row, customer.id, parts.join(" "))
                }
                Err(problem) => format!("! {problem}"),
            })
            .collect(),
    };
    assert_eq!(shown, expected);
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Toelichting").unwrap().write(0, 0, "Hoe dit bestand werkt").unwrap();
    let sheet = book.add_worksheet().set_name("Klanten").unwrap();
    sheet.write(0, 0, "Klantenlijst").unwrap();
    for (column, heading) in
        ["Klantnr", "Bedrijfsnaam", "Telefoon", "IP", "Klant sinds"].into_iter().enumerate()
    {
        sheet.write(2, column as u16, heading).unwrap();
    }
    let date = Format::new().set_num_format("dd-mm-yyyy");
    sheet.write(3, 0, 124.0).unwrap();
    sheet.write(3, 1, "Orchard Nine").unwrap();
    sheet.write(3, 2, 31_205_550_100.0).unwrap();
    sheet.write(3, 3, "192.0.2.1\n192.0.2.2").unwrap();
    sheet.write_with_format(3, 4, ExcelDateTime::from_ymd(2025, 8, 1).unwrap(), &date).unwrap();
    sheet.write(5, 0, "0125").unwrap();
    sheet.write_formula(5, 1, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write(5, 3, "192.0.2.3").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn the_sheet_with_headings_is_read() {
    check(
        &workbook(),
        &CustomerOptions::default(),
        &["4: [124] Orchard Nine 31205550100 192.0.2.1 192.0.2.2 2025-08-01", "6: [0125] 192.0.2.3"],
    );
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Klanten">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

const HEADER: &str = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>id</text:p></table:table-cell><table:table-cell><text:p>company</text:p></table:table-cell><table:table-cell><text:p>since</text:p></table:table-cell></table:table-row>";

#[test]
fn an_ods_sheet_is_read_as_a_stream() {
    let rows = format!(
        "{HEADER}<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"124\"><text:p>124,00</text:p></table:table-cell><table:table-cell><text:p>Orchard &amp; <text:s/>Nine</text:p><office:annotation><text:p>secret</text:p></office:annotation></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2025-08-01\"><text:p>1-8-25</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row><table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
    );
    check(&ods(&rows), &CustomerOptions::default(), &["2: [124] Orchard &  Nine 2025-08-01"]);
}

#[test]
fn repeated_cells_are_bounded() {
    let rows = format!(
        "{HEADER}<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"9999999\"><text:p>x</text:p></table:table-cell></table:table-row>"
    );
    let limits = Limits { max_cells: 400_000, ..Limits::default() };
    let options = CustomerOptions { limits, ..CustomerOptions::default() };

    let file = customers::from_bytes("klanten.ods", &ods(&rows), &options).unwrap();
    let problems: Vec<String> = file.flat_map(Result::err).map(|problem| problem.to_string()).collect();

    assert_eq!(problems[0], "line 2: the row has too many cells: 16385 cells");
    assert_eq!(
        problems.last().unwrap(),
        "line 26: reading stopped here: the sheet repeats its cells to more than 400000"
    );
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = zipped(&[
        ("[Content_Types].xml", b"<x/>"),
        ("xl/workbook.xml", b"<x/>"),
        ("xl/worksheets/sheet1.xml", &zeros),
    ]);
    check(
        &bomb,
        &CustomerOptions::default(),
        &[
            "klanten.xlsx: `xl/worksheets/sheet1.xml` in it unpacks to 1028 times its size, tables stay below 250: this may be a zip bomb",
        ],
    );

    let limits =
        Limits { max_held_bytes: 1 << 20, ratio_free_bytes: 0, max_ratio: u64::MAX, ..Limits::default() };
    let options = CustomerOptions { limits, ..CustomerOptions::default() };
    let held = zipped(&[("[Content_Types].xml", b"<x/>"), ("xl/sharedStrings.xml", &zeros)]);
    check(
        &held,
        &options,
        &["klanten.xlsx: `xl/sharedStrings.xml` in it unpacks to 40 MiB or more, at most 1 MiB are read"],
    );
}

#[test]
fn a_damaged_workbook_says_so() {
    let mut book = workbook();
    book.truncate(book.len() / 2);
    let error = customers::from_bytes("klanten.xlsx", &book, &CustomerOptions::default()).unwrap_err();
    assert!(error.to_string().starts_with("klanten.xlsx: the workbook is damaged: "), "{error}");
}
