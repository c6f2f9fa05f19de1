//! Lists that grow by a quarter. A list of all of a long document that doubles when it is full takes, while it is copied,
//! three times what it holds, and afterwards up to twice.

/// Shorter lists grow as `Vec` does: copying them costs nothing, and most documents have no longer ones.
const SHORT: usize = 1024;

/// How much of a text has been read: a number of bytes, of how many.
pub(crate) type Share = (usize, usize);

/// Makes room in `list` for so many more.
pub(crate) fn grow<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more && list.len() >= SHORT {
        list.reserve_exact(more.max(list.len() / 4));
    }
}

/// Makes room in `list` for one more: if it is full, for as many as there will be if the rest of the text is alike.
pub(crate) fn expect<T>(list: &mut Vec<T>, share: Share) {
    if list.len() == list.capacity() && list.len() >= SHORT {
        list.reserve_exact(wanted(list.len() + 1, share, usize::MAX) - list.len());
    }
}

/// Room for as many as there will be, where there are `count` now: a little more, so that the last part fits; a quarter at
/// least, so that no list is copied again and again; four times at most, as the rest may be unlike.
fn wanted(count: usize, (read, whole): Share, most: usize) -> usize {
    let alike = (count as u64 * whole as u64 / read.max(1) as u64) as usize;
    (alike + alike / 32).min(4 * count).min(most).max(count + count / 4)
}

/// Moves `next` behind `list`, of which a part as long as `read` of `whole` has been seen: room is made for as many as there
/// will be if the rest is alike, but for no more than `most`.
pub(crate) fn append<T>(list: &mut Vec<T>, mut next: Vec<T>, share: Share, most: usize) {
    if list.is_empty() && share.0 >= share.1 {
        *list = next;
        return;
    }
    let count = list.len() + next.len();
    if list.capacity() < count {
        list.reserve_exact(wanted(count, share, most) - list.len());
    }
    list.append(&mut next);
}

/// Gives back the room of a long list that is left over.
pub(crate) fn trim<T>(list: &mut Vec<T>) {
    if list.len() >= SHORT && list.capacity() - list.len() > list.len() / 8 {
        list.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_like_parts_is_made_once() {
        let mut list = Vec::new();
        append(&mut list, vec![1; 100], (1, 4), 2000);
        let room = list.capacity();
        (2..=4).for_each(|read| append(&mut list, vec![1; 100], (read, 4), 2000));
        assert_eq!((list.len(), list.capacity()), (400, room));
        assert!(room < 440);
    }

    #[test]
    fn a_list_of_unlike_parts_grows_by_a_quarter() {
        let (mut list, mut copies) = (Vec::new(), 0);
        for read in 1..=1000 {
            let before = list.capacity();
            append(&mut list, vec![1; read], (read, 1000), usize::MAX);
            copies += usize::from(list.capacity() != before);
        }
        assert!(copies < 40, "{copies}");
    }
}
