from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.bindings._words import from_api, to_api
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_KINDS = (
    "cloudWatchDestination",
    "eventBridgeDestination",
    "kinesisFirehoseDestination",
    "pinpointDestination",
    "snsDestination",
)


class ConfigurationSetEventDestination(Binding):
    """Where the events of a configuration set go. The id is `set|name`."""

    token = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination"
    service = "sesv2"
    operation = "create_configuration_set_event_destination"
    replaces = frozenset({"configurationSetName", "eventDestinationName"})
    references = (
        Reference("configurationSetName", "configuration_set"),
        Reference("eventDestination.snsDestination.topicArn", "topic"),
        Reference("eventDestination.kinesisFirehoseDestination.iamRoleArn", "role"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "ConfigurationSetName": new["configurationSetName"],
            "EventDestinationName": new["eventDestinationName"],
            "EventDestination": to_api(new["eventDestination"], {}),
        }

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['configurationSetName']}|{new['eventDestinationName']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("sesv2").update_configuration_set_event_destination(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        held, name = identity.split("|", 1)
        found = ctx.client("sesv2").get_configuration_set_event_destinations(ConfigurationSetName=held)
        one = next((item for item in found["EventDestinations"] if item["Name"] == name), None)
        if one is None:
            return None
        destination = {key: item for key, item in one.items() if key != "Name"}
        return {
            "configurationSetName": held,
            "eventDestinationName": name,
            "eventDestination": from_api(destination, {}),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        held, name = identity.split("|", 1)
        ctx.client("sesv2").delete_configuration_set_event_destination(
            ConfigurationSetName=held, EventDestinationName=name
        )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        destination = new["eventDestination"]
        if not isinstance(destination, dict):
            return
        # AWS: EventDestinationDefinition, SES API v2 reference: one destination, EventBridge's default bus: from memory
        given = [kind for kind in _KINDS if kind in destination]
        if len(given) != 1:
            yield _invalid(
                f"exactly one of {', '.join(_KINDS)} is needed, got {len(given)}.", "eventDestination"
            )
        if destination.get("matchingEventTypes") == []:
            yield _invalid("no event matches.", "eventDestination.matchingEventTypes")
        bus = destination.get("eventBridgeDestination")
        arn = bus.get("eventBusArn") if isinstance(bus, dict) else None
        if isinstance(arn, str) and not arn.endswith(":event-bus/default"):
            yield _invalid(
                f"only the default event bus takes events of SES, not {arn}.",
                "eventDestination.eventBridgeDestination.eventBusArn",
            )


def _invalid(message: str, path: str) -> Refusal:
    return Refusal("BadRequestException", message, path)
