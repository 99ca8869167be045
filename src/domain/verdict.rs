//! From exposure and rule to the one word that a row shows.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::exposure::Exposure;
use super::rule::Rule;

/// The question by which rows are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lens {
    /// What really travels.
    #[default]
    Traffic,
    /// What the rule says, literally.
    D9,
}

/// Ordered by severity: the greatest is the worst. The names are a contract of the JSON format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rule leaves it out (lens d9 only).
    NotApplicable,
    /// Nothing travels in plaintext.
    Pass,
    /// Nothing travels in plaintext now, or weak TLS, or it does not work at all.
    Warn,
    /// It could not be told; the reason says what is missing.
    Unknown,
    /// Plaintext travels, or can.
    Fail,
}

impl Verdict {
    /// Worst first, the order of every list.
    pub const BY_SEVERITY: [Self; 5] =
        [Self::Fail, Self::Unknown, Self::Warn, Self::Pass, Self::NotApplicable];

    /// Four letters, as wide everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fail => "FAIL",
            Self::Unknown => "UNKN",
            Self::Warn => "WARN",
            Self::Pass => "PASS",
            Self::NotApplicable => "N/A ",
        }
    }

    /// One cell wide everywhere, so that colour is never the only sign.
    pub fn glyph(self, ascii: bool) -> char {
        match (self, ascii) {
            (Self::Fail, false) => '✗',
            (Self::Fail, true) => 'X',
            (Self::Unknown, _) => '?',
            (Self::Warn, _) => '!',
            (Self::Pass, false) => '✓',
            (Self::Pass, true) => '=',
            (Self::NotApplicable, _) => '-',
        }
    }

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Warn => "warn",
            Self::Pass => "pass",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// Sorts the worst first.
    pub fn severity_first(self) -> Reverse<Self> {
        Reverse(self)
    }

    /// What triage is about: everything but passing and left out.
    pub fn is_problem(self) -> bool {
        self >= Self::Warn
    }
}

/// The verdict of the `traffic` lens.
pub fn traffic(exposure: Exposure, weak_tls: bool) -> Verdict {
    match exposure {
        Exposure::Plaintext | Exposure::PlaintextPossible => Verdict::Fail,
        Exposure::Unknown => Verdict::Unknown,
        Exposure::Latent | Exposure::Broken => Verdict::Warn,
        Exposure::Encrypted | Exposure::EncryptedByViewer if weak_tls => Verdict::Warn,
        Exposure::Encrypted | Exposure::EncryptedByViewer => Verdict::Pass,
    }
}

/// The verdict of the `d9` lens. A description that is not whole proves nothing.
pub fn d9(rule: Rule, whole: bool) -> Verdict {
    match rule {
        _ if !whole => Verdict::Unknown,
        Rule::Fail => Verdict::Fail,
        Rule::Pass => Verdict::Pass,
        Rule::NotApplicable => Verdict::NotApplicable,
    }
}
