"""Where two stacks' settings differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final


class Absent:
    """There is nothing at this path."""

    def __str__(self) -> str:
        return "absent"


ABSENT: Final = Absent()


@dataclass(frozen=True)
class Difference:
    """The values of two stacks at `path`; ABSENT where a stack has no such path."""

    path: str
    a: Any
    b: Any


def differences(a: Mapping[str, Any], b: Mapping[str, Any], path: str = "") -> Iterator[Difference]:
    """In the order of the settings; mappings are compared key by key, lists as a whole."""
    for name in dict.fromkeys([*a, *b]):
        here = f"{path}.{name}" if path else name
        one, other = a.get(name, ABSENT), b.get(name, ABSENT)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from differences(one, other, here)
        elif one != other:
            yield Difference(here, one, other)
