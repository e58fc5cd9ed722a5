from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.binding import AutoName, Params, RecordedBinding, Reference
from simcloud.bindings.cloudfront import _usage
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Unknown, Value


class RealtimeLogConfig(RecordedBinding):
    """Which requests a distribution tells of within seconds. moto lacks it: this one is recorded."""

    token = "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig"
    service = "cloudfront"
    operation = "create_realtime_log_config"
    parameters = {"EndPoints[0]": "endpoint"}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=64)
    references = (
        Reference("endpoint.kinesisStreamConfig.streamArn", "kinesis_stream"),
        Reference("endpoint.kinesisStreamConfig.roleArn", "role"),
    )
    global_service = True

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "EndPoints": [_endpoint(new["endpoint"])],
            "Fields": new["fields"],
            "Name": new["name"],
            "SamplingRate": new["samplingRate"],
        }

    def create(self, ctx: Context, new: Props) -> str:
        if ctx.store.get(self.token, self.new_identity(ctx, new)) is not None:
            raise Refusal(
                "RealtimeLogConfigAlreadyExists",
                f"A real-time log configuration with the name {new['name']} already exists.",
                "name",
            )
        return super().create(ctx, new)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if any(behaviour.get("RealtimeLogConfigArn") == identity for behaviour in _usage.behaviours(ctx)):
            raise Refusal(
                "RealtimeLogConfigInUse",
                "Cannot delete the real-time log configuration because it's attached to one or more cache behaviors.",
            )
        super().delete(ctx, identity, old)

    def new_identity(self, ctx: Context, new: Props) -> str:
        return ctx.arn("cloudfront", f"realtime-log-config/{new['name']}", regional=False)

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": identity}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateRealtimeLogConfigRequest, CloudFront API reference (botocore 1.44.5), read 2026-11.
        rate, fields, endpoint = new["samplingRate"], new["fields"], new["endpoint"]
        if not isinstance(rate, Unknown) and not 1 <= int(rate) <= 100:
            yield Refusal(
                "InvalidArgument",
                f"The sampling rate is {rate}, 1 to 100 is allowed.",
                "samplingRate",
            )
        if isinstance(fields, list) and not fields:
            yield Refusal(
                "InvalidArgument", "A real-time log configuration has at least one field.", "fields"
            )
        kind = endpoint.get("streamType") if isinstance(endpoint, Mapping) else None
        if isinstance(kind, str) and kind != "Kinesis":
            yield Refusal(
                "InvalidArgument", f"The stream type is Kinesis, not {kind}.", "endpoint.streamType"
            )


def _endpoint(given: Value) -> Value:
    if isinstance(given, Unknown):
        return given
    config = given["kinesisStreamConfig"]
    arns = (
        config
        if isinstance(config, Unknown)
        else {"RoleARN": config["roleArn"], "StreamARN": config["streamArn"]}
    )
    return {"StreamType": given["streamType"], "KinesisStreamConfig": arns}
