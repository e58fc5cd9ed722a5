from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class RecorderStatus(Binding):
    """Whether a recorder records. Removing it stops the recorder."""

    token = "aws:cfg/recorderStatus:RecorderStatus"
    service = "config"
    operation = "start_configuration_recorder"
    parameters = {"ConfigurationRecorderName": "name"}
    replaces = frozenset({"name"})
    autoname = AutoName(limit=256)
    references = (Reference("name", "config_recorder"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return {"ConfigurationRecorderName": new["name"]}

    def create(self, ctx: Context, new: Props) -> str:
        self._switch(ctx, new)
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            self._switch(ctx, new)

    def _switch(self, ctx: Context, new: Props) -> None:
        config = ctx.client("config")
        switch = (
            config.start_configuration_recorder if new["isEnabled"] else config.stop_configuration_recorder
        )
        switch(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("config").describe_configuration_recorder_status(
            ConfigurationRecorderNames=[identity]
        )
        return {"name": identity, "isEnabled": found["ConfigurationRecordersStatus"][0]["recording"]}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("config").stop_configuration_recorder(ConfigurationRecorderName=identity)

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new["isEnabled"] and not ctx.client("config").describe_delivery_channels()["DeliveryChannels"]:
            yield Refusal(
                "NoAvailableDeliveryChannelException",
                "Delivery channel is not available to start configuration recorder.",
                fix="make an aws.cfg.DeliveryChannel first (depends_on).",
            )
