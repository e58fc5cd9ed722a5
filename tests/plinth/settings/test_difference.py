"""What differs between two nests of values."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as values

from plinth.settings.difference import ABSENT, Difference, differences

NESTED = values.recursive(
    values.integers(0, 3) | values.none() | values.lists(values.integers(0, 2), max_size=2),
    lambda inner: values.dictionaries(values.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)
TREES = values.dictionaries(values.sampled_from("abcd"), NESTED, max_size=4)


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ({"a": 1}, {"a": 2}, [Difference("a", 1, 2)]),
        ({"a": {"b": 1, "c": 1}}, {"a": {"b": 2, "c": 1}}, [Difference("a.b", 1, 2)]),
        ({"a": None}, {"a": {"b": 2}}, [Difference("a", None, {"b": 2})]),
        ({"a": {"x": 1}}, {"a": {"y": 2}}, [Difference("a.x", 1, ABSENT), Difference("a.y", ABSENT, 2)]),
        ({"a": [1, 2]}, {"a": [2, 1]}, [Difference("a", [1, 2], [2, 1])]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
    ],
)
def test_found(a: Any, b: Any, found: list[Difference]) -> None:
    assert list(differences(a, b)) == found


@given(TREES, TREES)
def test_nothing_differs_exactly_when_they_are_equal(a: Any, b: Any) -> None:
    assert (list(differences(a, b)) == []) == (a == b)


@given(TREES, TREES)
def test_the_other_way_round_is_the_same_difference(a: Any, b: Any) -> None:
    turned = {(one.path, repr(one.b), repr(one.a)) for one in differences(b, a)}
    assert {(one.path, repr(one.a), repr(one.b)) for one in differences(a, b)} == turned
