//! The sentences of a letter as blocks of plain text, read from what typst made of them.

use typst::diag::SourceDiagnostic;
use typst::foundations::{Content, SequenceElem, StyledElem, Value};

/// One paragraph of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// Level 1 is the subject, 2 a section.
    Heading(usize, String),
    /// Line breaks in it were set on purpose.
    Paragraph(String),
    Item(String),
    Term(String, String),
}

/// Takes the content of a template apart, in the order in which it stands there.
///
/// # Errors
/// If it contains something that has no form in plain text; the fault points to it.
pub(crate) fn blocks(content: &Content) -> Result<Vec<Block>, SourceDiagnostic> {
    let mut reader = Reader::default();
    reader.read(content)?;
    reader.end_paragraph();
    Ok(reader.blocks)
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The paragraph that is being read.
    text: String,
}

impl Reader {
    fn read(&mut self, content: &Content) -> Result<(), SourceDiagnostic> {
        if let Some(sequence) = content.to_packed::<SequenceElem>() {
            // A labelled group (address, fingerprint) is a paragraph of its own.
            let group = content.label().is_some();
            self.end_paragraph_if(group);
            for child in &sequence.children {
                self.read(child)?;
            }
            self.end_paragraph_if(group);
            return Ok(());
        }
        if let Some(styled) = content.to_packed::<StyledElem>() {
            return self.read(&styled.child);
        }
        match content.elem().name() {
            "parbreak" => self.end_paragraph(),
            "heading" => {
                let text = inner(content, "body")?;
                self.push(Block::Heading(depth(content), text));
            }
            "item" if has(content, "term") => {
                let block = Block::Term(inner(content, "term")?, inner(content, "description")?);
                self.push(block);
            }
            "item" => {
                let text = inner(content, "body")?;
                self.push(Block::Item(text));
            }
            "list" | "enum" | "terms" => {
                for child in children(content) {
                    self.read(&child)?;
                }
            }
            _ => self.read_inline(content)?,
        }
        Ok(())
    }

    fn read_inline(&mut self, content: &Content) -> Result<(), SourceDiagnostic> {
        match content.elem().name() {
            "space" => self.text.push(' '),
            "linebreak" => self.text.push('\n'),
            "smartquote" => {
                let double = content.get_by_name("double").is_ok_and(|value| value == Value::Bool(true));
                self.text.push(if double { '"' } else { '’' });
            }
            "text" | "symbol" => self.text += &content.plain_text(),
            "strong" | "emph" | "link" | "box" | "block" | "par" => {
                if let Some(body) = part(content, "body") {
                    self.read(&body)?;
                }
            }
            "metadata" | "v" | "h" | "pagebreak" | "colbreak" => {}
            other => {
                return Err(SourceDiagnostic::error(
                    content.span(),
                    format!("`{other}` has no form in plain text"),
                )
                .with_hint(
                    "the sentences are text, headings and lists; move it to the layout, `letter.typ`",
                ));
            }
        }
        Ok(())
    }

    fn push(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    fn end_paragraph_if(&mut self, wanted: bool) {
        if wanted {
            self.end_paragraph();
        }
    }

    fn end_paragraph(&mut self) {
        let text = tidy(&std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
    }
}

/// The text of one part of an element: all of it in one line.
fn inner(content: &Content, name: &str) -> Result<String, SourceDiagnostic> {
    let Some(part) = part(content, name) else { return Ok(String::new()) };
    let texts = blocks(&part)?.into_iter().map(|block| match block {
        Block::Heading(_, text) | Block::Paragraph(text) | Block::Item(text) => text,
        Block::Term(term, text) => format!("{term}: {text}"),
    });
    Ok(texts.collect::<Vec<_>>().join(" "))
}

fn part(content: &Content, name: &str) -> Option<Content> {
    match content.get_by_name(name) {
        Ok(Value::Content(part)) => Some(part),
        _ => None,
    }
}

fn has(content: &Content, name: &str) -> bool {
    part(content, name).is_some()
}

fn children(content: &Content) -> Vec<Content> {
    match content.get_by_name("children") {
        Ok(Value::Array(children)) => {
            children.into_iter().filter_map(|child| child.cast::<Content>().ok()).collect()
        }
        _ => Vec::new(),
    }
}

fn depth(content: &Content) -> usize {
    match content.get_by_name("depth") {
        Ok(Value::Int(depth)) => usize::try_from(depth).unwrap_or(1),
        _ => 1,
    }
}

/// Blanks as a reader sees them: one between words, none at the ends of a line.
fn tidy(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        // A no-break space is kept, so that wrapping respects it.
        line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n").trim_matches(['\n', ' ']).to_owned()
}
