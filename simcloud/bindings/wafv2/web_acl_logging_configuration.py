from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import StructureShape

from simcloud import shapes
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.schema import schema_of
from simcloud.values import Props, Unknown, Value

_NAMES = {"redactedFields": "RedactedFields", "loggingFilter": "LoggingFilter"}


class WebAclLoggingConfiguration(Binding):
    """Where a web ACL writes what it decided."""

    token = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
    service = "wafv2"
    operation = "put_logging_configuration"
    parameters = {f"LoggingConfiguration.{name[:1].upper()}{name[1:]}": name for name in (
        "resourceArn", "logDestinationConfigs", "redactedFields", "loggingFilter",
    )}  # fmt: skip
    replaces = frozenset({"resourceArn", "logDestinationConfigs"})
    references = (
        Reference("resourceArn", "web_acl"),
        Reference("logDestinationConfigs[]", "waf_log_destination"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        shape = _shape(ctx)
        nested = {
            api: shapes.params(shape.members[api], new[name]) for name, api in _NAMES.items() if new.get(name)
        }
        return {
            "LoggingConfiguration": {
                "ResourceArn": new["resourceArn"],
                "LogDestinationConfigs": _destinations(new["logDestinationConfigs"]),
                **nested,
            }
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["resourceArn"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("wafv2").put_logging_configuration(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("wafv2").get_logging_configuration(ResourceArn=identity)["LoggingConfiguration"]
        shape, schema = _shape(ctx), schema_of(self.token)
        nested = {
            name: shapes.answered(schema, name, shape.members[api], found.get(api))
            for name, api in _NAMES.items()
        }
        return {
            "resourceArn": found["ResourceArn"],
            "logDestinationConfigs": _as_given(given, found["LogDestinationConfigs"]),
            **nested,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("wafv2").delete_logging_configuration(ResourceArn=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for position, field in enumerate(new.get("redactedFields") or ()):
            if isinstance(field, Mapping) and len(field) != 1:
                yield Refusal(
                    "WAFInvalidParameterException",
                    "Error reason: Exactly one part of the request is named by a redacted field, "
                    "field: FIELD_TO_MATCH, parameter: redactedFields",
                    f"redactedFields[{position}]",
                )
        destinations = new["logDestinationConfigs"]
        # AWS: LoggingConfiguration, WAFV2 API reference: one per web ACL (botocore 1.44.5), read 2026-11.
        if isinstance(destinations, list) and len(destinations) != 1:
            yield Refusal(
                "WAFInvalidParameterException",
                f"Error reason: A web ACL logs to one destination, not {len(destinations)}, "
                "field: LOG_DESTINATION, parameter: logDestinationConfigs",
                "logDestinationConfigs",
            )
        for position, arn in enumerate(destinations if isinstance(destinations, list) else ()):
            if isinstance(arn, str):
                yield from _destination_problems(arn, f"logDestinationConfigs[{position}]")


def _shape(ctx: Context) -> StructureShape:
    model = ctx.client("wafv2").meta.service_model
    shape: StructureShape = model.shape_for("LoggingConfiguration")
    return shape


def _destinations(given: Value) -> Value:
    """Log groups without the `:*` that some outputs end with, as the provider sends them."""
    if isinstance(given, Unknown):
        return given
    return [arn if isinstance(arn, Unknown) else arn.removesuffix(":*") for arn in given]


def _as_given(given: Props, found: list[str]) -> list[str]:
    """`found`, spelled with `:*` where the program spells it so."""
    spelled = {arn.removesuffix(":*"): arn for arn in given.get("logDestinationConfigs") or []}
    return [spelled.get(arn, arn) for arn in found]


def _destination_problems(arn: str, path: str) -> Iterator[Refusal]:
    # AWS: LoggingConfiguration, WAFV2 API reference: the name must begin so (botocore 1.44.5), read 2026-11.
    name = re.split(r":log-group:|:::|deliverystream/", arn)[-1]
    if not name.startswith("aws-waf-logs-"):
        yield Refusal(
            "WAFInvalidParameterException",
            "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated "
            f"by colons or slashes., field: LOG_DESTINATION, parameter: {arn}",
            path,
            "name the log group, bucket or delivery stream `aws-waf-logs-…`.",
        )
