"""Looks a value up by its path, such as `services.web.cpu` or `network.public_cidrs[1]`."""

import re
from collections.abc import Sequence
from typing import Any

from plinth.errors import ConfigurationError
from stacks.settings.translate import did_you_mean

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def value_at(settings: Any, path: str) -> Any:
    """The value; ConfigurationError, with the nearest name, when there is none."""
    value, walked = settings, ""
    for index, name in _STEP.findall(path):
        known = _steps(value)
        if (index or name) not in known:
            raise _missing(path, walked, index or name, known)
        value = value[int(index) if index else name]
        walked = f"{walked}[{index}]" if index else f"{walked}.{name}".lstrip(".")
    return value


def _steps(value: Any) -> Sequence[str]:
    if isinstance(value, dict):
        return list(value)
    return [str(number) for number in range(len(value))] if isinstance(value, list) else []


def _missing(path: str, walked: str, step: str, known: Sequence[str]) -> ConfigurationError:
    near = did_you_mean(step, known)
    if near is None or step.isdigit():
        fix = "name one of them, or leave the rest out" if known else f"name {walked} itself"
    else:
        fix = f"did you mean {walked}.{near}?" if walked else f"did you mean {near}?"
    expected = f"one of {', '.join(known)}" if known else "no further step: it has no parts"
    return ConfigurationError(
        f"{path}: there is no {step} in {walked or 'the settings'}. Expected {expected}.", fix=fix
    )
