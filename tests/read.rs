//! Reading as a user meets it: folders, formats, encodings, and every kind of bad input, through the public interface.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use sayso::document::{Document, Kind};
use sayso::ingest::{Input, ReadError, documents};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(paths: &[&Path]) -> Vec<Result<Document, ReadError>> {
    documents(Input { paths: paths.iter().map(PathBuf::from).collect(), ..Input::default() }).collect()
}

/// Ids of what was read, and messages of what was not with the folder's own path left out.
fn told(folder: &Path, name: &str) -> Vec<String> {
    let path = if name.is_empty() { folder.to_path_buf() } else { folder.join(name) };
    let own = format!("{}/", folder.display());
    read(&[&path]).into_iter().map(|r| r.map_or_else(|e| format!("! {e}"), |d| d.id).replace(&own, "")).collect()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

#[test]
fn a_feed_on_disk_keeps_its_ids_when_it_moves_on() {
    let item = |n: u32| format!("<item><guid>pp-{n}</guid><description>“No, {n},” she said.</description></item>");
    let feed =
        |items: &[u32]| format!("<rss><channel>{}</channel></rss>", items.iter().map(|n| item(*n)).collect::<String>());
    let folder = folder(&[
        ("news.xml", feed(&[2, 1]).as_bytes()),
        ("old.rss.gz", &gz(feed(&[0]).as_bytes())),
        ("sitemap.xml", b"<urlset/>"),
    ]);
    let mut all = told(folder.path(), "");
    assert!(all.pop().unwrap().ends_with(": passed over, for they are no documents: 1 XML that is no feed"));
    assert_eq!(all, ["pp-2", "pp-1", "pp-0"]);
    fs::write(folder.path().join("news.xml"), feed(&[3, 2])).unwrap();
    assert_eq!(told(folder.path(), "news.xml"), ["pp-3", "pp-2"]);
    assert_eq!(
        told(folder.path(), "sitemap.xml"),
        ["! sitemap.xml: XML whose root is <urlset>; the feeds that are read are RSS and Atom"]
    );
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let folder = folder(&[
        ("b.txt", b"B"),
        ("a/z.md", b"Z"),
        ("a/B.txt.gz", &gz(b"B")),
        ("coverage/x.csv", b"text\nX1\nX2\n"),
        ("releases/2026/y.jsonl.zst", &zstd::stream::encode_all(&b"{\"text\": \"Y\"}"[..], 1).unwrap()),
        ("reference/prices.csv", b"year,price\n2026,4\n"),
        ("gold/quotes.jsonl", b"{\"record\": \"quote\", \"doc\": \"b.txt\"}\n"),
        ("settings.json", b"{\"colour\": 1}"),
        ("README.md", b"# About\n"),
        ("logo.png", b"\x89PNG\0"),
        ("Cargo.toml", b"[package]"),
        (".hidden.txt", b"no"),
        (".git/config", b""),
        (".gitignore", b"ignored*\n"),
        ("ignored.txt", b"no"),
        ("report.html", b"<html><head><meta name=generator content=\"sayso 0.1.0\"></head><body>words</body></html>"),
    ]);
    let mut found = read(&[folder.path()]);
    let skipped = found.pop().unwrap().unwrap_err();
    assert_eq!(skipped.count(), 2);
    assert!(
        skipped.to_string().ends_with(
            ": not read: 1 .png, 1 .toml; passed over, for they are no documents: 1 JSON without a text, 1 README, 1 list of records, 1 report of sayso, 1 table without a column of texts"
        ),
        "{skipped}"
    );
    let found: Vec<_> = found.into_iter().map(|d| d.unwrap()).map(|d| (d.id, d.kind.name(), d.text)).collect();
    let wanted = [
        ("a/B.txt.gz", "article", "B"),
        ("a/z.md", "article", "Z"),
        ("b.txt", "article", "B"),
        ("coverage/x.csv#1", "article", "X1"),
        ("coverage/x.csv#2", "article", "X2"),
        ("releases/2026/y.jsonl.zst#1", "statement", "Y"),
    ];
    assert_eq!(found, wanted.map(|(id, kind, text)| (id.to_string(), kind, text.to_string())));
}

#[test]
fn named_files_say_what_is_wrong_with_them() {
    let folder = folder(&[
        ("prices.csv", b"year,price\n2026,4\n"),
        ("gold.jsonl", b"{\"record\": \"quote\", \"doc\": \"b.txt\"}\n"),
        ("notes.toml", b"a = \"b\""),
        ("program.exe", b"MZ\0\0"),
        ("scan.pdf", b"%PDF-1.4"),
        ("scan.txt", b"%PDF-1.4"),
        ("empty.txt", b""),
        ("mark.txt", b"\xef\xbb\xbf"),
        ("empty.jsonl", b""),
        ("blank.jsonl", b"\n\n"),
        ("nul.txt", b"a\0b"),
        ("broken.txt", &["“One,” she said. “Two,” he said. ".as_bytes(), b"\xe2\x80"].concat()),
        ("bad.md", b"---\ntitle: a\n  b: [\n---\nText"),
        ("kind.md", b"---\nkind: blog\n---\nText"),
    ]);
    for (name, wanted) in [
        ("prices.csv", "no column `text` or `body` among `year`, `price`"),
        ("gold.jsonl", "gold.jsonl:1: there is no text"),
        ("program.exe", "`.exe` is no format that is read"),
        ("scan.pdf", "the PDF is damaged"),
        ("scan.txt", "binary, not text: it holds the mark of a PDF"),
        ("empty.txt", "is empty"),
        ("mark.txt", "is empty"),
        ("empty.jsonl", "is empty"),
        ("broken.txt", "byte 42 of the file is not UTF-8 (e2 80)"),
        ("nul.txt", "holds NUL bytes"),
        ("bad.md", "bad.md:3: the front matter"),
        ("kind.md", "kind.md: the kind is `blog`"),
        ("missing.txt", "no such file or folder"),
    ] {
        let all = told(folder.path(), name);
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(all[0].starts_with("! ") && all[0].contains(name) && all[0].contains(wanted), "{name}: {}", all[0]);
    }
    assert!(told(folder.path(), "blank.jsonl").is_empty());
    assert!(told(folder.path(), "notes.toml")[0].ends_with("notes.toml"));
}

#[test]
fn one_bad_file_or_line_does_not_end_the_stream() {
    let folder = folder(&[
        ("a.txt", b"\0"),
        ("b.jsonl", b"{\"text\": \"one\"}\n{\"text\": \"cut in ha\n{\"text\": \"three \xff\"}\n{\"text\": \"four\"}\n"),
        ("c.pdf", b"%PDF"),
        ("d.txt", b"D"),
    ]);
    let told = told(folder.path(), "");
    assert_eq!(told.len(), 7, "{told:?}");
    assert!(told[0].contains("a.txt: binary, not text: it holds NUL bytes"));
    assert_eq!(told[1], "b.jsonl#1");
    assert!(told[2].contains("b.jsonl:2: the JSON is cut off"), "{}", told[2]);
    assert!(told[3].contains("b.jsonl:3: byte 17 of the line is not UTF-8 (ff)"), "{}", told[3]);
    assert_eq!(told[4], "b.jsonl#4");
    assert!(told[5].contains("c.pdf: the PDF is damaged"));
    assert_eq!(told[6], "d.txt");
}

#[test]
fn a_cut_archive_gives_what_came_before_the_cut() {
    let lines: String =
        (0..20_000).map(|n| format!("{{\"id\": {n}, \"text\": \"number {}\"}}\n", n * 7919 % 10_007)).collect();
    let whole = gz(lines.as_bytes());
    let mut garbled = whole.clone();
    let middle = garbled.len() / 2;
    garbled[middle..middle + 40].fill(0xff);
    let folder =
        folder(&[("cut.jsonl.gz", &whole[..middle]), ("garbled.jsonl.gz", &garbled), ("cut.txt.gz", &whole[..middle])]);
    for (name, wanted) in [("cut.jsonl.gz", "break off here"), ("garbled.jsonl.gz", "are damaged")] {
        let mut all = told(folder.path(), name);
        let last = all.pop().unwrap();
        assert!(last.contains(wanted) && last.contains("jsonl.gz:"), "{last}");
        all.retain(|id| !id.starts_with('!'));
        assert!(all.len() > 1000, "{}", all.len());
        assert!(all.iter().enumerate().all(|(n, id)| *id == n.to_string()));
    }
    assert_eq!(told(folder.path(), "cut.txt.gz").len(), 1);
    assert!(told(folder.path(), "cut.txt.gz")[0].contains("break off here"));
}

#[test]
fn a_line_of_a_hundred_megabytes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.jsonl");
    let text = "“Yes,” she said. ".repeat(5_250_000);
    assert!(text.len() > 100_000_000);
    let mut file = fs::File::create(&path).unwrap();
    writeln!(file, "{{\"id\": \"long\", \"text\": \"{text}\"}}\n{{\"id\": \"next\", \"text\": \"b\"}}").unwrap();
    drop(file);
    let found = read(&[&path]);
    assert_eq!(found.len(), 2);
    assert!(found[0].as_ref().unwrap().text == text);
    assert_eq!(found[1].as_ref().unwrap().id, "next");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_told_once() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("real/a.txt", b"A"), ("else/b.txt", b"B"), ("z.txt", b"Z")]);
    let root = folder.path();
    symlink(root.join("real"), root.join("link")).unwrap();
    symlink("..", root.join("real/up")).unwrap();
    symlink("self", root.join("self")).unwrap();
    let all = told(root, "else");
    assert_eq!(all, ["b.txt"]);
    let all = told(root, "");
    let loops: Vec<_> = all.iter().filter(|t| t.contains("leads back into itself")).collect();
    assert_eq!(loops.len(), 3, "{all:?}");
    assert!(all.contains(&"z.txt".to_string()) && all.contains(&"link/a.txt".to_string()), "{all:?}");
    symlink("..", root.join("else/around")).unwrap();
    assert_eq!(told(root, "else").len(), 2);
    fs::remove_file(root.join("else/around")).unwrap();
    assert!(told(root, "self")[0].contains("leads back into itself"));
    symlink("nowhere", root.join("else/c.txt")).unwrap();
    let all = told(root, "else");
    assert_eq!(all.len(), 2);
    assert!(all[1].contains("no such file"), "{all:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named_and_the_walk_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a/x.txt", b"X"), ("b.txt", b"B"), ("c.txt", b"C")]);
    let closed = [folder.path().join("a"), folder.path().join("b.txt")];
    for path in &closed {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    }
    if fs::read_dir(&closed[0]).is_ok() {
        eprintln!("skipped: this user (root?) may read everything");
        return;
    }
    let all = told(folder.path(), "");
    fs::set_permissions(&closed[0], fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all[0].contains("a: permission") && all[1].contains("b.txt: permission"), "{all:?}");
    assert_eq!(all[2], "c.txt");
}

#[test]
fn the_second_document_of_an_id_is_refused() {
    let folder = folder(&[("a.jsonl", b"{\"id\": \"x\", \"text\": \"1\"}\n{\"id\": \"x\", \"text\": \"2\"}\n")]);
    let all = told(folder.path(), "a.jsonl");
    assert_eq!(all[0], "x");
    assert!(all[1].contains("a.jsonl:2: the id `x` is already an earlier document's"), "{}", all[1]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_told_by_its_bytes_and_named_by_its_content() {
    use std::os::fd::AsRawFd;
    let (from, mut to) = std::io::pipe().unwrap();
    to.write_all(&gz(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n")).unwrap();
    drop(to);
    let found = read(&[Path::new(&format!("/dev/fd/{}", from.as_raw_fd()))]);
    let found: Vec<_> = found.into_iter().map(|d| d.unwrap()).map(|d| (d.id, d.text)).collect();
    assert_eq!(found[0], ("ca978112ca1bbdca".to_string(), "a".to_string()));
    assert_eq!(found[1].1, "b");
}

#[test]
fn broken_json_among_documents_is_told_but_settings_are_not() {
    let folder = folder(&[
        ("a.json", b"[{\"text\": \"A\"}, {\"text\": \"cut"),
        ("b.json", b"{\"text\": \"cut"),
        ("c.json", b"{\"name\": \"package\"}"),
        ("d.json", b"[1, 2]"),
    ]);
    let all = told(folder.path(), "");
    assert_eq!(all.len(), 4, "{all:?}");
    assert!(all[3].ends_with("2 JSON without a text"), "{all:?}");
    assert_eq!(all[0], "a.json#1");
    assert!(
        all[1].contains("a.json:1: the JSON is cut off") && all[2].contains("b.json:1: the JSON is cut off"),
        "{all:?}"
    );
}

#[test]
fn as_overrides_every_kind() {
    let folder = folder(&[("statements/a.md", b"---\nkind: article\n---\nA"), ("statements/b.md", b"B")]);
    let kinds = |kind| {
        let input = Input { paths: vec![folder.path().into()], kind, ..Input::default() };
        documents(input).map(|d| d.unwrap().kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(None), [Kind::Article, Kind::Statement]);
    assert_eq!(kinds(Some(Kind::Reference)), [Kind::Reference; 2]);
}

#[test]
fn documents_can_be_read_on_another_thread() {
    fn travels<T: Send>(_: &T) {}
    travels(&documents(Input::default()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_text_is_the_same_in_every_format(text in "(\\PC|[\r\n\t \"',;“”é𝄞\u{a0}\u{fffd}]){1,80}") {
        prop_assume!(!text.starts_with('\u{feff}'));
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(["id", "text"]).unwrap();
        table.write_record(["1", &text]).unwrap();
        let json = serde_json::json!({ "text": text });
        let files: [(&str, Vec<u8>); 8] = [
            ("a.txt", text.clone().into()),
            ("b.txt.gz", gz(text.as_bytes())),
            ("c.md", format!("---\n---\n{text}").into()),
            ("d.csv", table.into_inner().unwrap()),
            ("e.jsonl", format!("{json}\n").into()),
            ("f.json", serde_json::to_vec_pretty(&json).unwrap()),
            ("g.txt", [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat()),
            ("h.txt", [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        ];
        let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let folder = folder(&files);
        let found = read(&[folder.path()]);
        prop_assert_eq!(found.len(), files.len());
        for document in found {
            let document = document.unwrap();
            prop_assert_eq!(&document.text, &text, "{}", document.id);
        }
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), proptest::sample::select(b"{}[]\",:\n<>-\\&;#textbody0 \x1f\x8b\x28\xb5\x2f\xfd".to_vec())], 0..300),
        lead in proptest::sample::select(vec!["", "{\"text\": \"", "text,id\n", "---\n", "<html><p>", "\u{feff}", "\x1f"]),
    ) {
        let bytes = [lead.as_bytes(), &bytes].concat();
        let names = ["a.txt", "b.md", "c.html", "d.jsonl", "e.json", "f.csv", "g.tsv", "h.gz", "i.x", "j.zst"];
        let folder = folder(&names.map(|name| (name, bytes.as_slice())));
        for name in names {
            for found in read(&[&folder.path().join(name)]) {
                match found {
                    Ok(document) => prop_assert!(!document.text.is_empty()),
                    Err(error) => prop_assert!(error.path().ends_with(name) && !error.to_string().is_empty()),
                }
            }
        }
    }
}

#[test]
fn nothing_is_passed_over_in_silence() {
    let folder = folder(&[
        ("a.txt", b"A"),
        ("b.jpg", b"\xff\xd8"),
        ("c.JPG", b"\xff\xd8"),
        ("d.xyz", b"words"),
        ("Makefile", b"all:\n"),
        ("notes", b"{\"text\": \"N\"}"),
    ]);
    let all = told(folder.path(), "");
    assert_eq!(all[..2], ["a.txt", "notes#1"], "{all:?}");
    assert!(all[2].ends_with("not read: 1 .JPG, 1 .jpg, 1 .xyz, 1 without an ending"), "{all:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_unicode_is_read_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(folder.path().join(name), "A").unwrap();
    assert_eq!(told(folder.path(), ""), ["caf\u{fffd}.txt"]);
}

#[test]
fn limits_are_those_that_were_given() {
    let folder = folder(&[("a.txt.gz", &gz(&[b'a'; 5000])), ("b.txt", b"B")]);
    let limits = sayso::ingest::Limits { unpacked: 1000, ..Default::default() };
    let input = Input { paths: vec![folder.path().into()], limits, ..Input::default() };
    let all: Vec<String> = documents(input).map(|d| d.map_or_else(|e| e.to_string(), |d| d.id)).collect();
    assert!(all[0].ends_with("a.txt.gz: unpacks to more than 1000 bytes; --max-unpacked allows more"), "{all:?}");
    assert_eq!(all[1], "b.txt");
}
