//! The help: for each command a screen that begins with examples; the options that all commands share on one of their own
//! (`sayso help options`).

use super::args::Args;
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command, CommandFactory};

/// What to type, by command; each line is a command and what it does.
const EXAMPLES: [(&str, &[(&str, &str)]); 19] = [
    (
        "index",
        &[
            ("sayso index archive/", "a folder into ./index; unchanged files are skipped"),
            ("sayso index archive/ --prune", "… and out of it what is gone from the folder"),
        ],
    ),
    (
        "search",
        &[
            ("sayso search bridge 'toll OR fare'", "documents with both"),
            ("sayso search '\"second chance\"' --in quotes", "the words in a row, said by somebody"),
            ("sayso search dike --speaker rourke --since 'last week'", "only Rourke's words"),
            ("sayso search --figure '>40000 passengers'", "figures of so much"),
        ],
    ),
    (
        "quotes",
        &[
            ("sayso quotes article.txt", "who said what"),
            ("sayso quotes --speaker brandt --by outlet", "of the index: who quotes Brandt, and how much"),
            ("sayso quotes article.txt --rejected", "words between marks that are no quotation, and why"),
        ],
    ),
    ("speakers", &[("sayso speakers archive/", "who is quoted, how often, where and when")]),
    (
        "figures",
        &[
            ("sayso figures release.txt", "numbers and dates, with what they count"),
            ("sayso figures --kind money --largest 10", "of the index: the ten largest sums"),
            ("sayso figures --by unit", "a row for each unit"),
        ],
    ),
    (
        "claims",
        &[
            ("sayso claims article.txt --top 5", "the five sentences most worth a check"),
            ("sayso claims --speaker brandt", "of the index: what Brandt claims"),
        ],
    ),
    ("extract", &[("sayso extract archive/ > records.jsonl", "every record of every document")]),
    ("text", &[("sayso text page.html", "what was kept of a page or file")]),
    (
        "check",
        &[
            ("sayso check draft.md --against releases/", "each figure beside the official one"),
            ("sayso check draft.md --table population.csv", "… beside a table"),
            ("sayso check draft.md --against r/ --fail-on contradicted", "exit status 1, for scripts"),
        ],
    ),
    (
        "trace",
        &[
            ("sayso trace draft.md --against speech.txt", "each quotation beside the speech"),
            ("sayso trace --by statement", "of the index: who used which sentence"),
            ("sayso trace draft.md --against s/ --fail-on altered", "exit status 1, for scripts"),
        ],
    ),
    (
        "diff",
        &[
            ("sayso diff \"We never said so\" speech.txt", "the words beside the speech"),
            ("sayso diff article.md speech.txt", "every quotation of an article"),
        ],
    ),
    (
        "report",
        &[
            ("sayso report archive/", "what matters, on the terminal and in report.html"),
            ("sayso report archive/ --full -o all/", "everything: a folder with a page for each document"),
        ],
    ),
    (
        "verify",
        &[
            ("sayso verify draft.docx --against sources/", "every quotation and figure, the gravest first"),
            ("sayso verify draft.txt --against s/ -o draft.html", "the draft with each finding marked"),
            ("sayso verify draft.txt --against s/ --fail-on amiss", "exit status 1, for scripts"),
        ],
    ),
    ("export", &[("sayso export --to es-bulk archive/", "documents for Elasticsearch, to send as they are")]),
    ("mcp", &[("sayso mcp --index archive/index", "the index for an assistant, which starts this itself")]),
    (
        "fsck",
        &[
            ("sayso fsck", "whether the index is sound"),
            ("sayso fsck --repair", "keeps what is sound, and reads the rest again from its sources"),
        ],
    ),
    ("serve", &[("sayso serve", "the index in a browser, on this machine only")]),
    (
        "review",
        &[
            ("sayso review", "what was said so far"),
            ("sayso review a.txt#q1 --speaker 'Ada Brandt' --by 'Ana Brook'", "the first quotation is hers"),
            ("sayso review a.txt#k3 --confirm --note 'asked the office'", "the third check is right"),
            ("sayso check --format claimreview", "the checks that were confirmed, for publishers"),
        ],
    ),
    (
        "watch",
        &[
            ("sayso search --save tolls 'bridge toll'", "saves a search"),
            ("sayso watch inbox/ --rss new.xml", "runs it on what is new, again and again"),
        ],
    ),
];

/// Where examples stand: below what the command does, above how it is called.
const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The command line with its help.
pub(super) fn command() -> Command {
    let mut command = Args::command();
    let shared: Vec<String> = shared(&command).map(|arg| arg.get_id().to_string()).collect();
    for id in shared {
        command = command.mut_arg(id, |arg| arg.hide(true));
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in &names {
        let also = "Options of every command (--index, --format, -o …): sayso help options";
        command = command.mut_subcommand(name, |sub| {
            let also = match sub.get_after_long_help() {
                Some(after) => format!("{after}\n\n{also}"),
                None => also.to_owned(),
            };
            let short = Arg::new("help").short('h').long("help").action(ArgAction::HelpShort).help("Print this help");
            let sub = sub.disable_help_flag(true).disable_version_flag(true).arg(short);
            sub.after_help(also.clone()).after_long_help(also)
        });
    }
    for (name, examples) in EXAMPLES {
        let widest = examples.iter().map(|(typed, _)| typed.chars().count()).max().unwrap_or(0).min(44);
        let lines: Vec<String> = examples
            .iter()
            .map(|(typed, does)| match typed.chars().count() > widest {
                true => format!("  {typed}\n  {:widest$}  {does}", ""),
                false => format!("  {typed:widest$}  {does}"),
            })
            .collect();
        command = command
            .mut_subcommand(name, |sub| sub.help_template(TEMPLATE).before_help(format!("{}\n", lines.join("\n"))));
    }
    command
}

/// The options that all commands share.
fn shared(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| arg.is_global_set())
}

/// The help that `sayso help NAME` asks for: that of a command, or of the options that all share. None where something else
/// was typed.
pub(super) fn asked(typed: impl Iterator<Item = String>) -> Option<StyledStr> {
    let typed: Vec<String> = typed.collect();
    let ["help", name] = typed.iter().map(String::as_str).collect::<Vec<_>>()[..] else { return None };
    if name == "options" {
        return Some(options());
    }
    let mut command = command();
    command.build();
    Some(command.find_subcommand_mut(name)?.render_help())
}

/// The shared options on one screen.
fn options() -> StyledStr {
    let args = Args::command();
    let own = shared(&args).cloned().map(|arg| arg.global(false).help_heading("Options"));
    let mut command = Command::new("sayso")
        .about("Options that every command takes")
        .styles(args.get_styles().clone())
        .override_usage("sayso COMMAND [OPTIONS] …")
        .disable_help_flag(true)
        .max_term_width(100)
        .args(own);
    command.render_help()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_example_names_its_command_and_can_be_parsed() {
        for (name, examples) in EXAMPLES {
            assert!(examples.iter().any(|(typed, _)| typed.starts_with(&format!("sayso {name}"))), "{name}");
            for (typed, _) in examples {
                let (mut words, mut quote) = (vec![String::new()], None);
                for c in typed.split(" >").next().unwrap().chars() {
                    match (quote, c) {
                        (None, '\'' | '"') => quote = Some(c),
                        (Some(open), c) if c == open => quote = None,
                        (None, ' ') => words.push(String::new()),
                        (_, c) => words.last_mut().unwrap().push(c),
                    }
                }
                if let Err(error) = command().try_get_matches_from(words) {
                    panic!("{typed}: {error}");
                }
            }
        }
    }

    #[test]
    fn the_help_of_a_command_begins_with_examples_and_leaves_out_what_is_shared() {
        let mut command = command();
        let help = command.find_subcommand_mut("check").unwrap().render_help().to_string();
        assert!(help.find("sayso check draft.md").unwrap() < help.find("Usage:").unwrap(), "{help}");
        assert!(!help.contains("--max-unpacked") && help.lines().count() < 45, "{help}");
        assert!(options().to_string().contains("--max-unpacked"));
        let asked = |typed: &[&str]| asked(typed.iter().map(|word| (*word).to_owned()));
        assert!(asked(&["help", "options"]).is_some() && asked(&["help", "check"]).is_some());
        assert!(asked(&["help", "nothing"]).is_none() && asked(&["check"]).is_none());
    }
}
