"""The Learning Assistant's program, run once per environment with its inputs recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.stacks.recording import Recording, Registered, run_program

STACKS = ("dev", "staging", "production")
PREFIXES = {"dev": "la-dev", "staging": "la-stg", "production": "la-prod"}


@dataclass(frozen=True)
class Built:
    """What a run of the program registered and exported."""

    recording: Recording
    outputs: Mapping[str, Any]

    def of(self, kind: str) -> list[Registered]:
        return self.recording.of(kind)


@cache
def built(stack: str, region: str = "us-east-1") -> Built:
    recording = Recording(region=region)
    return Built(recording, run_program(recording, stack, {"aws:region": region}))
