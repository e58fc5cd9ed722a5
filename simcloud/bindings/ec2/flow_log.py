from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known, without_none

_SUBJECTS = {
    "vpcId": "VPC",
    "subnetId": "Subnet",
    "eniId": "NetworkInterface",
    "transitGatewayId": "TransitGateway",
    "transitGatewayAttachmentId": "TransitGatewayAttachment",
    "regionalNatGatewayId": "RegionalNatGateway",
}
_DEFAULT_FORMAT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} "
    "${bytes} ${start} ${end} ${action} ${log-status}"
)


class FlowLog(Binding):
    """The record of traffic of a VPC, subnet or interface. Nothing of it can be changed but tags."""

    token = "aws:ec2/flowLog:FlowLog"
    service = "ec2"
    operation = "create_flow_logs"
    parameters = {"DeliverLogsPermissionArn": "iamRoleArn"}
    replaces = frozenset(
        {
            "deliverCrossAccountRole",
            "destinationOptions",
            "iamRoleArn",
            "logDestination",
            "logDestinationType",
            "logFormat",
            "maxAggregationInterval",
            "trafficType",
            *_SUBJECTS,
        }
    )
    defaults = {"logDestinationType": "cloud-watch-logs", "maxAggregationInterval": 600}
    tagging = tagging.EC2
    references = (
        Reference("vpcId", "vpc"),
        Reference("subnetId", "subnet"),
        Reference("iamRoleArn", "role"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        subject = next((name for name in _SUBJECTS if new.get(name) is not None), "vpcId")
        return without_none(
            {
                "ResourceType": _SUBJECTS[subject],
                "ResourceIds": [new.get(subject)],
                "TrafficType": new.get("trafficType"),
                "LogDestinationType": new.get("logDestinationType"),
                "LogDestination": _destination(new.get("logDestination")),
                "DeliverLogsPermissionArn": new.get("iamRoleArn"),
                "DeliverCrossAccountRole": new.get("deliverCrossAccountRole"),
                "LogFormat": new.get("logFormat"),
                "MaxAggregationInterval": new.get("maxAggregationInterval"),
                "DestinationOptions": _options(new.get("destinationOptions")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        for failed in response.get("Unsuccessful", ()):
            raise Refusal(failed["Error"]["Code"], failed["Error"]["Message"], "logDestination")
        return str(response["FlowLogIds"][0])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        logs = ctx.client("ec2").describe_flow_logs(FlowLogIds=[identity])["FlowLogs"]
        if not logs:
            return None
        found = logs[0]
        subject = next(name for name, kind in _SUBJECTS.items() if _is_kind(found["ResourceId"], kind))
        return {
            "arn": ctx.arn("ec2", f"vpc-flow-log/{identity}"),
            "iamRoleArn": found.get("DeliverLogsPermissionArn") or None,
            "logDestination": _same_destination(given.get("logDestination"), found.get("LogDestination", "")),
            "logDestinationType": found["LogDestinationType"],
            "logFormat": found.get("LogFormat") or _DEFAULT_FORMAT,
            "maxAggregationInterval": found["MaxAggregationInterval"],
            "trafficType": found["TrafficType"],
            subject: found["ResourceId"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").delete_flow_logs(FlowLogIds=[identity])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        given = [name for name in _SUBJECTS if new.get(name) is not None]
        if len(given) != 1:
            yield Refusal(
                "InvalidParameterCombination",
                f"exactly one of {', '.join(_SUBJECTS)} is needed.",
                given[1] if given else "",
            )
        if new.get("trafficType") is None and given and given[0] in ("vpcId", "subnetId", "eniId"):
            yield Refusal("MissingParameter", "the traffic type is needed.", "trafficType")
        if is_known(new.get("maxAggregationInterval")) and new.get("maxAggregationInterval") not in (60, 600):
            yield Refusal("InvalidParameter", "the interval is 60 or 600 seconds.", "maxAggregationInterval")
        yield from _destination_problems(new)


def _destination_problems(new: Props) -> Iterator[Refusal]:
    kind, destination = new.get("logDestinationType"), new.get("logDestination")
    yield from _format_problems(new.get("logFormat"))
    if destination is None:
        yield Refusal("MissingParameter", "a log destination is needed.", "logDestination")
    if kind == "cloud-watch-logs" and new.get("iamRoleArn") is None:
        yield Refusal(
            "InvalidParameter",
            "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
            "iamRoleArn",
        )
    wanted = {"cloud-watch-logs": "logs", "s3": "s3", "kinesis-data-firehose": "firehose"}.get(str(kind))
    if isinstance(destination, str) and wanted and destination.split(":")[2:3] != [wanted]:
        yield Refusal("InvalidParameter", f"{destination} is no ARN of {wanted}.", "logDestination")


# AWS: «Flow log records», VPC User Guide, versions 2 to 8; from memory of AWS's documentation, not verified.
_FIELDS = re.compile(
    "version|account-id|interface-id|srcaddr|dstaddr|srcport|dstport|protocol|packets|bytes|start|end|action|log-status"
    "|vpc-id|subnet-id|instance-id|tcp-flags|type|pkt-srcaddr|pkt-dstaddr|region|az-id|sublocation-(type|id)"
    "|pkt-(src|dst)-aws-service|flow-direction|traffic-path|reject-reason|resource-id|encryption-status"
    "|ecs-((cluster|container-instance|task)-(arn|id|name)|(second-)?container-id|service-name|task-definition-arn)"
)


def _format_problems(text: Any) -> Iterator[Refusal]:
    if not isinstance(text, str):
        return
    fields = re.findall(r"\$\{([^}]*)\}", text)
    for field in fields:
        if not _FIELDS.fullmatch(field):
            yield Refusal("InvalidParameter", f"Unknown fields provided: {field}", "logFormat")
    if not fields:
        yield Refusal("InvalidParameter", "the format names no field: write them as ${field}.", "logFormat")


def _destination(arn: Any) -> Any:
    return arn.removesuffix(":*") if isinstance(arn, str) else arn


def _same_destination(given: Any, found: str) -> str:
    return str(given) if given and _destination(given) == found else found


def _options(given: Any) -> Any:
    if not isinstance(given, Mapping):
        return given
    return without_none(
        {
            "FileFormat": given.get("fileFormat", "plain-text"),
            "HiveCompatiblePartitions": given.get("hiveCompatiblePartitions", False),
            "PerHourPartition": given.get("perHourPartition", False),
        }
    )


def _is_kind(identity: str, kind: str) -> bool:
    prefixes = {
        "VPC": "vpc-",
        "Subnet": "subnet-",
        "NetworkInterface": "eni-",
        "TransitGateway": "tgw-",
        "TransitGatewayAttachment": "tgw-attach-",
        "RegionalNatGateway": "nat-",
    }
    return identity.startswith(prefixes[kind])
