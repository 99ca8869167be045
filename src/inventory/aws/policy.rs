//! The session policy: what a member session may do, whatever its role allows.

use std::sync::LazyLock;

use serde_json::json;

/// The only CloudFront actions that this program ever calls. All of them read.
pub const ACTIONS: [&str; 7] = [
    "cloudfront:ListDistributions",
    "cloudfront:ListOriginAccessControls",
    "cloudfront:GetVpcOrigin",
    "cloudfront:GetDistribution",
    "cloudfront:GetDistributionConfig",
    "cloudfront:ListTagsForResource",
    "cloudfront:GetContinuousDeploymentPolicy",
];

/// The policy as minified JSON. It goes with the last AssumeRole of every account, so that even
/// an admin role could write nothing; a session can do what both the role and it allow. STS
/// takes at most 2048 characters.
pub fn session_policy() -> &'static str {
    static JSON: LazyLock<String> = LazyLock::new(|| {
        json!({
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Action": ACTIONS, "Resource": "*" }],
        })
        .to_string()
    });
    &JSON
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_only_and_fits() {
        let json: serde_json::Value = serde_json::from_str(session_policy()).unwrap();
        assert_eq!(json["Statement"][0]["Resource"], "*");
        let actions = json["Statement"][0]["Action"].as_array().unwrap();
        assert_eq!(actions.len(), 7);
        for action in actions {
            let verb = action.as_str().unwrap().strip_prefix("cloudfront:").unwrap();
            assert!(verb.starts_with("List") || verb.starts_with("Get"), "{verb}");
        }
        assert!(session_policy().len() < 600);
        assert!(!session_policy().contains(' '));
    }
}
