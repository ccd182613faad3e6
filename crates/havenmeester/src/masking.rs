//! Values shown without being told: first letters and shape.

/// The first letter of each word, dots for the others; signs between them stay. Digits go beyond the first two.
pub(crate) fn masked(value: &str) -> String {
    let mut shown = String::with_capacity(value.len());
    let mut in_word = false;
    let mut digits = 0;
    for sign in value.chars() {
        let hidden = if sign.is_ascii_digit() {
            digits += 1;
            digits > 2
        } else {
            in_word && sign.is_alphanumeric()
        };
        in_word = sign.is_alphanumeric();
        shown.push(if hidden || sign.is_control() { '·' } else { sign });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn shape_stays_and_content_goes() {
        assert_eq!(masked("Orchard Nine Ltd"), "O······ N··· L··");
        assert_eq!(masked("noc@orchard.example"), "n··@o······.e······");
        assert_eq!(masked("+31 20 555 0102"), "+31 ·· ··· ····");
        assert_eq!(masked("Тихий"), "Т····");
    }
}
