from itertools import product

import pytest

from policies.view import ABSENT, UNKNOWN, Secret, Truth, View, all_of, any_of

T, F, M = Truth.TRUE, Truth.FALSE, Truth.MAYBE


@pytest.mark.parametrize(("left", "right"), list(product((T, F, M), repeat=2)))
def test_kleenes_tables(left: Truth, right: Truth) -> None:
    both = F if F in (left, right) else M if M in (left, right) else T
    either = T if T in (left, right) else M if M in (left, right) else F
    assert all_of([left, right]) is both
    assert any_of([left, right]) is either
    assert ~all_of([left, right]) is any_of([~left, ~right])


def test_nothing_is_all_true_and_none_true() -> None:
    assert (all_of([]), any_of([])) == (T, F)


def test_a_truth_is_not_a_bool() -> None:
    with pytest.raises(TypeError, match="may be MAYBE"):
        bool(M)


def test_absent_and_unknown_are_told_apart_at_any_depth() -> None:
    view = View({"a": {"b": UNKNOWN, "c": 1}})
    assert view.at("a", "b", "deeper").value is UNKNOWN
    assert view.at("a", "missing", "deeper").value is ABSENT
    assert view.at("a", "c", "deeper").value is ABSENT
    assert view.at("a", "c").path == "a.c"


def test_an_unknown_element_hides_no_known_one() -> None:
    items = View({"a": [UNKNOWN, "x"]}).at("a").items()
    assert [(item.path, item.value) for item in items] == [("a[0]", UNKNOWN), ("a[1]", "x")]
    assert any_of(item.equals("x") for item in items) is T
    assert any_of(item.equals("y") for item in items) is M


def test_an_unknown_list_is_one_unknown_element() -> None:
    assert [item.value for item in View(UNKNOWN, "a").items()] == [UNKNOWN]
    assert View(ABSENT).items() == View("text").items() == []


def test_a_secret_can_be_looked_at_and_not_printed() -> None:
    view = View({"password": Secret("canary")}).at("password")
    assert view.value == "canary"
    assert view.equals("canary") is T
    assert "canary" not in repr(view) + repr(view.data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (7, 7),
        (7.0, 7),
        ("7", 7),
        (-1, -1),
        ("x", ABSENT),
        (UNKNOWN, UNKNOWN),
        (ABSENT, ABSENT),
        (True, ABSENT),
    ],
)
def test_numbers(data: object, expected: object) -> None:
    assert View(data).number() == expected


@pytest.mark.parametrize(
    ("data", "expected"), [(True, T), ("true", T), (False, F), (ABSENT, F), (UNKNOWN, M)]
)
def test_switches(data: object, expected: Truth) -> None:
    assert View(data).is_true() is expected
