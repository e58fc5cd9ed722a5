from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings.guardduty import _gone
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, is_known, without_none

_RUNTIME = ("EKS_RUNTIME_MONITORING", "RUNTIME_MONITORING")


class DetectorFeature(Binding):
    """One feature of a detector, on or off. It is never deleted: AWS has no such call."""

    token = "aws:guardduty/detectorFeature:DetectorFeature"
    service = "guardduty"
    operation = "update_detector"
    parameters = {
        "DetectorId": "detectorId",
        "Features[0].Name": "name",
        "Features[0].Status": "status",
        "Features[0].AdditionalConfiguration": "additionalConfigurations",
    }
    replaces = frozenset({"detectorId", "name"})
    autoname = AutoName()
    references = (Reference("detectorId", "guardduty_detector"),)

    def request(self, ctx: Context, new: Props) -> Params:
        feature = {
            "Name": new["name"],
            "Status": new["status"],
            "AdditionalConfiguration": _additions(new.get("additionalConfigurations")),
        }
        return {"DetectorId": new["detectorId"], "Features": [without_none(feature)]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['detectorId']}/{new['name']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("guardduty").update_detector(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        detector, name = identity.split("/", 1)
        features = ctx.client("guardduty").get_detector(DetectorId=detector)["Features"]
        feature = next((feature for feature in features if feature["Name"] == name), None)
        if feature is None:
            return None
        named = {addition["name"] for addition in given.get("additionalConfigurations") or ()}
        additions = [
            {"name": addition["Name"], "status": addition["Status"]}
            for addition in feature.get("AdditionalConfiguration", ())
            if addition["Name"] in named
        ]
        return {
            "detectorId": detector,
            "name": name,
            "status": feature["Status"],
            "additionalConfigurations": additions or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Nothing: the real provider only forgets it."""

    def is_gone(self, error: ClientError) -> bool:
        return _gone.is_gone(error)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, additions = new["name"], new.get("additionalConfigurations")
        # AWS: UpdateDetector, GuardDuty API reference; from memory of AWS's documentation, not verified.
        if isinstance(name, str) and additions and name not in _RUNTIME:
            yield Refusal(
                "BadRequestException",
                f"only {' and '.join(_RUNTIME)} have an additional configuration, {name} has none.",
                "additionalConfigurations",
            )
        if name == "EKS_RUNTIME_MONITORING" and is_known(additions):
            for position, addition in enumerate(additions or ()):
                if addition["name"] != "EKS_ADDON_MANAGEMENT":
                    yield Refusal(
                        "BadRequestException",
                        f"{addition['name']} belongs to RUNTIME_MONITORING.",
                        f"additionalConfigurations[{position}].name",
                    )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateDetector, GuardDuty API reference: only one of the two (botocore 1.44.5), read 2026-11.
        if new["name"] not in _RUNTIME or new["status"] != "ENABLED":
            return
        features = ctx.client("guardduty").get_detector(DetectorId=new["detectorId"])["Features"]
        on = {feature["Name"] for feature in features if feature["Status"] == "ENABLED"}
        for other in on.intersection(_RUNTIME) - {new["name"]}:
            yield Refusal("BadRequestException", f"{other} is on; only one of the two can be.", "name")


def _additions(given: Value) -> Value:
    if given is None or not is_known(given):
        return given
    return [{"Name": addition["name"], "Status": addition["status"]} for addition in given]
