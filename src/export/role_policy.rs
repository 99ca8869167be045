//! The role that a member account needs, as text that its owner applies: the least permissions,
//! and who may assume it.

use serde_json::{Value, json};

use crate::domain::text::escape_json;

/// What the role is made of. The values stand in quotes in every form, and what is not in their
/// alphabets (ARNs of IAM, external ids of STS) must be refused before.
#[derive(Clone, Copy, Debug)]
pub struct RolePolicy<'a> {
    /// The IAM actions, such as `cloudfront:ListDistributions`.
    pub actions: &'a [&'a str],
    /// The role's name, unless whoever applies it says another.
    pub role: &'a str,
    /// Who may assume it, as an ARN; left to whoever applies it where it is `None`.
    pub trusted_principal: Option<&'a str>,
    /// What must come with the AssumeRole call; `None` is nothing, or left to whoever applies it.
    pub external_id: Option<&'a str>,
}

/// The name of the inline policy, in every form.
const POLICY: &str = "cf-tui-read";

/// `{"TrustPolicy": …, "PermissionsPolicy": …}`: two documents as IAM takes them, indented.
/// Nothing in a JSON document can be left open, so who may assume the role is not optional.
pub fn json(role: &RolePolicy<'_>, trusted_principal: &str) -> String {
    let mut statement = json!({
        "Effect": "Allow",
        "Principal": { "AWS": trusted_principal },
        "Action": "sts:AssumeRole",
    });
    if let Some(id) = role.external_id {
        statement["Condition"] = json!({ "StringEquals": { "sts:ExternalId": id } });
    }
    let document = |statement: Value| json!({ "Version": "2012-10-17", "Statement": [statement] });
    let both = json!({
        "TrustPolicy": document(statement),
        "PermissionsPolicy": document(json!({
            "Effect": "Allow",
            "Action": role.actions,
            "Resource": "*",
        })),
    });
    let text = serde_json::to_string_pretty(&both).expect("it is made of strings and lists");
    escape_json(&text).into_owned() + "\n"
}

/// A template with an `AWS::IAM::Role`; it needs CAPABILITY_NAMED_IAM, because it names the role.
/// What is not known is a parameter without a default, which CloudFormation asks for.
pub fn cloudformation(role: &RolePolicy<'_>) -> String {
    let default = |value: Option<&str>| {
        value.map(|value| format!("    Default: \"{value}\"\n")).unwrap_or_default()
    };
    let actions: String =
        role.actions.iter().map(|action| format!("                  - {action}\n")).collect();
    format!(
        r#"AWSTemplateFormatVersion: "2010-09-09"
Description: The role by which cf-tui reads the CloudFront distributions of this account
Parameters:
  RoleName:
    Type: String
    Default: "{name}"
    Description: The role of the fleet file, the same in every account
  TrustedPrincipal:
    Type: String
{principal}    AllowedPattern: "arn:aws(-cn)?:iam::[0-9]{{12}}:(root|(role|user)/[A-Za-z0-9_+=,.@/-]+)"
    Description: The ARN of the role or user whose credentials assume this role
  ExternalId:
    Type: String
    Default: "{external}"
    AllowedPattern: "([A-Za-z0-9_+=,.@:/-]{{2,1224}})?"
    Description: The external_id of the fleet file; empty where it has none
Conditions:
  HasExternalId: !Not [!Equals [!Ref ExternalId, ""]]
Resources:
  CfTuiRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      Description: Lets cf-tui read CloudFront distributions
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref TrustedPrincipal
            Action: sts:AssumeRole
            Condition: !If
              - HasExternalId
              - StringEquals:
                  sts:ExternalId: !Ref ExternalId
              - !Ref AWS::NoValue
      Policies:
        - PolicyName: {POLICY}
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
{actions}                Resource: "*"
Outputs:
  RoleArn:
    Description: What the fleet file may name as the account's role
    Value: !GetAtt CfTuiRole.Arn
"#,
        name = role.role,
        principal = default(role.trusted_principal),
        external = role.external_id.unwrap_or_default(),
    )
}

/// An `aws_iam_role` with an `aws_iam_role_policy`. What is not known is a variable without a
/// default, which Terraform asks for.
pub fn terraform(role: &RolePolicy<'_>) -> String {
    let principal = role
        .trusted_principal
        .map(|arn| format!("  default     = \"{arn}\"\n"))
        .unwrap_or_default();
    let external = role.external_id.map_or("null".to_owned(), |id| format!("\"{id}\""));
    let actions: String =
        role.actions.iter().map(|action| format!("        \"{action}\",\n")).collect();
    format!(
        r#"# The role by which cf-tui reads the CloudFront distributions of this account.

variable "role_name" {{
  description = "The role of the fleet file, the same in every account"
  type        = string
  default     = "{name}"
}}

variable "trusted_principal" {{
  description = "The ARN of the role or user whose credentials assume this role"
  type        = string
{principal}}}

variable "external_id" {{
  description = "The external_id of the fleet file; null where it has none"
  type        = string
  default     = {external}
}}

resource "aws_iam_role" "cf_tui" {{
  name        = var.role_name
  description = "Lets cf-tui read CloudFront distributions"

  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [merge(
      {{
        Effect    = "Allow"
        Principal = {{ AWS = var.trusted_principal }}
        Action    = "sts:AssumeRole"
      }},
      {{
        for key in ["Condition"] : key => {{ StringEquals = {{ "sts:ExternalId" = var.external_id }} }}
        if var.external_id != null
      }}
    )]
  }})
}}

resource "aws_iam_role_policy" "cf_tui" {{
  name = "{POLICY}"
  role = aws_iam_role.cf_tui.id

  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect = "Allow"
      Action = [
{actions}      ]
      Resource = "*"
    }}]
  }})
}}

output "role_arn" {{
  description = "What the fleet file may name as the account's role"
  value       = aws_iam_role.cf_tui.arn
}}
"#,
        name = role.role,
    )
}
