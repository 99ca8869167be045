//! What the shell needs to know of the environment, read once.

/// The environment as plain values, so that a test can make one up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`.
    pub term: Option<String>,
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// The terminal shows true colours (`COLORTERM` is `truecolor` or `24bit`).
    pub true_colour: bool,
    /// `COLORFGBG`, by which some terminals tell their colours.
    pub colorfgbg: Option<String>,
    /// Inside tmux (`TMUX`).
    pub tmux: bool,
    /// At the far end of an SSH connection (`SSH_TTY` or `SSH_CONNECTION`).
    pub ssh: bool,
    /// A Wayland session (`WAYLAND_DISPLAY`).
    pub wayland: bool,
    /// An X11 display (`DISPLAY`).
    pub x11: bool,
    /// Windows Subsystem for Linux (`WSL_DISTRO_NAME`).
    pub wsl: bool,
    /// Built for macOS.
    pub macos: bool,
}

impl Environment {
    /// Reads the process's environment.
    #[expect(clippy::disallowed_methods, reason = "the environment is read once, here")]
    pub fn read() -> Self {
        Self::from_lookup(|name| std::env::var_os(name)?.into_string().ok())
    }

    fn from_lookup(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        Self {
            term: variable("TERM"),
            no_color: is_set("NO_COLOR"),
            true_colour: variable("COLORTERM")
                .is_some_and(|value| ["truecolor", "24bit"].contains(&value.as_str())),
            colorfgbg: variable("COLORFGBG"),
            tmux: is_set("TMUX"),
            ssh: is_set("SSH_TTY") || is_set("SSH_CONNECTION"),
            wayland: is_set("WAYLAND_DISPLAY"),
            x11: is_set("DISPLAY"),
            wsl: is_set("WSL_DISTRO_NAME"),
            macos: cfg!(target_os = "macos"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_counts_as_unset() {
        let environment = Environment::from_lookup(|name| match name {
            "TERM" => Some("xterm".to_owned()),
            "NO_COLOR" | "TMUX" | "SSH_TTY" => Some(String::new()),
            "SSH_CONNECTION" => Some("198.51.100.7 50022 203.0.113.5 22".to_owned()),
            _ => None,
        });
        assert_eq!(environment.term.as_deref(), Some("xterm"));
        assert!(environment.ssh);
        assert!(!environment.no_color && !environment.tmux && !environment.wsl);
    }
}
