//! The skeleton of an answer: are its elements nested, is each told once, and is what a verdict
//! hangs on told at all? The SDK's reader says none of this: it stops at what it cannot read as
//! if the answer ended there, takes the last of two values, and puts 0 or false in place of one
//! that did not come.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use xmlparser::{ElementEnd, Token, Tokenizer};

/// What the SDK would put a harmless value in place of. Of the elements of a distribution those
/// are left out whose want the SDK shows itself, by an empty text or a value of its own.
const NEEDED: [(&str, &[&str]); 16] = [
    ("DistributionList", &["IsTruncated", "Quantity"]),
    ("OriginAccessControlList", &["IsTruncated", "Quantity"]),
    ("DistributionSummary", &["CacheBehaviors", "Enabled"]),
    ("Distribution", &["DistributionConfig"]),
    ("DistributionConfig", &["CacheBehaviors", "Enabled"]),
    ("Origins", &["Quantity"]),
    ("OriginGroups", &["Quantity"]),
    ("Members", &["Quantity"]),
    ("CacheBehaviors", &["Quantity"]),
    ("OriginSslProtocols", &["Quantity"]),
    ("LambdaFunctionAssociations", &["Quantity"]),
    ("FunctionAssociations", &["Quantity"]),
    ("ContinuousDeploymentPolicy", &["ContinuousDeploymentPolicyConfig"]),
    ("ContinuousDeploymentPolicyConfig", &["Enabled", "StagingDistributionDnsNames"]),
    ("StagingDistributionDnsNames", &["Quantity"]),
    ("SingleWeightConfig", &["Weight"]),
];

/// The elements that are a distribution: of a listing, and of GetDistribution.
const DISTRIBUTIONS: [&str; 2] = ["DistributionSummary", "Distribution"];

/// What verdicts, pairs and paging are read from. Two of them in one element contradict each other.
const ONCE: [&str; 32] = [
    "CacheBehaviors",
    "ContinuousDeploymentPolicyConfig",
    "ContinuousDeploymentPolicyId",
    "CustomOriginConfig",
    "DefaultCacheBehavior",
    "DistributionConfig",
    "DistributionList",
    "DomainName",
    "Enabled",
    "EventType",
    "FunctionAssociations",
    "Id",
    "IsTruncated",
    "Items",
    "LambdaFunctionAssociations",
    "Members",
    "NextMarker",
    "OriginAccessControlId",
    "OriginAccessControlList",
    "OriginGroups",
    "OriginProtocolPolicy",
    "OriginSslProtocols",
    "Origins",
    "Quantity",
    "S3OriginConfig",
    "SigningBehavior",
    "StagingDistributionDnsNames",
    "Status",
    "TargetOriginId",
    "ViewerProtocolPolicy",
    "VpcOriginConfig",
    "VpcOriginEndpointConfig",
];

/// An element that is open.
struct Open<'a> {
    name: &'a str,
    children: Vec<&'a str>,
}

/// What an answer leaves out of each distribution, in their order; what it leaves out elsewhere,
/// or tells twice, makes it useless.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Skeleton {
    /// By distribution, a sentence for each thing that did not come.
    pub(super) missing: Vec<Vec<String>>,
}

impl Skeleton {
    /// Reads the skeleton of an answer's body; the error says what is wrong with it.
    pub(super) fn of(body: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(body)
            .map_err(|error| format!("it is not UTF-8 from byte {} on", error.valid_up_to()))?;
        let mut reading = Reading::default();
        let mut read_to = 0;
        for token in Tokenizer::from(text) {
            let Ok(token) = token else {
                return Err(format!("it cannot be read from byte {read_to} on"));
            };
            read_to = token.span().end();
            reading.take(token)?;
        }
        match reading.open.last() {
            None => Ok(reading.skeleton),
            Some(open) => Err(format!("{} is not closed", open.name)),
        }
    }
}

#[derive(Default)]
struct Reading<'a> {
    open: Vec<Open<'a>>,
    skeleton: Skeleton,
    /// What the distribution that is open left out so far.
    lacking: Vec<String>,
}

impl<'a> Reading<'a> {
    fn take(&mut self, token: Token<'a>) -> Result<(), String> {
        match token {
            Token::ElementStart { local, .. } => self.opened(local.as_str()),
            Token::ElementEnd { end: ElementEnd::Empty, .. } => self.closed(None),
            Token::ElementEnd { end: ElementEnd::Close(_, local), .. } => {
                self.closed(Some(local.as_str()))
            }
            _ => Ok(()),
        }
    }

    fn opened(&mut self, name: &'a str) -> Result<(), String> {
        if let Some(parent) = self.open.last_mut() {
            if ONCE.contains(&name) && parent.name != "Items" && parent.children.contains(&name) {
                return Err(format!("{} tells {name} twice", parent.name));
            }
            parent.children.push(name);
        }
        self.open.push(Open { name, children: Vec::new() });
        Ok(())
    }

    fn closed(&mut self, name: Option<&str>) -> Result<(), String> {
        let Some(element) = self.open.pop() else {
            return Err(format!("{} is closed and was not open", name.unwrap_or_default()));
        };
        if let Some(name) = name.filter(|name| *name != element.name) {
            return Err(format!("{name} closes {}", element.name));
        }
        let needed = NEEDED.iter().find(|(name, _)| *name == element.name);
        for child in needed.map_or(&[][..], |(_, children)| *children) {
            if !element.children.contains(child) {
                self.lacks(element.name, child)?;
            }
        }
        if DISTRIBUTIONS.contains(&element.name) {
            self.skeleton.missing.push(std::mem::take(&mut self.lacking));
        }
        Ok(())
    }

    /// Within a distribution it is that one's trouble alone.
    fn lacks(&mut self, parent: &str, child: &str) -> Result<(), String> {
        let own = DISTRIBUTIONS.contains(&parent);
        if !own && self.open.iter().all(|open| !DISTRIBUTIONS.contains(&open.name)) {
            return Err(format!("{parent} comes without {child}"));
        }
        let mut sentence = match own {
            true => "the distribution".to_owned(),
            false => parent.to_owned(),
        };
        let _ = write!(sentence, " comes without {child}");
        self.lacking.push(sentence);
        Ok(())
    }
}

/// Keeps the skeleton of the last answer to the call that carries it.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(Arc<Mutex<Skeleton>>);

impl Kept {
    /// The skeleton of the answer.
    pub(super) fn take(&self) -> Skeleton {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[dyn_dispatch_hint]
impl Intercept for Kept {
    fn name(&self) -> &'static str {
        "Kept"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response().body().bytes().unwrap_or_default();
        // What cannot be read is an error of the interceptor that every client carries.
        let skeleton = Skeleton::of(body).unwrap_or_default();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = skeleton;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(body: &str) -> String {
        Skeleton::of(body.as_bytes()).unwrap_err()
    }

    #[test]
    fn what_the_sdk_steps_over_is_told() {
        assert_eq!(trouble("<A><B>1</C></A>"), "C closes B");
        assert_eq!(trouble("<A><B></B>"), "A is not closed");
        assert_eq!(trouble("<A><B>x\u{1}</B></A>"), "it cannot be read from byte 6 on");
        assert!(trouble("<A><B>1 < 2</B></A>").starts_with("it cannot be read"));
        assert!(Skeleton::of(b"<A>\xff</A>").unwrap_err().contains("UTF-8"));
    }

    #[test]
    fn nothing_is_told_twice_outside_of_items() {
        let twice = "<O><OriginProtocolPolicy>http-only</OriginProtocolPolicy><OriginProtocolPolicy>https-only</OriginProtocolPolicy></O>";
        assert_eq!(trouble(twice), "O tells OriginProtocolPolicy twice");
        assert!(Skeleton::of(b"<A><Items><Id>1</Id><Id>2</Id></Items></A>").is_ok());
        assert!(Skeleton::of(b"<A><B><Id>1</Id></B><C><Id>2</Id></C></A>").is_ok());
    }

    #[test]
    fn a_list_says_whether_it_is_whole() {
        let list = |inner: &str| format!("<DistributionList>{inner}</DistributionList>");
        let both = "<IsTruncated>false</IsTruncated><Quantity>0</Quantity>";
        assert_eq!(Skeleton::of(list(both).as_bytes()), Ok(Skeleton::default()));
        let uncut = list("<Quantity>0</Quantity>");
        assert_eq!(trouble(&uncut), "DistributionList comes without IsTruncated");
        let uncounted = list("<IsTruncated>false</IsTruncated>");
        assert_eq!(trouble(&uncounted), "DistributionList comes without Quantity");
        assert!(trouble("<OriginAccessControlList/>").contains("IsTruncated"));
    }

    #[test]
    fn what_a_distribution_leaves_out_is_its_own() {
        let body = "<L><DistributionSummary><CacheBehaviors/></DistributionSummary><DistributionSummary><Enabled>true</Enabled><CacheBehaviors><Quantity>0</Quantity></CacheBehaviors></DistributionSummary></L>";
        let skeleton = Skeleton::of(body.as_bytes()).unwrap();
        let sentences =
            ["CacheBehaviors comes without Quantity", "the distribution comes without Enabled"];
        assert_eq!(skeleton.missing, [sentences.map(str::to_owned).to_vec(), Vec::new()]);
    }
}
