from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.opensearch import _domain_rules
from simcloud.bindings.opensearch._domain_words import BLOCKS, SCALARS, from_api, to_api
from simcloud.bindings.opensearch._tagging import DOMAIN
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Domain(Binding):
    """A search cluster. The id is its ARN; an import names it by its name."""

    token = "aws:opensearch/domain:Domain"
    service = "opensearch"
    operation = "create_domain"
    parameters = {
        **{there: here for here, (there, _) in BLOCKS.items()},
        **{there: here for here, there in SCALARS.items()},
        "VPCOptions": "vpcOptions",
        "LogPublishingOptions": "logPublishingOptions",
    }
    replaces = frozenset({"domainName", "encryptAtRest"})
    autoname = AutoName("domainName", limit=28, lower=True)
    tagging = DOMAIN
    references = (
        Reference("encryptAtRest.kmsKeyId", "kms_key"),
        Reference("vpcOptions.subnetIds[]", "subnet"),
        Reference("vpcOptions.securityGroupIds[]", "security_group"),
        Reference("domainEndpointOptions.customEndpointCertificateArn", "certificate"),
        Reference("logPublishingOptions[].cloudwatchLogGroupArn", "log_group"),
        Reference("cognitoOptions.roleArn", "role"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "DomainName": new["domainName"],
            **without_none({"EngineVersion": new.get("engineVersion")}),
            **to_api(new),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DomainStatus"]["ARN"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        name, opensearch = _name(identity), ctx.client("opensearch")
        after, before = to_api(new), to_api(old)
        changes = {key: value for key, value in after.items() if value != before.get(key)}
        if "LogPublishingOptions" in before and "LogPublishingOptions" not in after:
            changes["LogPublishingOptions"] = {}
        if changes:
            opensearch.update_domain_config(DomainName=name, **changes)
        if new.get("engineVersion") != old.get("engineVersion") and new.get("engineVersion"):
            opensearch.upgrade_domain(DomainName=name, TargetVersion=new["engineVersion"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("opensearch").describe_domain(DomainName=_name(identity))["DomainStatus"]
        return outputs(found, given)

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """A domain is in a network or outside of it for good."""
        moved = (old.get("vpcOptions") is None) != (new.get("vpcOptions") is None)
        return frozenset({"vpcOptions"}) if moved else frozenset()

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("opensearch").delete_domain(DomainName=_name(identity))

    def adopted(self, ctx: Context, identity: str, found: Props) -> str:
        return str(found["arn"])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _domain_rules.problems(new)


def outputs(found: Mapping[str, Any], given: Props) -> Props:
    """A domain in the provider's words."""
    endpoint = found.get("Endpoint") or (found.get("Endpoints") or {}).get("vpc", "")
    return {
        **from_api(found, given),
        "arn": found["ARN"],
        "domainId": found["DomainId"],
        "domainName": found["DomainName"],
        "engineVersion": found["EngineVersion"],
        "endpoint": endpoint,
        "endpointV2": found["EndpointV2"],
        "dashboardEndpoint": f"{endpoint}/_dashboards",
        "dashboardEndpointV2": f"{found['EndpointV2']}/_dashboards",
        "domainEndpointV2HostedZoneId": found["DomainEndpointV2HostedZoneId"],
    }


def _name(identity: str) -> str:
    return identity.rsplit("/", 1)[-1]
