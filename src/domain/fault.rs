//! Why an account, or a part of it, could not be read.

use serde::{Deserialize, Serialize};

/// The step at which it happened; the names are a contract of the JSON format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Finding the base credentials.
    Credentials,
    /// Any hop of the role chain.
    AssumeRole,
    /// Comparing the ARN that came back with the configured account.
    VerifyAccount,
    /// A page of distributions.
    ListDistributions,
    /// The look-up of signing behaviors.
    ListOriginAccessControls,
    /// The look-up of a VPC origin's protocol policy.
    GetVpcOrigin,
    /// Reading one distribution again.
    GetDistribution,
}

impl Step {
    /// The step as its users know it: the API call where there is one.
    pub fn label(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::AssumeRole => "AssumeRole",
            Self::VerifyAccount => "account check",
            Self::ListDistributions => "ListDistributions",
            Self::ListOriginAccessControls => "ListOriginAccessControls",
            Self::GetVpcOrigin => "GetVpcOrigin",
            Self::GetDistribution => "GetDistribution",
        }
    }
}

/// What kind of trouble it was; the names are a contract of the JSON format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// AWS said no.
    Denied,
    /// The credentials are of another account than the fleet file says.
    WrongAccount,
    /// Credentials or a session ran out.
    Expired,
    /// Every try was throttled.
    Throttled,
    /// No connection, or one that broke.
    Network,
    /// No answer in time.
    Timeout,
    /// An answer that is cut, or not what AWS sends.
    Malformed,
    /// A thing that is not there.
    NotFound,
    /// A thing that this program cannot do, such as asking for an MFA code.
    Unsupported,
    /// The program's own task panicked.
    Crashed,
    /// The person stopped it.
    Cancelled,
}

/// What happened, where, the likely cause and the next step. Text from AWS in it is already
/// made harmless (see [`crate::domain::text`]); it holds no credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The step at which it happened.
    pub step: Step,
    /// The kind of trouble.
    pub kind: FaultKind,
    /// What happened, in one sentence.
    pub message: String,
    /// The likely cause and the next step.
    pub hint: String,
    /// The request id that AWS support asks for.
    pub request_id: Option<String>,
}
