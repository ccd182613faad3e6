//! The product as a user runs it: `havenmeester` in a process of its own, with time and peak memory.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::sets::folder::workspace_root;

/// What a process needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Needed {
    pub wall: Duration,
    /// Largest resident memory in KiB; nothing where `/usr/bin/time` is not installed.
    pub peak_kib: Option<u64>,
    /// Seconds of all cores together.
    pub cpu_seconds: Option<f64>,
}

/// Builds the program beside this one, with the same profile, and says where it is.
pub fn build() -> Result<PathBuf> {
    let here = std::env::current_exe().context("could not find this program")?;
    let folder = here.parent().context("this program is in no folder")?;
    ensure!(
        folder.ends_with("release"),
        "measure with `cargo run --release`: {} is no release build",
        folder.display()
    );
    let target = folder.parent().context("the release folder has no parent")?;
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--release", "-p", "havenmeester", "--target-dir"])
        .arg(target)
        .current_dir(workspace_root())
        .status()
        .context("could not start cargo")?;
    ensure!(status.success(), "havenmeester does not build");
    Ok(folder.join("havenmeester"))
}

/// Screens a customer file and writes the hits as CSV; no hit is no error.
pub fn screen(program: &Path, customers: &Path, list: &Path, out: &Path, more: &[&str]) -> Result<Needed> {
    let mut command = Command::new(program);
    command.arg("screen").arg(customers).arg("--list").arg(list).arg("--out").arg(out);
    command.args(["--format", "csv", "--class", "weak", "--quiet"]).args(more);
    measured(&command, out)
}

/// Runs a command under `/usr/bin/time`. Exit code 1 means hits; higher ones are errors.
fn measured(command: &Command, beside: &Path) -> Result<Needed> {
    const TIME: &str = "/usr/bin/time";
    let notes = beside.with_extension("needed");
    let has_time = Path::new(TIME).exists();
    let mut run = if has_time {
        let mut run = Command::new(TIME);
        run.args(["-f", "%M %U %S", "-o"]).arg(&notes).arg(command.get_program());
        run
    } else {
        Command::new(command.get_program())
    };
    run.args(command.get_args()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let output = run.output().with_context(|| format!("could not start {command:?}"))?;
    let wall = start.elapsed();
    match output.status.code() {
        Some(0 | 1) => {}
        _ => bail!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr)),
    }
    let (peak_kib, cpu_seconds) = if has_time { read_notes(&notes)? } else { (None, None) };
    Ok(Needed { wall, peak_kib, cpu_seconds })
}

/// The last line of the notes: peak KiB, user seconds, system seconds. Before it `time` may say that the exit
/// code was not 0.
fn read_notes(path: &Path) -> Result<(Option<u64>, Option<f64>)> {
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let mut parts = text.lines().last().unwrap_or_default().split(' ');
    let peak = parts.next().and_then(|part| part.parse().ok());
    let seconds: Vec<f64> = parts.filter_map(|part| part.parse().ok()).collect();
    Ok((peak, (seconds.len() == 2).then(|| seconds.iter().sum())))
}
