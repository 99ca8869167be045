//! A theme file: `inherits` and `[roles]`.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::values::{boolean, mistyped, string, table};
use super::walk::Walk;
use crate::config::near::nearest;
use crate::config::theme::{ANSI, Colour, Look, Role, ThemeFile};

const KEYS: [&str; 2] = ["inherits", "roles"];
const LOOK: [&str; 7] = ["fg", "bg", "bold", "dim", "italic", "underlined", "reversed"];

/// Reads the file; what is wrong is noted and left out. `themes` are those that may be inherited.
pub(super) fn read(walk: &mut Walk<'_>, document: &DeTable<'_>, themes: &[&str]) -> ThemeFile {
    let mut file = ThemeFile::default();
    for (key, value) in document {
        match key.get_ref().as_ref() {
            name @ "inherits" => file.inherits = inherits(walk, name, value, themes),
            name @ "roles" => {
                if let Some(written) = table(walk, name, value, "write [roles]") {
                    file.looks = roles(walk, written);
                }
            }
            name => {
                let is_role = Role::ALL.iter().any(|(role, _)| *role == name);
                let hint = "a role stands below [roles]";
                match is_role {
                    true => walk.wrong(key.span(), format!("unknown key `{name}`"), hint),
                    false => walk.stranger("key", name, key.span(), &KEYS),
                }
            }
        }
    }
    file
}

fn inherits(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    themes: &[&str],
) -> Option<String> {
    let name = string(walk, key, value)?;
    if !themes.contains(&name.get_ref().as_str()) {
        walk.stranger("theme", name.get_ref(), name.span(), themes);
    }
    Some(name.into_inner())
}

fn roles(walk: &mut Walk<'_>, written: &DeTable<'_>) -> Vec<(Role, Look)> {
    let mut looks = Vec::new();
    for (key, value) in written {
        let name = key.get_ref().as_ref();
        match Role::ALL.iter().find(|(known, _)| *known == name) {
            Some((_, role)) => looks.extend(look(walk, name, value).map(|look| (*role, look))),
            None => walk.stranger("role", name, key.span(), &Role::ALL.map(|(name, _)| name)),
        }
    }
    looks
}

/// A table, or a colour alone, which is the ink.
fn look(walk: &mut Walk<'_>, role: &str, value: &Spanned<DeValue<'_>>) -> Option<Look> {
    let mut look = Look::default();
    let Some(written) = value.get_ref().as_table() else {
        look.fg = Some(colour(walk, role, value)?);
        return Some(look);
    };
    for (key, value) in written {
        let name = key.get_ref().as_ref();
        let on = match name {
            "fg" => {
                look.fg = colour(walk, name, value);
                continue;
            }
            "bg" => {
                look.bg = colour(walk, name, value);
                continue;
            }
            "bold" => &mut look.bold,
            "dim" => &mut look.dim,
            "italic" => &mut look.italic,
            "underlined" => &mut look.underlined,
            "reversed" => &mut look.reversed,
            _ => {
                walk.stranger("key", name, key.span(), &LOOK);
                continue;
            }
        };
        *on = boolean(walk, name, value).unwrap_or_default();
    }
    Some(look)
}

fn colour(walk: &mut Walk<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Colour> {
    const EXPECTED: &str =
        "\"default\", one of the 16 names (\"red\", \"bright-red\" …), 0 to 255, or \"#rrggbb\"";
    if let Some(number) = value.get_ref().as_integer() {
        let index = u8::from_str_radix(number.as_str(), number.radix()).ok();
        if index.is_none() {
            let message = format!("there is no colour {}", number.as_str());
            walk.wrong(value.span(), message, "the numbers are 0 to 255");
        }
        return index.map(Colour::Indexed);
    }
    if value.get_ref().as_str().is_none() {
        mistyped(walk, key, value, "a colour", EXPECTED);
        return None;
    }
    let text = string(walk, key, value)?;
    let colour = named(text.get_ref());
    if colour.is_none() {
        let hint = match nearest(text.get_ref(), ANSI.into_iter().chain(["default"])) {
            Some(near) if !text.get_ref().starts_with('#') => format!("did you mean `{near}`?"),
            _ => EXPECTED.to_owned(),
        };
        walk.wrong(text.span(), format!("unknown colour `{}`", text.get_ref()), hint);
    }
    colour
}

fn named(text: &str) -> Option<Colour> {
    if let Some(hex) = text.strip_prefix('#') {
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        let is_hex = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        return is_hex.then_some(Colour::Rgb(part(0)?, part(2)?, part(4)?));
    }
    if text == "default" {
        return Some(Colour::Default);
    }
    let at = ANSI.iter().position(|name| *name == text)?;
    u8::try_from(at).ok().map(Colour::Ansi)
}
