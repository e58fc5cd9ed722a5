"""Trouble on the way to AWS, on purpose: throttling, failures of the service, answers that never come.

`faults.yaml` in the home says how often; without it there is none:

    throttle: 0.2    # of all requests: refused because there were too many
    error: 0.1       # answered with a failure of the service (503)
    timeout: 0.1     # not answered: every second of them was done all the same
    services: [ec2]  # if it is for some services only
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from simcloud.home_file import HomeFile
from simcloud.refusal import Refusal


class Fault(Enum):
    """What becomes of one request."""

    NONE = "none"
    THROTTLED = "throttled"
    FAILED = "failed"
    LOST = "lost"
    """It never arrived."""
    UNHEARD = "unheard"
    """It was done, and the answer never arrived."""


class TimedOut(Exception):
    """No answer came."""


@dataclass(frozen=True)
class Rates:
    """Shares of all requests, each between 0 and 1, together at most 1."""

    throttle: float = 0.0
    error: float = 0.0
    timeout: float = 0.0
    services: tuple[str, ...] = ()
    """boto3's names; empty for all."""


class Faults:
    """What the file of a home says, read again when it changes. The same requests meet the same faults."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self._rates = HomeFile(_read, Rates())

    def met(self, service: str, sequence: int) -> Fault:
        """What becomes of the request number `sequence`. Raises Refusal if the file cannot be understood."""
        rates = self._rates.said(self.file)
        if rates == Rates() or (rates.services and service not in rates.services):
            return Fault.NONE
        drawn = random.Random(sequence).random()  # noqa: S311 - it decides on trouble, not on secrets
        for share, fault in (
            (rates.throttle, Fault.THROTTLED),
            (rates.error, Fault.FAILED),
            (rates.timeout / 2, Fault.LOST),
            (rates.timeout / 2, Fault.UNHEARD),
        ):
            if drawn < share:
                return fault
            drawn -= share
        return Fault.NONE


def _read(file: Path) -> Rates:
    try:
        said = yaml.safe_load(file.read_text()) or {}
    except yaml.YAMLError as error:
        raise _misread(file, f"not YAML: {error}") from error
    known = {field.name for field in fields(Rates)}
    if not isinstance(said, Mapping) or set(said) - known:
        raise _misread(file, f"expected a mapping with some of {', '.join(sorted(known))}")
    return _checked(file, said)


def _checked(file: Path, said: Mapping[str, Any]) -> Rates:
    services = said.get("services", [])
    if not isinstance(services, list) or not all(isinstance(service, str) for service in services):
        raise _misread(file, "services: expected a list of boto3's names, such as [ec2, rds]")
    shares = {name: said[name] for name in ("throttle", "error", "timeout") if name in said}
    for name, share in shares.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise _misread(file, f"{name}: {share!r}. Expected a share between 0 and 1")
    if sum(shares.values()) > 1:
        raise _misread(file, f"the shares make {sum(shares.values()):g} together. Expected at most 1")
    return Rates(**{name: float(share) for name, share in shares.items()}, services=tuple(services))


def _misread(file: Path, problem: str) -> Refusal:
    return Refusal("InvalidFaults", f"{file}: {problem}.", fix="correct the file or remove it")
