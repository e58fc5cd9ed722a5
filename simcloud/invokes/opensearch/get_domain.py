from __future__ import annotations

from simcloud.bindings.opensearch._tagging import DOMAIN
from simcloud.bindings.opensearch.domain import outputs
from simcloud.context import Context
from simcloud.values import Props, Value

_LISTED = (
    "advancedSecurityOptions", "autoTuneOptions", "cognitoOptions", "ebsOptions", "identityCenterOptions",
    "snapshotOptions", "softwareUpdateOptions", "vpcOptions",
)  # fmt: skip
_RENAMED = {
    "clusterConfigs": "clusterConfig",
    "encryptionAtRests": "encryptAtRest",
    "nodeToNodeEncryptions": "nodeToNodeEncryption",
}
_SAME = (
    "accessPolicies", "advancedOptions", "arn", "dashboardEndpoint", "dashboardEndpointV2",
    "deploymentStrategyOptions", "domainEndpointV2HostedZoneId", "domainId", "domainName", "endpoint", "endpointV2",
    "engineVersion", "ipAddressType", "offPeakWindowOptions",
)  # fmt: skip


def get_domain(ctx: Context, args: Props) -> Props:
    """A search domain by its name."""
    found = ctx.client("opensearch").describe_domain(DomainName=args["domainName"])["DomainStatus"]
    answer = outputs(found, {})
    return {
        **{key: answer.get(key) for key in _SAME},
        **{key: _list(answer.get(key)) for key in _LISTED},
        **{here: _list(answer.get(there)) for here, there in _RENAMED.items()},
        "created": found["Created"],
        "deleted": found["Deleted"],
        "id": found["ARN"],
        "logPublishingOptions": answer.get("logPublishingOptions") or [],
        "processing": found["Processing"],
        "region": ctx.region,
        "tags": DOMAIN.current(ctx, found["ARN"]),
    }


def _list(block: Value) -> list[Value]:
    return [block] if block else []
