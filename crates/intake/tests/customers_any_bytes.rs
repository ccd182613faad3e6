//! Whatever the bytes: no panic, no endless reading, rows in order.

use intake::customers::{self, CustomerOptions};
use proptest::prelude::*;

fn read_all(bytes: &[u8]) {
    let Ok(file) = customers::from_bytes("klanten", bytes, &CustomerOptions::default()) else { return };
    let mut last = 0;
    for customer in file.flatten() {
        assert!(customer.row >= last);
        last = customer.row;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read_all(&bytes);
    }

    #[test]
    fn any_table_is_read_or_refused(rows in "([a-zé0-9@.,;|\t'\"\\\\/:&#=+E\u{0}-]{0,12}[,\n\r]){0,60}") {
        read_all(format!("id,company,email,ip,prefix,phone,since,country,kvk,website,telegram,asn\n{rows}").as_bytes());
        read_all(format!("IP Address,Tenant,Start address,End address,Role,mask,subnet\n{rows}").as_bytes());
    }

    #[test]
    fn any_json_like_text_is_read_or_refused(text in "[{}\\[\\]\",:a-e0-9 \n\\\\]{0,300}") {
        read_all(format!("{{\"id\":1,\"company\":\"x\"}}\n{text}").as_bytes());
        read_all(format!("[{{\"id\":1,\"company\":\"x\"}},{text}").as_bytes());
    }

    #[test]
    fn what_is_written_as_csv_is_read_back(names in prop::collection::vec("[ -~é]{1,20}", 1..20)) {
        let mut table = "id,company,email\n".to_owned();
        for (row, name) in names.iter().enumerate() {
            table.push_str(&format!("{row},\"x{}\",a@b.example\n", name.replace('"', "\"\"")));
        }
        let file = customers::from_bytes("klanten.csv", table.as_bytes(), &CustomerOptions::default()).unwrap();
        prop_assert_eq!(file.flatten().count(), names.len());
    }
}
