"""The runtimes of canaries. AWS adds some every few weeks, so none is too new."""

from __future__ import annotations

import re

# AWS: Runtime versions support policy, Amazon CloudWatch User Guide, read 2026-11: the newest deprecated version of
# each family; canaries cannot be made with it or an older one.
_DEPRECATED = {
    "syn-nodejs-puppeteer": (7, 0),
    "syn-nodejs-playwright": (0, 0),
    "syn-python-selenium": (5, 1),
    "syn-java": (0, 0),
    "syn-nodejs": (2, 2),
}
_VERSION = re.compile(r"(?P<family>syn(-[a-z]+)*)-(?P<major>\d+)\.(?P<minor>\d+)")


def problem(version: str) -> str:
    """Why no canary can be made with `version`; "" if one can."""
    found = _VERSION.fullmatch(version)
    if found is None or found["family"] not in _DEPRECATED:
        return (
            f"{version!r} is no runtime version, as {', '.join(f'{family}-x.y' for family in _DEPRECATED)}."
        )
    last = _DEPRECATED[found["family"]]
    if (int(found["major"]), int(found["minor"])) <= last:
        return f"{version!r} is deprecated, as all of {found['family']} up to {last[0]}.{last[1]} are."
    return ""
