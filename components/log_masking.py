"""Personal data that gets into a log is masked there, whoever reads it."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws

from components import account

# AWS: "CloudWatch Logs managed data identifiers for sensitive data types", CloudWatch Logs user guide, read 2026-11
_EVERYWHERE = ("EmailAddress", "CreditCardNumber", "CreditCardSecurityCode")
# Countries by the enumeration of AWS's CDK (aws_logs.DataIdentifier), read 2026-11: there is none for other countries.
_PHONE_COUNTRIES = ("BR", "DE", "ES", "FR", "GB", "IT", "US")

IDENTIFIERS = (*_EVERYWHERE, *(f"PhoneNumber-{country}" for country in _PHONE_COUNTRIES))
"""What is masked, by AWS's names."""


def mask_personal_data(
    parent: pulumi.Resource, name: str, log_group_name: pulumi.Input[str]
) -> aws.cloudwatch.LogDataProtectionPolicy:
    """From now on the group shows asterisks instead, except to who may call logs:Unmask."""
    return aws.cloudwatch.LogDataProtectionPolicy(
        name,
        log_group_name=log_group_name,
        policy_document=account.current(parent).apply(lambda here: masking_policy(name, here.partition)),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def masking_policy(name: str, partition: str) -> str:
    """AWS wants both statements, with the same identifiers: one that finds and one that masks.

    AWS: API reference of CloudWatch Logs, PutDataProtectionPolicy (botocore 1.44.5), read 2026-11.
    """
    found = [f"arn:{partition}:dataprotection::aws:data-identifier/{one}" for one in IDENTIFIERS]
    return json.dumps(
        {
            "Name": name,
            "Version": "2021-06-01",
            "Statement": [
                {
                    "Sid": "find",
                    "DataIdentifier": found,
                    "Operation": {"Audit": {"FindingsDestination": {}}},
                },
                {
                    "Sid": "mask",
                    "DataIdentifier": found,
                    "Operation": {"Deidentify": {"MaskConfig": {}}},
                },
            ],
        }
    )
