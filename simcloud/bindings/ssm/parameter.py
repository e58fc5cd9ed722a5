from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.ssm import _parameter_rules, _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

_OWN = frozenset({"value", "insecureValue", "valueWoVersion", "type", "description", "keyId"})
_MORE = frozenset({"tier", "dataType", "allowedPattern"})


class Parameter(Binding):
    """A parameter of Parameter Store. The SDK makes its value a secret, whatever its type."""

    token = "aws:ssm/parameter:Parameter"
    service = "ssm"
    operation = "put_parameter"
    replaces = frozenset({"name"})
    autoname = AutoName(limit=1011)
    tagging = _tagging.PARAMETER
    references = (Reference("keyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Name": new["name"],
                "Value": _value(new),
                "Type": new["type"],
                "Description": new.get("description"),
                "AllowedPattern": new.get("allowedPattern"),
                "KeyId": new.get("keyId") if new["type"] == "SecureString" else None,
                "Tier": new.get("tier"),
                "DataType": new.get("dataType"),
                "Overwrite": new.get("overwrite"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and any(new.get(name) != old.get(name) for name in _OWN | _MORE):
            cleared: Props = {name: "" for name in ("description", "allowedPattern") if name in old}
            request = self.request(ctx, {**cleared, **new, "overwrite": new.get("overwrite", True)})
            ctx.client("ssm").put_parameter(**request)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        client = ctx.client("ssm")
        found = client.get_parameter(Name=identity, WithDecryption=True)["Parameter"]
        only = [{"Key": "Name", "Option": "Equals", "Values": [identity]}]
        described = client.describe_parameters(ParameterFilters=only)["Parameters"][0]
        return {
            "arn": found["ARN"],
            "name": found["Name"],
            "type": found["Type"],
            "version": found["Version"],
            "dataType": found["DataType"],
            "description": described.get("Description") or None,
            "allowedPattern": described.get("AllowedPattern") or None,
            "keyId": described.get("KeyId", ""),
            "tier": _tier(described["Tier"], given.get("tier")),
            **_values(found["Value"], given),
        }

    def forced(self, old: Props, new: Props) -> frozenset[str]:
        """AWS never takes an advanced parameter back to a standard one."""
        return (
            frozenset({"tier"})
            if (old.get("tier"), new.get("tier")) == ("Advanced", "Standard")
            else frozenset()
        )

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ssm").delete_parameter(Name=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _parameter_rules.problems(new)


def _value(new: Props) -> Value:
    return new.get("value", new.get("insecureValue", new.get("valueWo")))


def _values(found: str, given: Props) -> Props:
    """The value where it was given: a write-only one is never told."""
    written_only = "valueWo" in given or bool(given.get("hasValueWo") and not given.get("value"))
    insecure = bool(given.get("insecureValue")) and not written_only
    return {
        "hasValueWo": written_only,
        "insecureValue": found if insecure else "",
        "value": None if written_only else found,
    }


def _tier(found: str, given: Value) -> Value:
    """The tier; what AWS chose is no change for who let it choose."""
    return given if given == "Intelligent-Tiering" else found
