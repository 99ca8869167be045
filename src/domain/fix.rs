//! temp
use super::finding::Finding;
/// t
#[derive(Debug, Clone)]
pub struct Cli {
    /// t
    pub text: String,
    /// t
    pub is_script: bool,
    /// t
    pub title: String,
}
/// t
#[derive(Debug, Clone)]
pub enum NoFix {
    /// t
    NothingToFix(String),
    /// t
    NotCopyable(String),
}
impl std::fmt::Display for NoFix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingToFix(s) | Self::NotCopyable(s) => f.write_str(s),
        }
    }
}
/// t
pub fn cli(finding: &Finding<'_>) -> Result<Cli, NoFix> {
    Ok(Cli { text: finding.reason(), is_script: true, title: String::new() })
}

impl NoFix {
    /// t
    pub fn reason(&self) -> &str {
        match self {
            Self::NothingToFix(s) | Self::NotCopyable(s) => s,
        }
    }
}
/// t
pub fn console(finding: &Finding<'_>) -> Result<Vec<String>, NoFix> {
    Ok(vec![finding.reason()])
}
