//! Strings and numbers in JSON. Most text needs no escape, so it is searched many bytes at a time and copied in runs.

/// Writes `text` in quotes, with the escapes that RFC 8259 requires and no others.
pub(super) fn write(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = first_escaped(rest) {
        out.extend_from_slice(&rest[..at]);
        escape(out, rest[at]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// So many bytes are looked at together.
const BLOCK: usize = 32;

/// The first byte that cannot stand as it is: a control character, a quote mark, a backslash.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    // Whole blocks in which there is none: written for the compiler to make vectors of.
    let is_escaped = |byte: &u8| (*byte < b' ') | (*byte == b'"') | (*byte == b'\\');
    let clean = |block: &&[u8; BLOCK]| !block.iter().fold(false, |any, byte| any | is_escaped(byte));
    let mut at = BLOCK * bytes.as_chunks().0.iter().take_while(clean).count();
    let mut eights = bytes[at..].chunks_exact(8);
    for eight in &mut eights {
        let eight = eight.try_into().map_or(0, u64::from_le_bytes);
        let found = escaped(eight);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let tail = eights.remainder();
    tail.iter().position(is_escaped).map(|i| at + i)
}

/// Marks the bytes of `eight` that need an escape: the lowest bit that is set is in the first of them. Zero if there
/// are none. Applies "Determine if a word has a byte less than n" (Anderson, Bit Twiddling Hacks) three times.
const fn escaped(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    let control = eight.wrapping_sub(ONES * b' ' as u64) & !eight;
    let quote = eight ^ (ONES * b'"' as u64);
    let backslash = eight ^ (ONES * b'\\' as u64);
    (control | quote.wrapping_sub(ONES) & !quote | backslash.wrapping_sub(ONES) & !backslash) & HIGH
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        8 => b'b',
        12 => b'f',
        _ => {
            out.extend_from_slice(br"\u00");
            out.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Writes a number.
pub(super) fn number(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}
