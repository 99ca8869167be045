//! Proof that an answer came whole. The SDK's XML reader takes a body that ends in the middle:
//! what is missing comes back as 0, false or an empty list, without an error. So every answer
//! must end with the closing tag of the element that it began with.

use std::fmt;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// The interceptor that every client of this program carries.
#[derive(Debug)]
pub(super) struct WholeAnswers;

#[dyn_dispatch_hint]
impl Intercept for WholeAnswers {
    fn name(&self) -> &'static str {
        "WholeAnswers"
    }

    /// The body is buffered by now; before deserialization it would still be a stream.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        if !response.status().is_success() {
            return Ok(());
        }
        let body = response.body().bytes().unwrap_or_default();
        match is_whole(body) && !is_html(body) && is_counted(body) {
            true => Ok(()),
            false => Err(NotWhole::of(body).into()),
        }
    }
}

/// An answer that ends before its end, or is none of AWS's.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotWhole {
    /// No byte of content.
    Empty,
    /// A web page, as proxies and captive portals send it.
    Html,
    /// Neither XML nor a web page.
    NotXml,
    /// A list without its Quantity, which the SDK would read as an empty one.
    Uncounted,
    /// XML that stops after so many bytes.
    Cut(usize),
}

impl NotWhole {
    fn of(body: &[u8]) -> Self {
        match body.trim_ascii() {
            [] => Self::Empty,
            _ if is_html(body) => Self::Html,
            _ if is_whole(body) => Self::Uncounted,
            [b'<' | b'\xef', ..] => Self::Cut(body.len()),
            _ => Self::NotXml,
        }
    }
}

impl fmt::Display for NotWhole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the answer is empty"),
            Self::Html => f.write_str("the answer is a web page"),
            Self::NotXml => f.write_str("the answer is not XML"),
            Self::Uncounted => f.write_str("the list does not say how much it holds"),
            Self::Cut(bytes) => write!(f, "the answer is cut off after {bytes} bytes"),
        }
    }
}

impl std::error::Error for NotWhole {}

/// False for a list (`DistributionList`, `OriginAccessControlList`) that never says its Quantity.
fn is_counted(body: &[u8]) -> bool {
    let root = after_prolog(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).unwrap_or(body);
    !name_of(root).ends_with(b"List") || memchr::memmem::find(root, b"<Quantity>").is_some()
}

/// True for a web page instead of AWS's answer.
pub(super) fn is_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    let begins =
        |with: &[u8]| start.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    begins(b"<!doctype html") || begins(b"<html")
}

/// True if the XML document ends with the closing tag of its root, or its root has no content.
/// White space may follow. None of the answers that are read nests an element of its root's name.
pub fn is_whole(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    let Some(root) = after_prolog(body) else { return false };
    let name = name_of(root);
    if name.is_empty() {
        return false;
    }
    match memchr::memchr(b'>', root) {
        None => false,
        Some(end) if root[..end].ends_with(b"/") => end + 1 == root.len(),
        Some(_) => ends_with_closing_tag(root, name),
    }
}

fn name_of(root: &[u8]) -> &[u8] {
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/');
    &root[..root.iter().position(ends).unwrap_or(root.len())]
}

/// What follows the `<` of the root element: declarations and comments are stepped over.
fn after_prolog(mut body: &[u8]) -> Option<&[u8]> {
    loop {
        body = body.trim_ascii_start();
        let close: &[u8] = match body {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            [b'<', root @ ..] => return Some(root),
            _ => return None,
        };
        let end = memchr::memmem::find(body, close)?;
        body = &body[end + close.len()..];
    }
}

fn ends_with_closing_tag(root: &[u8], name: &[u8]) -> bool {
    root.strip_suffix(b">")
        .map(<[u8]>::trim_ascii_end)
        .and_then(|rest| rest.strip_suffix(name))
        .is_some_and(|rest| rest.ends_with(b"</"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "<?xml version=\"1.0\"?>\n<!-- a > b --><List xmlns=\"urn:x\"><Name>a</Name><ListName/></List>";

    #[test]
    fn only_the_whole_body_is_whole() {
        assert!(is_whole(WHOLE.as_bytes()));
        for end in 0..WHOLE.len() {
            assert!(!is_whole(&WHOLE.as_bytes()[..end]), "cut after {end} bytes");
        }
    }

    #[test]
    fn space_and_short_forms() {
        assert!(is_whole(b"\xef\xbb\xbf \n<A>x</A >\r\n"));
        assert!(is_whole(b"<A/>"));
        assert!(is_whole(b"<A b='c' />"));
        assert!(!is_whole(b"<A/><B>"));
        assert!(!is_whole(b"<A><A"));
        assert!(!is_whole(b"<AB></A>"));
        assert!(!is_whole(b"<A></AB>"));
        assert!(!is_whole(b"not xml"));
        assert!(!is_whole(b"<"));
        assert!(!is_whole(b"<>"));
    }

    #[test]
    fn what_it_is_instead_is_told() {
        assert_eq!(NotWhole::of(b" \n"), NotWhole::Empty);
        assert_eq!(NotWhole::of(b"<!DOCTYPE html><html></html>"), NotWhole::Html);
        assert_eq!(NotWhole::of(b"upstream timed out"), NotWhole::NotXml);
        assert_eq!(NotWhole::of(b"<List><Na"), NotWhole::Cut(9));
        assert_eq!(NotWhole::of(b"<List></List>"), NotWhole::Uncounted);
    }

    #[test]
    fn a_list_must_be_counted() {
        assert!(!is_counted(b"<?xml version='1.0'?><DistributionList></DistributionList>"));
        assert!(is_counted(b"<DistributionList><Quantity>0</Quantity></DistributionList>"));
        assert!(is_counted(b"<VpcOrigin></VpcOrigin>"));
    }
}
