//! Parquet files, as documents and as tables of reference: they say what the same rows say as CSV.
#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use sayso::ingest::read_table;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

/// The values of a column, nulls left out, with whether each row has one.
enum Column<'a> {
    Texts(&'a [Option<&'a str>]),
    Days(&'a [i32]),
    Whole(&'a [Option<i64>]),
    Real(&'a [f64]),
}

fn write(path: &Path, schema: &str, columns: &[Column]) {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer =
        SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(WriterProperties::default())).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for column in columns {
        let mut writer = group.next_column().unwrap().unwrap();
        match column {
            Column::Texts(texts) => {
                let values: Vec<ByteArray> = texts.iter().flatten().map(|text| ByteArray::from(*text)).collect();
                let levels: Vec<i16> = texts.iter().map(|text| i16::from(text.is_some())).collect();
                writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
            }
            Column::Days(days) => {
                writer.typed::<Int32Type>().write_batch(days, None, None).unwrap();
            }
            Column::Whole(numbers) => {
                let values: Vec<i64> = numbers.iter().flatten().copied().collect();
                let levels: Vec<i16> = numbers.iter().map(|number| i16::from(number.is_some())).collect();
                writer.typed::<Int64Type>().write_batch(&values, Some(&levels), None).unwrap();
            }
            Column::Real(numbers) => {
                writer.typed::<DoubleType>().write_batch(numbers, None, None).unwrap();
            }
        }
        writer.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

const PAGES: &str =
    "message pages { optional binary id (UTF8); optional binary Text (UTF8); required int32 date (DATE); }";

fn pages(path: &Path) {
    let ids = [Some("a"), None, Some("c")];
    let texts = [
        Some("Dana Holt said, “The bridge took 40 cars a day.”"),
        Some("Rates rose to 4.1 percent, the office said.\n\n“That is more than we thought,” said Ravi Oduya."),
        Some("Nobody spoke — não."),
    ];
    // Days since 1970-01-01.
    write(path, PAGES, &[Column::Texts(&ids), Column::Texts(&texts), Column::Days(&[22_402, 22_403, 22_404])]);
}

fn regions(path: &Path) {
    let schema = "message regions { required binary region (UTF8); optional int64 population; required double jobless_percent; }"
        .replace("required binary", "optional binary");
    let names = [Some("Eastmark"), Some("North Hollin"), Some("Veil"), Some("Eastmark")];
    let people = [Some(204_118), None, Some(51_000), Some(3)];
    write(path, &schema, &[Column::Texts(&names), Column::Whole(&people), Column::Real(&[4.1, 6.0, 12.5, 4.0])]);
}

fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn rows_are_documents() {
    let folder = tempfile::tempdir().unwrap();
    pages(&folder.path().join("pages.parquet"));
    let csv = "id,text,date\na,\"Dana Holt said, “The bridge took 40 cars a day.”\",2031-05-03\n\
        ,\"Rates rose to 4.1 percent, the office said.\n\n“That is more than we thought,” said Ravi Oduya.\",2031-05-04\n\
        c,Nobody spoke — não.,2031-05-05\n";
    std::fs::write(folder.path().join("pages.csv"), csv).unwrap();
    let read = |name: &str| {
        let output = sayso(folder.path(), &["extract", "-q", name]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().replace(name, "pages")
    };
    let (ours, theirs) = (read("pages.parquet"), read("pages.csv"));
    assert_eq!(ours, theirs);
    assert_eq!(ours.matches("\"record\":\"document\"").count(), 3);
}

#[test]
fn a_table_is_what_it_is_as_csv() {
    let folder = tempfile::tempdir().unwrap();
    regions(&folder.path().join("regions.parquet"));
    let csv =
        "region,population,jobless_percent\nEastmark,204118,4.1\nNorth Hollin,,6.0\nVeil,51000,12.5\nEastmark,3,4.0\n";
    std::fs::write(folder.path().join("regions.csv"), csv).unwrap();
    let page =
        "Unemployment fell to 4.1 percent in Eastmark, a region of 205,000 people. In Veil 12.4 percent are jobless.";
    std::fs::write(folder.path().join("page.txt"), page).unwrap();
    let check = |name: &str| {
        let output = sayso(folder.path(), &["check", "page.txt", "--table", name, "--format", "jsonl"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().replace(name, "regions")
    };
    let (ours, theirs) = (check("regions.parquet"), check("regions.csv"));
    assert_eq!(ours, theirs);
    assert!(ours.contains("\"verdict\":\"contradicted\""), "{ours}");
    let (_, warnings) = read_table(&folder.path().join("regions.parquet"), None).unwrap();
    let told: Vec<(u64, Option<&str>)> = warnings.iter().map(|w| (w.row, w.column.as_deref())).collect();
    assert_eq!(told, [(4, Some("region"))]);
}

#[test]
fn in_a_folder_each_is_taken_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path().join("all");
    std::fs::create_dir(&all).unwrap();
    pages(&all.join("pages.parquet"));
    regions(&all.join("regions.parquet"));
    let output = sayso(folder.path(), &["check", "all", "--format", "jsonl"]);
    let (found, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 table"), "{said}");
    assert!(found.contains("4.1 percent"), "{found}");
    // A table that was named as documents is an error that says what is missing.
    let output = sayso(folder.path(), &["extract", "all/regions.parquet"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("`jobless_percent`"));
}

#[test]
fn damage_is_an_error_that_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("regions.parquet");
    regions(&path);
    let whole = std::fs::read(&path).unwrap();
    let mut refused = 0;
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(&path, &bytes).unwrap();
        if let Err(error) = read_table(&path, None) {
            assert!(error.to_string().contains("regions.parquet"), "{error}");
            refused += 1;
        }
    }
    assert!(refused > 20, "{refused}");
    for bytes in [&whole[..whole.len() / 2], b"", b"PAR1"] {
        std::fs::write(&path, bytes).unwrap();
        let error = read_table(&path, None).unwrap_err().to_string();
        assert!(error.contains("regions.parquet"), "{error}");
    }
}

/// `--partition`: a folder for each outlet or month, whose parts together hold every record once.
#[test]
fn parts_hold_every_record_once() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let folder = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let sayso = |arguments: &[&str]| {
        let mut sayso = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"));
        sayso.args(["quotes", "-q", "--model", "rules"]).args(arguments).arg(&corpus).output().unwrap()
    };
    let lines = sayso(&["--format", "jsonl"]);
    let all = String::from_utf8(lines.stdout).unwrap().lines().count();
    for (by, begins) in [("outlet", "outlet="), ("month", "month=")] {
        let out = folder.path().join(by);
        let done = sayso(&["--partition", by, "-o", out.to_str().unwrap()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let mut rows = 0;
        let parts: Vec<PathBuf> = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
        for part in &parts {
            assert!(part.file_name().unwrap().to_str().unwrap().starts_with(begins), "{part:?}");
            let file = std::fs::File::open(part.join("part-0.parquet")).unwrap();
            rows += SerializedFileReader::new(file).unwrap().metadata().file_metadata().num_rows();
        }
        assert!(parts.len() > 1 && rows as usize == all, "{by}: {} parts, {rows} of {all} rows", parts.len());
    }
    let out = folder.path().join("table");
    let refused = sayso(&["--partition", "outlet", "--format", "csv", "-o", out.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("only Parquet is written in parts"));
}
