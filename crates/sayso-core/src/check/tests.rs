//! Checking as a whole, over real extractions of invented news.

use super::*;
use crate::extract::extract;
use proptest::prelude::*;

fn statement(id: &str, text: &str) -> (Arc<Document>, Arc<Extraction>) {
    let document = Document { date: Some("2031-05-02".into()), ..Document::new(id, text) };
    let extraction = extract(&document);
    (Arc::new(document), Arc::new(extraction))
}

fn against(texts: &[&str]) -> Evidence {
    let mut evidence = Evidence::new();
    for (i, text) in texts.iter().enumerate() {
        let (document, extraction) = statement(&format!("s{i}"), text);
        evidence.add_statement(document, extraction);
    }
    evidence
}

fn checked(article: &str, evidence: &Evidence) -> Vec<Check> {
    let mut document = Document::new("article", article);
    document.about = (0..4).map(|i| format!("s{i}")).collect();
    check(&document, &extract(&document), evidence).unwrap()
}

/// The check of the figure that holds `part`.
fn of<'c>(checks: &'c [Check], article: &str, part: &str) -> &'c Check {
    let at = article.find(part).expect("the part stands in the article") as u32;
    checks.iter().find(|c| c.span.start <= at && at < c.span.end).unwrap_or_else(|| panic!("no check of {part}"))
}

const FIRE: &str = "At least 14 people were injured in the warehouse fire at Stonequay on Monday, the harbour office said. \
    Some 3,278 residents were moved out of their homes. The owner, Tomas Weir, is 63 years old. \
    Firefighters needed 9 hours and $1.35 million worth of equipment. Of the 40 trucks sent, 12 broke down on the way.";

#[test]
fn what_a_statement_says_of_each_figure() {
    use Relation::{BoundDropped, Differs, Equal, HedgeDropped, Rounded};
    use Verdict::{Contradicted, Supported};
    let evidence = against(&[FIRE]);
    for (article, part, verdict, relation) in [
        ("The warehouse fire at Stonequay injured at least 14 people.", "14", Supported, Equal),
        ("The warehouse fire at Stonequay injured 14 people.", "14", Supported, BoundDropped),
        ("In all, 3,278 residents left their homes.", "3,278", Supported, HedgeDropped),
        ("Equipment worth $1.4 million was used by firefighters.", "$1.4", Supported, Rounded),
        ("The owner, Tomas Weir, 63 years old, was not there.", "63", Supported, Equal),
        ("The owner, the 62-year-old Tomas Weir, was not there.", "62", Contradicted, Differs),
        ("The warehouse fire at Stonequay injured 19 people.", "19", Contradicted, Differs),
    ] {
        let checks = checked(article, &evidence);
        let got = of(&checks, article, part);
        assert_eq!((got.verdict, got.relation), (verdict, Some(relation)), "{article}: {got:?}");
        let place = got.evidence[0].span.expect("evidence of a statement has a place");
        assert!(!place.of(FIRE).is_empty());
    }
}

#[test]
fn the_same_number_of_something_else_is_no_evidence() {
    let evidence = against(&[FIRE]);
    for (article, part) in [
        ("The warehouse fire killed 40 cattle.", "40"),
        ("The owner bought the warehouse 12 months ago.", "12"),
        ("The mayor is 14 years old.", "14"),
    ] {
        let got = checked(article, &evidence);
        assert_ne!(of(&got, article, part).verdict, Verdict::Supported, "{article}");
    }
}

#[test]
fn a_headline_says_what_its_story_says() {
    use Verdict::{Contradicted, NotEnoughEvidence, Supported};
    let evidence = against(&[FIRE, "The harbour office has 4,100 members in 19 towns."]);
    for (headline, story, verdict) in [
        ("19 hurt", "The warehouse fire at Stonequay injured 19 people.", Contradicted),
        ("14 hurt", "The warehouse fire at Stonequay injured 14 people.", Supported),
        // What the story counts otherwise, or not at all, tells nothing.
        ("19 towns mourn", "The warehouse fire at Stonequay injured 19 people.", NotEnoughEvidence),
        ("26 ships wait", "The warehouse fire at Stonequay injured 19 people.", NotEnoughEvidence),
    ] {
        let text = format!("{headline}\n\n{story} It began at night.");
        let mut document = Document::new("article", text.as_str());
        document.title = Some(headline.to_owned());
        document.about = vec!["s0".to_owned()];
        let checks = check(&document, &extract(&document), &evidence).unwrap();
        assert_eq!(checks[0].verdict, verdict, "{headline}: {:?}", checks[0]);
    }
}

#[test]
fn one_of_many_contradicts_nobody() {
    let evidence = against(&[FIRE]);
    let article = "Ada Brandt is one of 3,278 residents who left their homes.";
    let checks = checked(article, &evidence);
    assert!(checks.iter().all(|c| c.verdict != Verdict::Contradicted), "{checks:?}");
}

#[test]
fn years_between_dates_are_derived() {
    let evidence = against(&["The lighthouse at Stonequay burned down in 1984 and was never rebuilt."]);
    let article = "A new lighthouse opens 47 years after the old one burned down.";
    let checks = checked(article, &evidence);
    let got = of(&checks, article, "47");
    assert_eq!((got.verdict, got.relation), (Verdict::Supported, Some(Relation::Derived)));
    assert_eq!(got.computation.as_deref(), Some("2031 − 1984 = 47"));
}

#[test]
fn nothing_is_said_where_there_is_nothing_to_say() {
    let evidence = against(&["The harbour office thanked everybody."]);
    let article = "The fire injured 14 people.";
    let checks = checked(article, &evidence);
    let got = of(&checks, article, "14");
    assert_eq!(
        (got.verdict, got.because.as_slice()),
        (Verdict::NotEnoughEvidence, &[CheckReason::About, CheckReason::NoComparable][..])
    );
    let checks =
        check(&Document::new("article", article), &extract(&Document::new("article", article)), &Evidence::new())
            .unwrap();
    assert!(checks.iter().all(|c| c.verdict == Verdict::NotEnoughEvidence && c.because == [CheckReason::NoSource]));
}

#[test]
fn without_a_named_statement_the_one_that_shares_its_words_is_found() {
    let (document, extraction) = statement("other", "The council of Veil raised its budget to $9 million for schools.");
    let mut evidence = against(&[FIRE]);
    evidence.add_statement(document, extraction);
    let article = "The warehouse fire at Stonequay injured 14 people, and residents left their homes.";
    let document = Document::new("article", article);
    let checks = check(&document, &extract(&document), &evidence).unwrap();
    assert_eq!(of(&checks, article, "14").evidence[0].doc, "s0");
}

fn table(text: &str) -> Evidence {
    let mut evidence = Evidence::new();
    evidence.add_table(table::from_text("regions.csv", text, None, &Sidecar::default()).unwrap().0);
    evidence
}

const REGIONS: &str = "region,population,unemployment_rate_percent_2030,unemployment_rate_percent_2031,gdp_per_capita\n\
    Eastmark,204118,5.2,4.1,31200\nNorth Hollin,98450,6.0,6.4,28750\nHollin,51000,3.0,3.1,40100\n";

#[test]
fn cells_are_found_by_key_and_header() {
    use Verdict::{Contradicted, NotEnoughEvidence, Supported};
    let evidence = table(REGIONS);
    for (article, part, row, column, verdict) in [
        ("Eastmark has a population of 204,118.", "204,118", "Eastmark", "population", Supported),
        ("The population of Eastmark is about 204,000.", "204,000", "Eastmark", "population", Supported),
        ("The population of North Hollin is 91,000.", "91,000", "North Hollin", "population", Contradicted),
        (
            "Unemployment in Eastmark was 4.1 percent in 2031.",
            "4.1",
            "Eastmark",
            "unemployment_rate_percent_2031",
            Supported,
        ),
        (
            "Unemployment in Eastmark was 5.2 percent in 2030.",
            "5.2",
            "Eastmark",
            "unemployment_rate_percent_2030",
            Supported,
        ),
        // Of another year than the table's: not contradicted.
        (
            "Unemployment in Eastmark was 7.7 percent in 2019.",
            "7.7",
            "Eastmark",
            "unemployment_rate_percent_2031",
            NotEnoughEvidence,
        ),
        ("Hollin’s gross domestic product per capita was $40,100.", "40,100", "Hollin", "gdp_per_capita", Supported),
    ] {
        let checks = checked(article, &evidence);
        let got = of(&checks, article, part);
        let item = got.evidence.first().unwrap_or_else(|| panic!("no evidence: {article}"));
        assert_eq!((item.row.as_deref(), got.verdict), (Some(row), verdict), "{article}: {got:?}");
        if verdict != NotEnoughEvidence {
            assert_eq!(item.column.as_deref(), Some(column), "{article}");
        }
    }
}

#[test]
fn what_the_table_does_not_measure_is_not_linked() {
    let evidence = table(REGIONS);
    for article in [
        "Eastmark has 204,118 trees.",
        "The female population of Eastmark is 104,118.",
        "The population of Westmark is 204,118.",
    ] {
        let checks = checked(article, &evidence);
        assert!(checks.iter().all(|c| c.evidence.is_empty()), "{article}: {checks:?}");
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_order_is_of_the_text(article in "(\\PC|[0-9 ,.%$-]){0,120}", source in "(\\PC|[0-9 ,.%$-]){0,120}") {
        let checks = checked(&article, &against(&[&source]));
        prop_assert!(checks.windows(2).all(|w| w[0].span.start <= w[1].span.start));
    }
}

/// Sixty statements of a day in 2031, one of them about the fire.
fn archive() -> Evidence {
    const PLACES: [&str; 6] = ["Brackwater", "Elmsey", "Torvik", "Dunmoor", "Harrowgate", "Lennport"];
    const THINGS: [&str; 10] =
        ["schools", "bridges", "clinics", "farms", "libraries", "tunnels", "markets", "mills", "parks", "stables"];
    let text = |i: usize| {
        let (place, thing) = (PLACES[i % 6], THINGS[i / 6]);
        format!(
            "The council of {place} will repair {} {thing} this year, it said on Monday. At least {} people were \
             consulted in {place}, and two of the {thing} will be closed.",
            i + 3,
            i * 7 + 14
        )
    };
    let texts: Vec<String> = (0..60).map(text).collect();
    let mut all: Vec<&str> = texts.iter().map(String::as_str).collect();
    all[31] = FIRE;
    against(&all)
}

fn unnamed(article: &str, date: &str, evidence: &Evidence) -> Vec<Check> {
    let document = Document { date: Some(date.into()), ..Document::new("article", article) };
    check(&document, &extract(&document), evidence).unwrap()
}

#[test]
fn without_a_name_the_statement_is_found_by_its_words() {
    let article = "STONEQUAY — A warehouse fire injured 19 people on Monday, and 3,278 residents were moved out of \
        their homes. The owner, the 62-year-old Tomas Weir, was not there when firefighters came.";
    let checks = unnamed(article, "2031-05-03", &archive());
    for (part, verdict) in
        [("19", Verdict::Contradicted), ("3,278", Verdict::Supported), ("62-", Verdict::Contradicted)]
    {
        let got = of(&checks, article, part);
        assert_eq!((got.verdict, got.evidence[0].doc.as_str()), (verdict, "s31"), "{part}: {got:?}");
    }
    // The same page years before or after the statement is about another fire.
    for date in ["2029-05-03", "2031-03-03", "2033-05-03"] {
        let checks = unnamed(article, date, &archive());
        let settled = checks.iter().find(|c| !matches!(c.verdict, Verdict::NotEnoughEvidence | Verdict::NotCheckable));
        assert_eq!(settled, None, "{date}");
    }
}

#[test]
fn a_page_about_something_else_is_left_open() {
    let article = "Two of the seven orchestras of Ostrelle are to play together this year. At least 14 people from the \
        audience will be asked to sing, and one person in ten may now bring an instrument for 40 minutes.";
    let checks = unnamed(article, "2031-05-03", &archive());
    let settled: Vec<&Check> =
        checks.iter().filter(|c| !matches!(c.verdict, Verdict::NotEnoughEvidence | Verdict::NotCheckable)).collect();
    assert!(settled.is_empty(), "{settled:?}");
    assert!(checks.len() >= 5);
}

#[test]
fn a_page_that_shares_no_figure_with_a_statement_may_be_about_another_event() {
    let article = "STONEQUAY — A warehouse fire at Stonequay injured 19 people on Monday, the harbour office said. \
        Firefighters came with trucks and equipment; the owner, Tomas Weir, was moved out of his home.";
    let checks = unnamed(article, "2031-05-03", &archive());
    let got = of(&checks, article, "19");
    assert_eq!((got.verdict, got.relation), (Verdict::NotEnoughEvidence, None), "{got:?}");
    assert!(got.because.contains(&CheckReason::UnsureStatement));
    // Whoever gives the one statement to compare it with says that the page is about it.
    let checks = unnamed(article, "2031-05-03", &against(&[FIRE]));
    assert_eq!(of(&checks, article, "19").verdict, Verdict::Contradicted);
}
