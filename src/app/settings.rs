//! The settings in force, as they are shown: each with its value and where that comes from.

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What it is about; settings of one group stand together.
    pub group: &'static str,
    /// Its name, as flags and files write it.
    pub name: String,
    /// Its value in force; of a secret only that it is set.
    pub value: String,
    /// A flag, a variable, a file, or what is built in.
    pub source: String,
}

impl Setting {
    /// A setting.
    pub fn new(
        group: &'static str,
        name: &str,
        value: impl Into<String>,
        source: impl Into<String>,
    ) -> Self {
        Self { group, name: name.to_owned(), value: value.into(), source: source.into() }
    }
}
