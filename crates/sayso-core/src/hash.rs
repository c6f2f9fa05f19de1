//! A hash of bytes that is the same on every machine: FNV-1a, 64 bits (Fowler, Noll, Vo), one multiplication per byte.

/// The hash of nothing, from which every hash is made.
pub(crate) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash after one more byte.
pub(crate) const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// The hash of some bytes.
pub(crate) fn hash_of(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(SEED, step)
}

/// The hash of some words, each but the first behind a space, their ASCII letters in lower case.
pub(crate) fn hash_of_words(words: &[impl AsRef<str>]) -> u64 {
    let mut hash = SEED;
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            hash = step(hash, b' ');
        }
        hash = word.as_ref().bytes().fold(hash, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    hash
}
