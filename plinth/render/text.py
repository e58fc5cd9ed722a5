"""One outcome as a screen for people."""

from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from plinth.render.changes import change_list
from plinth.render.components import component_table
from plinth.render.failures import failure_lines
from plinth.render.outputs import output_table
from plinth.render.policy import policy_lines
from plinth.render.timing import timing_lines
from plinth.render.words import headline, plural
from plinth.report.model import Op, Report
from plinth.report.outcome import Outcome


def banner(operation: str, stack: str) -> Text:
    """The first words of every screen of a simulated command."""
    return Text.assemble(("SIMULATED", "bold black on yellow"), f"  {operation} {stack}".rstrip())


def render_outcome(outcome: Outcome, console: Console) -> None:
    """Headline, changes, errors, outputs, policies, time, next commands; empty sections are left out."""
    report = outcome.report
    head = banner(report.operation, report.stack)
    style = "bold red" if report.incomplete else "bold"
    console.print(head.append("  ·  ").append(headline(report), style=style), soft_wrap=True)
    for section in _sections(outcome):
        console.print()
        for item in section:
            console.print(item, soft_wrap=isinstance(item, Text))


def _sections(outcome: Outcome) -> Iterator[list[RenderableType]]:
    report = outcome.report
    parts: Iterable[list[RenderableType]] = (
        [Text(line, style="dim") for line in outcome.repairs],
        [component_table(report)] if _has_table(report) else [],
        [*_changes(report)],
        [*_protected(report)],
        [*failure_lines(report.failures)],
        [Text(f"WARNING  {text}", style="yellow") for text in report.warnings],
        [*_notes(report)],
        [Text("Outputs", style="bold"), output_table(report.outputs)] if _has_outputs(report) else [],
        [*policy_lines(report.verdicts, so_far=report.incomplete)],
        [*timing_lines(outcome)],
        [*_log(outcome)],
        [*_next(outcome)],
    )
    return (part for part in parts if part)


def _has_table(report: Report) -> bool:
    return not report.preview and any(step.done for step in report.changes)


def _changes(report: Report) -> list[Text]:
    """A preview lists every change; a finished run lists what was not simply made or removed as a whole."""
    if report.preview:
        return change_list(report.changes)
    shown = {Op.REPLACE, Op.UPDATE} if report.operation == "destroy" else {Op.DELETE, Op.REPLACE, Op.UPDATE}
    return change_list(step for step in report.changes if step.op in shown)


def _protected(report: Report) -> list[Text]:
    lifted = sum(1 for step in report.steps if step.protected and step.op is Op.DELETE)
    if report.operation != "destroy" or not lifted:
        return []
    return [Text(f"{plural(lifted, 'protected resource')} among them: a real destroy would have refused.")]


def _notes(report: Report) -> list[Text]:
    if not report.notes:
        return []
    return [
        Text("The program printed", style="bold"),
        *(Text(f"  {line}", style="dim") for line in report.notes),
    ]


def _has_outputs(report: Report) -> bool:
    return bool(report.outputs) and report.operation in ("up", "preview") and not report.incomplete


def _log(outcome: Outcome) -> list[Text]:
    return [Text(f"The engine's own words: {outcome.log}", style="dim")] if outcome.report.incomplete else []


def _next(outcome: Outcome) -> list[Text]:
    if not outcome.next_commands:
        return []
    width = max(len(step.command) for step in outcome.next_commands)
    lines = (
        Text.assemble(f"  {step.command:<{width}}", (f"   {step.why}", "dim"))
        for step in outcome.next_commands
    )
    return [Text("Next", style="bold"), *lines]
