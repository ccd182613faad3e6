//! The EU's and the UK's lists as tables: any rows under their headings.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

const HEADINGS: [&str; 2] = [
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;NameAlias_WholeName;Address_City;BirthDate_BirthDate;Identification_Number;Identification_TypeCode",
    "Unique ID,Name 6,Name 1,Name type,Alias strength,Regime Name,Designation Type,Phone number,Email address,D.O.B,Business registration number (s)",
];

fuzz_target!(|text: &str| {
    for headings in HEADINGS {
        let list = format!("{headings}\n{text}");
        if let Ok(intake) = from_bytes("fuzz.csv", list.as_bytes(), &ListOptions::default()) {
            assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
        }
    }
});
