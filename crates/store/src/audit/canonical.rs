//! The one way to write a JSON value as bytes: RFC 8785 (JCS), restricted to what it needs no rules for numbers for.
//!
//! Objects have their members in the order of the bytes of their names, there is no white space, numbers are whole,
//! strings are UTF-8 with the short escapes where JSON has them, `\u00xx` for other control characters, and nothing
//! else escaped. There are no booleans.

use serde_json::Value;

/// The canonical bytes, or nothing if the value holds what the form does not have.
pub(crate) fn canonical(value: &Value) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    write(value, &mut out)?;
    Some(out)
}

fn write(value: &Value, out: &mut Vec<u8>) -> Option<()> {
    match value {
        Value::Null => out.extend(b"null"),
        Value::Number(number) if number.is_u64() => out.extend(number.to_string().bytes()),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            // RFC 8785 orders by UTF-16; for ASCII that is the order of bytes.
            members.keys().all(|name| name.is_ascii()).then_some(())?;
            // Sorted here: whether the map of serde_json is sorted depends on what other crates ask of it.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|one, other| one.0.as_bytes().cmp(other.0.as_bytes()));
            out.push(b'{');
            for (place, (name, value)) in members.into_iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write_text(name, out);
                out.push(b':');
                write(value, out)?;
            }
            out.push(b'}');
        }
        Value::Bool(_) | Value::Number(_) => return None,
    }
    Some(())
}

/// serde_json escapes as RFC 8785 asks; the tests hold it to that.
fn write_text(text: &str, out: &mut Vec<u8>) {
    serde_json::to_writer(out, text).expect("writing text to memory does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Option<&str>) {
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(canonical(&value).map(|bytes| String::from_utf8(bytes).unwrap()).as_deref(), expected);
    }

    #[test]
    fn members_are_sorted_and_nothing_is_between_them() {
        check(r#" { "b" : [ 1 , null ] , "a" : "x" } "#, Some(r#"{"a":"x","b":[1,null]}"#));
        check(r#"{"aa":1,"B":2,"a":3}"#, Some(r#"{"B":2,"a":3,"aa":1}"#));
    }

    #[test]
    fn only_control_characters_quotes_and_backslashes_are_escaped() {
        check(
            r#""\u0000\b\t\n\f\r\u001f\u0020\"\\\/\u007f\u00e9\u2028""#,
            Some("\"\\u0000\\b\\t\\n\\f\\r\\u001f \\\"\\\\/\u{7f}é\u{2028}\""),
        );
    }

    #[test]
    fn what_has_more_than_one_spelling_has_no_place() {
        for json in ["1.0", "1e2", "-1", "true", r#"{"a":[false]}"#] {
            check(json, None);
        }
    }
}
