//! Fuzzy matching: the letters in their order, best where words begin and where they stand together.

/// A letter that was found.
const LETTER: i32 = 1;
/// It stands right after the one before it.
const RUN: i32 = 8;
/// It begins a word.
const START: i32 = 6;

/// How well a text matches what was typed; the greater the better, `None` if it does not. Every
/// letter of the needle must occur, in its order, whatever the case; blanks of it say nothing.
pub fn score(needle: &str, haystack: &str) -> Option<i32> {
    let letters = || needle.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    let mut rest = haystack.chars().flat_map(char::to_lowercase);
    // Most texts do not match, and are done with here.
    if !letters().all(|letter| rest.any(|c| c == letter)) {
        return None;
    }
    let text: Vec<char> = haystack.chars().flat_map(char::to_lowercase).collect();
    // By place in the text: the best score of the letters so far, if the last one stands there.
    let mut ends: Vec<Option<i32>> = Vec::new();
    for (nth, letter) in letters().enumerate() {
        let mut before: Option<i32> = (nth == 0).then_some(0);
        let mut row = vec![None; text.len()];
        for at in 0..text.len() {
            let beside = at.checked_sub(1).and_then(|left| *ends.get(left)?);
            if text[at] == letter {
                let run = beside.map(|score| score + RUN);
                row[at] = before.max(run).map(|score| score + LETTER + start(&text, at));
            }
            before = before.max(ends.get(at).copied().flatten());
        }
        ends = row;
    }
    // Nothing typed matches everything.
    Some(ends.into_iter().flatten().max().unwrap_or(0))
}

fn start(text: &[char], at: usize) -> i32 {
    let begins = text[at].is_alphanumeric() && (at == 0 || !text[at - 1].is_alphanumeric());
    if begins { START } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_must_occur_in_their_order_whatever_the_case() {
        assert!(score("lgcyALB", "Legacy-alb-1").is_some());
        assert_eq!(score("bla", "legacy-alb"), None);
        assert_eq!(score("aa", "a"), None);
        assert_eq!(score("x", ""), None);
        assert_eq!(score(" ", "anything"), Some(0));
        assert!(score("c j", "copy json").is_some());
        assert!(score("ÄÖ", "äxö").is_some());
    }

    #[test]
    fn word_starts_and_runs_are_better() {
        let best = |needle: &str, texts: &[&'static str]| {
            texts.iter().copied().max_by_key(|text| score(needle, text)).unwrap()
        };
        assert_eq!(best("cj", &["cancel just", "abc jam", "copy json"]), "copy json");
        assert_eq!(best("tab", &["stable", "the table", "take a ball"]), "the table");
        assert_eq!(best("co", &["cursor on", "copy", "goto account"]), "copy");
        assert_eq!(best("mark", &["m-any-a-r-k", "unmark", "mark all"]), "mark all");
    }

    #[test]
    fn a_later_and_better_place_wins_over_the_first() {
        // The run at the end counts, not the scattered letters before it.
        assert_eq!(score("alb", "a-l-x alb"), score("alb", "alb"));
    }
}
