from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_FREQUENCIES = {"BASIC": ("SCAN_ON_PUSH", "MANUAL"), "ENHANCED": ("SCAN_ON_PUSH", "CONTINUOUS_SCAN")}


class RegistryScanningConfiguration(Binding):
    """Which repositories are looked through for vulnerabilities, and how. A registry always has one."""

    token = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration"
    service = "ecr"
    operation = "put_registry_scanning_configuration"

    def request(self, ctx: Context, new: Props) -> Params:
        return {"scanType": new["scanType"], "rules": new.get("rules") or []}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return ctx.account

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("ecr").put_registry_scanning_configuration(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        answer = ctx.client("ecr").get_registry_scanning_configuration()
        found = answer["scanningConfiguration"]
        return {
            "registryId": answer["registryId"],
            "scanType": found["scanType"],
            "rules": found.get("rules") or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecr").put_registry_scanning_configuration(scanType="BASIC", rules=[])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: PutRegistryScanningConfiguration, ECR API Reference; from memory of it, not verified.
        rules, kind = new.get("rules"), new["scanType"]
        allowed = _FREQUENCIES.get(kind) if isinstance(kind, str) else None
        for position, rule in enumerate(rules if isinstance(rules, list) else ()):
            frequency = rule.get("scanFrequency") if isinstance(rule, dict) else None
            if isinstance(frequency, str) and allowed is not None and frequency not in allowed:
                yield Refusal(
                    "InvalidParameterException",
                    f"{frequency} does not go with {kind}, which has {' and '.join(allowed)}.",
                    f"rules[{position}].scanFrequency",
                )
        frequencies = [rule.get("scanFrequency") for rule in rules or () if isinstance(rule, dict)]
        if len(set(map(str, frequencies))) < len(frequencies):
            yield Refusal("InvalidParameterException", "each scan frequency can be given once.", "rules")
