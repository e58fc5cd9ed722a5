from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.bindings._words import from_api, to_api
from simcloud.bindings.ses import _domains
from simcloud.bindings.sesv2 import _tagging
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none

# AWS: CreateConfigurationSet, SES API v2 reference: up to 64 letters, digits, `_` and `-`; from memory, not verified.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_OPTIONS = {
    "deliveryOptions": "put_configuration_set_delivery_options",
    "reputationOptions": "put_configuration_set_reputation_options",
    "sendingOptions": "put_configuration_set_sending_options",
    "suppressionOptions": "put_configuration_set_suppression_options",
    "trackingOptions": "put_configuration_set_tracking_options",
    "vdmOptions": "put_configuration_set_vdm_options",
}


class ConfigurationSet(Binding):
    """How mail is sent and what is measured of it."""

    token = "aws:sesv2/configurationSet:ConfigurationSet"
    service = "sesv2"
    operation = "create_configuration_set"
    replaces = frozenset({"configurationSetName"})
    tagging = _tagging.SES

    def request(self, ctx: Context, new: Props) -> Params:
        options = {_upper(name): _params(new.get(name)) for name in _OPTIONS}
        return without_none({"ConfigurationSetName": new["configurationSetName"], **options})

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["configurationSetName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        for name, call in _OPTIONS.items():
            if new.get(name) != old.get(name):
                wanted = _params(new.get(name)) or {}
                nested = {"VdmOptions": wanted} if name == "vdmOptions" else wanted
                getattr(ctx.client("sesv2"), call)(ConfigurationSetName=identity, **nested)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("sesv2").get_configuration_set(ConfigurationSetName=identity)
        options = {name: from_api(found.get(_upper(name)), {}) or None for name in _OPTIONS}
        return {
            "arn": ctx.arn("ses", f"configuration-set/{identity}"),
            "configurationSetName": found["ConfigurationSetName"],
            **options,
            "reputationOptions": _written(options["reputationOptions"]),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("sesv2").delete_configuration_set(ConfigurationSetName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, tracking = new["configurationSetName"], new.get("trackingOptions")
        if isinstance(name, str) and not _NAME.fullmatch(name):
            yield Refusal(
                "BadRequestException",
                f"the name {name!r} may hold up to 64 letters, digits, '_' and '-'.",
                "configurationSetName",
            )
        if isinstance(tracking, dict):
            domain = tracking.get("customRedirectDomain")
            yield from _domains.problems(
                domain, "trackingOptions.customRedirectDomain", "BadRequestException"
            )


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]


def _params(options: Value) -> Value:
    if isinstance(options, dict):
        options = {key: item for key, item in options.items() if key != "lastFreshStart"}
    return to_api(options, {})


def _written(options: Props | None) -> Props | None:
    moment = (options or {}).get("lastFreshStart")
    return {**(options or {}), "lastFreshStart": moment.isoformat()} if moment else options
