//! Ugly input and a hostile world, through the real binary: each is told in one clear line that names the file (and the
//! line), the rest of the work is done, and the exit status says what happened.

#![cfg(unix)]

use std::error::Error;
use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

type Outcome = Result<(), Box<dyn Error>>;

const GOOD: &str = "{\"id\": \"good\", \"text\": \"“It rained for 12 hours,” said Ada Brandt.\"}\n";

/// A folder of its own for a test, open to every user, and the program in it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Result<Self, Box<dyn Error>> {
        let folder = TempDir::new()?;
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777))?;
        Ok(Place { folder })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> Result<PathBuf, Box<dyn Error>> {
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes)?;
        Ok(path)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.current_dir(self.folder.path()).env("NO_COLOR", "1").stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Result<Told, Box<dyn Error>> {
        Ok(self.command().args(args).output()?.into())
    }

    /// Runs as a user without rights, where the tests themselves run as root, whom no permission stops.
    fn run_unprivileged(&self, args: &[&str]) -> Result<Told, Box<dyn Error>> {
        let is_root = Command::new("id").arg("-u").output()?.stdout.trim_ascii() == b"0";
        if !is_root {
            return self.run(args);
        }
        let program = self.path("program");
        fs::create_dir_all(&program)?;
        let copy = program.join("sayso");
        fs::copy(env!("CARGO_BIN_EXE_sayso"), &copy)?;
        fs::set_permissions(&copy, Permissions::from_mode(0o755))?;
        let mut command = Command::new(copy);
        command.current_dir(self.folder.path()).env("NO_COLOR", "1").stdin(Stdio::null()).args(args);
        Ok(command.uid(65534).gid(65534).output()?.into())
    }
}

/// What a run said.
#[derive(Debug)]
struct Told {
    status: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        Told {
            status: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Told {
    /// One line of standard error holds all of `words`; nothing panicked.
    #[track_caller]
    fn says(&self, words: &[&str]) -> &Self {
        assert!(!self.err.contains("panicked"), "{}", self.err);
        let told = self.err.lines().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(told, "no line with {words:?} in:\n{}", self.err);
        self
    }

    #[track_caller]
    fn exits(&self, status: i32) -> &Self {
        assert_eq!(self.status, Some(status), "{}", self.err);
        self
    }

    /// The good document came through all the same.
    #[track_caller]
    fn has_good(&self) -> &Self {
        assert!(self.out.contains("“It rained for 12 hours,”"), "out: {}\nerr: {}", self.out, self.err);
        self
    }
}

#[test]
fn a_binary_file_is_named_and_passed_over() -> Outcome {
    let place = Place::new()?;
    place.write("good.jsonl", GOOD)?;
    let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    place.write("noise.txt", noise)?;
    place.run(&["extract", "noise.txt", "good.jsonl"])?.says(&["noise.txt", "not text"]).exits(0).has_good();
    place.run(&["extract", "--strict", "noise.txt", "good.jsonl"])?.says(&["noise.txt"]).exits(2);
    Ok(())
}

#[test]
fn an_empty_file_is_named_and_passed_over() -> Outcome {
    let place = Place::new()?;
    place.write("good.jsonl", GOOD)?;
    place.write("empty.txt", "")?;
    place.write("empty.jsonl", "")?;
    let told = place.run(&["extract", "empty.txt", "empty.jsonl", "good.jsonl"])?;
    told.says(&["empty.txt", "empty"]).says(&["empty.jsonl", "empty"]).exits(0).has_good();
    Ok(())
}

#[test]
fn invalid_utf8_is_decoded_in_a_text_and_refused_in_a_record() -> Outcome {
    let place = Place::new()?;
    place.write(
        "latin.txt",
        b"\x93It rained for 12 hours,\x94 said Ada Brandt. The caf\xe9 on the quay was closed.\n",
    )?;
    place.run(&["extract", "latin.txt"])?.exits(0).has_good();
    let mut lines = b"{\"id\": \"bad\", \"text\": \"caf\xff\xfe\"}\n".to_vec();
    lines.extend_from_slice(GOOD.as_bytes());
    place.write("mixed.jsonl", lines)?;
    place.run(&["extract", "mixed.jsonl"])?.says(&["mixed.jsonl:1", "UTF-8"]).exits(0).has_good();
    Ok(())
}

#[test]
fn a_line_cut_in_half_costs_that_line_alone() -> Outcome {
    let place = Place::new()?;
    let cut = &GOOD[..30];
    place.write("cut.jsonl", format!("{GOOD}{cut}\n{}", GOOD.replace("good", "last")))?;
    let told = place.run(&["extract", "cut.jsonl"])?;
    told.says(&["cut.jsonl:2"]).exits(0).has_good();
    assert!(told.out.contains("\"last#q1\""), "{}", told.out);
    Ok(())
}

#[test]
fn a_folder_without_permission_is_named_and_the_walk_goes_on() -> Outcome {
    let place = Place::new()?;
    place.write("news/good.jsonl", GOOD)?;
    place.write("news/closed/hidden.txt", "Nobody sees this.")?;
    fs::set_permissions(place.path("news/closed"), Permissions::from_mode(0o000))?;
    let told = place.run_unprivileged(&["extract", "news"])?;
    fs::set_permissions(place.path("news/closed"), Permissions::from_mode(0o755))?;
    told.says(&["news/closed", "permission"]).exits(0).has_good();
    Ok(())
}

#[test]
fn a_line_of_a_hundred_megabytes_is_read() -> Outcome {
    let place = Place::new()?;
    let mut file = File::create(place.path("long.jsonl"))?;
    file.write_all(GOOD.as_bytes())?;
    file.write_all(b"{\"id\": \"long\", \"text\": \"")?;
    let block = "The ferry left the quay and crossed the sound in the rain without a word. ".repeat(1000);
    for _ in 0..100 * 1024 * 1024 / block.len() {
        file.write_all(block.as_bytes())?;
    }
    file.write_all(b"\"}\n")?;
    file.write_all(GOOD.replace("good", "last").as_bytes())?;
    drop(file);
    let told = place.run(&["quotes", "long.jsonl", "--format", "jsonl", "--model", "rules"])?;
    told.exits(0).has_good();
    assert!(told.out.contains("\"last#q1\""), "the line after the long one: {}", told.err);
    Ok(())
}

#[test]
fn a_loop_of_links_is_told_and_not_followed() -> Outcome {
    let place = Place::new()?;
    place.write("news/good.jsonl", GOOD)?;
    symlink("..", place.path("news/up"))?;
    symlink("self", place.path("self"))?;
    place.run(&["extract", "news"])?.exits(0).has_good();
    place.run(&["extract", "self", "news/good.jsonl"])?.says(&["self"]).has_good();
    Ok(())
}

#[test]
fn a_corrupt_index_is_told() -> Outcome {
    let place = Place::new()?;
    place.write("good.jsonl", GOOD)?;
    place.run(&["index", "good.jsonl"])?.exits(0);
    place.run(&["quotes"])?.exits(0).has_good();
    for name in ["meta.json", "sayso.json"] {
        let path = place.path("index").join(name);
        let before = fs::read(&path)?;
        fs::write(&path, "{ half a")?;
        place.run(&["search", "rained"])?.says(&["error", "index"]).exits(2);
        fs::write(&path, before)?;
    }
    let store = files(&place.path("index"))?.into_iter().find(|file| file.extension().is_some_and(|e| e == "store"));
    let store = store.ok_or("the index has no .store file")?;
    let mut bytes = fs::read(&store)?;
    let half = bytes.len() / 2;
    bytes[half] ^= 0x55;
    fs::write(&store, &bytes)?;
    place.run(&["fsck"])?.says(&["index"]).exits(1);
    Ok(())
}

#[test]
fn a_read_only_index_folder_is_told() -> Outcome {
    let place = Place::new()?;
    place.write("good.jsonl", GOOD)?;
    place.run(&["index", "good.jsonl"])?.exits(0);
    place.write("more.jsonl", GOOD.replace("good", "more"))?;
    let folder = place.path("index");
    for file in files(&folder)? {
        fs::set_permissions(file, Permissions::from_mode(0o444))?;
    }
    fs::set_permissions(&folder, Permissions::from_mode(0o555))?;
    let told = place.run_unprivileged(&["index", "more.jsonl"])?;
    let read = place.run_unprivileged(&["quotes"])?;
    fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
    told.says(&["error", "index"]).exits(2);
    read.exits(0).has_good();
    Ok(())
}

#[test]
fn a_full_disk_is_told() -> Outcome {
    let place = Place::new()?;
    place.write("good.jsonl", GOOD)?;
    place.run(&["extract", "good.jsonl", "-o", "/dev/full"])?.says(&["error", "/dev/full", "space"]).exits(2);
    let full = File::options().write(true).open("/dev/full")?;
    let told: Told = place.command().args(["extract", "good.jsonl"]).stdout(full).output()?.into();
    told.says(&["error", "space"]).exits(2);
    Ok(())
}

#[test]
fn a_closed_pipe_is_no_error() -> Outcome {
    let place = Place::new()?;
    let many: String = (0..20_000).map(|i| GOOD.replace("good", &format!("n{i}"))).collect();
    place.write("many.jsonl", many)?;
    let mut child =
        place.command().args(["extract", "many.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut first = String::new();
    BufReader::new(child.stdout.take().ok_or("no pipe")?).read_line(&mut first)?;
    let told: Told = child.wait_with_output()?.into();
    assert!(first.starts_with("{\"record\":\"document\""), "{first}");
    assert_eq!((told.status, told.err.as_str()), (Some(0), ""));
    Ok(())
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

/// With the feature, `python/tests/test_objects.py` reads and writes objects.
#[cfg(not(feature = "objects"))]
#[test]
fn an_address_is_named_and_how_to_read_it() -> Outcome {
    let place = Place::new()?;
    place.write("good.jsonl", GOOD)?;
    let help = "--features objects";
    place.run(&["extract", "s3://news/a.jsonl", "good.jsonl"])?.says(&["s3://news/a.jsonl", help]).exits(0).has_good();
    place.run(&["extract", "https://gull.example/a.txt"])?.says(&["https://gull.example/a.txt", help]).exits(2);
    place.run(&["check", "good.jsonl", "--against", "s3://news/b"])?.says(&["s3://news/b", help]).exits(2);
    for flags in [&["-o", "s3://news/out.parquet"][..], &["--partition", "month", "-o", "s3://news/out"]] {
        place.run(&[&["quotes", "good.jsonl"], flags].concat())?.says(&["s3://news/out", help]).exits(2);
    }
    Ok(())
}
