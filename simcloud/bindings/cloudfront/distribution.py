from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params
from simcloud.bindings.cloudfront import _behaviour_rules, _distribution, _distribution_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: the hosted zone of every distribution, Route 53 API reference, AliasTarget (botocore 1.44.5), read 2026-11.
_HOSTED_ZONE = "Z2FDTNDATAQYW2"
_CONFIG = "DistributionConfigWithTags.DistributionConfig"


class Distribution(Binding):
    """A CloudFront distribution."""

    token = _distribution.TOKEN
    service = "cloudfront"
    operation = "create_distribution_with_tags"
    parameters = {".Items": "", **{f"{_CONFIG}.{api}": name for name, api in _distribution.MEMBERS.items()}}
    replaces = frozenset({"staging"})
    defaults = {
        "httpVersion": "http2",
        "isIpv6Enabled": False,
        "priceClass": "PriceClass_All",
        "retainOnDelete": False,
        "staging": False,
        "waitForDeployment": True,
    }
    tagging = tagging.CLOUDFRONT
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        config = _distribution.params(ctx, new, "plinth")
        return {"DistributionConfigWithTags": {"DistributionConfig": config, "Tags": {"Items": []}}}

    def create(self, ctx: Context, new: Props) -> str:
        request = self.request(ctx, new)
        request["DistributionConfigWithTags"]["DistributionConfig"]["CallerReference"] = (
            f"plinth-{uuid.uuid4()}"
        )
        response = ctx.client(self.service).create_distribution_with_tags(**request)
        return self.identify(ctx, response, new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["Distribution"]["Id"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            cloudfront = ctx.client("cloudfront")
            known = cloudfront.get_distribution_config(Id=identity)
            reference = known["DistributionConfig"]["CallerReference"]
            config = _distribution.params(ctx, new, reference)
            cloudfront.update_distribution(Id=identity, IfMatch=known["ETag"], DistributionConfig=config)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("cloudfront").get_distribution(Id=identity)
        found, config = answer["Distribution"], answer["Distribution"]["DistributionConfig"]
        return {
            **_distribution.props(ctx, config),
            "continuousDeploymentPolicyId": config.get("ContinuousDeploymentPolicyId", ""),
            "arn": found["ARN"],
            "callerReference": config["CallerReference"],
            "domainName": found["DomainName"],
            "etag": answer["ETag"],
            "hostedZoneId": _HOSTED_ZONE,
            "inProgressValidationBatches": found["InProgressInvalidationBatches"],
            "lastModifiedTime": found["LastModifiedTime"].isoformat(),
            "loggingV1Enabled": config["Logging"]["Enabled"],
            "status": found["Status"],
            "trustedKeyGroups": [_signers(ctx, config)],
            "trustedSigners": [{"enabled": False, "items": []}],
            "retainOnDelete": given.get("retainOnDelete", False),
            "waitForDeployment": given.get("waitForDeployment", True),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """As the provider does: disable first, then remove."""
        cloudfront = ctx.client("cloudfront")
        known = cloudfront.get_distribution_config(Id=identity)
        config, tag = known["DistributionConfig"], known["ETag"]
        if config["Enabled"]:
            disabled = {**config, "Enabled": False}
            tag = cloudfront.update_distribution(Id=identity, IfMatch=tag, DistributionConfig=disabled)[
                "ETag"
            ]
        if not old.get("retainOnDelete"):
            cloudfront.delete_distribution(Id=identity, IfMatch=tag)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _distribution_rules.problems(ctx, new)
        yield from _behaviour_rules.problems(ctx, new)


def _signers(ctx: Context, config: Mapping[str, Any]) -> Props:
    """The groups that any behaviour trusts, each with its keys."""
    behaviours = [config["DefaultCacheBehavior"], *config["CacheBehaviors"].get("Items", [])]
    groups = [item.get("TrustedKeyGroups", {}).get("Items", []) for item in behaviours]
    known = list(dict.fromkeys(group for listed in groups for group in listed))
    cloudfront = ctx.client("cloudfront")
    return {
        "enabled": bool(known),
        "items": [
            {
                "keyGroupId": group,
                "keyPairIds": cloudfront.get_key_group(Id=group)["KeyGroup"]["KeyGroupConfig"]["Items"],
            }
            for group in known
        ],
    }
