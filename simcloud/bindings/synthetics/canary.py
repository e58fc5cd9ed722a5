from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import shapes
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.bindings.synthetics import _canary_rules, _code
from simcloud.bindings.synthetics._tagging import CANARY
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.schema import schema_of
from simcloud.values import Props

_NAMES = _api.members(
    (
        "name", "artifactS3Location", "executionRoleArn", "schedule", "runConfig", "successRetentionPeriod",
        "failureRetentionPeriod", "runtimeVersion", "vpcConfig", "artifactConfig", "kmsKeyArn",
    ),
    {
        "successRetentionPeriod": "SuccessRetentionPeriodInDays",
        "failureRetentionPeriod": "FailureRetentionPeriodInDays",
    },
    capital=True,
)  # fmt: skip


class Canary(Binding):
    """A script that looks at a site again and again."""

    token = "aws:synthetics/canary:Canary"
    service = "synthetics"
    operation = "create_canary"
    parameters = {
        "RunConfig.MemoryInMB": "runConfig.memoryInMb",
        **{there: here for here, there in _NAMES.items()},
        "Code.Handler": "handler",
        "Code.S3Bucket": "s3Bucket",
        "Code.S3Key": "s3Key",
        "Code.S3Version": "s3Version",
    }
    replaces = frozenset({"name"})
    defaults = {
        "startCanary": False,
        "deleteLambda": False,
        "successRetentionPeriod": 31,
        "failureRetentionPeriod": 31,
    }
    autoname = AutoName(limit=255)
    tagging = CANARY
    references = (
        Reference("executionRoleArn", "canary_role"),
        Reference("s3Bucket", "canary_bucket"),
        Reference("artifactS3Location", "canary_bucket"),
        Reference("artifactConfig.s3Encryption.kmsKeyArn", "kms_key"),
        Reference("kmsKeyArn", "kms_key"),
        Reference("vpcConfig.subnetIds[]", "subnet"),
        Reference("vpcConfig.securityGroupIds[]", "security_group"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        given = {key: value for key, value in new.items() if key != "vpcConfig"}
        vpc = {key: value for key, value in (new.get("vpcConfig") or {}).items() if key != "vpcId"}
        said = _api.said(ctx, "synthetics", "CreateCanary", {**given, "vpcConfig": vpc or None}, _NAMES)
        return {**said, "Code": _code.described(new)}

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("synthetics").create_canary(**{**self.request(ctx, new), "Code": _code.uploaded(new)})
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        """A canary that runs rests while it is changed, as the real provider lets it."""
        synthetics = ctx.client("synthetics")
        ran = bool(old) and self._state(ctx, identity) == "RUNNING"
        if ran:
            synthetics.stop_canary(Name=identity)
        if old and _differs(new, old):
            alone: Params = (
                {} if "vpcConfig" in new else {"VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []}}
            )
            changed = {**self.request(ctx, new), **alone, "Code": _code.uploaded(new)}
            synthetics.update_canary(**changed)
        if new["startCanary"]:
            synthetics.start_canary(Name=identity)

    def _state(self, ctx: Context, identity: str) -> str:
        return str(ctx.client("synthetics").get_canary(Name=identity)["Canary"]["Status"]["State"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("synthetics").get_canary(Name=identity)["Canary"]
        told = _api.found(ctx, self.token, "synthetics", "Canary", found, _NAMES)
        return {
            **told,
            "vpcConfig": told["vpcConfig"] if (told["vpcConfig"] or {}).get("subnetIds") else None,
            "arn": ctx.arn("synthetics", f"canary:{identity}"),
            "artifactS3Location": _as_given(found["ArtifactS3Location"], given.get("artifactS3Location")),
            "handler": found["Code"]["Handler"],
            "sourceLocationArn": found["Code"]["SourceLocationArn"],
            "engineArn": found["EngineArn"],
            "status": found["Status"]["State"],
            "startCanary": found["Status"]["State"] == "RUNNING",
            "runConfig": {**(told["runConfig"] or {}), **_environment(given)},
            "timelines": [{key: _moment(value) for key, value in shapes.props(found["Timeline"]).items()}],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        synthetics = ctx.client("synthetics")
        if self._state(ctx, identity) == "RUNNING":
            synthetics.stop_canary(Name=identity)
        synthetics.delete_canary(Name=identity, DeleteLambda=bool(old.get("deleteLambda")))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _canary_rules.problems(new)


def _differs(new: Props, old: Props) -> bool:
    """Whether more has changed than whether it runs."""
    watched = (schema_of(Canary.token).inputs.keys() | {"name"}) - {"startCanary", "deleteLambda", "tags"}
    return any(new.get(name) != old.get(name) for name in watched)


def _as_given(found: str, given: Any) -> str:
    """The same place is written with or without its scheme."""
    same = isinstance(given, str) and given.removeprefix("s3://") == found
    return str(given) if same else found


def _environment(given: Props) -> Mapping[str, Any]:
    """What AWS never tells: as it was last said."""
    said = (given.get("runConfig") or {}).get("environmentVariables")
    return {"environmentVariables": said} if said else {}


def _moment(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
