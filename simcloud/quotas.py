"""How much of everything an account may have: AWS's defaults, which a file in the home can raise."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from simcloud.files import QUOTA_FILE
from simcloud.home_file import HomeFile
from simcloud.quota_table import QUOTAS, Quota
from simcloud.refusal import Refusal
from simcloud.values import Props

if TYPE_CHECKING:
    from simcloud.context import Context


class Limits:
    """The values in force: those of the table, but for what the file of a home says. Read again when it changes."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self._raised: HomeFile[Mapping[str, int]] = HomeFile(_read, {})
        self._lifted = False

    def of(self, name: str) -> int:
        """The value of the quota `name`. Raises Refusal if the file cannot be understood."""
        if self._lifted:
            return sys.maxsize
        return self._raised.said(self.file).get(name, _defaults()[name])

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Without any: while what was allowed once is made again."""
        self._lifted = True
        try:
            yield
        finally:
            self._lifted = False


def exceeded(ctx: Context, token: str, new: Props) -> Iterator[Refusal]:
    """The quotas that one more resource of this type would break."""
    for quota in _by_token().get(token, ()):
        limit, used = LIMITS.of(quota.name), quota.used(ctx, new)
        if used > limit:
            yield Refusal(
                quota.code,
                f"{quota.title} {quota.per}: {limit} allowed, this would make {used} (quota {quota.name}).",
                quota.property,
                f"remove some, or ask AWS for more and write `{quota.name}: {used}` into {_file()}.",
            )


@cache
def _by_token() -> Mapping[str, list[Quota]]:
    found: dict[str, list[Quota]] = {}
    for quota in QUOTAS:
        for token in quota.tokens:
            found.setdefault(token, []).append(quota)
    return found


@cache
def _defaults() -> Mapping[str, int]:
    return {quota.name: quota.value for quota in QUOTAS}


def _file() -> str:
    return str(LIMITS.file or f"<home of the simulated cloud>/{QUOTA_FILE}")


def _read(file: Path) -> dict[str, int]:
    try:
        found: Any = yaml.safe_load(file.read_text()) or {}
    except (OSError, yaml.YAMLError) as error:
        raise Refusal("InvalidQuotas", f"{file} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise Refusal("InvalidQuotas", f"{file} must map names of quotas to whole numbers.")
    for name, value in found.items():
        if name not in _defaults():
            raise Refusal(
                "InvalidQuotas",
                f"{file}: there is no quota {name!r}; known: {', '.join(sorted(_defaults()))}.",
            )
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise Refusal("InvalidQuotas", f"{file}: {name} is {value!r}, expected a whole number.")
    return found


LIMITS = Limits()
"""Those of this process, which holds one cloud."""
