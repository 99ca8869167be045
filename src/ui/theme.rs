//! Styles by role, read from `assets/themes` and from a person's own files.
//!
//! In the dark and the light theme the foreground and background are the terminal's own and accents
//! come from the 16 ANSI colours, so that both kinds of terminals read; which accents are fit for
//! which background is proven against the palettes of usual terminals in `tests/contrast.rs`.

mod colour;

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::config::parse::parse_theme;
use crate::config::theme::{Look, Role, ThemeFile};
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
    /// The names of the themes that the program comes with, in the order of a switch.
    pub const EMBEDDED: [&str; 4] = ["dark", "light", "high-contrast", "mono"];

    /// For light text on a dark background.
    pub fn dark() -> Self {
        Self::embedded(include_str!("../../assets/themes/dark.toml"))
    }

    /// For dark text on a light background.
    pub fn light() -> Self {
        Self::embedded(include_str!("../../assets/themes/light.toml"))
    }

    /// White and strong colours on black, whatever the terminal's own colours are.
    pub fn high_contrast() -> Self {
        Self::embedded(include_str!("../../assets/themes/high-contrast.toml"))
    }

    /// No colour at all, for NO_COLOR and for terminals that have none.
    pub fn mono() -> Self {
        Self::embedded(include_str!("../../assets/themes/mono.toml"))
    }

    /// The embedded theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "dark" => Some(Self::dark()),
            "light" => Some(Self::light()),
            "high-contrast" => Some(Self::high_contrast()),
            "mono" => Some(Self::mono()),
            _ => None,
        }
    }

    /// The theme of a file: its roles over those of the theme that it inherits, which is the dark
    /// one where it says nothing. Without `true_colour` the nearest of the 256 colours are used.
    pub fn of_file(file: &ThemeFile, true_colour: bool) -> Self {
        let inherited = file.inherits.as_deref().and_then(Self::named);
        inherited.unwrap_or_else(Self::dark).with(file, true_colour)
    }

    fn embedded(text: &str) -> Self {
        let file = parse_theme(Path::new("a theme"), text, &[])
            .expect("a test reads every embedded theme");
        Self::plain().with(&file, false)
    }

    fn with(mut self, file: &ThemeFile, true_colour: bool) -> Self {
        for (role, look) in &file.looks {
            *self.role(*role) = style(look, true_colour);
        }
        self
    }

    fn plain() -> Self {
        let style = Style::new();
        Self {
            text: style,
            muted: style,
            title: style,
            border: style,
            border_focused: style,
            selected: style,
            fails: style,
            warns: style,
            unknown: style,
            passes: style,
            not_applicable: style,
            key: style,
            link: style,
            code: style,
            added: style,
            removed: style,
            alert: style,
            badge: style,
        }
    }

    fn role(&mut self, role: Role) -> &mut Style {
        match role {
            Role::Text => &mut self.text,
            Role::Muted => &mut self.muted,
            Role::Title => &mut self.title,
            Role::Border => &mut self.border,
            Role::BorderFocused => &mut self.border_focused,
            Role::Selected => &mut self.selected,
            Role::Fails => &mut self.fails,
            Role::Warns => &mut self.warns,
            Role::Unknown => &mut self.unknown,
            Role::Passes => &mut self.passes,
            Role::NotApplicable => &mut self.not_applicable,
            Role::Key => &mut self.key,
            Role::Link => &mut self.link,
            Role::Code => &mut self.code,
            Role::Added => &mut self.added,
            Role::Removed => &mut self.removed,
            Role::Alert => &mut self.alert,
            Role::Badge => &mut self.badge,
        }
    }

    /// Gives a finished frame the theme's own ground and ink, where the text has any.
    pub(super) fn fill(&self, buffer: &mut Buffer) {
        let (ink, ground) = (self.text.fg, self.text.bg);
        if ink.is_none() && ground.is_none() {
            return;
        }
        for cell in &mut buffer.content {
            if cell.fg == Color::Reset {
                cell.fg = ink.unwrap_or(Color::Reset);
            }
            if cell.bg == Color::Reset {
                cell.bg = ground.unwrap_or(Color::Reset);
            }
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

fn style(look: &Look, true_colour: bool) -> Style {
    let on = [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underlined, Modifier::UNDERLINED),
        (look.reversed, Modifier::REVERSED),
    ];
    let modifiers = on.iter().filter(|(is_on, _)| *is_on).map(|(_, modifier)| *modifier);
    let colour = |colour| colour::shown(colour, true_colour);
    Style {
        fg: look.fg.map(colour),
        bg: look.bg.map(colour),
        add_modifier: modifiers.collect(),
        ..Style::new()
    }
}

/// The loaded themes by name.
#[derive(Clone, Debug)]
pub struct Gallery(pub Vec<(String, Theme)>);

impl Gallery {
    /// The themes that the program comes with.
    pub fn embedded() -> Self {
        let named = |name: &str| Some((name.to_owned(), Theme::named(name)?));
        Self(Theme::EMBEDDED.into_iter().filter_map(named).collect())
    }

    /// The theme of that name, else the first one.
    pub fn theme(&self, name: &str) -> Option<&Theme> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.or(self.0.first()).map(|(_, theme)| theme)
    }

    /// Every name, in the order of a switch.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }
}
