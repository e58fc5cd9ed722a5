"""Which paths an edge keeps, for how long, and which names it sends elsewhere: the same for every edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from components.errors import ComponentError

ONE_DAY_SECONDS = 86_400
ONE_YEAR_SECONDS = 31_536_000

# What edges call their own.
TAKEN_LABELS = ("app", "api", "headers", "static", "redirects", "origin", "lock")

# What CloudFront matches: letters, digits and some signs, with * and ?.
# AWS: CloudFront developer guide, "Path pattern"; general knowledge of that page, not read again.
_LONGEST_PATH = 255


@dataclass(frozen=True, kw_only=True)
class KeptPaths:
    """Answers that are the same for everybody: kept for `edge_seconds` at the edge.

    `browser_seconds` is what browsers are told to keep them, whatever the origin says; None leaves that to the origin.
    `by_query` keeps one copy for each query string. Never for answers to somebody who is signed in: everybody gets
    the first one's copy. CloudFront does not send cookies of these paths to the origin.
    """

    label: str
    paths: Sequence[str]
    edge_seconds: int = ONE_DAY_SECONDS
    browser_seconds: int | None = None
    by_query: bool = False

    @property
    def cache_control(self) -> str | None:
        """What browsers are told."""
        return cache_control(self.browser_seconds)


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """Whoever asks for `host` is sent to the same path of `to_host`, for good."""

    host: str
    to_host: str


def cache_control(browser_seconds: int | None) -> str | None:
    """What browsers are told of answers that are the same for everybody; None says nothing."""
    if browser_seconds is None:
        return None
    immutable = ", immutable" if browser_seconds >= ONE_YEAR_SECONDS else ""
    return f"public, max-age={browser_seconds}{immutable}"


def check_paths(where: str, kept: Sequence[KeptPaths], others: Sequence[str]) -> None:
    """Raise ComponentError for a path that is treated in two ways, and for times that no edge keeps.

    `others` are the paths that are named elsewhere in the arguments of the edge.
    """
    for problem, expected, fix in _problems(kept, others):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def check_redirects(where: str, redirects: Sequence[Redirect], names: Sequence[str]) -> None:
    """Raise ComponentError for a redirect of a name that the edge does not answer for, and for circles."""
    sources = [redirect.host for redirect in redirects]
    for redirect in redirects:
        if redirect.host not in names:
            raise ComponentError(
                where,
                f"{redirect.host} is to be redirected, but nobody asks this edge for it",
                expected=f"one of {', '.join(names)}",
                fix="add the name to aliases, and to the certificate",
            )
        if redirect.to_host in sources:
            raise ComponentError(
                where,
                f"{redirect.host} is redirected to {redirect.to_host}, which is redirected itself",
                expected="one step to a name that answers",
                fix="redirect both to the last name",
            )


def _problems(kept: Sequence[KeptPaths], others: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    labels = Counter(entry.label for entry in kept)
    paths = Counter([*others, *(path for entry in kept for path in entry.paths)])
    for label, times in labels.items():
        if times > 1:
            yield (
                f"{times} entries of kept are called {label}",
                "each label once",
                "give them different labels",
            )
    for path, times in paths.items():
        if times > 1:
            yield (
                f"{path} is named {times} times",
                "each path in one of static_paths, api_paths, kept and buckets",
                "name it where it belongs",
            )
        if not path.startswith("/") or len(path) > _LONGEST_PATH:
            yield (
                f"{path!r} is not a path pattern",
                f"a path that begins with /, at most {_LONGEST_PATH} characters, * standing for anything",
                "correct the path",
            )
    for entry in kept:
        for seconds in (entry.edge_seconds, entry.browser_seconds or 0):
            if not 0 <= seconds <= ONE_YEAR_SECONDS:
                yield (
                    f"{entry.label} is kept for {seconds} seconds",
                    f"0 to {ONE_YEAR_SECONDS} (one year)",
                    "correct edge_seconds or browser_seconds",
                )
