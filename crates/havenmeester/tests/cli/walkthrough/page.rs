//! From a page in Markdown to the steps a reader takes.
//!
//! A ` ```console ` block holds commands (`$ havenmeester ...`, `$ export NAME=VALUE`), each with what it shows
//! below it. A block with a file name after its language (` ```json form.json `) is a file the reader writes.

/// One thing the reader does.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    Write { name: String, content: String },
    Export { name: String, value: String },
    Run { line: usize, arguments: Vec<String>, shown: Vec<String> },
}

/// Reads all steps of a page, in order; an error names the line.
pub(super) fn read(page: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut lines = (1..).zip(page.lines());
    while let Some((opened, line)) = lines.next() {
        let Some(title) = line.strip_prefix("```") else { continue };
        let mut block = Vec::new();
        loop {
            match lines.next() {
                Some((_, "```")) => break,
                Some(numbered) => block.push(numbered),
                None => return Err(format!("line {opened}: the block is not closed")),
            }
        }
        match title.split_whitespace().collect::<Vec<_>>()[..] {
            ["console"] => read_console(&block, &mut steps)?,
            [_, name] => steps.push(Step::Write {
                name: name.to_owned(),
                content: block.iter().map(|(_, line)| format!("{line}\n")).collect(),
            }),
            _ => {}
        }
    }
    Ok(steps)
}

fn read_console(block: &[(usize, &str)], steps: &mut Vec<Step>) -> Result<(), String> {
    let first = steps.len();
    for &(line, text) in block {
        if let Some(command) = text.strip_prefix("$ ") {
            steps.push(read_command(line, command)?);
            continue;
        }
        match steps[first..].last_mut() {
            Some(Step::Run { shown, .. }) => shown.push(text.to_owned()),
            _ => return Err(format!("line {line}: no command shows this: {text}")),
        }
    }
    Ok(())
}

fn read_command(line: usize, command: &str) -> Result<Step, String> {
    let mut words = split(command).ok_or_else(|| format!("line {line}: a quote is not closed"))?;
    match words.first().map(String::as_str) {
        Some("havenmeester") => Ok(Step::Run { line, arguments: words.split_off(1), shown: Vec::new() }),
        Some("export") => match words.get(1).and_then(|word| word.split_once('=')) {
            Some((name, value)) => Ok(Step::Export { name: name.to_owned(), value: value.to_owned() }),
            None => Err(format!("line {line}: expected `export NAME=VALUE`")),
        },
        _ => Err(format!("line {line}: only `havenmeester` and `export` can be run, found: {command}")),
    }
}

/// The words of a command line, with single and double quotes; `None` if a quote stays open.
fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[test]
fn files_and_commands_are_read_in_order() {
    let page = "Text.\n```json form.json\n{}\n```\n```console\n$ havenmeester a --b 'c d' \"\"\nsaid\n```\n";
    let arguments = ["a", "--b", "c d", ""].map(str::to_owned).to_vec();

    let expected = vec![
        Step::Write { name: "form.json".to_owned(), content: "{}\n".to_owned() },
        Step::Run { line: 6, arguments, shown: vec!["said".to_owned()] },
    ];
    assert_eq!(read(page), Ok(expected));
}

#[test]
fn a_page_that_cannot_be_followed_is_refused_with_its_line() {
    for (page, line) in [
        ("```console\n$ havenmeester\n", "line 1"),
        ("```console\nsaid by nobody\n```\n", "line 2"),
        ("```console\n$ rm file\n```\n", "line 2"),
        ("```console\n$ export NAME\n```\n", "line 2"),
        ("```console\n$ havenmeester 'a\n```\n", "line 2"),
    ] {
        let error = read(page).unwrap_err();
        assert!(error.starts_with(line), "{page}\n{error}");
    }
}
