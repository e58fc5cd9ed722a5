"""What must hold for every rule, tried on every case: one leaf at a time becomes unknown or disappears."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from policies.resource import Resource
from policies.view import UNKNOWN, Secret
from tests.policies import cases

CASES = cases.load()

_CONTRADICTIONS = ({"violation", "compliant"}, {"violation", "not applicable"})


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_becomes_unknown_never_turns_a_verdict_round(case: cases.Case) -> None:
    before = _verdicts(case, case.resources)
    for resources in _variants(case.resources, UNKNOWN):
        after = _verdicts(case, resources)
        assert "error" not in after.values()
        turned = {name for name in before if {before[name], after[name]} in _CONTRADICTIONS}
        assert not turned, [dict(resource.properties) for resource in resources]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_disappears_never_breaks_a_rule(case: cases.Case) -> None:
    for resources in _variants(case.resources, None):
        assert "error" not in _verdicts(case, resources).values()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_has_another_type_never_breaks_a_rule(case: cases.Case) -> None:
    for wrong in ("text", 7, True, [7], {"a": 7}):
        for resources in _variants(case.resources, wrong):
            assert "error" not in _verdicts(case, resources).values()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_order_of_resources_does_not_matter(case: cases.Case) -> None:
    shuffled = list(case.resources)
    random.Random(7).shuffle(shuffled)
    assert _verdicts(case, tuple(shuffled)) == _verdicts(case, case.resources)


def _verdicts(case: cases.Case, resources: tuple[Resource, ...]) -> dict[str, str]:
    """The worst thing said per resource."""
    order = ("compliant", "not applicable", "unknown", "violation", "error")
    worst: dict[str, str] = {}
    for finding in cases.judge(case, resources):
        outcome, name = str(finding.outcome), finding.resource.name
        worst[name] = max(worst.get(name, outcome), outcome, key=order.index)
    return worst


def _variants(resources: tuple[Resource, ...], new: object) -> Iterator[tuple[Resource, ...]]:
    for index, resource in enumerate(resources):
        for properties in _changed(resource.properties, new):
            yield (*resources[:index], replace(resource, properties=properties), *resources[index + 1 :])


def _changed(value: Any, new: object) -> Iterator[Any]:
    """The value with one leaf replaced, for each leaf; None removes it.

    Ids stay: one that is not known yet belongs to a resource that does not exist, which no literal can name.
    """
    if isinstance(value, dict):
        for key in value.keys() - {"id"}:
            rest = {other: value[other] for other in value if other != key}
            for leaf in _changed(value[key], new):
                yield rest if leaf is None else {**rest, key: leaf}
    elif isinstance(value, list):
        for index, item in enumerate(value):
            for leaf in _changed(item, new):
                yield [*value[:index], *([] if leaf is None else [leaf]), *value[index + 1 :]]
    elif isinstance(value, Secret):
        yield from _changed(value.value, new)
    else:
        yield new
