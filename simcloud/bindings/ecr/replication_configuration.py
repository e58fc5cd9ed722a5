from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_MOST_DESTINATIONS = 25


class ReplicationConfiguration(Binding):
    """Where the images of a registry are copied to. A registry always has one, which may be empty."""

    token = "aws:ecr/replicationConfiguration:ReplicationConfiguration"
    service = "ecr"
    operation = "put_replication_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"replicationConfiguration": new.get("replicationConfiguration") or {"rules": []}}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return ctx.account

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ecr").put_replication_configuration(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("ecr").describe_registry()
        rules = (answer.get("replicationConfiguration") or {}).get("rules")
        return {
            "registryId": answer["registryId"],
            "replicationConfiguration": {"rules": rules} if rules else None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecr").put_replication_configuration(replicationConfiguration={"rules": []})

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: PutReplicationConfiguration, ECR API Reference; from memory of it, not verified.
        configured = new.get("replicationConfiguration")
        rules = configured.get("rules") if isinstance(configured, dict) else None
        every: set[str] = set()
        for position, rule in enumerate(rules if isinstance(rules, list) else ()):
            targets = rule.get("destinations") if isinstance(rule, dict) else None
            for at, target in enumerate(targets if isinstance(targets, list) else ()):
                region, registry = target.get("region"), target.get("registryId")
                every.add(f"{region}/{registry}")
                if region == ctx.region and registry == ctx.account:
                    yield Refusal(
                        "InvalidParameterException",
                        "Replication destination cannot be the same as the source registry.",
                        f"replicationConfiguration.rules[{position}].destinations[{at}].region",
                    )
        if len(every) > _MOST_DESTINATIONS:
            yield Refusal(
                "InvalidParameterException",
                f"{len(every)} destinations are given, at most {_MOST_DESTINATIONS} are allowed.",
                "replicationConfiguration.rules",
            )
