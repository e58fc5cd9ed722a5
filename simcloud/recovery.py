"""Creations that the engine may not have heard of, because it or simcloud died before the answer arrived.

What was created since the last command that ended in order is suspect. When the engine asks for the
same URN to be created, it never got the answer: the left-over is taken up instead of making a second one. Any other
call about the URN proves that the engine knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.values import Props


@dataclass(frozen=True)
class LeftOver:
    """A resource that exists and may be unknown to the engine."""

    token: str
    identity: str
    inputs: Props


class Recovery:
    """The suspects, from the notes of the journal's transactions in order."""

    def __init__(self, notes: Iterable[Mapping[str, Any]]) -> None:
        self._suspects: dict[str, LeftOver] = {}
        for note in notes:
            self._learn(note)

    def created(self, urn: str, token: str, identity: str, inputs: Props) -> dict[str, Any]:
        """The note of a creation, which is suspect until the command ends: the engine may die too."""
        self._suspects[urn] = LeftOver(token, identity, inputs)
        return {"created": urn, "token": token, "id": identity, "inputs": inputs}

    def deleted(self, urn: str, identity: str) -> dict[str, Any]:
        """The note of a deletion."""
        if (left := self._suspects.get(urn)) is not None and left.identity == identity:
            self.claim(urn)
        return {"deleted": urn, "id": identity}

    def claim(self, urn: str) -> None:
        """The engine knows `urn`."""
        self._suspects.pop(urn, None)

    def left_over(self, urn: str) -> LeftOver | None:
        """What an interrupted creation of `urn` left, handed out once."""
        return self._suspects.pop(urn, None)

    def name_of(self, urn: str, naming_property: str) -> str | None:
        """The generated name of a left-over, so that a repeated creation asks for the same."""
        left = self._suspects.get(urn)
        return None if left is None else left.inputs.get(naming_property)

    def settle(self, stack: str) -> None:
        """An engine command of `stack` (`urn:pulumi:<stack>::<project>`) ended in order."""
        self._suspects = {
            urn: left for urn, left in self._suspects.items() if not urn.startswith(f"{stack}::")
        }

    def _learn(self, note: Mapping[str, Any]) -> None:
        if "clean" in note:
            self.settle(note["clean"])
        elif "created" in note:
            self._suspects[note["created"]] = LeftOver(note["token"], note["id"], note["inputs"])
        elif (
            "deleted" in note
            and (left := self._suspects.get(note["deleted"]))
            and left.identity == note["id"]
        ):
            self._suspects.pop(note["deleted"])
