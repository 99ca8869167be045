//! Lines that get narrower by dropping what matters least, never by cutting.

use ratatui::text::{Line, Span};

/// A part of a line; the greater rank stays longer.
#[derive(Clone, Debug)]
pub struct Part {
    rank: u8,
    spans: Vec<Span<'static>>,
}

impl Part {
    /// A part of several styles.
    pub fn new(rank: u8, spans: Vec<Span<'static>>) -> Self {
        Self { rank, spans }
    }

    fn width(&self) -> usize {
        self.spans.iter().map(Span::width).sum()
    }
}

/// Joins the parts that fit, with a gap between them. Parts of the lowest rank go first; of
/// equal ones, the last.
pub fn fit(mut parts: Vec<Part>, gap: &'static str, width: usize) -> Line<'static> {
    parts.retain(|part| !part.spans.is_empty());
    while total(&parts, gap) > width && !parts.is_empty() {
        let lowest = parts.iter().enumerate().rev().min_by_key(|(_, part)| part.rank);
        let at = lowest.map_or(0, |(at, _)| at);
        parts.remove(at);
    }
    let mut line = Line::default();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            line.push_span(gap);
        }
        line.extend(part.spans);
    }
    line
}

fn total(parts: &[Part], gap: &str) -> usize {
    let gaps = gap.len() * parts.len().saturating_sub(1);
    parts.iter().map(Part::width).sum::<usize>() + gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(rank: u8, text: &'static str) -> Part {
        Part::new(rank, vec![text.into()])
    }

    #[test]
    fn the_least_important_goes_first() {
        let parts = || vec![part(1, "low"), part(9, "high"), part(1, "last")];
        assert_eq!(fit(parts(), "  ", 15).to_string(), "low  high  last");
        assert_eq!(fit(parts(), "  ", 14).to_string(), "low  high");
        assert_eq!(fit(parts(), "  ", 8).to_string(), "high");
        assert_eq!(fit(parts(), "  ", 3).to_string(), "");
    }
}
