//! Reading with faults, and write → read.

mod roundtrip;

use super::*;

/// Reads entries within a right head and shows what was kept and what was said.
#[track_caller]
fn check(entries: &str, expected: &str) {
    let text = format!("{{\"format\": 1, \"list\": {{\"id\": \"test\"}}, \"entries\": [\n{entries}\n]}}");
    let reading = read(text.as_bytes()).unwrap();
    let kept = reading.edition.entries.iter().map(|entry| {
        let names = entry.names.iter().map(|name| name.text.as_str());
        let values = entry.identifiers.iter().map(|identifier| identifier.value.as_str());
        let said: Vec<&str> = names.chain(values).collect();
        format!("{}: {}", entry.id, said.join(", "))
    });
    let said = reading.problems.iter().map(ToString::to_string);
    let shown: Vec<String> = kept.chain(said).collect();
    assert_eq!(shown.join("\n"), expected);
}

#[track_caller]
fn check_refused(text: &[u8], expected: &str) {
    let error = read(text).unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert!(!error.hint().english().is_empty());
}

#[test]
fn unknown_fields_are_passed_over() {
    check(
        r#"{"id": "A", "type": "brand", "names": [{"text": "Orchard", "colour": "red"}], "new": {"x": [1]}}"#,
        "A: Orchard",
    );
}

#[test]
fn a_prefix_for_everybody_is_refused_with_its_line_and_the_rest_is_kept() {
    check(
        r#"{"id": "A", "type": "network", "identifiers": [
{"type": "ip_range", "value": "192.0.2.0/24"},
{"type": "ip_range", "value": "0.0.0.0/0"}]}"#,
        "A: 192.0.2.0/24\n\
         line 4, entry 1 (A): found `0.0.0.0/0` in ip_range, expected an IPv4 prefix of /8 or longer; \
         this value was left out; so wide a range would hit customers who have nothing to do with it; \
         ask the issuer for the right one",
    );
}

#[test]
fn a_fault_costs_only_its_value() {
    check(
        r#"{"id": "A", "type": "brand", "names": [{"text": 7}, {"text": "Orchard"}], "revision": "x"}"#,
        "A: Orchard\n\
         line 2, entry 1 (A): found `names[0]`, expected invalid type: integer `7`, expected a string; \
         this value was left out, the rest of the entry is kept\n\
         line 2, entry 1 (A): found `revision`, expected invalid type: string \"x\", expected u32; \
         this value was left out, the rest of the entry is kept",
    );
}

#[test]
fn an_entry_that_is_no_object_is_listed() {
    check(
        "12,\n{\"id\": \"B\", \"type\": \"brand\", \"names\": [{\"text\": \"Orchard\"}]}",
        "B: Orchard\n\
         line 2, entry 1: found `12`, expected an entry: an object with `id`, `type` and `names`; \
         the entry was left out (invalid type: integer `12`, expected struct Entry)",
    );
}

#[test]
fn the_second_use_of_an_id_is_kept_and_listed() {
    check(
        r#"{"id": "A", "type": "brand", "names": [{"text": "Orchard"}]},
{"id": "A", "type": "brand", "names": [{"text": "Quay"}]}"#,
        "A: Orchard\nA#2: Quay\n\
         line 3, entry 2 (A): found `A` in `id` for the second time, expected an id that is unique in the list; \
         both entries are kept, this one as `A#2`; ask the issuer which of them holds",
    );
}

#[test]
fn an_entry_that_says_nothing_is_left_out_unless_it_is_withdrawn() {
    check(
        r#"{"id": "A", "type": "brand"}, {"id": "B", "type": "brand", "status": "withdrawn"}"#,
        "B: \n\
         line 2, entry 1 (A): found nothing, expected at least one name or identifier; \
         the entry was left out: there is nothing to compare customers with",
    );
}

#[test]
fn an_unfinished_entry_can_be_kept_and_read_back() {
    let draft = crate::Entry::new("A", crate::EntryType::Brand);

    let (read, problems) = read_entry(&write_entry(&draft));

    assert!(read == Some(draft) && problems.is_empty());
    assert_eq!(read_entry("12").1.len(), 1);
}

#[test]
fn why_something_no_longer_stands_is_read_and_unknown_words_ask_for_a_review() {
    let entries = r#"{"id": "A", "type": "brand", "status": "withdrawn", "withdrawal": {"reason": "ceased"}},
{"id": "B", "type": "brand", "status": "withdrawn", "withdrawal": {"reason": "odd", "advice": "odd"}},
{"id": "C", "type": "brand", "names": [{"text": "Quay"}], "withdrawal": {"reason": "ceased"},
 "retracted": [{"type": "asn", "value": 64500, "reason": "reassigned"}, {"type": "smell", "value": "x"}]}"#;
    let text = format!("{{\"format\": 1, \"list\": {{\"id\": \"x\"}}, \"entries\": [\n{entries}\n]}}");

    let reading = read(text.as_bytes()).unwrap();

    let [a, b, c] = reading.edition.entries.as_slice() else { panic!("three entries") };
    let advice = |entry: &crate::Entry| entry.withdrawal.as_ref().map(|one| one.advice);
    assert_eq!((advice(a), advice(b)), (Some(crate::Advice::Inform), Some(crate::Advice::Reopen)));
    assert_eq!((advice(c), c.retracted.len(), c.retracted[0].value.text()), (None, 1, "64500"));
    let said: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 3, entry 2 (B): found `odd` in the reason of a withdrawal, expected one of wrong_party, mistaken, \
             evidence_failed, reassigned, not_seen_again, ceased, merged, split, unstated; read as unstated",
            "line 3, entry 2 (B): found `odd` in the advice of a withdrawal, expected one of reopen, inform; \
             read as reopen",
            "line 4, entry 3 (C): found `withdrawal`, expected a withdrawal only where the status is withdrawn; \
             the entry is kept with its status, and the withdrawal was left out",
            "line 5, entry 3 (C): found `smell` in the type of a retracted value, expected name, address or an \
             identifier type of docs/format/v1.md; this retraction was left out",
        ]
    );
}

#[test]
fn an_as_number_may_be_a_number_and_never_a_date() {
    check(
        r#"{"id": "A", "type": "network", "identifiers": [{"type": "asn", "value": 64500}, {"type": "asn", "value": "2025-02-11"}]}"#,
        "A: 64500\n\
         line 2, entry 1 (A): found `2025-02-11` in asn, expected an AS number such as `AS64500` or `64500`; \
         this value was left out; this is a date: a spreadsheet may have changed the cell; \
         format the column as text and enter it again",
    );
}

#[test]
fn words_and_dates_that_are_not_known_are_listed() {
    check(
        r#"{"id": "A", "type": "club", "status": "odd", "names": [{"text": "Orchard", "kind": "pet"}],
"identifiers": [{"type": "smell", "value": "x"}, {"type": "handle", "value": "q", "valid_to": "31-12-2025", "strength": "huge"}],
"relations": [{"kind": "friend_of", "to": "B"}], "birth_date": "long ago", "review_by": "2025-13-01"}"#,
        "A: Orchard, q\n\
         line 2, entry 1 (A): found `club` in `type`, expected one of brand, legal_entity, person, network; the entry is kept and read as a brand\n\
         line 2, entry 1 (A): found `odd` in `status`, expected one of active, suspended, withdrawn; the entry is kept and read as suspended\n\
         line 2, entry 1 (A): found `pet` in the kind of a name, expected one of primary, alias, weak_alias, previous, related_person; the name is kept and read as an alias\n\
         line 3, entry 1 (A): found `smell` in the type of an identifier, expected an identifier type of docs/format/v1.md; this identifier was left out\n\
         line 3, entry 1 (A): found `31-12-2025` in `valid_to`, expected a date such as 2026-03-31; the value is kept as if it had no such date\n\
         line 3, entry 1 (A): found `huge` in `strength`, expected one of distinctive, reusable, weak, non_distinctive; the identifier is kept with the strength of its type\n\
         line 4, entry 1 (A): found `long ago` in `birth_date`, expected YYYY-MM-DD, YYYYMMDD or YYYY; the date was left out\n\
         line 4, entry 1 (A): found `friend_of` in the kind of a relation, expected one of brand_of, front_of, successor_of, same_operator, officer_of; this relation was left out\n\
         line 4, entry 1 (A): found `2025-13-01` in `review_by`, expected a date such as 2026-03-31; the value is kept as if it had no such date",
    );
}

#[test]
fn files_that_are_no_list_of_this_version_are_refused() {
    check_refused(
        b"{\"format\": \"havenmeester-list/2\", \"entries\": {}}",
        "the list is in format 2, this program reads up to 1",
    );
    check_refused(
        b"{\"format\": 3, \"list\": {\"id\": \"x\"}, \"entries\": []}",
        "the list is in format 3, this program reads up to 1",
    );
    check_refused(
        b"{\"format\": \"other\", \"list\": {\"id\": \"x\"}, \"entries\": []}",
        "no list in the open format: the field `format` is \"other\", expected \"havenmeester-list/1\"",
    );
    check_refused(
        b"{}",
        "no list in the open format: the field `format` is missing, expected \"havenmeester-list/1\"",
    );
    check_refused(
        b"{\"format\": 1, \"entries\": []}",
        "the head of the list is wrong on line 1: the field `list` is missing",
    );
    check_refused(
        b"{\"format\": 1, \"list\": {\"id\": \"x\", \"nature\": \"odd\"}, \"entries\": []}",
        "the head of the list is wrong on line 1: the nature of the list is `odd`, expected one of advisory, binding, internal, foreign, reputation",
    );
    check_refused(
        b"{\"format\": 1,\n \"list\": 5}",
        "the head of the list is wrong on line 2: invalid type: integer `5`, expected struct List",
    );
    check_refused(
        b"{\"format\": 1,\n\"entries\": [{\"id\": \"A\"",
        "the list breaks off on line 2, before its end",
    );
    check_refused(b"{\"format\": 1,\n]", "the list is not JSON: key must be a string on line 2");
    check_refused(b"{\n\"a\xff\": 1}", "the list is not UTF-8 text: byte 4 on line 2");
}

#[test]
fn deep_nesting_is_no_danger() {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    let text = format!(
        "{{\"format\": 1, \"list\": {{\"id\": \"x\"}}, \"unknown\": {deep}, \"entries\": [{{\"id\": {deep}}}]}}"
    );

    let reading = read(text.as_bytes()).unwrap();

    assert_eq!((reading.edition.entries.len(), reading.problems.len()), (0, 1));
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_entry_panics(entry in "[\\[\\]{}:,\"a-z0-9 ]{0,80}") {
        let _ = read(format!("{{\"format\":1,\"list\":{{\"id\":\"x\"}},\"entries\":[{entry}]}}").as_bytes());
    }
}
