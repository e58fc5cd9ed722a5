"""Calls that somebody should hear of, as the CIS benchmark lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """`pattern` finds the event in the trail; `control` is Security Hub's control that asks for the alarm."""

    name: str
    control: str
    description: str
    pattern: str


def _calls(names: str, source: str | None = None) -> str:
    """Any of these calls, of a service where that matters."""
    either = " || ".join(f"($.eventName = {name})" for name in names.split())
    return f"{{ ($.eventSource = {source}.amazonaws.com) && ({either}) }}" if source else f"{{ {either} }}"


# AWS: Security Hub User Guide, "Security Hub CSPM controls for Amazon CloudWatch", CloudWatch.1 to .14; the list read
# 2026-11, the patterns per reference notes.
_SPECIAL = (
    ("root", "1", "The root user did something",
     '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'),
    ("unauthorized", "2", "Calls were refused",
     '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'),
    ("no-mfa", "3", "Somebody signed in to the console without a second factor",
     '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && '
     '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }'),
    ("sign-in-failed", "6", "Somebody failed to sign in to the console",
     '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }'),
)  # fmt: skip
_CHANGES = (
    ("iam-policies", "4", "IAM policies", "iam",
     "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy "
     "DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy "
     "DetachUserPolicy AttachGroupPolicy DetachGroupPolicy"),
    ("trail", "5", "The trail", None, "CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging"),
    ("keys", "7", "Keys (disabled, or to be deleted)", "kms", "DisableKey ScheduleKeyDeletion"),
    ("bucket-policies", "8", "Policies of buckets", "s3",
     "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy "
     "DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication"),
    ("config", "9", "AWS Config", "config",
     "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder"),
    ("security-groups", "10", "Security groups", None,
     "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress "
     "RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup"),
    ("network-acls", "11", "Network ACLs", None,
     "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry "
     "ReplaceNetworkAclAssociation"),
    ("gateways", "12", "Network gateways", None,
     "CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway "
     "DeleteInternetGateway DetachInternetGateway"),
    ("routes", "13", "Route tables", "ec2",
     "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute "
     "DisassociateRouteTable"),
    ("vpcs", "14", "VPCs", None,
     "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection "
     "DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc "
     "DisableVpcClassicLink EnableVpcClassicLink"),
)  # fmt: skip

EVENTS: Sequence[AuditEvent] = (
    *(
        AuditEvent(name=name, control=f"CloudWatch.{number}", description=f"{text}.", pattern=pattern)
        for name, number, text, pattern in _SPECIAL
    ),
    *(
        AuditEvent(
            name=name,
            control=f"CloudWatch.{number}",
            description=f"{what} changed.",
            pattern=_calls(calls, source),
        )
        for name, number, what, source, calls in _CHANGES
    ),
)
