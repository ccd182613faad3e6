//! The one way out: results to standard output or a file, everything else to standard error.
//!
//! A file appears under its name only when it is complete: it is written under another name first.
//! A reader that went away (`| head`) is no error.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result};

/// Where messages for people go, and whether they are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) quiet: bool,
}

impl Output {
    /// Something a person may want to know; not a result, not an error.
    pub(crate) fn note(self, text: impl std::fmt::Display) {
        if !self.quiet {
            message(text);
        }
    }

    /// Whether progress can be shown.
    pub(crate) fn shows_progress(self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

/// Columns of the terminal that standard output goes to.
pub(crate) fn terminal_width() -> Option<u16> {
    console::Term::stdout().size_checked().map(|(_, columns)| columns)
}

/// Whether colour is welcome (see <https://no-color.org>).
#[expect(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
pub(crate) fn wants_colour() -> bool {
    std::env::var("NO_COLOR").map_or(true, |value| value.is_empty())
}

/// Prints an error with its causes and what to do next.
pub(crate) fn report_error(error: &anyhow::Error, hint: Option<String>) {
    message(format_args!("error: {error:#}"));
    if let Some(hint) = hint {
        message(format_args!("hint: {hint}"));
    }
}

/// Where nobody reads standard error there is nobody to tell, so a failed write is dropped.
fn message(text: impl std::fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes a result to standard output.
pub(crate) fn to_standard_output(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let written = write(&mut out).and_then(|()| Ok(out.flush()?));
    match written {
        Err(error) if is_broken_pipe(&error) => Ok(()),
        other => other.context("could not write to standard output"),
    }
}

/// Writes a result to a file, which appears only when it is complete.
pub(crate) fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    to_file_as(path, Readers::AsUsual, write)
}

/// Who may read a file that is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    AsUsual,
    Owner,
}

fn to_file_as(path: &Path, readers: Readers, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let part = Part::create(path, readers).with_context(|| format!("could not write {}", path.display()))?;
    let mut out = BufWriter::with_capacity(256 * 1024, &part.file);
    write(&mut out)
        .and_then(|()| Ok(out.flush()?))
        .with_context(|| format!("could not write {}", path.display()))?;
    drop(out);
    part.complete(path).with_context(|| format!("could not write {}", path.display()))
}

/// The same where only this user may read the file.
pub(crate) fn to_private_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    to_file_as(path, Readers::Owner, write)
}

/// Writes to the file where one is given, otherwise to standard output.
pub(crate) fn to(path: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    match path {
        Some(path) => to_file(path, write),
        None => to_standard_output(write),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Files under their first name, to be removed when the program is interrupted.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes unfinished files and ends the program when a person presses Ctrl-C.
pub(crate) fn remove_unfinished_when_interrupted() {
    // Without the handler an interrupt leaves a file with another name behind; no reason to fail.
    let _ = ctrlc::set_handler(|| {
        if let Ok(unfinished) = UNFINISHED.lock() {
            for path in unfinished.iter() {
                let _ = fs::remove_file(path);
            }
        }
        std::process::exit(crate::exit::INTERRUPTED.into());
    });
}

/// A file that is being written.
struct Part {
    path: PathBuf,
    file: File,
}

impl Part {
    fn create(target: &Path, readers: Readers) -> io::Result<Self> {
        if target.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder; name a file in it"));
        }
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let path = target.with_file_name(name);
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        if readers == Readers::Owner {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let file = options.open(&path)?;
        register(path.clone());
        Ok(Self { path, file })
    }

    fn complete(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)
    }
}

impl Drop for Part {
    /// After [`Part::complete`] there is nothing left to remove.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        if let Ok(mut unfinished) = UNFINISHED.lock() {
            unfinished.retain(|path| *path != self.path);
        }
    }
}

fn register(path: PathBuf) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        unfinished.push(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hits.csv");
        fs::write(&path, "old").unwrap();

        let result = to_file(&path, |out| {
            out.write_all(b"half")?;
            anyhow::bail!("the disk is full")
        });

        assert!(result.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_complete_file_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hits.csv");
        fs::write(&path, "old").unwrap();

        to_file(&path, |out| Ok(out.write_all(b"new")?)).unwrap();

        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_no_place_to_write_to() {
        let folder = tempfile::tempdir().unwrap();

        let error = to_file(folder.path(), |_| Ok(())).unwrap_err();

        assert!(format!("{error:#}").contains("name a file in it"), "{error:#}");
    }
}
