//! Working space that outlives the document it was made for: to ask for it anew, and to fill it with zeros, takes longer than
//! to read a short text.

use std::sync::Mutex;

/// Working spaces that nobody uses: never more than were in use at a time. What they hold means nothing.
#[derive(Debug)]
pub struct Spare<T>(Mutex<Vec<T>>);

impl<T> Default for Spare<T> {
    fn default() -> Self {
        Spare(Mutex::new(Vec::new()))
    }
}

impl<T: Default> Spare<T> {
    /// One that was given back, or a new one.
    pub fn take(&self) -> T {
        self.0.lock().ok().and_then(|mut all| all.pop()).unwrap_or_default()
    }

    /// Gives one back.
    pub fn give(&self, one: T) {
        if let Ok(mut all) = self.0.lock() {
            all.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_taken_again() {
        let spare = Spare::default();
        let (mut one, other): (Vec<u8>, Vec<u8>) = (spare.take(), spare.take());
        one.push(1);
        spare.give(one);
        spare.give(other);
        assert_eq!((spare.take(), spare.take(), spare.take()), (vec![], vec![1], vec![]));
    }
}
