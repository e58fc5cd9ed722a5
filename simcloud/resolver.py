"""How one kind of thing is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simcloud.context import Context


@dataclass(frozen=True)
class Resolver:
    """How AWS says that a thing is not there, and how to look.

    `look` returns False or raises ClientError when there is none. `given_out` marks ids that AWS makes up: who knows
    one has it from something that exists, so it is looked up at preview already, where a name that people choose may
    belong to what the same deployment is about to make. `any_region`: an ARN may lead to another region.
    """

    code: str
    message: str
    look: Callable[[Context, str], Any]
    given_out: bool = False
    any_region: bool = False
