//! What is searched for, as flags: shared by `search` and `watch`, and kept by name in `searches.json` beside the index.

use super::args::KindName;
use super::days;
use crate::extract::aliases::Aliases;
use crate::index::{FigureTest, Place, SearchQuery, Sort};
use anyhow::{Context as _, bail};
use clap::{Parser, ValueEnum};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A search.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct QueryArgs {
    /// Words, "phrases"~2, AND, OR, NOT, field:value; several arguments are joined
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Search only in this part of the text
    #[arg(long = "in", value_name = "WHERE", value_enum)]
    pub place: Option<PlaceName>,
    /// Search only the words of this speaker
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Documents with a figure like this: '>40000 retweets', '3..5 percent', '$1m..'
    #[arg(long, value_name = "TEST", allow_hyphen_values = true)]
    pub figure: Option<String>,
    /// Search only sentences that make a claim
    #[arg(long)]
    pub claims: bool,
    /// Documents that share rare words with this one
    #[arg(long, value_name = "ID")]
    pub like: Option<String>,
    /// Documents of this day or later: 2031-05-02, 2031-05, yesterday, last week
    #[arg(long, value_name = "DAY", value_parser = days::first)]
    pub since: Option<Date>,
    /// Documents of this day or earlier
    #[arg(long, value_name = "DAY", value_parser = days::last)]
    pub until: Option<Date>,
    /// Documents of this publisher
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Documents of this kind
    #[arg(long, value_name = "KIND", value_enum)]
    pub kind: Option<KindName>,
    /// The order [default: score]
    #[arg(long, value_name = "ORDER", value_enum)]
    pub sort: Option<SortName>,
}

/// The values of `--in`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum PlaceName {
    /// Quoted words
    Quotes,
    /// The reporter’s words: outside quote marks
    Narration,
    /// Headline and subhead
    Headline,
}

/// The values of `--sort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum SortName {
    /// Best match first
    Score,
    /// Newest first
    #[value(alias = "newest")]
    Date,
    /// Oldest first
    Oldest,
    /// By the publisher's name
    Publisher,
}

impl QueryArgs {
    /// Whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.arguments().is_empty()
    }

    /// What the flags mean; a speaker whom the alias file knows is sought by all names there.
    pub(super) fn read(&self, aliases: &Aliases) -> anyhow::Result<SearchQuery> {
        Ok(SearchQuery {
            text: self.query.join(" "),
            place: match self.place {
                None => Place::Anywhere,
                Some(PlaceName::Quotes) => Place::Quotes,
                Some(PlaceName::Narration) => Place::Narration,
                Some(PlaceName::Headline) => Place::Headline,
            },
            speaker: self.speaker.clone(),
            speaker_aliases: self.speaker.as_deref().map(|name| aliases.others(name)).unwrap_or_default(),
            figure: self.figure.as_deref().map(FigureTest::parse).transpose()?,
            claims: self.claims,
            like: self.like.clone(),
            sort: match self.sort {
                None | Some(SortName::Score) => Sort::Score,
                Some(SortName::Date) => Sort::Newest,
                Some(SortName::Oldest) => Sort::Oldest,
                Some(SortName::Publisher) => Sort::Publisher,
            },
            since: self.since,
            until: self.until,
            publisher: self.publisher.clone(),
            kind: self.kind.map(Into::into),
            limit: usize::MAX,
            places: usize::MAX,
            ..SearchQuery::default()
        })
    }

    /// The flags as they can be typed.
    fn arguments(&self) -> Vec<String> {
        let mut all = Vec::new();
        let mut flag = |name: &str, value: Option<String>| all.extend(value.map(|value| format!("--{name}={value}")));
        flag("in", self.place.and_then(name_of));
        flag("speaker", self.speaker.clone());
        flag("figure", self.figure.clone());
        flag("like", self.like.clone());
        flag("since", self.since.map(|day| day.to_string()));
        flag("until", self.until.map(|day| day.to_string()));
        flag("publisher", self.publisher.clone());
        flag("kind", self.kind.and_then(name_of));
        flag("sort", self.sort.and_then(name_of));
        if self.claims {
            all.push("--claims".to_owned());
        }
        if self.query.iter().any(|word| !word.trim().is_empty()) {
            all.push("--".to_owned());
            all.extend(self.query.iter().cloned());
        }
        all
    }
}

fn name_of(value: impl ValueEnum) -> Option<String> {
    value.to_possible_value().map(|value| value.get_name().to_owned())
}

/// The search that flags with values and words make.
pub(super) fn asked(flags: &[(&str, &str)], words: &str, aliases: &Aliases) -> anyhow::Result<SearchQuery> {
    let mut arguments = vec!["search".to_owned()];
    for (name, value) in flags {
        // A flag that takes no value.
        arguments.push(if *name == "claims" { "--claims".to_owned() } else { format!("--{name}={value}") });
    }
    arguments.extend(["--".to_owned(), words.to_owned()]);
    let typed = Saved::try_parse_from(arguments).map_err(|error| {
        // The first line says what is wrong, one may say what is right; the others are about the terminal.
        let text = error.to_string();
        let told: Vec<&str> = text
            .lines()
            .enumerate()
            .map(|(n, line)| (n, line.trim()))
            .filter(|(n, line)| *n == 0 || line.starts_with("[possible values"))
            .map(|(_, line)| line)
            .collect();
        anyhow::anyhow!("{}", told.join(" ").trim_start_matches("error: ").replace("'--", "'"))
    })?;
    typed.query.read(aliases)
}

/// Saved searches by name, each as the flags that were typed.
pub(super) struct Searches(BTreeMap<String, Vec<String>>);

/// The file beside the index.
const FILE: &str = "searches.json";

#[derive(Parser)]
struct Saved {
    #[command(flatten)]
    query: QueryArgs,
}

impl Searches {
    /// Those saved in the folder of an index.
    pub(super) fn read(dir: &Path) -> anyhow::Result<Searches> {
        let path = dir.join(FILE);
        match fs::read(&path) {
            Ok(bytes) => {
                let all = serde_json::from_slice(&bytes)
                    .with_context(|| format!("reading the saved searches in {}", path.display()))?;
                Ok(Searches(all))
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Searches(BTreeMap::new())),
            Err(e) => Err(e).with_context(|| format!("reading {}", path.display())),
        }
    }

    /// Keeps a search under a name, in the place of the one that has it.
    pub(super) fn save(mut self, dir: &Path, name: &str, query: &QueryArgs) -> anyhow::Result<()> {
        self.0.insert(name.to_owned(), query.arguments());
        let path = dir.join(FILE);
        let write = || -> std::io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(dir).map_err(crate::index::bare)?;
            serde_json::to_writer_pretty(&mut file, &self.0)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        write().with_context(|| format!("writing {}", path.display()))
    }

    /// The names and the flags, in order.
    pub(super) fn list(&self) -> impl Iterator<Item = (&str, String)> {
        self.0.iter().map(|(name, arguments)| (name.as_str(), arguments.join(" ")))
    }

    /// The search of this name.
    pub(super) fn get(&self, name: &str) -> anyhow::Result<QueryArgs> {
        let Some(arguments) = self.0.get(name) else {
            let names: Vec<&str> = self.0.keys().map(String::as_str).collect();
            match names.as_slice() {
                [] => bail!("no search is saved; `sayso search --save NAME QUERY` saves one"),
                names => bail!("no search is saved as {name}; there are {}", names.join(", ")),
            }
        };
        let arguments = std::iter::once("search").chain(arguments.iter().map(String::as_str));
        let saved = Saved::try_parse_from(arguments).with_context(|| format!("reading the saved search {name}"))?;
        Ok(saved.query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_asks_as_the_command_line_does() {
        let nobody = Aliases::default();
        let found =
            asked(&[("in", "quotes"), ("since", "2031-05"), ("claims", "on")], "toll -bridge", &nobody).unwrap();
        assert_eq!((found.place, found.claims, found.text.as_str()), (Place::Quotes, true, "toll -bridge"));
        assert_eq!(found.since, Some(jiff::civil::date(2031, 5, 1)));
        let wrong = asked(&[("kind", "rumour")], "", &nobody).unwrap_err().to_string();
        assert!(wrong.contains("rumour") && !wrong.contains("--"), "{wrong}");
    }

    #[test]
    fn a_search_is_saved_as_it_was_typed() {
        let typed = [
            "search",
            "--in",
            "quotes",
            "--figure",
            "-3..5 percent",
            "--since",
            "2021-03-01",
            "--claims",
            "toll",
            "-bridge",
        ];
        let typed: Vec<&str> = typed.iter().copied().filter(|a| *a != "-bridge").chain(["--", "-bridge"]).collect();
        let query = Saved::try_parse_from(typed).unwrap().query;
        let dir = tempfile::tempdir().unwrap();
        Searches::read(dir.path()).unwrap().save(dir.path(), "tolls", &query).unwrap();
        let again = Searches::read(dir.path()).unwrap().get("tolls").unwrap();
        let nobody = Aliases::default();
        assert_eq!(again.read(&nobody).unwrap(), query.read(&nobody).unwrap());
        assert_eq!(again.query, ["toll", "-bridge"]);
        assert!(Searches::read(dir.path()).unwrap().get("other").is_err_and(|e| e.to_string().contains("tolls")));
    }
}
