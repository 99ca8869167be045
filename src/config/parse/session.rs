//! What goes with an AssumeRole call: the session's name and the external id.

use toml::Spanned;
use toml::de::DeValue;

use super::secrets::is_variable;
use super::values::{mistyped, string};
use super::walk::{Env, Walk};
use crate::domain::account::ExternalId;

/// The longest session name that STS takes.
const LONGEST: usize = 64;

/// A session name, `{user}` replaced.
pub(super) fn name(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
) -> Option<Spanned<String>> {
    let template = string(walk, key, value)?;
    let fixed = template.get_ref().replace("{user}", "");
    if let Some(odd) = fixed.chars().find(|c| !is_session_character(*c)) {
        walk.wrong(
            value.span(),
            format!("`{key}` holds {odd:?}"),
            "AWS takes letters, digits and _+=,.@-; only {user} is replaced",
        );
        return None;
    }
    let user = match template.get_ref().contains("{user}") {
        true => user(walk.env),
        false => Some(String::new()),
    };
    let Some(user) = user else {
        let hint = "set USER, or write a fixed name";
        walk.wrong(value.span(), "{user} needs USER, LOGNAME or USERNAME, and none is set", hint);
        return None;
    };
    let name = fill(template.get_ref(), &fixed, &user);
    if !(2..=LONGEST).contains(&name.len()) {
        let message = format!("`{key}` must have 2 to 64 characters");
        walk.wrong(value.span(), message, format!("it has {}", name.len()));
        return None;
    }
    Some(Spanned::new(value.span(), name))
}

/// The person's name in characters that STS takes.
fn user(env: Env<'_>) -> Option<String> {
    let name = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|variable| env(variable).filter(|name| !name.is_empty()))?;
    Some(name.chars().map(|c| if is_session_character(c) { c } else { '-' }).collect())
}

/// Replaces `{user}`; a long name is cut so that the whole still fits.
fn fill(template: &str, fixed: &str, user: &str) -> String {
    let places = template.matches("{user}").count().max(1);
    let room = LONGEST.saturating_sub(fixed.len()) / places;
    template.replace("{user}", &user[..user.len().min(room)])
}

/// `[\w+=,.@-]` of the STS API, ASCII only.
pub(super) fn is_session_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_+=,.@-".contains(c)
}

/// The prefix of variables that an external id may be taken from, so that a shared file cannot
/// send another secret of its reader away.
const PREFIX: &str = "CF_TUI_";

/// An external id, written out or named by a variable. No message or source line shows it.
pub(super) fn external_id(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
) -> Option<ExternalId> {
    match value.get_ref() {
        DeValue::Table(table) => {
            let mut id = None;
            for (inner, inner_value) in table {
                match inner.get_ref().as_ref() {
                    "env" => id = from_variable(walk, inner_value),
                    other => walk.unknown(other, inner.span(), &["env"]),
                }
            }
            if table.is_empty() {
                let hint = "write external_id = { env = \"CF_TUI_EXTERNAL_ID\" }";
                walk.wrong(value.span(), format!("`{key}` names no variable"), hint);
            }
            id
        }
        DeValue::String(text) => checked(walk, key, value, text),
        _ => {
            mistyped(walk, key, value, "a string or { env = \"CF_TUI_…\" }", "");
            None
        }
    }
}

fn from_variable(walk: &mut Walk<'_>, value: &Spanned<DeValue<'_>>) -> Option<ExternalId> {
    let variable = value.get_ref().as_str().unwrap_or_default();
    if !variable.starts_with(PREFIX) || !is_variable(variable) {
        walk.wrong(
            value.span(),
            "`env` must name a variable that begins with CF_TUI_, in capitals",
            "only such variables are read, so that a shared file cannot send another secret away",
        );
        return None;
    }
    match (walk.env)(variable) {
        Some(id) if !id.is_empty() => checked(walk, variable, value, &id),
        _ => {
            let hint = format!("export {variable}=… before the start");
            walk.wrong(value.span(), format!("the variable {variable} is not set"), hint);
            None
        }
    }
}

/// STS takes 2 to 1224 characters of `[\w+=,.@:/-]`.
fn checked(
    walk: &mut Walk<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    id: &str,
) -> Option<ExternalId> {
    let allowed = |c: char| is_session_character(c) || c == ':' || c == '/';
    if (2..=1224).contains(&id.len()) && id.chars().all(allowed) {
        return Some(ExternalId::new(id));
    }
    let hint = "AWS takes 2 to 1224 letters, digits and _+=,.@:/-";
    walk.wrong(value.span(), format!("`{key}` is no external id"), hint);
    None
}
