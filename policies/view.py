"""Properties seen in three values: known, absent, or not known before deployment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum


class Absence(Enum):
    """What stands where no plain value can stand."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


ABSENT = Absence.ABSENT
UNKNOWN = Absence.UNKNOWN


@dataclass(frozen=True)
class Secret:
    """A value that rules may look at and nobody may print."""

    value: object = field(repr=False)


class Truth(Enum):
    """Kleene's three truth values."""

    TRUE = "true"
    FALSE = "false"
    MAYBE = "maybe"

    def __bool__(self) -> bool:
        raise TypeError("A Truth may be MAYBE: compare it with `is`, combine it with all_of and any_of.")

    def __invert__(self) -> "Truth":
        return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(self, Truth.MAYBE)


def truth(value: bool) -> Truth:
    return Truth.TRUE if value else Truth.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """FALSE as soon as one is FALSE, whatever is unknown; TRUE of nothing."""
    return _first_of(set(truths), Truth.FALSE, Truth.MAYBE, otherwise=Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """TRUE as soon as one is TRUE, whatever is unknown; FALSE of nothing."""
    return _first_of(set(truths), Truth.TRUE, Truth.MAYBE, otherwise=Truth.FALSE)


def _first_of(seen: set[Truth], *wanted: Truth, otherwise: Truth) -> Truth:
    return next((one for one in wanted if one in seen), otherwise)


@dataclass(frozen=True)
class View:
    """One place in a resource's properties, whether or not anything is there."""

    data: object = field(repr=False)
    path: str = ""

    @property
    def value(self) -> object:
        """The plain value, ABSENT or UNKNOWN; a secret is unwrapped, so never put it into a message."""
        return self.data.value if isinstance(self.data, Secret) else self.data

    @property
    def is_unknown(self) -> bool:
        return self.value is UNKNOWN

    def at(self, *keys: str) -> "View":
        """Go down by keys; below ABSENT everything is absent, below UNKNOWN unknown."""
        here = self
        for key in keys:
            here = here._child(key)
        return here

    def items(self) -> list["View"]:
        """The elements of a list; an unknown list is one unknown element, so that no rule overlooks it."""
        value = self.value
        if value is UNKNOWN:
            return [View(UNKNOWN, f"{self.path}[]")]
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [View(item, f"{self.path}[{index}]") for index, item in enumerate(value)]
        return []

    def is_true(self) -> Truth:
        """TRUE for true, MAYBE for unknown, FALSE for all else, also when absent."""
        return Truth.MAYBE if self.is_unknown else truth(self.value in (True, "true"))

    def is_set(self) -> Truth:
        return Truth.MAYBE if self.is_unknown else truth(self.value not in (ABSENT, "", (), {}))

    def equals(self, *wanted: object) -> Truth:
        return Truth.MAYBE if self.is_unknown else truth(self.value in wanted)

    def number(self) -> int | Absence:
        """The whole number here; what cannot be read as one counts as absent."""
        value = self.value
        if isinstance(value, Absence):
            return value
        text = str(value).removesuffix(".0")
        return int(text) if text.removeprefix("-").isdigit() else ABSENT

    def _child(self, key: str) -> "View":
        path = f"{self.path}.{key}" if self.path else key
        value = self.value
        if isinstance(value, Absence):
            return View(value, path)
        return View(value.get(key, ABSENT) if isinstance(value, Mapping) else ABSENT, path)
