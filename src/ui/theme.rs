//! Styles by role. Default foreground and background are the terminal's own and accents come
//! from the 16 ANSI colours, so that both light and dark terminals read; which accents are fit
//! for which background is proven against the palettes of usual terminals in `tests/contrast.rs`.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::verdict::Verdict;

/// A style for each role that a piece of text can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Everything that has no other role.
    pub text: Style,
    /// Labels and asides.
    pub muted: Style,
    /// Headings and names of panes.
    pub title: Style,
    /// Borders of panes.
    pub border: Style,
    /// Borders of the pane that keys go to.
    pub border_focused: Style,
    /// The selected row: a background, or reverse video where there are no colours.
    pub selected: Style,
    /// Plaintext travels, or can.
    pub fails: Style,
    /// Worth a look.
    pub warns: Style,
    /// It could not be told.
    pub unknown: Style,
    /// Nothing travels in plaintext.
    pub passes: Style,
    /// The rule leaves it out.
    pub not_applicable: Style,
    /// Keys in hints and help.
    pub key: Style,
    /// Web addresses.
    pub link: Style,
    /// Commands and the API's own words.
    pub code: Style,
    /// A line that a fix adds.
    pub added: Style,
    /// A line that a fix takes away.
    pub removed: Style,
    /// What must not be overlooked, such as accounts that were not seen.
    pub alert: Style,
    /// The mark of the demo.
    pub badge: Style,
}

impl Theme {
    /// For light text on a dark background. Bright red, magenta and blue, because the plain ones
    /// are too dark on black; plain yellow and cyan, because Solarized has greys in the bright
    /// ones' places.
    pub fn dark() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self {
            text: Style::new(),
            muted: Style::new().fg(Color::Indexed(246)),
            title: bold.fg(Color::Reset),
            border: Style::new().fg(Color::Indexed(243)),
            border_focused: bold.fg(Color::Cyan),
            selected: bold.bg(Color::Indexed(237)),
            fails: bold.fg(Color::LightRed),
            warns: Style::new().fg(Color::Yellow),
            unknown: Style::new().fg(Color::LightMagenta),
            passes: Style::new().fg(Color::Cyan),
            not_applicable: Style::new().fg(Color::Indexed(246)),
            key: bold.fg(Color::LightBlue),
            link: Style::new().fg(Color::LightBlue).add_modifier(Modifier::UNDERLINED),
            code: Style::new().fg(Color::LightBlue),
            added: Style::new().fg(Color::Green),
            removed: Style::new().fg(Color::LightRed),
            alert: bold.fg(Color::LightRed),
            badge: bold.fg(Color::LightRed).add_modifier(Modifier::REVERSED),
        }
    }

    /// For dark text on a light background. Only red, magenta and blue read on white in every
    /// palette: yellow, cyan, green and all bright colours do not.
    pub fn light() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self {
            text: Style::new(),
            muted: Style::new().fg(Color::Indexed(240)),
            title: bold.fg(Color::Reset),
            border: Style::new().fg(Color::Indexed(245)),
            border_focused: bold.fg(Color::Blue),
            selected: bold.bg(Color::Indexed(254)),
            fails: bold.fg(Color::Red),
            warns: Style::new().fg(Color::Magenta),
            unknown: bold,
            passes: Style::new().fg(Color::Blue),
            not_applicable: Style::new().fg(Color::Indexed(240)),
            key: bold.fg(Color::Blue),
            link: Style::new().fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
            code: Style::new().fg(Color::Blue),
            added: Style::new().fg(Color::Blue),
            removed: Style::new().fg(Color::Red),
            alert: bold.fg(Color::Red),
            badge: bold.fg(Color::Red).add_modifier(Modifier::REVERSED),
        }
    }

    /// No colour at all, for NO_COLOR and for terminals that have none. Reverse video is the
    /// selection's alone.
    pub fn mono() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        let underlined = plain.add_modifier(Modifier::UNDERLINED);
        Self {
            text: plain,
            muted: dim,
            title: bold,
            border: dim,
            border_focused: bold,
            selected: plain.add_modifier(Modifier::REVERSED),
            fails: bold.add_modifier(Modifier::UNDERLINED),
            warns: bold,
            unknown: bold,
            passes: plain,
            not_applicable: dim,
            key: bold,
            link: underlined,
            code: plain,
            added: bold,
            removed: plain,
            alert: bold.add_modifier(Modifier::UNDERLINED),
            badge: bold.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The theme of `--theme`: `dark`, `light` or `mono`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "dark" => Some(Self::dark()),
            "light" => Some(Self::light()),
            "mono" => Some(Self::mono()),
            _ => None,
        }
    }

    /// The style of a verdict.
    pub fn verdict(&self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::Fail => self.fails,
            Verdict::Unknown => self.unknown,
            Verdict::Warn => self.warns,
            Verdict::Pass => self.passes,
            Verdict::NotApplicable => self.not_applicable,
        }
    }
}
