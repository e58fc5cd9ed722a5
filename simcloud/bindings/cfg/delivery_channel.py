from __future__ import annotations

from collections.abc import Iterator

from simcloud import shapes
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _api
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_NAMES = _api.members(
    ("name", "s3BucketName", "s3KeyPrefix", "s3KmsKeyArn", "snsTopicArn", "snapshotDeliveryProperties"),
    {"snsTopicArn": "snsTopicARN", "snapshotDeliveryProperties": "configSnapshotDeliveryProperties"},
)


class DeliveryChannel(Binding):
    """Where AWS Config puts what it recorded: there is one channel in a region, or none."""

    token = "aws:cfg/deliveryChannel:DeliveryChannel"
    service = "config"
    operation = "put_delivery_channel"
    parameters = {f"DeliveryChannel.{there}": here for here, there in _NAMES.items()}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=256)
    references = (
        Reference("s3BucketName", "config_bucket"),
        Reference("s3KmsKeyArn", "config_key"),
        Reference("snsTopicArn", "config_topic"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        shape = ctx.client("config").meta.service_model.shape_for("DeliveryChannel")
        said = {there: new[here] for here, there in _NAMES.items() if here in new}
        return {"DeliveryChannel": shapes.params(shape, said)}

    def create(self, ctx: Context, new: Props) -> str:
        ctx.client("config").put_delivery_channel(**self.request(ctx, new))
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("config").put_delivery_channel(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("config").describe_delivery_channels(DeliveryChannelNames=[identity])
        channel = found["DeliveryChannels"][0]
        return _api.found(ctx, self.token, "config", "DeliveryChannel", channel, _NAMES)

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("config").delete_delivery_channel(DeliveryChannelName=identity)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        config = ctx.client("config")
        recorders = config.describe_configuration_recorders()["ConfigurationRecorders"]
        if not recorders:
            yield Refusal(
                "NoAvailableConfigurationRecorderException",
                "Configuration recorder is not available to put delivery channel.",
                fix="make an aws.cfg.Recorder first (depends_on).",
            )
        for channel in config.describe_delivery_channels()["DeliveryChannels"]:
            if channel["name"] != new["name"]:
                yield Refusal(
                    "MaxNumberOfDeliveryChannelsExceededException",
                    f"Failed to put delivery channel '{new['name']}' because the maximum number of delivery "
                    f"channels: 1 is reached: {channel['name']} is there.",
                    "name",
                )
