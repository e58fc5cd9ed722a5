"""The value that every renderer reads: one engine run, without a single property value of a resource."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Op(StrEnum):
    """What happens to one resource, most destructive first."""

    DELETE = "delete"
    REPLACE = "replace"
    UPDATE = "update"
    CREATE = "create"
    IMPORT = "import"
    READ = "read"
    SAME = "same"


class Result(StrEnum):
    """How the run ended; UNFINISHED when the engine went away without saying."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Component:
    """A top-level component, or the stack itself for resources that belong to none."""

    name: str
    type: str


@dataclass(frozen=True)
class Step:
    """One resource and what happens to it. `seconds` is as exact as the moments its events arrived."""

    op: Op
    urn: str
    type: str
    name: str
    component: Component
    changed: tuple[str, ...] = ()
    forced_by: tuple[str, ...] = ()
    delete_first: bool = False
    protected: bool = False
    done: bool = True
    seconds: float | None = None


@dataclass(frozen=True)
class Output:
    """A stack output; every secret inside `value` is already the text [secret]."""

    name: str
    value: object
    secret: bool = False
    known: bool = True


@dataclass(frozen=True)
class Violation:
    """One finding of one policy; `urn` is empty for a finding about the whole stack."""

    policy: str
    level: str
    message: str
    urn: str = ""
    name: str = ""
    type: str = ""


@dataclass(frozen=True)
class Verdicts:
    """What the policy packs said. `passed` names the policies without any violation."""

    packs: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()

    @property
    def mandatory(self) -> tuple[Violation, ...]:
        return tuple(v for v in self.violations if v.level == "mandatory")


@dataclass(frozen=True)
class Failure:
    """One error text; without `urn` it comes from the program or the engine."""

    text: str
    urn: str = ""
    name: str = ""
    type: str = ""


@dataclass(frozen=True)
class Phase:
    """A stretch of the run between two of its events."""

    name: str
    seconds: float


@dataclass(frozen=True)
class Report:
    """One engine run on one stack."""

    operation: str
    stack: str
    preview: bool
    result: Result
    steps: tuple[Step, ...] = ()
    outputs: tuple[Output, ...] = ()
    verdicts: Verdicts = field(default_factory=Verdicts)
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    seconds: float = 0.0

    @property
    def changes(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.op not in (Op.SAME, Op.READ))

    @property
    def unchanged(self) -> int:
        return sum(1 for step in self.steps if step.op is Op.SAME)

    @property
    def incomplete(self) -> bool:
        return self.result is not Result.SUCCEEDED

    @property
    def counts(self) -> Mapping[Op, int]:
        """How many resources per operation, in the order of `Op`, without zeros."""
        found = {op: sum(1 for step in self.steps if step.op is op and step.done) for op in Op}
        return {op: count for op, count in found.items() if count}
