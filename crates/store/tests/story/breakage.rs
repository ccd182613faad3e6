//! Full disks, files that are read-only, missing or damaged, and several programs at once: one clear error, and the
//! state is as it was.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use store::{Address, BothSides, Check, Error, IssuerSide, Store};

use crate::cast::*;
use crate::killed::{check_whole, torture};
use crate::place::{Place, key, on_both, on_sqlite};

#[test]
fn a_missing_folder_is_named() {
    on_sqlite(|place: Place| async move {
        let folder = place.folder.path().join("not/there");
        let error = Store::open(&Address::file(&folder.join("store.db")), &key()).await.unwrap_err();

        assert!(
            matches!(&error, Error::NoFolder { folder: found } if *found == folder.display().to_string())
        );
        assert!(!folder.exists() && error.hint().is_some());
    });
}

#[test]
fn a_missing_database_is_not_made_by_a_command_that_needs_one() {
    on_sqlite(|place: Place| async move {
        let error = Store::open_existing(&place.address, &key()).await.unwrap_err();

        assert!(matches!(error, Error::NoDatabase { .. }), "{error}");
        assert!(!place.file().exists());
        let findings = Store::doctor(&place.address, &key(), |_| true).await;
        assert_eq!((findings.len(), findings[0].check), (1, Check::Reachable));
    });
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    on_sqlite(|place: Place| async move {
        let text = "customer_id,name\n1,Orchard Nine\n".repeat(400);
        fs::write(place.file(), &text).unwrap();

        let error = Store::open(&place.address, &key()).await.unwrap_err();

        assert!(matches!(error, Error::Damaged { .. }), "{error}");
        assert_eq!(fs::read_to_string(place.file()).unwrap(), text);
    });
}

#[test]
fn a_damaged_page_is_found_and_never_read_as_something_else() {
    on_sqlite(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut act = act(&store, "p-1").await;
        for number in 0..200 {
            let entry = entry(&format!("e-{number}"), &"text".repeat(200));
            act.entries().propose(&entry, &person_id("p-1")).await.unwrap();
        }
        act.commit(deed("propose_entries", "entry", "e-1")).await.unwrap();
        store.close().await;
        let size = fs::metadata(place.file()).unwrap().len();
        let mut file = OpenOptions::new().write(true).open(place.file()).unwrap();
        // The tables stand in the first half; what was written last, in the second.
        for page in (size / 4096 / 2..size / 4096).step_by(7) {
            file.seek(SeekFrom::Start(page * 4096 + 50)).unwrap();
            file.write_all(&[0x5a; 1500]).unwrap();
        }
        drop(file);

        let findings = Store::doctor(&place.address, &key(), |_| true).await;
        let error = match Store::open(&place.address, &key()).await {
            Ok(store) => store.look().await.unwrap().entries().all().await.unwrap_err(),
            Err(error) => error,
        };

        let sick: Vec<_> = findings.iter().filter(|f| !f.wrong.is_empty()).map(|f| f.check).collect();
        assert!(sick.contains(&Check::Integrity) || sick.contains(&Check::Reachable), "{findings:?}");
        assert!(matches!(error, Error::Damaged { .. } | Error::Unreadable { .. }), "{error}");
        assert!(error.hint().is_some());
    });
}

/// Runs the example `torture` to its first error, below a shell that first does what `before` says.
fn tortured(place: &Place, before: &str, user: Option<u32>) -> (Vec<String>, Output) {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{before} exec \"$0\" \"$@\"")]);
    shell.arg(place.folder.path().join("torture")).args([&place.text, "0"]).stdin(Stdio::null());
    fs::copy(torture(), place.folder.path().join("torture")).unwrap();
    #[cfg(unix)]
    if let Some(user) = user {
        std::os::unix::process::CommandExt::uid(&mut shell, user);
    }
    let output = shell.output().unwrap();
    let confirmed = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    (confirmed, output)
}

#[cfg(unix)]
#[test]
fn a_file_size_limit_stops_the_act_and_loses_nothing() {
    on_sqlite(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        store.close().await;

        // 4,000 blocks of 512 bytes; without the trap the signal would end the program.
        let (confirmed, output) = tortured(&place, "trap '' XFSZ; ulimit -f 4000;", None);

        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{told}");
        assert!(told.starts_with("error: there is no room left to write; nothing was changed\n"), "{told}");
        assert!(!confirmed.is_empty());
        check_whole(&place, &confirmed).await;
    });
}

/// A small file system of its own, gone with the test.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    fn mount(folder: &'a Path) -> Option<Self> {
        fs::create_dir(folder).unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(folder)
            .stderr(Stdio::null())
            .status();
        mount.is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_stops_the_act_and_the_same_program_goes_on() {
    on_sqlite(|place: Place| async move {
        let folder = place.folder.path().join("disk");
        let Some(disk) = SmallDisk::mount(&folder) else {
            println!("skipped: a small disk can be mounted by root only");
            return;
        };
        let store = Store::open(&Address::file(&folder.join("store.db")), &key()).await.unwrap();
        add_people(&store).await;
        fs::write(folder.join("ballast"), vec![1; 700_000]).unwrap();
        let (mut kept, mut error) = (0, None);
        while error.is_none() {
            let mut act = act(&store, "p-1").await;
            let entry = entry(&format!("e-{kept}"), &"text".repeat(25_000));
            let done = match act.entries().propose(&entry, &person_id("p-1")).await {
                Ok(_) => act.commit(deed("propose_entry", "entry", "e-1")).await.map(drop),
                Err(error) => Err(error),
            };
            match done {
                Ok(()) => kept += 1,
                Err(full) => error = Some(full),
            }
        }

        assert!(matches!(error, Some(Error::DiskFull)), "{error:?}");
        let mut look = store.look().await.unwrap();
        assert_eq!(look.entries().all().await.unwrap().len(), kept);
        assert_eq!(look.audit().verify(|_| true).await.unwrap().records, kept as u64 + 1);
        drop(look);
        fs::remove_file(folder.join("ballast")).unwrap();
        let mut again = act(&store, "p-1").await;
        again.entries().propose(&entry("e-last", "text"), &person_id("p-1")).await.unwrap();
        again.commit(deed("propose_entry", "entry", "e-last")).await.unwrap();
        store.close().await;
        drop(disk);
    });
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_said_to_be_read_only() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    on_sqlite(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        store.close().await;
        fs::set_permissions(place.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(place.file(), fs::Permissions::from_mode(0o444)).unwrap();
        let before = fs::read(place.file()).unwrap();
        // Root writes whatever the rights say, so the program runs as nobody then.
        let root = fs::metadata(place.file()).unwrap().uid() == 0;

        let (confirmed, output) = tortured(&place, "", root.then_some(65534));

        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.starts_with("error: the database cannot be written: the file or its folder is read-only"),
            "{told}"
        );
        assert!(told.contains("hint: look at the rights of the file"), "{told}");
        assert!(confirmed.is_empty());
        assert!(fs::read(place.file()).unwrap() == before);
    });
}

#[test]
fn two_programs_write_one_after_the_other() {
    on_both(|place: Place| async move {
        let (one, two) = (Arc::new(place.open().await), Arc::new(place.open().await));
        add_people(&one).await;
        let mut writers = Vec::new();
        for (name, store) in [("a", &one), ("b", &two), ("c", &one)] {
            let store = Arc::clone(store);
            writers.push(tokio::spawn(async move {
                for number in 0..10 {
                    let mut act = act(&store, "p-1").await;
                    let id = format!("e-{name}-{number}");
                    act.entries().propose(&entry(&id, "text"), &person_id("p-1")).await.unwrap();
                    act.commit(deed("propose_entry", "entry", "e-1")).await.unwrap();
                }
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }

        let mut look = two.look().await.unwrap();
        assert_eq!(look.entries().all().await.unwrap().len(), 30);
        assert_eq!(look.audit().verify(|_| true).await.unwrap().records, 31);
    });
}

#[test]
fn a_look_sees_one_moment() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut look = store.look().await.unwrap();
        assert!(look.people().all().await.unwrap().is_empty());

        add_people(&store).await;

        assert!(look.people().all().await.unwrap().is_empty());
        assert_eq!(store.look().await.unwrap().people().all().await.unwrap().len(), 3);
    });
}

#[test]
fn a_server_that_is_not_there_is_one_clear_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let address = Address::parse("postgres:///lists?host=/nowhere&user=anna&password=hidden").unwrap();

        let error = Store::open(&address, &key()).await.unwrap_err();

        assert!(matches!(error, Error::CannotOpen { .. }), "{error}");
        assert!(!format!("{error:?}").contains("hidden"));
    });
}
