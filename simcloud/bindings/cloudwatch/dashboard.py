from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


class Dashboard(Binding):
    """A dashboard: a name and a JSON body of widgets."""

    token = "aws:cloudwatch/dashboard:Dashboard"
    service = "cloudwatch"
    operation = "put_dashboard"
    replaces = frozenset({"dashboardName"})

    def request(self, ctx: Context, new: Props) -> Params:
        return {"DashboardName": new["dashboardName"], "DashboardBody": new["dashboardBody"]}

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["dashboardName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            ctx.client("cloudwatch").put_dashboard(**self.request(ctx, new))

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("cloudwatch").get_dashboard(DashboardName=identity)
        return {
            "dashboardArn": ctx.arn("cloudwatch", f"dashboard/{identity}", regional=False),
            "dashboardName": identity,
            "dashboardBody": found["DashboardBody"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("cloudwatch").delete_dashboards(DashboardNames=[identity])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, body = new["dashboardName"], new["dashboardBody"]
        # AWS: PutDashboard, CloudWatch API reference: A-Z, a-z, 0-9, "-", "_", at most 255; per reference notes.
        if isinstance(name, str) and not (
            len(name) <= 255 and name.replace("-", "").replace("_", "").isalnum()
        ):
            yield Refusal(
                "InvalidParameterValue",
                f"dashboard name {name!r} may hold letters, digits, - and _, at most 255.",
                "dashboardName",
            )
        if isinstance(body, str):
            yield from _body_problems(body)


_WIDGETS = frozenset({"alarm", "custom", "explorer", "log", "metric", "text"})


# AWS: «Dashboard body structure and syntax», CloudWatch API reference; from memory, not verified.
_BOUNDS = {"x": (0, 23), "y": (0, 10**9), "width": (1, 24), "height": (1, 1000)}
_NEEDED = {"text": ("markdown",), "log": ("query", "region"), "alarm": ("alarms",)}


def _widget_problems(widget: Mapping[str, Any], position: int) -> Iterator[str]:
    properties = widget.get("properties")
    for name, (low, high) in _BOUNDS.items():
        value = widget.get(name, low)
        if not isinstance(value, int) or not low <= value <= high:
            yield f"widgets[{position}].{name} is {value!r}, must be {low} to {high}."
    if not isinstance(properties, Mapping):
        yield f"widgets[{position}] should have properties."
        return
    missing = [name for name in _NEEDED.get(str(widget.get("type")), ()) if name not in properties]
    yield from (f"widgets[{position}].properties should have {name}." for name in missing)
    if widget.get("type") == "metric" and not {"metrics", "annotations"} & properties.keys():
        yield f"widgets[{position}].properties should have metrics or annotations."


def _body_problems(body: str) -> Iterator[Refusal]:
    try:
        widgets = json.loads(body).get("widgets", [])
    except (ValueError, AttributeError) as error:
        yield Refusal(
            "InvalidParameterInput", f"the dashboard body is not a JSON object: {error}.", "dashboardBody"
        )
        return
    if not isinstance(widgets, list) or not all(isinstance(widget, Mapping) for widget in widgets):
        yield Refusal("InvalidParameterInput", "widgets must be a list of objects.", "dashboardBody")
        return
    for message in (text for at, widget in enumerate(widgets) for text in _widget_problems(widget, at)):
        yield Refusal("InvalidParameterInput", message, "dashboardBody")
    for position, widget in enumerate(widgets):
        if widget.get("type") not in _WIDGETS:
            yield Refusal(
                "InvalidParameterInput",
                f"widgets[{position}].type {widget.get('type')!r} is not one of {', '.join(sorted(_WIDGETS))}.",
                "dashboardBody",
            )
