//! From a request to what is done with it: who asks, which operation, which fault.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use super::http::{Outcome, Request, Response};
use super::state::{Call, State};
use super::xml::{CLOUDFRONT, STS, document, sent, text, wrap};
use super::{Fault, cloudfront, sts};

/// What an operation answers when all is well, or AWS's error.
pub(super) type Answer = Result<Good, Refusal>;

/// A body and perhaps an ETag.
pub(super) struct Good {
    pub(super) body: String,
    pub(super) etag: Option<String>,
}

impl From<String> for Good {
    fn from(body: String) -> Self {
        Self { body, etag: None }
    }
}

/// An error in AWS's words.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }
}

/// An operation understood, before it is done.
pub(super) struct Asked {
    pub(super) operation: &'static str,
    /// The account of the access key; empty where the key is not known.
    pub(super) caller: String,
    /// The account that it is about.
    pub(super) account: String,
    pub(super) params: BTreeMap<String, String>,
    pub(super) request_id: String,
}

/// What is done with a request, and after how long.
pub(super) fn answer(state: &Mutex<State>, request: &Request) -> (Duration, Outcome) {
    let mut state = state.lock().unwrap();
    let key = access_key(request);
    let caller = key.and_then(account_of).filter(|a| state.accounts.contains_key(a));
    let is_sts = request.method == "POST" && request.path == "/";
    let namespace = if is_sts { STS } else { CLOUDFRONT };
    let asked = if is_sts { sts::asked(request) } else { cloudfront::asked(request) };
    let request_id = state.next_request_id();
    let Some((operation, params)) = asked else {
        let refusal = Refusal::new(400, "InvalidAction", "the fake knows no such operation");
        return (Duration::ZERO, Outcome::Answer(refused(&refusal, namespace, &request_id)));
    };
    let caller = caller.unwrap_or_default();
    let account = match params.get("RoleArn") {
        Some(arn) => arn.split(':').nth(4).unwrap_or_default().to_owned(),
        None => caller.clone(),
    };
    let asked = Asked { operation, caller, account, params, request_id };
    state.calls.push(Call {
        operation: operation.to_owned(),
        account: asked.account.clone(),
        caller: asked.caller.clone(),
        params: asked.params.clone(),
        request_id: asked.request_id.clone(),
    });
    let faults = state.take_faults(&asked.account, operation);
    let delay = faults.iter().map(delay).sum();
    if let Err(refusal) = identified(&state, &asked, key, request) {
        return (delay, Outcome::Answer(refused(&refusal, namespace, &asked.request_id)));
    }
    let fault = faults.into_iter().find(|f| !matches!(f, Fault::Delay(_)));
    let outcome = match fault {
        Some(Fault::Hang) => Outcome::Hang,
        Some(Fault::Reset) => Outcome::Reset,
        fault => Outcome::Answer(response(&mut state, request, &asked, fault.as_ref(), namespace)),
    };
    (delay, outcome)
}

fn delay(fault: &Fault) -> Duration {
    match fault {
        Fault::Delay(delay) => *delay,
        _ => Duration::ZERO,
    }
}

fn response(
    state: &mut State,
    request: &Request,
    asked: &Asked,
    fault: Option<&Fault>,
    namespace: &str,
) -> Response {
    match fault {
        Some(Fault::Garbage) => {
            return plain(200, "text/html", "<html><body>Please log in.<br></body></html>");
        }
        Some(Fault::Body(body)) => return plain(200, "text/xml", body),
        Some(Fault::Answer(status, body)) => return plain(*status, "text/xml", body),
        _ => {}
    }
    let answer = match fault.and_then(|f| refusal(f, asked, namespace == STS)) {
        Some(refusal) => Err(refusal),
        None if namespace == STS => sts::answer(state, asked, fault),
        None => cloudfront::answer(state, asked, request, fault),
    };
    match answer {
        Err(refusal) => refused(&refusal, namespace, &asked.request_id),
        Ok(good) => {
            let mut response = plain(200, "text/xml", &good.body);
            if let Some(Fault::Cut(bytes)) = fault {
                response.body.truncate(*bytes);
            }
            response.headers.push(("x-amzn-RequestId", asked.request_id.clone()));
            response.headers.extend(good.etag.map(|etag| ("ETag", etag)));
            response
        }
    }
}

/// The faults that are errors in AWS's words.
fn refusal(fault: &Fault, asked: &Asked, is_sts: bool) -> Option<Refusal> {
    let service = if is_sts { "sts" } else { "cloudfront" };
    Some(match fault {
        Fault::AccessDenied => Refusal::new(
            403,
            "AccessDenied",
            format!(
                "User: arn:aws:sts::{}:assumed-role/test/test is not authorized to perform: {service}:{}",
                asked.caller, asked.operation
            ),
        ),
        Fault::Throttle => Refusal::new(400, "Throttling", "Rate exceeded"),
        Fault::ServerError => Refusal::new(500, "InternalError", "An internal error occurred."),
        Fault::ExpiredToken => Refusal::new(
            403,
            "ExpiredToken",
            "The security token included in the request is expired",
        ),
        _ => return None,
    })
}

fn refused(refusal: &Refusal, namespace: &str, request_id: &str) -> Response {
    let error = text("Type", if refusal.status < 500 { "Sender" } else { "Receiver" })
        + &text("Code", refusal.code)
        + &text("Message", &refusal.message);
    let inner = wrap("Error", &error) + &text("RequestId", request_id);
    let body = document("ErrorResponse", namespace, &inner);
    let mut response = plain(refusal.status, "text/xml", &body);
    response.headers.push(("x-amzn-RequestId", request_id.to_owned()));
    response
}

fn plain(status: u16, kind: &str, body: &str) -> Response {
    Response {
        status,
        headers: vec![("Content-Type", kind.to_owned())],
        body: sent(body).into_bytes(),
    }
}

/// `AKIA…` out of `AWS4-HMAC-SHA256 Credential=AKIA…/20260101/us-east-1/sts/aws4_request, …`.
fn access_key(request: &Request) -> Option<&str> {
    let header = request.header("authorization")?;
    let (_, rest) = header.split_once("Credential=")?;
    rest.split('/').next()
}

/// The account that an access key id of this server holds.
fn account_of(key: &str) -> Option<String> {
    let rest = key.strip_prefix("AKIA").or_else(|| key.strip_prefix("ASIA"))?;
    let account = rest.get(..12)?;
    account.bytes().all(|b| b.is_ascii_digit()).then(|| account.to_owned())
}

/// Refuses keys that are not of this server, and session keys without their token.
fn identified(
    state: &State,
    asked: &Asked,
    key: Option<&str>,
    request: &Request,
) -> Result<(), Refusal> {
    let invalid = || {
        let message = "The security token included in the request is invalid.";
        Refusal::new(403, "InvalidClientTokenId", message)
    };
    let Some(key) = key else {
        let message = "Request is missing Authentication Token";
        return Err(Refusal::new(403, "MissingAuthenticationToken", message));
    };
    if asked.caller.is_empty() {
        return Err(invalid());
    }
    let token = request.header("x-amz-security-token");
    let action = format!("\"cloudfront:{}\"", asked.operation);
    let binds = |policy: &String| request.path != "/" && !policy.contains(&action);
    if state.policies.get(key).is_some_and(binds) {
        return Err(refusal(&Fault::AccessDenied, asked, false).expect("it is an error of AWS"));
    }
    if key.starts_with("ASIA") && token != state.tokens.get(key).map(String::as_str) {
        return Err(invalid());
    }
    Ok(())
}
