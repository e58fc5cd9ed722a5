"""Versions of the Pulumi engine: which one Plinth wants, and which others will do."""

import re
from typing import NamedTuple

PINNED = "3.259.0"

_PATTERN = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")


class Version(NamedTuple):
    """A semantic version, ordered as semver orders them: a pre-release comes before its release."""

    major: int
    minor: int
    patch: int
    released: bool = True
    pre_release: tuple[tuple[int, int, str], ...] = ()

    def satisfies(self, wanted: "Version") -> bool:
        """True if it is `wanted` or newer, with the same major version."""
        return self.major == wanted.major and self >= wanted


def parse_version(text: str) -> Version | None:
    """The version that `pulumi version` or `go version` printed in `text`, or None if there is none."""
    match = _PATTERN.search(text)
    if match is None:
        return None
    major, minor, patch, pre = match.groups()
    identifiers = tuple(_identifier(part) for part in pre.split(".")) if pre else ()
    return Version(int(major), int(minor), int(patch), not pre, identifiers)


def _identifier(text: str) -> tuple[int, int, str]:
    """Numeric identifiers compare as numbers and come before words (semver 2.0.0, item 11)."""
    return (0, int(text), "") if text.isdigit() else (1, 0, text)
