//! Captions and transcripts with times: WebVTT, SubRip and lists of segments in JSON. Each change of speaker and each
//! long pause begins a paragraph; the lines of a paragraph are joined by spaces, so that sentences are whole. The time of
//! every cue is kept beside the text ([`Layout::times`]), never in it.
//!
//! A speaker that the file names (`<v Ada Brandt>`, a segment's `speaker`) becomes the label of a turn, `Ada Brandt: …`, as
//! a transcript has it. A change without a name (`>>`) keeps its mark, so that nobody's words go to the one before.

use super::error::ReadError;
use super::fields::Fields;
use super::source::Source;
use sayso_core::document::{Layout, Moment};

/// A silence of so many milliseconds after a full stop begins a paragraph.
const PAUSE: u32 = 2500;

/// Reads WebVTT or SubRip: a cue begins with its times, whatever stands before.
pub(super) fn read(source: &Source, file: String) -> Result<Option<Fields<'static>>, ReadError> {
    let mut speech = Speech::default();
    let mut lines = file.lines().map(str::trim_end).peekable();
    let mut title = None;
    if let Some(first) = lines.peek()
        && let Some(rest) = first.strip_prefix("WEBVTT")
    {
        title = Some(rest.trim_start_matches([' ', '-', '–']).trim()).filter(|t| !t.is_empty()).map(str::to_owned);
    }
    while let Some(line) = lines.next() {
        let Some((start, end)) = times(line) else { continue };
        let mut words: Vec<String> = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.trim().is_empty() && times(line).is_none()) {
            let last = lines.peek().is_some_and(|next| times(next).is_some());
            // The number of the next cue, where no blank line stands before it.
            if !(last && line.bytes().all(|b| b.is_ascii_digit())) {
                words.push(line.to_owned());
            }
        }
        speech.cue(start, end, &words);
    }
    speech.fields(source, title)
}

/// One piece of a transcript in JSON.
pub(super) struct Segment {
    /// When it begins, in milliseconds.
    pub(super) start: u32,
    /// When it ends, where the file says so.
    pub(super) end: Option<u32>,
    /// Its words.
    pub(super) text: String,
    /// Whose they are.
    pub(super) speaker: Option<String>,
}

/// The document of a list of segments.
pub(super) fn segments(
    source: &Source,
    segments: impl Iterator<Item = Segment>,
    title: Option<String>,
) -> Result<Option<Fields<'static>>, ReadError> {
    let mut speech = Speech::default();
    for segment in segments {
        speech.voice(segment.speaker.as_deref());
        let text = segment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        speech.line(segment.start, &text);
        speech.ended = segment.end.unwrap_or(segment.start);
    }
    speech.fields(source, title)
}

/// `00:01:23.400 --> 00:01:25.000 align:start`, with a comma in SubRip, hours left out in WebVTT.
fn times(line: &str) -> Option<(u32, u32)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((clock(start.trim())?, clock(end)?))
}

/// Milliseconds of `HH:MM:SS.mmm` or `MM:SS.mmm`.
fn clock(time: &str) -> Option<u32> {
    let (whole, part) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let fields: Vec<u32> = whole.split(':').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let seconds = match fields[..] {
        [h, m, s] => h.checked_mul(3600)?.checked_add(m.checked_mul(60)?)?.checked_add(s)?,
        [m, s] => m.checked_mul(60)?.checked_add(s)?,
        _ => return None,
    };
    let part = part.get(..3.min(part.len()))?;
    let millis = part.parse::<u32>().ok()? * 10u32.pow(3 - part.len() as u32);
    seconds.checked_mul(1000)?.checked_add(millis)
}

/// A speech in the making.
#[derive(Default)]
struct Speech {
    text: String,
    times: Vec<Moment>,
    /// The lines of the cue before: rolling captions show them again.
    shown: Vec<String>,
    /// When the cue before ended.
    ended: u32,
    /// Who speaks, where the file says so.
    voice: Option<String>,
    /// Whether a paragraph is due before the next word.
    turn: bool,
}

impl Speech {
    /// Takes in the lines of a cue.
    fn cue(&mut self, start: u32, end: u32, lines: &[String]) {
        let mut shown = Vec::with_capacity(lines.len());
        for line in lines {
            let (voice, text) = plain(line);
            if voice.is_some() {
                self.voice(voice.as_deref());
            }
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() {
                continue;
            }
            let again = self.shown.contains(&text) && start <= self.ended.saturating_add(50);
            if !again {
                self.line(start, &text);
            }
            shown.push(text);
        }
        if !shown.is_empty() {
            self.shown = shown;
        }
        self.ended = end.max(start);
    }

    /// Sets who speaks from here on.
    fn voice(&mut self, name: Option<&str>) {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if self.voice.as_deref() != name {
            self.voice = name.map(str::to_owned);
            self.turn = true;
        }
    }

    /// Takes in a line of words said at `start`.
    fn line(&mut self, start: u32, line: &str) {
        let mut words = line;
        let arrows = words.trim_start_matches(['>', '›', '»']);
        let marked = words.len() - arrows.len() >= 2 && words.starts_with(['>', '›', '»']);
        if marked {
            let named = arrows.trim_start();
            // `>> ADA BRANDT: words`: the label says it all. Without one the mark stays.
            if is_label(named) {
                words = named;
            }
            self.turn = true;
        } else if words.starts_with("- ") && words.len() > 2 {
            self.turn = true;
        }
        let paused = start >= self.ended.saturating_add(PAUSE) && self.text.ends_with(['.', '!', '?', '”', '"', ']']);
        if !self.text.is_empty() {
            self.text.push_str(if self.turn || paused || is_label(words) { "\n\n" } else { " " });
        }
        let fresh = self.text.is_empty() || self.text.ends_with('\n');
        self.times.push(Moment { at: self.text.len() as u32, millis: start });
        if fresh
            && !is_label(words)
            && let Some(voice) = &self.voice
        {
            match is_number(voice) {
                true => self.text.push_str(">> "),
                false => {
                    self.text.push_str(voice);
                    self.text.push_str(": ");
                }
            }
        }
        self.turn = false;
        self.text.push_str(words);
    }

    fn fields(self, source: &Source, title: Option<String>) -> Result<Option<Fields<'static>>, ReadError> {
        if self.text.is_empty() {
            return Err(source.no_text(None, "the captions hold no words"));
        }
        let layout = Layout { times: self.times, ..Layout::default() };
        Ok(Some(Fields { title: title.map(Into::into), text: Some(self.text.into()), layout, ..Fields::default() }))
    }
}

/// Whether a line begins with a label in capitals: `ADA BRANDT: …`.
fn is_label(line: &str) -> bool {
    let Some((label, _)) = line.split_once(':') else { return false };
    label.len() <= 60
        && label.chars().any(char::is_alphabetic)
        && label.chars().all(|c| c.is_uppercase() || " .,'’&-()".contains(c) || c.is_ascii_digit())
        && label.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// Whether a voice is the number that a machine gave it (`SPEAKER_01`, `spk 2`), and no name.
fn is_number(voice: &str) -> bool {
    let letters: String = voice.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    voice.chars().any(|c| c.is_ascii_digit()) && matches!(letters.as_str(), "speaker" | "spk" | "s" | "voice" | "")
}

/// A line without the tags of captions, its references read; and the voice that it names.
fn plain(line: &str) -> (Option<String>, String) {
    let mut out = String::with_capacity(line.len());
    let mut voice = None;
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = match rest.as_bytes()[0] {
            b'<' => tag(rest).map(|(name, length)| {
                if name.split([' ', '.', '\t']).next() == Some("v") {
                    let named = name.split_once([' ', '\t']).map(|(_, who)| references(who.trim()));
                    voice = named.filter(|who| !who.is_empty()).or(voice.take());
                }
                length
            }),
            // `{\an8}` of SubStation Alpha.
            b'{' if rest.starts_with("{\\") => rest.bytes().take(300).position(|b| b == b'}').map(|end| end + 1),
            b'&' => rest.bytes().take(10).position(|b| b == b';').map(|end| {
                out.push_str(&references(&rest[..=end]));
                end + 1
            }),
            _ => None,
        };
        let length = known.unwrap_or_else(|| {
            out.push_str(&rest[..1]);
            1
        });
        rest = &rest[length..];
    }
    out.push_str(rest);
    (voice, out)
}

/// The inside of a tag at the beginning, and its length; none where `<` opens no tag.
fn tag(text: &str) -> Option<(&str, usize)> {
    let end = text.bytes().take(300).position(|b| b == b'>')?;
    let inside = &text[1..end];
    let name = inside.trim_start_matches('/');
    let first = name.split([' ', '.', '\t']).next().unwrap_or_default();
    let known = matches!(first, "v" | "c" | "i" | "b" | "u" | "s" | "lang" | "ruby" | "rt" | "font")
        || inside.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.') && inside.contains(':');
    known.then_some((inside, end + 1))
}

/// The character references that captions know.
fn references(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&lrm;", "\u{200e}"), ("&rlm;", "\u{200f}")];
    let named = named.iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter));
    named.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(file: &str) -> (String, Vec<(u32, u32)>) {
        let source = Source::named("a.vtt".into(), &crate::source::Setup::test(9999));
        let fields = read(&source, file.to_owned()).unwrap().unwrap();
        let times = fields.layout.times.iter().map(|m| (m.at, m.millis)).collect();
        (fields.text.unwrap().into_owned(), times)
    }

    #[test]
    fn webvtt_names_its_voices() {
        let file = "WEBVTT - Harbour briefing\n\nNOTE made by hand\n\n1\n00:01.000 --> 00:03.000 align:start\n<v Ada Brandt>We have <i>closed</i>\n\n2\n00:03.000 --> 00:05.500\n<v Ada Brandt>the bridge &amp; the pier.</v>\n\n00:00:06.000 --> 00:00:07.000\n<v.loud Tom Reyes>Until when?\n";
        let (text, times) = speech(file);
        assert_eq!(text, "Ada Brandt: We have closed the bridge & the pier.\n\nTom Reyes: Until when?");
        assert_eq!(times, [(0, 1000), (27, 3000), (51, 6000)]);
    }

    #[test]
    fn subrip_joins_lines_and_knows_changes() {
        let file = "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}>> ADA BRANDT: We will\r\nnot sail\r\n\r\n2\r\n00:00:02,100 --> 00:00:03,000\r\ntoday.\r\n3\r\n00:00:03,000 --> 00:00:04,000\r\n>> Why not?\r\n\r\n";
        assert_eq!(speech(file).0, "ADA BRANDT: We will not sail today.\n\n>> Why not?");
    }

    #[test]
    fn rolling_captions_say_a_line_once() {
        let file = "WEBVTT\n\n00:00.000 --> 00:02.000\nthe bridge<00:00:01.000><c> is</c>\n\n00:02.000 --> 00:04.000\nthe bridge is\nclosed today\n\n00:04.000 --> 00:06.000\nclosed today\nand tomorrow\n";
        assert_eq!(speech(file).0, "the bridge is closed today and tomorrow");
        let twice = "1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:09,000 --> 00:00:10,000\nNo.\n";
        assert_eq!(speech(twice).0, "No.\n\nNo.");
    }

    #[test]
    fn what_is_no_tag_stays() {
        assert_eq!(plain("x < 3 & y {z} <3").1, "x < 3 & y {z} <3");
        assert_eq!(clock("1:02:03.5"), Some(3_723_500));
        assert_eq!(clock("a:b"), None);
    }
}
