"""Settings for people at a terminal: what they mean, what differs, what is wrong."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from plinth.settings.difference import ABSENT, Difference
from plinth.settings.verdict import Verdict
from stacks.settings.chapters import Chapter, Entry
from stacks.settings.problem import as_yaml

_WIDTH = 100


def docs_lines(chapters: Iterable[Chapter]) -> Iterator[str]:
    """A paragraph for each setting, below the name of its section."""
    for chapter in chapters:
        if chapter.path:
            yield chapter.path
            yield from _wrapped(chapter.promise, "  ")
            yield ""
        for entry in chapter.entries:
            yield from _entry(entry)
            yield ""


def _entry(entry: Entry) -> Iterator[str]:
    yield f"  {entry.path}"
    yield from _wrapped(entry.meaning, "      ")
    yield from _wrapped(f"takes   {entry.takes}", "      ", "              ")
    yield from _wrapped(f"value   {value_words(entry)}", "      ", "              ")
    if entry.why:
        yield from _wrapped(f"why     {entry.why}", "      ", "              ")


def value_words(entry: Entry) -> str:
    """`single`, or `dev single, staging single, production per_az`, or who gives it."""
    values = {environment: as_yaml(value) for environment, value in entry.values.items()}
    if not values:
        return f"given by {entry.given_by}"
    if len(set(values.values())) == 1:
        return next(iter(values.values()))
    return ", ".join(f"{environment} {value}" for environment, value in values.items())


def _wrapped(text: str, first: str, further: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=further or first, break_on_hyphens=False
    )


def difference_lines(a: str, b: str, found: Sequence[Difference]) -> Iterator[str]:
    """One line for each path: the value of `a`, and that of `b`."""
    if not found:
        yield f"{a} and {b} have the same settings."
        return
    yield f"{a} → {b}: {len(found)} settings differ" if len(found) > 1 else f"{a} → {b}: 1 setting differs"
    for one in found:
        yield f"  {one.path}: {_value(one.a)} → {_value(one.b)}"


def _value(value: object) -> str:
    return f"({value})" if value is ABSENT else as_yaml(value)


def verdict_lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """One line for each stack, and below it what is wrong."""
    for verdict in verdicts:
        yield f"{'ok  ' if verdict.ok else 'FAIL'}  {verdict.stack}"
        if verdict.unreadable:
            yield textwrap.indent(verdict.unreadable, "      ")
        yield from (f"      {problem.words(verdict.stack)}" for problem in verdict.problems)
    wrong = [verdict for verdict in verdicts if not verdict.ok]
    if len(verdicts) > 1:
        yield (
            f"{len(verdicts)} stacks, {len(wrong)} with problems"
            if wrong
            else f"{len(verdicts)} stacks, no problem"
        )
