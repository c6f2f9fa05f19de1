//! What `sayso check` makes of invented coverage of invented statements, through the real binary. Each case is a story:
//! what the office said, what the paper made of it, and what is to be said of that.

use serde_json::Value;
use std::process::{Command, Stdio};

struct Desk(tempfile::TempDir);

/// What the paper prints, and what comes of it: the figure, the verdict, the relation, and words of the arithmetic.
type Finding<'f> = (&'f str, &'f str, &'f str, &'f str);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().expect("a temporary folder"))
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn statement(&self, id: &str, date: &str, text: &str) {
        self.write(&format!("statements/{id}.md"), &format!("---\nid: {id}\ndate: {date}\n---\n{text}\n"));
    }

    fn article(&self, id: &str, date: &str, about: &str, text: &str) {
        let about = if about.is_empty() { String::new() } else { format!("about: [{about}]\n") };
        self.write(&format!("articles/{id}.md"), &format!("---\nid: {id}\ndate: {date}\n{about}---\n{text}\n"));
    }

    fn sayso(&self, args: &[&str]) -> (String, String, Option<i32>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.current_dir(self.0.path()).env("NO_COLOR", "1").args(args).stdin(Stdio::null());
        let output = command.output().expect("sayso runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr), output.status.code())
    }

    fn checks(&self) -> Vec<Value> {
        let (out, err, code) = self.sayso(&["check", ".", "--format", "jsonl", "-q"]);
        assert_eq!(code, Some(0), "{err}");
        out.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
    }

    /// Asserts the findings, and that nothing else is contradicted.
    #[track_caller]
    fn finds(&self, findings: &[Finding]) {
        let checks = self.checks();
        for (figure, verdict, relation, arithmetic) in findings {
            let of = |c: &&Value| c["span"]["text"].as_str().is_some_and(|text| text.contains(figure));
            let found = checks.iter().find(of).unwrap_or_else(|| panic!("no check of {figure}"));
            assert_eq!((&found["verdict"], &found["relation"]), (&(*verdict).into(), &(*relation).into()), "{found:#}");
            assert!(found["computation"].as_str().unwrap_or_default().contains(arithmetic), "{found:#}");
            for item in found["evidence"].as_array().into_iter().flatten().filter(|e| e["kind"] == "statement") {
                assert!(item["span"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{found:#}");
            }
        }
        let amiss = |c: &&Value| c["verdict"] == "contradicted" || c["verdict"] == "conflicting";
        let told = |c: &&Value| !findings.iter().any(|f| c["span"]["text"].as_str().is_some_and(|t| t.contains(f.0)));
        let invented: Vec<&Value> = checks.iter().filter(amiss).filter(told).collect();
        assert!(invented.is_empty(), "{invented:#?}");
    }
}

const PARDON: &str = "Governor Halla Winter today commuted the sentence of Berit Solheim, 63, who has served 21 years for \
    carrying drugs.\n\nAt least 3,278 people in the region are serving life for an offence in which nobody was hurt. About 79 \
    percent of them were sentenced for drugs.";

#[test]
fn a_paper_makes_the_prisoner_younger_and_drops_the_bound() {
    let desk = Desk::new();
    desk.statement("pardon", "2031-06-06", PARDON);
    desk.article(
        "viral",
        "2031-06-07",
        "pardon",
        "A singer celebrated on Friday after the governor agreed to free Berit Solheim, a 62-year-old woman whose name she had \
         learned from a film.\n\n“Solheim is one of 3,278 people serving life for something in which nobody was hurt,” the film \
         says. “79% of these people were sentenced for drugs.”\n\nThe film has been seen more than 4 million times.",
    );
    desk.finds(&[
        ("62-year-old", "contradicted", "differs", "62 ≠ 63"),
        ("3,278", "supported", "bound-dropped", "3278"),
        ("79%", "supported", "hedge-dropped", "79"),
    ]);
}

#[test]
fn the_age_beside_the_name_is_compared_with_the_age_beside_the_name() {
    let desk = Desk::new();
    desk.statement("pardon", "2031-06-06", PARDON);
    let text = "Berit Solheim, 62, will leave prison on Monday. Her lawyer, Karin Moe, 63, drove all night.";
    desk.article("short", "2031-06-07", "pardon", text);
    desk.finds(&[("62", "contradicted", "differs", "62 ≠ 63")]);
}

#[test]
fn kilometres_become_miles_and_euros_dollars() {
    let desk = Desk::new();
    desk.statement(
        "spill",
        "2031-03-02",
        "The tanker lost 900 tonnes of oil. The slick has reached the beach at Torvik, 34 kilometres to the north. The Ministry \
         will spend €7.5 million this year on booms for the coast.",
    );
    desk.article(
        "slick",
        "2031-03-03",
        "spill",
        "The ministry was late again.\n\nThe slick has reached the beach at Torvik, 34 miles to the north. The ministry is to spend \
         $7.5 million on booms for the coast this year.",
    );
    desk.finds(&[
        ("34 miles", "contradicted", "unit-differs", "34 mile ≠ 34 kilometer = 21.12"),
        ("$7.5", "contradicted", "unit-differs", "US dollar ≠"),
    ]);
}

#[test]
fn a_correction_that_repeats_the_mistake_is_no_mistake() {
    let desk = Desk::new();
    desk.statement("spill", "2031-03-02", "The slick has reached the beach at Torvik, 34 kilometres to the north.");
    desk.article(
        "sorry",
        "2031-03-05",
        "spill",
        "On Monday we said that the beach at Torvik, which the slick has reached, lies 34 miles to the north. The distance is 34 \
         kilometres.",
    );
    desk.finds(&[]);
}

#[test]
fn last_years_count_is_stale() {
    let desk = Desk::new();
    desk.statement(
        "count",
        "2031-05-20",
        "The yearly count was taken on 31 March.\n\nThe prisons of the region held 9,870 prisoners on that day, against 9,430 a year \
         before.",
    );
    let text = "The number is on every front page.\n\nThe prisons of the region hold 9,430 prisoners, it turns out.";
    desk.article("old", "2031-05-21", "count", text);
    desk.finds(&[("9,430", "contradicted", "stale", "the newer is 9,870")]);
}

#[test]
fn what_the_writer_worked_out_is_shown_as_arithmetic() {
    let desk = Desk::new();
    desk.statement(
        "cells",
        "2031-05-20",
        "The prisons held 9,870 prisoners on the day of the count. The cells were built for 8,900. Volunteers came from all over: 340 \
         of them filled 18,000 sandbags.",
    );
    desk.article(
        "sums",
        "2031-05-21",
        "cells",
        "Somebody should do the sums.\n\nThe cells were built for 8,900 and the prisons held 9,870 prisoners, which is 970 too many. The \
         340 volunteers filled 18,000 sandbags, or 53 for each of them.",
    );
    desk.finds(&[
        ("970", "supported", "derived", "9870 − 8900 = 970"),
        ("53", "supported", "derived", "18000 / 340 = 52.9"),
    ]);
}

#[test]
fn points_are_no_percent_and_families_no_people() {
    let desk = Desk::new();
    desk.statement(
        "labour",
        "2031-04-29",
        "The unemployment rate rose by 1.3 percentage points to 7.4 percent in the first quarter. In all, 68,300 people were out of \
         work and looking for it.",
    );
    desk.article(
        "jobs",
        "2031-04-30",
        "labour",
        "Bad news came on Tuesday.\n\nThe unemployment rate rose by 1.3 percent in the first quarter, to 7.4 percent. In all, 68,300 \
         families were out of work and looking for it.",
    );
    desk.finds(&[
        ("1.3", "contradicted", "unit-differs", "percent ≠ 1.3"),
        ("68,300", "contradicted", "base-differs", "people, not families"),
    ]);
}

#[test]
fn what_a_reporter_asks_is_not_what_the_office_says() {
    let desk = Desk::new();
    desk.statement(
        "briefing",
        "2031-05-04",
        "QUESTION (Harbour Post): We have heard that 2,000 people were moved from the valley?\n\nTOVE LIND: The service moved 1,240 \
         people from the valley to safety. I do not know where the other number comes from.",
    );
    let text = "The river keeps rising.\n\nThe service moved 2,000 people from the valley to safety on Sunday.";
    desk.article("flood", "2031-05-05", "briefing", text);
    desk.finds(&[("2,000", "contradicted", "differs", "2000 ≠ 1240")]);
}

#[test]
fn a_headline_is_wrong_where_its_story_is() {
    let desk = Desk::new();
    desk.statement(
        "service",
        "2031-05-04",
        "The service moved 1,240 people from the valley to safety on Sunday. 410 homes in the valley stood in water.",
    );
    let text = "## 2,000 flee as river rises\n\nThe service moved 2,000 people from the valley to safety on Sunday.";
    desk.article("flood", "2031-05-05", "service", text);
    desk.finds(&[
        ("2,000", "contradicted", "differs", "2000 ≠ 1240"),
        ("2,000", "contradicted", "differs", "2000 ≠ 1240"),
    ]);
}

#[test]
#[ignore = "open: 620 is supported by a difference that means nothing"]
fn an_article_that_names_no_statement_finds_more_than_one() {
    let desk = Desk::new();
    desk.statement("pardon", "2031-06-06", PARDON);
    desk.statement(
        "ferries",
        "2031-06-05",
        "The harbour office will buy four ferries for €92 million. Each carries 620 passengers and 37 crew across the sound.",
    );
    desk.statement("rain", "2031-06-01", "The weather service measured 86 millimetres of rain at Torvik in 24 hours.");
    desk.article(
        "both",
        "2031-06-07",
        "",
        "Governor Halla Winter commuted the sentence of Berit Solheim, who has served 21 years for carrying drugs, and nobody in the \
         region was surprised.\n\nOn the same day it was learned that each of the new ferries across the sound carries 620 passengers \
         and 37 crew, as the harbour office wished.",
    );
    desk.finds(&[("21", "supported", "equal", "21"), ("620", "supported", "equal", "620")]);
}

#[test]
fn statements_among_the_documents_are_used_beside_a_table() {
    let desk = Desk::new();
    desk.statement("ferries", "2031-06-05", "Each ferry carries 620 passengers across the sound.");
    desk.write("towns.csv", "town,population_2031\nEastmark,204118\nTorvik,8800\n");
    desk.article(
        "towns",
        "2031-06-07",
        "ferries",
        "There is news from the coast.\n\nEach ferry carries 620 passengers across the sound. Torvik is home to 9,900 people.",
    );
    let (out, err, code) =
        desk.sayso(&["check", "articles", "statements", "--table", "towns.csv", "--fail-on", "contradicted"]);
    assert_eq!(code, Some(1), "{err}");
    let line = |words: &str| out.lines().find(|l| l.contains(words)).unwrap_or_else(|| panic!("no {words} in\n{out}"));
    assert!(line("620").contains("supported") && line("9,900").contains("towns.csv: Torvik, population_2031"), "{out}");
    // The gravest stands first, the sum of it all last, on standard error.
    assert!(out.lines().nth(1).is_some_and(|l| l.contains("contradicted")), "{out}");
    assert!(err.contains("1 statement and 1 table") && err.contains("1 contradicted"), "{err}");
}

#[test]
fn a_bad_table_is_used_as_far_as_it_goes() {
    let desk = Desk::new();
    desk.write(
        "towns.csv",
        "town,population,unemployment rate (%)\nEastmark,\"204,118*\",4.1%\nTorvik,8800\nHollin,many,6\nEastmark,3,4\n",
    );
    desk.article("towns", "2031-06-07", "", "The population of Eastmark is 204,118.");
    let (out, err, _) = desk.sayso(&["check", "articles", "--table", "towns.csv", "--format", "jsonl"]);
    for words in [
        "row 3: 2 cells where the header has 3; the row is left out",
        "row 4, column population: “many” is no number; the cell is left out",
        "row 5, column town: “Eastmark” stands twice; the first row is used",
        "row 4, column unemployment rate (%): “6” beside “4.1%”: units are mixed",
    ] {
        assert!(err.contains(words), "no {words:?} in\n{err}");
    }
    assert!(out.contains(r#""verdict":"supported""#), "{out}");
    desk.write("bare.csv", "Eastmark,204118\nTorvik,8800\n");
    let (_, err, code) = desk.sayso(&["check", "articles", "--table", "bare.csv"]);
    assert!(
        code == Some(2) && err.contains("row 1 looks like data, not like column names (column 2 is “204118”)"),
        "{err}"
    );
    // What is missing can be told beside it.
    desk.write("bare.toml", "header = ['town', 'population']\n");
    let (out, err, code) = desk.sayso(&["check", "articles", "--table", "bare.csv", "--format", "jsonl"]);
    assert!(code == Some(0) && out.contains(r#""verdict":"supported""#), "{err}");
}

#[test]
fn a_figure_drifts_from_paper_to_paper() {
    let desk = Desk::new();
    let said = "The service moved 1,240 people from the valley of Torvik to safety on Sunday.";
    desk.statement("flood", "2031-05-04", said);
    for (id, text) in [
        ("agency", "The service moved 1,240 people from the valley of Torvik to safety."),
        ("courier", "The service moved about 1,200 people from the valley of Torvik to safety."),
        ("evening", "The service moved 2,140 people from the valley of Torvik to safety."),
    ] {
        desk.article(id, "2031-05-05", "flood", text);
    }
    let (out, err, _) = desk.sayso(&["check", ".", "--by", "figure"]);
    let rows: Vec<&str> = out.lines().filter(|line| line.starts_with("1,240")).collect();
    assert_eq!(rows.len(), 3, "{out}{err}");
    for (row, (outlet, changed)) in
        rows.iter().zip([("agency", "nothing"), ("courier", "rounding"), ("evening", "value")])
    {
        assert!(row.contains("flood:1:19") && row.contains(outlet) && row.contains(changed), "{row}");
    }
    let (csv, ..) = desk.sayso(&["check", ".", "--by", "figure", "--format", "csv", "-q"]);
    assert!(csv.lines().next().is_some_and(|header| header.contains("verdict")) && csv.lines().count() >= 4, "{csv}");
    let (md, ..) = desk.sayso(&["check", ".", "--by", "figure", "--format", "md", "-q"]);
    assert!(md.starts_with('|') && md.contains("| official |"), "{md}");
}

/// A table as spreadsheets and offices write them: a title, semicolons, decimal commas, thousands in the header, footnote marks,
/// percent signs in some cells, a deficit in brackets, a code before the name, a short row, a key twice, a total, a source.
const UGLY: &str = "Table 4: Districts of the Hollin coast\n\n\
    code;district;Population (thousands), 2030;Population (thousands), 2031;Rainfall (mm);jobless rate;Balance, EUR m\n\
    EM;Eastmark, Republic of;198,5;204,1*;812;4,1 %;(12,5)\nTA;Täring;8,8;8,9;n/a;6,0 %;3,1\n\
    SO;Saint Orla;51,2;50,7;1.204;5,5;–\nXX;Nowhere;1\nTO;Total;258,5;263,7;;4,6 %;7\nTA;Täring;1;1;1;1;1\n\
    Source: Statistics Office\n";

#[test]
fn an_ugly_table_is_read_as_people_read_it() {
    let desk = Desk::new();
    desk.write("districts.csv", UGLY);
    desk.article(
        "coast",
        "2031-06-07",
        "",
        "Eastmark is home to 204,118 people. In Saint Orla 1,204 millimetres of rain fell. The jobless rate in Taring is 6 \
         percent. Upper Eastmark has a population of 31,000.\n\nEastmark and Taring have populations of 204,000 and 9,400 \
         respectively. St Orla had 60 inches of rain. The population of Eastmark grew by 5,600. The population of Saint Orla fell \
         by 1 percent. Eastmark’s population is four times that of Saint Orla. The jobless rate in Eastmark rose to 4.9 percent.",
    );
    let (out, err, code) = desk.sayso(&["check", "articles", "--table", "districts.csv", "--format", "jsonl"]);
    assert_eq!(code, Some(0), "{err}");
    for words in [
        "row 1: “Table 4: Districts of the Hollin coast” stands above the table; it is left out",
        "row 6, column jobless rate: “5,5” beside “4,1 %”: units are mixed",
        "row 7: 3 cells where the header has 7; the row is left out",
        "row 9, column district: “Täring” stands twice; the first row is used",
        "row 10: 1 cell where the header has 7; the row is left out",
    ] {
        assert!(err.contains(words), "no {words:?} in\n{err}");
    }
    let checks: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    for (figure, verdict, row, arithmetic) in [
        // The column counts thousands, and says nothing of what lies below.
        ("204,118", "supported", "Eastmark, Republic of", "204118 ≈ 204100"),
        ("1,204 millimetres", "supported", "Saint Orla", "1204"),
        ("6 percent", "supported", "Täring", "6 = 6"),
        // Another place whose name holds that of a row.
        ("31,000", "not-enough-evidence", "", ""),
        ("204,000", "supported", "Eastmark, Republic of", "204000 ≈ 204100"),
        ("9,400", "contradicted", "Täring", "9400 ≠ 8900"),
        ("60 inches", "contradicted", "Saint Orla", "60 ≠ 47.40157"),
        ("5,600", "supported", "Eastmark, Republic of", "204100 − 198500 = 5600"),
        ("1 percent", "supported", "Saint Orla", "(50700 − 51200) / 51200 = 0.98%"),
        ("four", "supported", "Eastmark, Republic of", "204100 / 50700 = 4.0256"),
        ("4.9 percent", "contradicted", "Eastmark, Republic of", "4.9 ≠ 4.1"),
    ] {
        let of = |c: &&Value| c["span"]["text"] == figure;
        let found = checks.iter().find(of).unwrap_or_else(|| panic!("no check of {figure}"));
        let named = found["evidence"][0]["row"].as_str().unwrap_or_default();
        assert_eq!((found["verdict"].as_str(), named), (Some(verdict), row), "{found:#}");
        assert!(found["computation"].as_str().unwrap_or_default().contains(arithmetic), "{found:#}");
    }
}

#[test]
fn a_table_is_read_in_any_layout() {
    let desk = Desk::new();
    let text = "In 2031 the rent in Eastmark was 640 euros. Täring had a population of 8,900 in 2031.";
    desk.article("coast", "2031-06-07", "", text);
    for (name, table) in [
        // A column for each year, the measure in a column, in the name of the file, or in Windows letters.
        ("years.csv", "place,indicator,2030,2031\nEastmark,rent,610,640\nTäring,population,8800,8900\n"),
        ("long.tsv", "place\tyear\tindicator\tvalue\nEastmark\t2031\trent\t640\nTäring\t2031\tpopulation\t8 900\n"),
        (
            "wide.csv",
            "no,place,note,\"Rent, €, 2031\",population_2031\n1,Eastmark,a,640,204118\n2,Täring,b,520,\"8,900\"\n",
        ),
    ] {
        desk.write(name, table);
        let (out, err, _) = desk.sayso(&["check", "articles", "--table", name, "--format", "jsonl", "-q"]);
        let supported = out.lines().filter(|line| line.contains(r#""verdict":"supported""#)).count();
        assert_eq!(supported, 2, "{name}: {out}{err}");
    }
    desk.article("rent", "2031-06-07", "", "The rent in Eastmark was 640 euros in 2031.");
    desk.write("rent.csv", "place;2030;2031\nEastmark;610;640\nHollin;580;590\n");
    let (out, err, _) = desk.sayso(&["check", "articles/rent.md", "--table", "rent.csv", "--format", "jsonl", "-q"]);
    assert!(out.contains(r#""verdict":"supported""#), "{out}{err}");
    // UTF-16, as spreadsheets save it; letters as Windows writes them.
    let wide: Vec<u8> = "\u{feff}place\trent\r\nEastmark\t640\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(desk.0.path().join("utf16.csv"), wide).expect("a file");
    std::fs::write(desk.0.path().join("windows.csv"), b"place,population\nT\xe4ring,8900\n").expect("a file");
    for name in ["utf16.csv", "windows.csv"] {
        let (out, err, _) = desk.sayso(&["check", "articles/coast.md", "--table", name, "--format", "jsonl", "-q"]);
        assert!(out.contains(r#""verdict":"supported""#) || out.contains(r#""period-unknown""#), "{name}: {out}{err}");
    }
}

#[test]
fn a_table_contradicts_nobody_by_chance() {
    let desk = Desk::new();
    desk.write(
        "towns.csv",
        "code,town,population,fertility_rate,population_growth_rate,length_km\nIT,Irontown,204118,1.4,0.9,12\n\
         TO,Torvik,8800,1.6,1.1,3\nLE,Lenn,5100,1.5,0.2,2\n",
    );
    desk.article(
        "towns",
        "2031-06-07",
        "",
        "Torvik has a population of 8,800 and a growth rate of 1.1 percent. The population of Torvik rose by 900. It was 31,000 \
         once, some say.\n\nUpper Lenn has a population of 12,000. New Torvik, Torvik and Lenn have populations of 7,000. Torvik \
         borrowed US$4,000. A bridge 6 miles long leads from Torvik to Irontown. Torvik had 2,014 visitors.\n\nThe bay at Lenn is \
         2 kilometres long, and its length of 2 kilometres is told to everybody.",
    );
    let (out, err, _) = desk.sayso(&["check", "articles", "--table", "towns.csv", "--format", "jsonl", "-q"]);
    assert!(!out.is_empty(), "{err}");
    let contradicted: Vec<&str> = out.lines().filter(|line| line.contains(r#""verdict":"contradicted""#)).collect();
    assert!(contradicted.iter().all(|line| line.contains("31,000")), "{contradicted:#?}");
    assert!(out.lines().any(|line| line.contains("8,800") && line.contains(r#""verdict":"supported""#)), "{out}");
}

#[test]
fn years_ago_are_years_and_anniversaries() {
    let desk = Desk::new();
    desk.statement(
        "bones",
        "2031-05-04",
        "The bones that were found at Torvik are of a woman who lived some 4,200 years ago, the museum says. The flood of Torvik, \
         three years ago this week, laid them bare.",
    );
    desk.article("tale", "2031-05-05", "bones", "The woman of Torvik lived 4.2K years ago, the museum says.");
    desk.article(
        "flood",
        "2031-05-06",
        "bones",
        "Torvik marks the third anniversary of the flood that laid the bones bare.",
    );
    desk.finds(&[("4.2K years ago", "supported", "equal", "-2169"), ("third", "supported", "equal", "3")]);
}

#[test]
fn dozens_are_no_number_and_a_bound_is_no_other_number() {
    let desk = Desk::new();
    desk.statement(
        "fans",
        "2031-05-04",
        "A few hundred fans of the Torvik rowing team want to stay in the valley. At least five rowers were hurt in the race. The \
         index of the harbour gained 315.79 points on Monday.",
    );
    desk.article(
        "stay",
        "2031-05-05",
        "fans",
        "It was a day to remember.\n\nSome 200 fans of the Torvik rowing team want to stay in the valley. Six rowers were hurt in \
         the race. The index of the harbour gained 315 points on Monday.",
    );
    desk.finds(&[("315", "supported", "rounded", "315 ≈ 315.79")]);
}

#[test]
#[ignore = "known: seven of 19 is taken for another base"]
fn a_share_beside_its_part_and_its_whole_is_worked_out() {
    let desk = Desk::new();
    desk.statement(
        "dike",
        "2031-05-04",
        "Seven of the 19 kilometres of the new dike at Torvik are finished. The harbour lost 13,500 jobs in the year; 9,000 of the \
         jobs were in fish.",
    );
    desk.article(
        "late",
        "2031-05-05",
        "dike",
        "The dike at Torvik is late.\n\nOf the new dike, seven kilometres out of 19, or a little over a third, are finished. Fish \
         accounts for 9,000 of the 13,500 jobs that the harbour lost, or two-thirds.",
    );
    desk.finds(&[
        ("seven kilometres", "supported", "equal", "7"),
        ("a third", "supported", "derived", "7 / 19 = 0.368"),
        ("two-thirds", "supported", "derived", "9000 / 13500 = 0.6666667"),
    ]);
}
