//! A screening on its way: the customer file waits in a folder of its own until the screening was kept, so that one that
//! broke off, with the program or the machine, is taken up at the next start. The folder is removed at the end, however it
//! ends.

use std::io;
use std::path::{Path, PathBuf};

use operations::hoster::bases;
use serde::{Deserialize, Serialize};
use store::PersonId;
use watchlist::{Phrase, phrase};

use crate::desk::Desk;
use crate::work::{Customers, State, Told};

/// Below the folder of the uploads.
pub const FOLDER: &str = "running";
/// Says what the file is for; there once the file is whole.
const TICKET: &str = "ticket.json";
/// Holds the file and nothing else: it has the name it came with, and may be called like the ticket.
const FILE: &str = "file";

#[derive(Serialize, Deserialize)]
struct Ticket {
    person: String,
    /// The name of the file at the visitor's, and here.
    name: String,
    columns: String,
    #[serde(default)]
    remember: bool,
}

/// How a customer file is to be read, and whether its customers stay.
#[derive(Clone, Copy)]
pub(crate) struct Manner<'a> {
    pub(crate) columns: &'a str,
    pub(crate) remember: bool,
}

/// Why no screening began.
pub(crate) enum NotBegun {
    /// Another one runs.
    Runs,
    /// The file cannot be moved.
    Unwritten(io::Error),
}

/// Begins a screening of a file that was handed in. The file is moved.
pub(crate) fn begin(desk: &Desk, file: &Path, manner: Manner<'_>, person: &PersonId) -> Result<(), NotBegun> {
    if !desk.job.begin() {
        return Err(NotBegun::Runs);
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Manner { columns, remember } = manner;
    let ticket = Ticket { person: person.0.clone(), name, columns: columns.to_owned(), remember };
    if let Err(error) = keep(&folder(desk), file, &ticket) {
        desk.job.forget();
        return Err(NotBegun::Unwritten(error));
    }
    let desk = desk.clone();
    tokio::task::spawn_blocking(move || run(&desk, &ticket));
    Ok(())
}

/// Screens the remembered customers again. One that breaks off with the program is not taken up: nothing is lost but the
/// moment.
pub(crate) fn begin_again(desk: &Desk, person: &PersonId) -> Result<(), NotBegun> {
    if !desk.job.begin() {
        return Err(NotBegun::Runs);
    }
    let (desk, person) = (desk.clone(), person.clone());
    tokio::task::spawn_blocking(move || {
        let ends = EndsFailed(&desk);
        desk.job.end(desk.settings.program.screen_again(&person));
        drop(ends);
    });
    Ok(())
}

/// The same after a list has changed, where there are remembered customers. Answers whether it began.
pub(crate) async fn again_if_remembered(desk: &Desk, person: &PersonId) -> bool {
    let remembered = async { bases::head(&mut desk.store.look().await?).await };
    matches!(remembered.await, Ok(Some(_))) && begin_again(desk, person).is_ok()
}

fn keep(folder: &Path, file: &Path, ticket: &Ticket) -> io::Result<()> {
    remove(folder)?;
    std::fs::create_dir_all(folder.join(FILE))?;
    std::fs::rename(file, folder.join(FILE).join(&ticket.name))?;
    let written = || std::fs::write(folder.join(TICKET), serde_json::to_vec(ticket)?);
    written().or_else(|error| {
        // Without its ticket nobody would come back to the file, which holds customers.
        remove(folder)?;
        Err(error)
    })
}

impl Desk {
    /// Takes a screening up that broke off with the program; says whether there was one. A file whose screening had not
    /// yet begun is removed: whoever handed it in was not told that it had.
    ///
    /// # Errors
    /// If such a file cannot be removed.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn resume(&self) -> io::Result<bool> {
        if !self.job.begin() {
            return Ok(false);
        }
        let read = std::fs::read(folder(self).join(TICKET)).ok();
        let Some(ticket) = read.and_then(|bytes| serde_json::from_slice::<Ticket>(&bytes).ok()) else {
            self.job.forget();
            remove(&folder(self))?;
            return Ok(false);
        };
        let desk = self.clone();
        tokio::task::spawn_blocking(move || run(&desk, &ticket));
        Ok(true)
    }
}

fn run(desk: &Desk, ticket: &Ticket) {
    // Should the program fail in a way that it did not foresee, the page must not show a screening for ever.
    let ends = EndsFailed(desk);
    let file = folder(desk).join(FILE).join(&ticket.name);
    let customers =
        Customers { file: &file, name: &ticket.name, columns: &ticket.columns, remember: ticket.remember };
    let person = PersonId(ticket.person.clone());
    let job = desk.job.clone();
    let result = desk.settings.program.screen(&customers, &person, &|progress| job.at(progress));
    // The file holds customers: it goes before anybody is told that all is done.
    let removed = remove(&folder(desk));
    desk.job.end(match removed {
        Ok(()) => result,
        Err(error) => {
            let left = folder(desk).display().to_string();
            Err(Told::Worded {
                what: phrase!(
                    "the customer file could not be removed: {error}",
                    "het klantbestand kon niet worden verwijderd: {error}"
                ),
                hint: phrase!("remove {left} by hand", "verwijder {left} met de hand"),
            })
        }
    });
    drop(ends);
}

fn folder(desk: &Desk) -> PathBuf {
    desk.settings.uploads.join(FOLDER)
}

fn remove(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

struct EndsFailed<'a>(&'a Desk);

impl Drop for EndsFailed<'_> {
    fn drop(&mut self) {
        if matches!(self.0.job.state(), State::Runs(_)) {
            self.0.job.end(Err(Told::Worded {
                what: Phrase::new("the screening ended before its time", "de screening stopte voortijdig"),
                hint: Phrase::new("nothing was kept; try again", "er is niets bewaard; probeer het opnieuw"),
            }));
        }
    }
}
