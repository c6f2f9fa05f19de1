//! An independent reading of words, to hold the index against: characters one by one, a table of accents, no shared code.
//! Shared with `benches/scale.rs`.

/// The folded words of a text: lower case without accents, split at whatever is no letter, digit or inner apostrophe,
/// without a final `'s`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let letter = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| c.is_alphanumeric());
    let digit = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(char::is_ascii_digit);
    let (mut all, mut word) = (Vec::new(), String::new());
    for (i, c) in chars.iter().enumerate() {
        match c {
            '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' => {}
            '’' | '\'' if letter(i.checked_sub(1)) && letter(Some(i + 1)) => word.push('\''),
            // A number is one word, whichever it is.
            '.' | ',' if digit(i.checked_sub(1)) && digit(Some(i + 1)) => word.push('.'),
            c if c.is_alphanumeric() => word.extend(c.to_lowercase().map(plain)),
            _ => end(&mut word, &mut all),
        }
    }
    end(&mut word, &mut all);
    all
}

fn end(word: &mut String, all: &mut Vec<String>) {
    if let Some(short) = word.strip_suffix("'s") {
        *word = short.to_owned();
    }
    if !word.is_empty() {
        all.push(std::mem::take(word));
    }
}

fn plain(c: char) -> char {
    const FROM: &str = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ";
    const TO: &str = "aaaaaaceeeeiiiinoooooouuuuyy";
    FROM.chars().position(|f| f == c).and_then(|i| TO.chars().nth(i)).unwrap_or(c)
}

/// Whether the words of `phrase` stand in a row in `pub(crate)t`.
pub(crate) fn holds(text: &[String], phrase: &[String]) -> bool {
    text.windows(phrase.len()).any(|row| row == phrase)
}
