//! Reads the comparisons out of a STIX pattern: which property must have which value.
//!
//! Only what must be equal points to somebody. `!=`, `NOT`, `LIKE`, `MATCHES` and the qualifiers after the
//! brackets are passed by; a comparison with them is told under its path, so that nothing is lost unseen.

/// Path and value of every comparison, in order. A comparison that is no equality has `path operator` as
/// its path, which no reader knows.
pub(super) fn equalities(pattern: &str) -> Vec<(String, String)> {
    let tokens = tokens(pattern);
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let Token::Word(path) = token else { continue };
        // `t'...'` is a time of the qualifiers after the brackets.
        if !path.contains(':') || path.starts_with("t'") {
            continue;
        }
        let (negated, operator) = match tokens.get(place + 1) {
            Some(Token::Word(word)) if word == "NOT" => (true, place + 2),
            _ => (false, place + 1),
        };
        let Some(Token::Word(word)) = tokens.get(operator) else { continue };
        let values = tokens[operator + 1..].iter().take_while(|token| !matches!(token, Token::Word(_)));
        let values = values.filter_map(|token| match token {
            Token::Value(value) => Some(value.clone()),
            _ => None,
        });
        let plain = !negated && matches!(word.as_str(), "=" | "==" | "IN" | "ISSUBSET");
        if plain {
            found.extend(values.map(|value| (path.clone(), value)));
        } else {
            found.push((format!("{path} {word}"), String::new()));
        }
    }
    found
}

enum Token {
    /// A path, an operator or a keyword.
    Word(String),
    Value(String),
    /// Brackets and commas.
    Sign,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut signs = pattern.chars().peekable();
    while let Some(&sign) = signs.peek() {
        match sign {
            '\'' => {
                signs.next();
                tokens.push(Token::Value(quoted(&mut signs)));
            }
            '[' | ']' | '(' | ')' | ',' => {
                signs.next();
                tokens.push(Token::Sign);
            }
            '=' | '!' | '<' | '>' => {
                let mut operator = String::new();
                while let Some(sign) = signs.next_if(|sign| matches!(sign, '=' | '!' | '<' | '>')) {
                    operator.push(sign);
                }
                tokens.push(Token::Word(operator));
            }
            sign if sign.is_whitespace() => {
                signs.next();
            }
            _ => {
                let word = word(&mut signs);
                let number = word.bytes().all(|byte| byte.is_ascii_digit());
                tokens.push(if number { Token::Value(word) } else { Token::Word(word) });
            }
        }
    }
    tokens
}

/// The text up to the closing quote, `\'` and `\\` resolved.
fn quoted(signs: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut text = String::new();
    while let Some(sign) = signs.next() {
        match sign {
            '\'' => break,
            '\\' => text.extend(signs.next()),
            sign => text.push(sign),
        }
    }
    text
}

/// A word up to the next blank or sign; a path may have quoted parts (`hashes.'SHA-256'`).
fn word(signs: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut word = String::new();
    while let Some(sign) = signs.next_if(|sign| {
        !sign.is_whitespace() && !matches!(sign, '[' | ']' | '(' | ')' | ',' | '=' | '!' | '<' | '>')
    }) {
        word.push(sign);
        if sign == '\'' {
            word.push_str(&quoted(signs));
            word.push('\'');
        }
    }
    if word.is_empty() {
        word.extend(signs.next());
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expected: &[(&str, &str)]) {
        let found = equalities(pattern);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(path, value)| (path.as_str(), value.as_str())).collect();
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn comparisons_are_found() {
        check("[domain-name:value = 'quay.example']", &[("domain-name:value", "quay.example")]);
        check(
            "[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2') OR autonomous-system:number=64500] START t'2024-01-01T00:00:00Z' STOP t'2024-02-01T00:00:00Z'",
            &[
                ("ipv4-addr:value", "192.0.2.1"),
                ("ipv4-addr:value", "192.0.2.2"),
                ("autonomous-system:number", "64500"),
            ],
        );
        check("[url:value = 'https://it\\'s.example/']", &[("url:value", "https://it's.example/")]);
        check("[x509-certificate:hashes.'SHA-256' = 'ab']", &[("x509-certificate:hashes.'SHA-256'", "ab")]);
    }

    #[test]
    fn what_must_not_be_equal_is_told_apart() {
        check("[domain-name:value != 'a.example']", &[("domain-name:value !=", "")]);
        check("[domain-name:value NOT = 'a.example']", &[("domain-name:value =", "")]);
        check("[domain-name:value LIKE '%.example']", &[("domain-name:value LIKE", "")]);
    }

    proptest::proptest! {
        #[test]
        fn any_pattern_is_read_without_a_panic(text in "[\\['\\\\\\]():=!<>,a-z0-9. -]{0,60}") {
            equalities(&text);
        }
    }
}
