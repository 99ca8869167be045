//! "Did you mean": the nearest of the words that would have been right.

/// The candidate that differs from the word by the fewest typing slips, if it is near enough to
/// be worth a guess: one slip in three letters, and never more than three.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = fold(candidate);
            let allowed = (word.len().max(other.len()) / 3).clamp(1, 3);
            // Every letter too many is a slip at least.
            if word.len().abs_diff(other.len()) > allowed {
                return None;
            }
            let slips = distance(&word, &other);
            (slips <= allowed).then_some((slips, candidate))
        })
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// What a hint says about a word that is none of those known.
pub(crate) fn meant(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", known.join(", ")),
    }
}

/// Case and the choice between `-` and `_` are no difference. Long words are cut, so that the
/// time stays small.
fn fold(word: &str) -> Vec<char> {
    let plain = |c: char| if c == '-' { '_' } else { c.to_ascii_lowercase() };
    word.chars().take(64).map(plain).collect()
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (above[j + 1] + 1).min(row[j] + 1).min(above[j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["account_id", "name", "tags", "vars", "external_id"];
        let cases = [
            ("acount_id", Some("account_id")),
            ("account-ID", Some("account_id")),
            ("nmae", Some("name")),
            ("tag", Some("tags")),
            ("extrenal_id", Some("external_id")),
            ("regions", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
