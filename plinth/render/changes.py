"""The changes of a report as a list: DELETE, REPLACE, UPDATE, CREATE, each by component."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.text import Text

from plinth.report.model import Component, Op, Step

_STYLES = {
    Op.DELETE: "bold red",
    Op.REPLACE: "bold magenta",
    Op.UPDATE: "yellow",
    Op.CREATE: "green",
}
# Every deletion and replacement is named; of other identical changes, more than this many become one row.
_FOLD_ABOVE = 3
_FOLDABLE = (Op.UPDATE, Op.CREATE, Op.IMPORT)


def change_list(steps: Iterable[Step]) -> list[Text]:
    """One line per resource (or per fold of identical changes); unchanged ones never appear."""
    wanted = sorted((step for step in steps if step.op not in (Op.SAME, Op.READ)), key=_order)
    lines: list[Text] = []
    for op, of_op in groupby(wanted, key=lambda step: step.op):
        lines.append(Text(op.name, style=_STYLES.get(op, "bold")))
        for component, members in groupby(of_op, key=lambda step: step.component):
            lines.append(Text(f"  {title(component)}"))
            lines.extend(_rows(list(members)))
    return lines


def title(component: Component) -> str:
    return component.name if component.type == "stack" else f"{component.name} ({component.type})"


def _order(step: Step) -> tuple[int, bool, str, str, str]:
    loose = step.component.type == "stack"
    return (list(Op).index(step.op), loose, step.component.name, step.type, step.name)


def _rows(steps: Sequence[Step]) -> list[Text]:
    folds = [list(group) for _, group in groupby(steps, key=lambda step: (step.type, _why(step)))]
    width = max(len(step.type) for step in steps)
    return [line for fold in folds for line in _fold(fold, width)]


def _fold(steps: Sequence[Step], width: int) -> list[Text]:
    first = steps[0]
    if first.op in _FOLDABLE and len(steps) > _FOLD_ABOVE:
        names = f"{first.name} … {steps[-1].name}  ×{len(steps)}"
        return [_row(first, names, width)]
    return [_row(step, step.name, width) for step in steps]


def _row(step: Step, names: str, width: int) -> Text:
    text = Text(f"    {step.type:<{width}}  {names}")
    if why := _why(step):
        text.append(f"  {why}", style="dim")
    if not step.done:
        text.append("  not finished", style="bold red")
    return text


def _why(step: Step) -> str:
    if step.op is Op.REPLACE:
        forced = ", ".join(step.forced_by or step.changed) or "the provider"
        order = "old one deleted first" if step.delete_first else "new one created first"
        return f"forced by {forced} ({order})"
    return ", ".join(step.changed) if step.op is Op.UPDATE else ""
