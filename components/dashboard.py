"""A dashboard as CloudWatch wants it written; leaves may still be outputs.

AWS: "Dashboard body structure and syntax"; per reference notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from components.alarm import Rate
from components.metric import Metric, dashboard_line

# The grid is 24 columns wide.
_COLUMNS, _PER_ROW = 24, 3
_WIDTH, _HEIGHT, _HEADING, _STATES = _COLUMNS // _PER_ROW, 6, 1, 3


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Lines over time, and one that is computed; `limits` are horizontal lines with a label.

    `region` is where the metrics are, if not where the dashboard's stack is.
    """

    title: str
    metrics: Sequence[Metric] = ()
    rate: Rate | None = None
    limits: Sequence[tuple[str, float]] = ()
    region: str | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, the states of alarms, and the graphs below it."""

    title: str
    graphs: Sequence[Graph] = ()
    alarms: Sequence[pulumi.Input[str]] = ()


def body(sections: Sequence[Section], region: pulumi.Input[str]) -> dict[str, Any]:
    """All sections one below the other, three graphs in a row."""
    widgets: list[dict[str, Any]] = []
    row = 0
    for section in sections:
        widgets.append(_heading(section.title, row))
        row += _HEADING
        if section.alarms:
            widgets.append(_states(section.alarms, row))
            row += _STATES
        widgets += _graphs(section.graphs, row, region)
        row += _HEIGHT * -(-len(section.graphs) // _PER_ROW)
    return {"widgets": widgets}


def _heading(title: str, row: int) -> dict[str, Any]:
    place = {"x": 0, "y": row, "width": _COLUMNS, "height": _HEADING}
    return {"type": "text", **place, "properties": {"markdown": f"## {title}"}}


def _states(alarms: Sequence[pulumi.Input[str]], row: int) -> dict[str, Any]:
    place = {"x": 0, "y": row, "width": _COLUMNS, "height": _STATES}
    return {"type": "alarm", **place, "properties": {"title": "Alarms", "alarms": list(alarms)}}


def _graphs(graphs: Sequence[Graph], row: int, region: pulumi.Input[str]) -> list[dict[str, Any]]:
    return [
        {
            "type": "metric",
            "x": _WIDTH * (index % _PER_ROW),
            "y": row + _HEIGHT * (index // _PER_ROW),
            "width": _WIDTH,
            "height": _HEIGHT,
            "properties": _properties(graph, region),
        }
        for index, graph in enumerate(graphs)
    ]


def _properties(graph: Graph, region: pulumi.Input[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "title": graph.title,
        "region": graph.region or region,
        "view": "timeSeries",
        "stacked": False,
        "period": 60,
        "metrics": [*(dashboard_line(metric) for metric in graph.metrics), *_computed(graph.rate)],
    }
    if graph.limits:
        lines = [{"label": label, "value": value} for label, value in graph.limits]
        properties["annotations"] = {"horizontal": lines}
    return properties


def _computed(rate: Rate | None) -> list[list[Any]]:
    """The expression, and what it is computed from, which is not drawn."""
    if rate is None:
        return []
    drawn = [{"id": "rate", "expression": rate.expression, "label": rate.label}]
    parts = [_hidden(key, metric) for key, metric in rate.metrics.items()]
    return [drawn, *parts]


def _hidden(key: str, metric: Metric) -> list[Any]:
    *name, options = dashboard_line(metric)
    return [*name, {**options, "id": key, "visible": False}]
