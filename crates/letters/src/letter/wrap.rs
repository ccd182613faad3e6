//! Blocks of text in lines that every mail program shows.

use super::plain::Block;

/// Longest line. RFC 3676 advises 78 for plain mail; 72 leaves room for signs of quotation.
const WIDTH: usize = 72;

/// All blocks, with an empty line between paragraphs. A word that is longer than a line is not broken:
/// it may be a value that somebody compares.
pub(super) fn wrapped(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut previous: Option<&Block> = None;
    for block in blocks {
        if previous.is_some_and(|previous| !same_list(previous, block)) {
            text.push('\n');
        }
        push(&mut text, block);
        previous = Some(block);
    }
    text
}

fn push(text: &mut String, block: &Block) {
    match block {
        Block::Heading(level, words) => {
            let start = text.len();
            lines(text, "", "", words);
            let longest = text[start..].lines().map(|line| line.chars().count()).max().unwrap_or(0);
            let sign = if *level == 1 { "=" } else { "-" };
            *text += &format!("{}\n", sign.repeat(longest));
        }
        Block::Paragraph(words) => lines(text, "", "", words),
        Block::Item(words) => lines(text, "- ", "  ", words),
        Block::Term(term, words) => lines(text, &format!("{term}: "), "  ", words),
    }
}

/// Items and terms that follow each other stand close.
const fn same_list(one: &Block, other: &Block) -> bool {
    matches!(
        (one, other),
        (Block::Item(_), Block::Item(_)) | (Block::Term(..), Block::Term(..)) | (Block::Heading(2.., _), _)
    )
}

fn lines(text: &mut String, first: &str, rest: &str, words: &str) {
    let mut indent = first;
    for set_line in words.split('\n') {
        let mut line = indent.to_owned();
        let mut empty = true;
        for word in set_line.split(' ') {
            let wanted = line.chars().count() + usize::from(!empty) + word.chars().count();
            if !empty && wanted > WIDTH {
                *text += line.trim_end();
                text.push('\n');
                line = rest.to_owned();
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line += word;
            empty = false;
        }
        *text += line.trim_end();
        text.push('\n');
        indent = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_lists_stand_close() {
        let words = "word ".repeat(20);
        let blocks = [
            Block::Heading(2, "What we ask".to_owned()),
            Block::Item(words.trim().to_owned()),
            Block::Item("second".to_owned()),
            Block::Paragraph("set\nlines".to_owned()),
        ];
        let text = wrapped(&blocks);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.starts_with("What we ask\n-----------\n- word word"), "{text}");
        assert!(text.ends_with("\n- second\n\nset\nlines\n"), "{text}");
    }

    #[test]
    fn a_long_value_is_not_broken() {
        let value = "ab".repeat(60);
        assert!(wrapped(&[Block::Paragraph(format!("see {value} there"))]).contains(&value));
    }
}
