"""The sentences of a report: one headline per run."""

from plinth.report.model import Op, Report, Result

_DONE = {
    Op.DELETE: "deleted",
    Op.REPLACE: "replaced",
    Op.UPDATE: "updated",
    Op.CREATE: "created",
    Op.IMPORT: "imported",
    Op.READ: "read",
    Op.SAME: "unchanged",
}
_PLANNED = {
    Op.DELETE: "to delete",
    Op.REPLACE: "to replace",
    Op.UPDATE: "to update",
    Op.CREATE: "to create",
    Op.IMPORT: "to import",
    Op.READ: "to read",
    Op.SAME: "unchanged",
}
# Counting what a refresh finds is not counting changes to the cloud.
_REFRESHED = {
    **_DONE,
    Op.UPDATE: "changed outside, record corrected",
    Op.DELETE: "gone outside, record removed",
}


def headline(report: Report) -> str:
    """Counts, destructive first; said in a sentence when there is nothing to count."""
    text = _counts(report)
    if report.result is Result.CANCELED:
        return f"CANCELLED: {text}"
    return f"INCOMPLETE: {text}" if report.incomplete else text


def plural(count: int, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"


def took(seconds: float) -> str:
    """`4.2 s`, or `3 min 07 s` from a minute upwards."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


def _counts(report: Report) -> str:
    words = _PLANNED if report.preview else _REFRESHED if report.operation == "refresh" else _DONE
    shown = {op: count for op, count in report.counts.items() if op is not Op.READ}
    if set(shown) <= {Op.SAME} and not report.incomplete:
        return _nothing(report, shown.get(Op.SAME, 0))
    return ", ".join(f"{count} {words[op]}" for op, count in shown.items()) or "nothing was done"


def _nothing(report: Report, same: int) -> str:
    if report.operation == "destroy":
        return "Nothing to destroy: the environment holds no resources."
    if report.operation == "refresh":
        return f"Nothing drifted: {plural(same, 'resource')} {_be(same)} as recorded."
    return f"Nothing changes: {plural(same, 'resource')} {_be(same)} as declared."


def _be(count: int) -> str:
    return "is" if count == 1 else "are"
