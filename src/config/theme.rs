//! A theme as it is written: what each role looks like.

/// Something that a piece of text can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "ui::theme::Theme says what each is")]
pub enum Role {
    Text,
    Muted,
    Title,
    Border,
    BorderFocused,
    Selected,
    Fails,
    Warns,
    Unknown,
    Passes,
    NotApplicable,
    Key,
    Link,
    Code,
    Added,
    Removed,
    Alert,
    Badge,
}

impl Role {
    /// Every role with its name in files.
    pub const ALL: [(&str, Self); 18] = [
        ("text", Self::Text),
        ("muted", Self::Muted),
        ("title", Self::Title),
        ("border", Self::Border),
        ("border_focused", Self::BorderFocused),
        ("selected", Self::Selected),
        ("fails", Self::Fails),
        ("warns", Self::Warns),
        ("unknown", Self::Unknown),
        ("passes", Self::Passes),
        ("not_applicable", Self::NotApplicable),
        ("key", Self::Key),
        ("link", Self::Link),
        ("code", Self::Code),
        ("added", Self::Added),
        ("removed", Self::Removed),
        ("alert", Self::Alert),
        ("badge", Self::Badge),
    ];
}

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own.
    Default,
    /// One of the sixteen that a terminal's palette names.
    Ansi(u8),
    /// One of the 256.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The names of the sixteen, by number.
pub const ANSI: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// What a role looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The ink; `None` leaves what is there.
    pub fg: Option<Colour>,
    /// Behind it.
    pub bg: Option<Colour>,
    /// Strong.
    pub bold: bool,
    /// Weak.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line under it.
    pub underlined: bool,
    /// Ink and ground exchanged.
    pub reversed: bool,
}

/// A theme file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeFile {
    /// The embedded theme that the other roles are taken from.
    pub inherits: Option<String>,
    /// The roles that the file has, each whole.
    pub looks: Vec<(Role, Look)>,
}
