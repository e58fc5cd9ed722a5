"""What a rule can say about a resource."""

from dataclasses import dataclass
from enum import StrEnum

from policies.view import Truth, View


class Status(StrEnum):
    COMPLIANT = "compliant"
    VIOLATION = "violation"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Verdict:
    """One thing said about one resource; `path` is the property it is about. Messages hold no values."""

    status: Status
    message: str = ""
    path: str = ""


COMPLIANT = Verdict(Status.COMPLIANT)


def violation(message: str, path: str = "") -> Verdict:
    return Verdict(Status.VIOLATION, message, path)


def unknown(path: str) -> Verdict:
    return Verdict(Status.UNKNOWN, "is not known before deployment", path)


def not_applicable(reason: str) -> Verdict:
    return Verdict(Status.NOT_APPLICABLE, reason)


def require(condition: Truth, message: str, path: str) -> Verdict:
    """Compliant when the condition holds, a violation when not, unknown when nobody can tell yet."""
    if condition is Truth.TRUE:
        return COMPLIANT
    return violation(message, path) if condition is Truth.FALSE else unknown(path)


def require_true(view: View, message: str) -> Verdict:
    return require(view.is_true(), message, view.path)
