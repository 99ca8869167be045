//! Shapes, each with a form for terminals and fonts that have ASCII only (`--ascii`).

use ratatui::symbols::border;

use crate::domain::verdict::Verdict;

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Which of the two forms is in use. Every glyph is one cell wide in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glyphs {
    /// ASCII only.
    pub ascii: bool,
}

impl Glyphs {
    /// The verdict's shape.
    pub fn verdict(self, verdict: Verdict) -> char {
        verdict.glyph(self.ascii)
    }

    /// The rule is content while plaintext flows.
    pub fn gap(self) -> char {
        self.pick('≠', '#')
    }

    /// Edge code may choose another origin or protocol.
    pub fn edge(self) -> char {
        '^'
    }

    /// Stands before the row that the cursor is on, and after what is typed.
    pub fn cursor(self) -> &'static str {
        if self.ascii { ">" } else { "▌" }
    }

    /// Stands for what was cut out of a line.
    pub fn cut_sign(self) -> &'static str {
        if self.ascii { ".." } else { "…" }
    }

    /// Something was cut out here.
    pub fn ellipsis(self) -> char {
        self.pick('…', '~')
    }

    /// Under way.
    pub fn waiting(self) -> char {
        self.pick('…', '.')
    }

    /// It went wrong.
    pub fn wrong(self) -> char {
        self.pick('✗', 'X')
    }

    /// It went well.
    pub fn well(self) -> char {
        self.pick('✓', '=')
    }

    /// From one step of a path to the next.
    pub fn step(self) -> char {
        self.pick('›', '>')
    }

    /// From a behavior to its target.
    pub fn arrow(self) -> char {
        self.pick('→', '>')
    }

    /// Stands between two facts of a line.
    pub fn dot(self) -> char {
        self.pick('·', ';')
    }

    /// A line of code goes on from the line above.
    pub fn continued(self) -> char {
        self.pick('↪', '>')
    }

    /// Stands before what can be folded or unfolded.
    pub fn fold(self, folded: bool) -> char {
        if folded { self.pick('▸', '>') } else { self.pick('▾', 'v') }
    }

    /// Stands before a marked row.
    pub fn marked(self) -> &'static str {
        if self.ascii { "*" } else { "●" }
    }

    /// Around the chosen one of several pages.
    pub fn chosen(self) -> (char, char) {
        match self.ascii {
            true => ('<', '>'),
            false => ('‹', '›'),
        }
    }

    /// Sorted from the least to the greatest, or the other way round.
    pub fn sorted(self, ascending: bool) -> char {
        match ascending {
            true => self.pick('▲', '^'),
            false => self.pick('▼', 'v'),
        }
    }

    /// A part of a bar of counts.
    pub fn part(self) -> char {
        self.pick('▪', '#')
    }

    /// The frame of a pane.
    pub fn border(self) -> border::Set<'static> {
        match self.ascii {
            true => ASCII_BORDER,
            false => border::ROUNDED,
        }
    }

    /// A bar of `width` cells of which `part` of `whole` are full. It is full only if all is
    /// done, and empty only if nothing is.
    pub fn bar(self, part: usize, whole: usize, width: usize) -> String {
        let full = match (part, whole) {
            (_, 0) | (0, _) => 0,
            _ if part >= whole => width,
            _ => (part * width / whole).clamp(1.min(width), width.saturating_sub(1).max(1)),
        };
        let full = full.min(width);
        let (done, open) = (self.pick('█', '#'), self.pick('░', '-'));
        std::iter::repeat_n(done, full).chain(std::iter::repeat_n(open, width - full)).collect()
    }

    fn pick(self, unicode: char, ascii: char) -> char {
        match self.ascii {
            true => ascii,
            false => unicode,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_when_all_is_done() {
        let glyphs = Glyphs { ascii: true };
        assert_eq!(glyphs.bar(0, 0, 4), "----");
        assert_eq!(glyphs.bar(0, 9, 4), "----");
        assert_eq!(glyphs.bar(1, 1000, 4), "#---");
        assert_eq!(glyphs.bar(999, 1000, 4), "###-");
        assert_eq!(glyphs.bar(9, 9, 4), "####");
        assert_eq!(glyphs.bar(10, 9, 4), "####");
        assert_eq!(glyphs.bar(1, 2, 1), "#");
        assert_eq!(glyphs.bar(1, 2, 0), "");
    }
}
