//! What went wrong with one try of one call, read off the SDK's error.

use std::error::Error;
use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{DispatchFailure, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::whole::{NotWhole, is_html};
use crate::domain::fault::FaultKind;

/// How often a call may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It would only fail again.
    Never,
    /// A few times: something broke on the way.
    Few,
    /// As often as the fleet file allows: AWS asks for patience.
    Many,
}

/// One failed try.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) kind: FaultKind,
    /// Whether another try may help.
    pub(super) again: Again,
    /// AWS's error code, such as `AccessDenied`.
    pub(super) code: Option<String>,
    /// AWS's message or the chain of causes; not yet made harmless.
    pub(super) text: String,
    pub(super) request_id: Option<String>,
    /// What the Retry-After header asks for.
    pub(super) retry_after: Option<Duration>,
    /// The HTTP status, where there was an answer.
    pub(super) status: Option<u16>,
    /// True where the base credentials could not be had, and nothing was sent.
    pub(super) credentials: bool,
}

impl Trouble {
    /// An answer that came and cannot be right.
    pub(super) fn malformed(text: impl Into<String>, request_id: Option<String>) -> Self {
        Self { request_id, ..Self::new(FaultKind::Malformed, Again::Never, text) }
    }

    /// Trouble without an answer.
    pub(super) fn new(kind: FaultKind, again: Again, text: impl Into<String>) -> Self {
        Self {
            kind,
            again,
            code: None,
            text: text.into(),
            request_id: None,
            retry_after: None,
            status: None,
            credentials: false,
        }
    }

    /// True if AWS gave this error code.
    pub(super) fn has_code(&self, codes: &[&str]) -> bool {
        self.code.as_deref().is_some_and(|code| codes.contains(&code))
    }
}

const THROTTLED: &[&str] = &[
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
    "TooManyRequestsException",
];
const EXPIRED: &[&str] =
    &["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];
const DENIED: &[&str] = &[
    "AccessDenied",
    "AccessDeniedException",
    "AuthFailure",
    "Forbidden",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "NotAuthorized",
    "OptInRequired",
    "RegionDisabledException",
    "SignatureDoesNotMatch",
    "UnauthorizedOperation",
    "UnrecognizedClientException",
];
const UNSUPPORTED: &[&str] = &[
    "MalformedPolicyDocument",
    "MalformedPolicyDocumentException",
    "PackedPolicyTooLarge",
    "PackedPolicyTooLargeException",
    "ValidationError",
];
const NOT_FOUND: &[&str] = &["EntityNotFound", "NoSuchDistribution", "NoSuchResource"];

/// Reads an SDK error.
pub(super) fn of<E>(error: &SdkError<E, HttpResponse>) -> Trouble
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error {
        SdkError::ConstructionFailure(_) => of_credentials(error)
            .unwrap_or_else(|| Trouble::new(FaultKind::Unsupported, Again::Never, chain(error))),
        SdkError::TimeoutError(_) => {
            Trouble::new(FaultKind::Timeout, Again::Few, "no answer within call_timeout")
        }
        SdkError::DispatchFailure(failure) => {
            of_credentials(error).unwrap_or_else(|| of_dispatch(failure, error))
        }
        SdkError::ResponseError(response) => with_answer(of_response(error), response.raw()),
        SdkError::ServiceError(service) => {
            with_answer(of_service(service.err(), service.raw(), error), service.raw())
        }
        other => Trouble::new(FaultKind::Network, Again::Few, chain(other)),
    }
}

/// Credentials are resolved inside a call: their trouble is none of the network's.
fn of_credentials(error: &(dyn Error + 'static)) -> Option<Trouble> {
    let found = causes(error).find(|cause| cause.is::<CredentialsError>())?;
    let mut trouble = Trouble::new(FaultKind::Denied, Again::Never, chain(found));
    trouble.credentials = true;
    Some(trouble)
}

fn of_dispatch(failure: &DispatchFailure, error: &(dyn Error + 'static)) -> Trouble {
    let text = failure.as_connector_error().map_or_else(|| chain(error), |c| chain(c));
    match failure.is_timeout() {
        true => Trouble::new(FaultKind::Timeout, Again::Few, text),
        false if failure.is_user() => Trouble::new(FaultKind::Unsupported, Again::Never, text),
        false => Trouble::new(FaultKind::Network, Again::Few, text),
    }
}

/// An answer began: it is not whole, or the connection broke in it.
fn of_response(error: &(dyn Error + 'static)) -> Trouble {
    match causes(error).find_map(|cause| cause.downcast_ref::<NotWhole>()) {
        Some(not_whole) => Trouble::new(FaultKind::Malformed, Again::Few, not_whole.to_string()),
        None => Trouble::new(FaultKind::Network, Again::Few, chain(error)),
    }
}

fn of_service(
    service: &(impl ProvideErrorMetadata + Error + 'static),
    raw: &HttpResponse,
    error: &(dyn Error + 'static),
) -> Trouble {
    let code = service.code().map(str::to_owned);
    let status = raw.status().as_u16();
    let (kind, again) = classify(code.as_deref(), status);
    let text = match (service.message(), &code) {
        (Some(message), _) => message.to_owned(),
        (None, Some(code)) => code.clone(),
        (None, None) if raw.body().bytes().is_some_and(is_html) => {
            format!("a web page came instead of AWS's answer (HTTP {status})")
        }
        (None, None) if raw.status().is_success() => chain(error),
        (None, None) => format!("HTTP {status} without AWS's error code"),
    };
    Trouble { code, ..Trouble::new(kind, again, text) }
}

fn classify(code: Option<&str>, status: u16) -> (FaultKind, Again) {
    let is = |codes: &[&str]| code.is_some_and(|code| codes.contains(&code));
    if is(THROTTLED) || status == 429 || status == 503 {
        (FaultKind::Throttled, Again::Many)
    } else if is(EXPIRED) {
        (FaultKind::Expired, Again::Never)
    } else if is(UNSUPPORTED) {
        (FaultKind::Unsupported, Again::Never)
    } else if is(NOT_FOUND) || code.is_some_and(|code| code.starts_with("NoSuch")) {
        (FaultKind::NotFound, Again::Never)
    } else if status >= 500 {
        (FaultKind::Network, Again::Many)
    } else if is(DENIED) || (code.is_some() && matches!(status, 401 | 403)) {
        (FaultKind::Denied, Again::Never)
    } else if code.is_none() && status == 407 {
        (FaultKind::Network, Again::Never)
    } else if code.is_none() {
        (FaultKind::Malformed, Again::Few)
    } else {
        (FaultKind::Unsupported, Again::Never)
    }
}

fn with_answer(trouble: Trouble, raw: &HttpResponse) -> Trouble {
    let header = |name: &str| raw.headers().get(name).map(str::to_owned);
    Trouble {
        request_id: header("x-amzn-requestid").or_else(|| header("x-amz-request-id")),
        retry_after: header("retry-after")
            .and_then(|seconds| seconds.trim().parse().ok())
            .map(Duration::from_secs),
        status: Some(raw.status().as_u16()),
        ..trouble
    }
}

/// The error and all that caused it. An `io::Error` hides its payload from `source`.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<std::io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    })
}

/// Where an endpoint cannot be used, the SDK's words hold the whole request that was not sent, and
/// with it an external id or a token.
fn without_request(mut part: String) -> String {
    if let Some(at) = part.find(" to request `Request {") {
        part.truncate(at);
    }
    part
}

/// The causes in one line, outermost first, each once.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for cause in causes(error) {
        let part = without_request(cause.to_string());
        if text.contains(&part) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_statuses() {
        assert_eq!(classify(Some("Throttling"), 400), (FaultKind::Throttled, Again::Many));
        assert_eq!(classify(Some("Whatever"), 503), (FaultKind::Throttled, Again::Many));
        assert_eq!(classify(None, 429), (FaultKind::Throttled, Again::Many));
        assert_eq!(classify(Some("InternalFailure"), 500), (FaultKind::Network, Again::Many));
        assert_eq!(classify(None, 502), (FaultKind::Network, Again::Many));
        assert_eq!(classify(Some("AccessDenied"), 403), (FaultKind::Denied, Again::Never));
        assert_eq!(classify(Some("SomethingNew"), 403), (FaultKind::Denied, Again::Never));
        assert_eq!(classify(Some("ExpiredToken"), 403), (FaultKind::Expired, Again::Never));
        assert_eq!(classify(Some("NoSuchVpcOrigin"), 404), (FaultKind::NotFound, Again::Never));
        assert_eq!(classify(None, 403), (FaultKind::Malformed, Again::Few));
        assert_eq!(classify(None, 200), (FaultKind::Malformed, Again::Few));
        assert_eq!(classify(None, 407), (FaultKind::Network, Again::Never));
        assert_eq!(classify(Some("ValidationError"), 400), (FaultKind::Unsupported, Again::Never));
    }
}
