"""Writes `docs/variables.md`: `python -m stacks.settings.variables_document > docs/variables.md`."""

import sys
from collections.abc import Iterator

from stacks.settings.slots import INTEGRATIONS, MAIL, Added, jwt
from stacks.settings.variables import FAMILIES, VARIABLES

INTRODUCTION = """\
# Variables

Generated from `stacks/settings/variables.py` and `slots.py` by `python -m stacks.settings.variables_document`; do not
edit.

What a service's container finds in its environment, besides `services.*.environment`. `services.*.renamed` gives any of
them a further name. [Settings](settings.md) says what the settings mean.
"""

SECRETS = """\
## Slots

Secrets that people fill, each an empty secret until then. A service reads those of `services.*.secrets`, or all. Those
of `secrets.slots` come beside them.
"""


def markdown() -> str:
    """All variables and slots, with the settings that they come from."""
    return "\n".join([INTRODUCTION, *_variables(), "", SECRETS, *_slots(), ""])


def _variables() -> Iterator[str]:
    yield "| variable | meaning | setting | given | who has it |"
    yield "|---|---|---|---|---|"
    for one in VARIABLES:
        given = "by reference" if one.secret else "as text"
        yield f"| `{one.name}` | {one.meaning} | `{one.setting}` | {given} | {_who(one.when)} |"
    for family in FAMILIES:
        yield f"| `{family.shown}` | {family.meaning} | `{family.setting}` | as text | one per entry |"


def _who(when: str) -> str:
    return (
        "every service"
        if when == "always"
        else f"when it {when}"
        if when.startswith(("uses", "has"))
        else f"when {when}"
    )


def _slots() -> Iterator[str]:
    yield "| slot | variable | what belongs into it | setting | who reads it |"
    yield "|---|---|---|---|---|"
    for algorithm in ("RS256", "HS256"):
        yield _slot(jwt(algorithm))
    for one in (*INTEGRATIONS, *MAIL.values()):
        yield _slot(one)


def _slot(one: Added) -> str:
    reader = (
        "the agent alone" if one.agents_only else "services that use mail" if one.for_mail else "services"
    )
    return f"| `{one.name}` | `{one.variable}` | {one.description} | `{one.setting}` | {reader} |"


if __name__ == "__main__":
    sys.stdout.write(markdown())
