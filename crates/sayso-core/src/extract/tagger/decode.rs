//! From scores to pieces.

use std::ops::Range;

/// The best reading of the scores of *outside*, *first* and *inside* (the first three of each element) in which no
/// piece begins with an inner element: Viterbi's method, linear. The pieces, counted from `from`.
pub fn pieces(scores: &[[f32; 5]], from: usize) -> Vec<Range<usize>> {
    let Some(first) = scores.first() else { return Vec::new() };
    let mut best = [first[0], first[1], f32::NEG_INFINITY];
    let mut back: Vec<[u8; 2]> = Vec::with_capacity(scores.len());
    for score in &scores[1..] {
        let inner = if best[1] >= best[2] { 1 } else { 2 };
        let any = if best[0] >= best[inner] { 0 } else { inner };
        back.push([any as u8, inner as u8]);
        best = [best[any] + score[0], best[any] + score[1], best[inner] + score[2]];
    }
    let mut state = (0..3).fold(0, |top, state| if best[state] > best[top] { state } else { top });
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut end = None;
    for at in (0..scores.len()).rev() {
        if state > 0 {
            let end_here = *end.get_or_insert(at + 1);
            if state == 1 {
                out.push(from + at..from + end_here);
                end = None;
            }
        }
        if at > 0 {
            let [any, inner] = back[at - 1];
            state = usize::from(if state == 2 { inner } else { any });
        }
    }
    out.reverse();
    out
}

/// The run of elements whose scores at `which` sum highest, if that is above zero: Kadane's method, linear.
pub fn best_run(scores: &[[f32; 5]], which: usize, from: usize) -> Option<Range<usize>> {
    let (mut best, mut run) = ((0.0, 0..0), (0.0_f32, 0));
    for (at, score) in scores.iter().enumerate() {
        if run.0 <= 0.0 {
            run = (0.0, at);
        }
        run.0 += score[which];
        if run.0 > best.0 {
            best = (run.0, run.1..at + 1);
        }
    }
    (best.0 > 0.0).then(|| from + best.1.start..from + best.1.end)
}

/// The run around `head` whose scores at `which` are above zero; `head` always.
pub fn around(scores: &[[f32; 5]], which: usize, head: usize, from: usize) -> Range<usize> {
    let yes = |at: &usize| scores[*at][which] > 0.0;
    let start = (0..head).rev().take_while(yes).last().unwrap_or(head);
    let end = (head + 1..scores.len()).take_while(yes).last().unwrap_or(head);
    from + start..from + end + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One letter an element: `o`utside, `b`egin, `i`nside.
    fn scores(letters: &str) -> Vec<[f32; 5]> {
        let score = |letter: char| match letter {
            'b' => [0.0, 2.0, 1.0, 0.0, 0.0],
            'i' => [0.0, 0.0, 2.0, 0.0, 0.0],
            _ => [2.0, 0.0, 0.0, 0.0, 0.0],
        };
        letters.chars().map(score).collect()
    }

    #[test]
    fn pieces_begin_with_a_first_element() {
        assert_eq!(pieces(&scores("obiiobo"), 10), [11..14, 15..16]);
        assert_eq!(pieces(&scores("bibio"), 0), [0..2, 2..4]);
        assert!(pieces(&scores("oooo"), 0).is_empty());
        assert!(pieces(&[], 0).is_empty());
        // An inner element with nothing before it begins a piece.
        assert_eq!(pieces(&scores("oiiobi"), 0), [1..3, 4..6]);
    }

    #[test]
    fn runs() {
        let scores: Vec<[f32; 5]> =
            [-1.0, 2.0, -0.5, 3.0, -4.0, 1.0].map(|score| [0.0, 0.0, 0.0, score, score]).to_vec();
        assert_eq!(best_run(&scores, 3, 0), Some(1..4));
        assert_eq!(best_run(&scores[..1], 3, 0), None);
        assert_eq!(around(&scores, 4, 3, 0), 3..4);
        assert_eq!(around(&scores, 4, 4, 0), 3..6);
    }
}
