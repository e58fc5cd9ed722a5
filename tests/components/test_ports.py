"""Port sets, against plain sets of numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.components.ports import ALL, NONE, Ports

SPANS = st.tuples(st.sampled_from(["tcp", "udp"]), st.integers(0, 40), st.integers(0, 40))
SETS = st.lists(SPANS, max_size=5)


def built(spans: list[tuple[str, int, int]]) -> tuple[Ports, set[tuple[str, int]]]:
    """The same as ports and as numbers."""
    ports, numbers = NONE, set()
    for name, a, b in spans:
        ports |= Ports.of(name, min(a, b), max(a, b))
        numbers |= {(name, number) for number in range(min(a, b), max(a, b) + 1)}
    return ports, numbers


def numbers_of(ports: Ports) -> set[tuple[str, int]]:
    return {(name, number) for name, first, last in ports.spans for number in range(first, last + 1)}


@given(SETS, SETS)
def test_they_behave_as_sets(left: list[tuple[str, int, int]], right: list[tuple[str, int, int]]) -> None:
    (a, plain_a), (b, plain_b) = built(left), built(right)
    assert numbers_of(a & b) == plain_a & plain_b
    assert numbers_of(a | b) == plain_a | plain_b
    assert numbers_of(a - b) == plain_a - plain_b
    assert ((a - b) | (a & b)) == a


def test_they_read_as_people_write_them() -> None:
    ports = (
        Ports.of("tcp", 443, 443)
        | Ports.of("6", 80, 80)
        | Ports.of("17", 53, 53)
        | Ports.of("tcp", 1024, 65535)
    )
    assert str(ports) == "80 443 1024-65535 udp:53"
    assert Ports.of("-1", 0, 0) == ALL
    assert Ports.of("50", 0, 0) == NONE
    assert str(Ports.of("icmp", -1, -1)) == "icmp:0-255"
