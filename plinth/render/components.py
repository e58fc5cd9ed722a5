"""What happened per component: counts by operation, and of which types."""

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from plinth.render.changes import title
from plinth.report.model import Component, Op, Report, Step

_COLUMNS = (Op.CREATE, Op.UPDATE, Op.REPLACE, Op.DELETE, Op.SAME)
_HEADS = {
    Op.CREATE: "created",
    Op.UPDATE: "updated",
    Op.REPLACE: "replaced",
    Op.DELETE: "deleted",
    Op.SAME: "unchanged",
}


def component_table(report: Report) -> Table:
    """One row per component that holds a change; columns without any count are left out."""
    changed = [step for step in report.steps if step.op in _COLUMNS and step.done]
    columns = [op for op in _COLUMNS if any(step.op is op for step in changed)]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("component")
    for op in columns:
        table.add_column(_HEADS[op], justify="right", no_wrap=True)
    table.add_column("what", style="dim", ratio=1)
    for component, steps in _by_component(changed).items():
        if any(step.op is not Op.SAME for step in steps):
            counts = Counter(step.op for step in steps)
            table.add_row(
                title(component),
                *(_count(counts[op]) for op in columns),
                Text(_types(steps)),
            )
    return table


def _by_component(steps: Sequence[Step]) -> dict[Component, list[Step]]:
    grouped: dict[Component, list[Step]] = {}
    for step in sorted(steps, key=lambda step: (step.component.type == "stack", step.component.name)):
        grouped.setdefault(step.component, []).append(step)
    return grouped


def _count(count: int) -> str:
    return str(count) if count else "·"


def _types(steps: Sequence[Step]) -> str:
    """`6 Subnet, 2 Eip`: the changed ones, most frequent first."""
    names = Counter(step.type.rsplit(":", 1)[-1] for step in steps if step.op is not Op.SAME)
    ordered = sorted(names.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {name}" if count > 1 else name for name, count in ordered)
