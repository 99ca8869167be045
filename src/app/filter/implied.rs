//! Which filter lets through nothing that another one does not: what is typed on narrows on, and
//! then only rows that passed before need a look.

use super::Filter;
use super::ask::Ask;
use super::names::Of;

impl Filter {
    /// True if whatever this one lets through, the other does too, at any time. False where that
    /// is not plain to see.
    pub(in crate::app) fn implies(&self, other: &Self) -> bool {
        match (&self.ask, &other.ask) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(ask), Some(other)) => ask.implies(other),
        }
    }
}

impl Ask {
    fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::All(others)) => others.iter().all(|other| self.implies(other)),
            (Self::Any(asks), _) => asks.iter().all(|ask| ask.implies(other)),
            (Self::All(asks), _) => asks.iter().any(|ask| ask.implies(other)),
            (_, Self::Any(others)) => others.iter().any(|other| self.implies(other)),
            (Self::Not(ask), Self::Not(other)) => other.implies(ask),
            (Self::Word(word), Self::Word(part)) => part_of(&part.text, &word.text),
            (Self::Fuzzy(letters), Self::Fuzzy(first)) => letters.starts_with(first),
            (Self::Pattern(column, a), Self::Pattern(other, b)) => {
                column == other && a.regex.as_str() == b.regex.as_str()
            }
            (Self::Cell(column, a), Self::Cell(other, b)) => column == other && a == b,
            (Self::Verdict(order, a), Self::Verdict(other, b)) => order == other && a == b,
            (Self::Tls(order, a), Self::Tls(other, b)) => order == other && a == b,
            (Self::Modified(order, a), Self::Modified(other, b)) => order == other && a == b,
            (Self::Tag(key, a), Self::Tag(other, b)) => key == other && a == b,
            (Self::Var(key, a), Self::Var(other, b)) => key == other && a == b,
            // Marks and accounts change by themselves, and so do ages.
            (Self::Is(state), Self::Is(other)) => {
                state.name == other.name && matches!(state.of, Of::Verdict(_) | Of::Finding(_))
            }
            _ => false,
        }
    }
}

fn part_of(part: &str, whole: &str) -> bool {
    whole.contains(part)
}
