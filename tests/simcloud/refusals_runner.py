"""Gives wrong inputs to a type and says what was refused, and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider
from simcloud.refusal import Refusal
from simcloud.values import Props, Value
from tests.simcloud.lifecycle_runner import Runner, load, urn

HERE = Path(__file__).parent


class Moment(StrEnum):
    """When the simulated cloud said no."""

    PREVIEW = "preview"
    CREATION = "creation"
    NEVER = "never"


@dataclass(frozen=True)
class Wrong:
    """One wrong input. `change`, property (or `property.below`) to value, is laid over the life-cycle case's input."""

    path: Path
    """The case file; its place below refusals/ names the life-cycle case."""
    number: int
    change: Props
    code: str
    at: str
    """The property at fault."""
    moment: Moment
    says: str
    """Words that the text must hold."""
    beside: dict[str, Props]
    """What exists besides the given, in the words of a life-cycle case: what the input collides with."""

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}-{self.number}"


@dataclass(frozen=True)
class Verdict:
    """What became of an input."""

    moment: Moment
    refusals: tuple[Refusal, ...]


def wrong_inputs(root: Path = HERE / "refusals") -> list[Wrong]:
    """Every case of every file below `root`."""
    return [wrong for path in sorted(root.rglob("*.yaml")) for wrong in _of_file(path)]


def _of_file(path: Path) -> list[Wrong]:
    return [
        Wrong(
            path=path,
            number=number,
            change=case["with"],
            code=case["code"],
            at=case.get("path", ""),
            moment=Moment(case.get("at", "preview")),
            says=case.get("says", ""),
            beside=case.get("beside", {}),
        )
        for number, case in enumerate(yaml.safe_load(path.read_text()), start=1)
    ]


def verdict(wrong: Wrong) -> Verdict:
    """Put the wrong input before a cloud in which all that it names exists."""
    runner = _prepared(HERE / "lifecycle" / wrong.path.parent.name / wrong.path.name)
    with _beside(runner, wrong.beside):
        props: Props = runner.resolved(runner.case.create)
        for path, value in runner.resolved(wrong.change).items():
            props = _laid_over(props, path.split("."), value)
        return _judged(runner, props)


# Wrong inputs leave nothing in the cloud, so the cases of a file share one; a process can hold one cloud only.
@lru_cache(maxsize=1)
def _prepared(lifecycle: Path) -> Runner:
    ctx = Context(Cloud())
    runner = Runner(load(lifecycle), Provider(ctx), ctx)
    runner.make_given()
    return runner


@contextmanager
def _beside(runner: Runner, described: dict[str, Props]) -> Iterator[None]:
    """With what is `described` there; without type or properties it is the case's own."""
    made: list[str] = []
    try:
        for name, thing in described.items():
            token = thing.get("type", runner.case.type)
            props = thing.get("properties", runner.case.create)
            runner.made[name] = runner.make(name, token, runner.resolved(props))
            runner.tokens[name] = token
            made.append(name)
        yield
    finally:
        for name in reversed(made):
            runner.remove(runner.made.pop(name), name, runner.tokens.pop(name))


def _laid_over(props: Props, path: list[str], value: Value) -> Props:
    """`props` with the property at `path` set, or taken away for None."""
    name, *below = path
    if below:
        return {**props, name: _laid_over(props.get(name) or {}, below, value)}
    rest = {key: item for key, item in props.items() if key != name}
    return rest if value is None else {**rest, name: value}


def _judged(runner: Runner, props: Props) -> Verdict:
    token = runner.case.type
    checked = runner.provider.check(urn("bad", token), token, {}, props)
    if checked.failures:
        return Verdict(Moment.PREVIEW, checked.failures)
    try:
        made = runner.provider.create(urn("bad", token), token, checked.inputs)
    except Refusal as refusal:
        return Verdict(Moment.CREATION, (refusal,))
    runner.remove(made, "bad", token)
    return Verdict(Moment.NEVER, ())
