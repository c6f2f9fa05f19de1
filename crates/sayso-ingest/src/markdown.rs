//! Markdown with optional YAML front matter. The text is what follows the front matter, byte for byte: marks of
//! Markdown stay, for the text is what was written.
//!
//! ```text
//! ---
//! kind: statement
//! date: 2026-03-03
//! ---
//! # The harbour opens on Monday
//! ```

use super::error::ReadError;
use super::fields::Fields;
use super::reader::is_readme;
use super::source::{Origin, Source};

/// Reads one decoded file. A `README` without front matter that a walk met is passed over.
pub(super) fn read(source: &Source, file: String) -> Result<Option<Fields<'static>>, ReadError> {
    let Some((yaml, text)) = split(&file) else {
        if source.found == Origin::Walked && is_readme(&source.path) {
            source.pass_over("README");
            return Ok(None);
        }
        let title = heading(&file);
        return Ok(Some(Fields { title: title.map(Into::into), text: Some(file.into()), ..Fields::default() }));
    };
    let fields: Fields<'_> = if yaml.trim().is_empty() { Fields::default() } else { parse(source, yaml)? };
    let title = fields.title.map(|t| t.into_owned()).or_else(|| heading(text));
    let own = |field: Option<std::borrow::Cow<'_, str>>| field.map(|f| f.into_owned().into());
    Ok(Some(Fields {
        id: fields.id.map(|id| number_as_written(yaml, "id").map_or(id.into_owned(), str::to_string).into()),
        kind: own(fields.kind),
        title: title.map(Into::into),
        text: Some(text.to_string().into()),
        date: own(fields.date),
        publisher: own(fields.publisher),
        byline: own(fields.byline),
        speaker: own(fields.speaker),
        url: own(fields.url),
        lang: own(fields.lang),
        about: fields.about,
        ..Fields::default()
    }))
}

/// The front matter and the text after it. Front matter begins on the first line with `---`, ends with the next line
/// that is `---` or `...`, and holds a colon: without one, the lines are rules of a page that has none.
fn split(file: &str) -> Option<(&str, &str)> {
    let first = file.find('\n')?;
    if file[..first].trim_end() != "---" {
        return None;
    }
    let start = first + 1;
    let mut at = start;
    for line in file[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = &file[start..at];
            return (yaml.trim().is_empty() || yaml.contains(':')).then(|| (yaml, &file[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// The fields in the front matter; errors name the line of the file.
fn parse<'a>(source: &Source, yaml: &'a str) -> Result<Fields<'a>, ReadError> {
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
        let line = error.location().map_or(1, |l| l.line() + 1);
        let told = error.to_string();
        let why = told.lines().next().unwrap_or_default().to_string();
        ReadError::FrontMatter { path: source.path.clone(), line, why }
    })
}

/// The value of `name` where it is a bare number: YAML reads `007` as 7, `1.10` as 1.1, but an id is its digits.
fn number_as_written<'a>(yaml: &'a str, name: &str) -> Option<&'a str> {
    let value = yaml.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'))?;
    let word = value.split(" #").next().unwrap_or_default().trim();
    let is_number = word.bytes().next().is_some_and(|b| b.is_ascii_digit() || b"+-.".contains(&b));
    (is_number && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-._".contains(&b))).then_some(word)
}

/// The words of the first `# ` heading outside code.
fn heading(text: &str) -> Option<String> {
    let mut in_code = false;
    for line in text.lines() {
        if line.starts_with("```") || line.starts_with("~~~") {
            in_code = !in_code;
        } else if let Some(title) = line.strip_prefix("# ").filter(|_| !in_code) {
            let title = title.trim().trim_end_matches('#').trim_end();
            return (!title.is_empty()).then(|| title.to_string());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(text: &str) -> Result<Fields<'static>, String> {
        let source = Source::named("a/b.md".into(), &crate::source::Setup::test(9999));
        read(&source, text.to_string()).map(Option::unwrap_or_default).map_err(|e| e.to_string())
    }

    #[test]
    fn reads_front_matter_and_leaves_the_text() {
        let fields = file("---\r\nid: 007\ndate: 2026-03-03\ntitle: \"Open: Monday\"\nabout: [s1, s2]\nx: {y: 1}\n---\n\n# Head #\r\n\"Yes\"\n").unwrap();
        assert_eq!(fields.text.as_deref(), Some("\n# Head #\r\n\"Yes\"\n"));
        assert_eq!(fields.id.as_deref(), Some("007"));
        assert_eq!(fields.date.as_deref(), Some("2026-03-03"));
        assert_eq!(fields.title.as_deref(), Some("Open: Monday"));
        assert_eq!(fields.about, ["s1", "s2"]);
    }

    #[test]
    fn what_is_no_front_matter_is_text() {
        for (text, title) in [
            ("# Head ##\n\nWords.", Some("Head")),
            ("```\n# code\n```\nWords", None),
            ("---\nOnly a rule\n---\nWords", None),
            ("---\ntitle: never closed\n", None),
            ("--- \n", None),
            ("", None),
        ] {
            let fields = file(text).unwrap();
            assert_eq!((fields.text.as_deref(), fields.title.as_deref()), (Some(text), title), "{text}");
        }
        assert_eq!(file("---\n---\nWords").unwrap().text.as_deref(), Some("Words"));
    }

    #[test]
    fn bad_yaml_names_the_line() {
        let error = file("---\ntitle: a\nkind: [b\n---\nWords").unwrap_err();
        assert!(error.starts_with("a/b.md:") && error.contains("front matter"), "{error}");
        let error = file("---\ntitle: a\ntitle: b\n---\nWords").unwrap_err();
        assert!(error.starts_with("a/b.md:3: "), "{error}");
    }

    proptest! {
        #[test]
        fn any_text_after_empty_front_matter_is_kept(text in "(\\PC|[\n\r#-]){0,60}") {
            let fields = file(&format!("---\n---\n{text}")).unwrap();
            prop_assert_eq!(fields.text.as_deref(), Some(text.as_str()));
        }

        #[test]
        fn any_file_is_read_or_refused(text in "(---\n)?([a-z\\[\\]{}:&*!|>\" -]{0,9}\n){0,4}(---\n)?\\PC{0,9}") {
            let _ = file(&text);
        }
    }
}
