"""What `up`, `preview`, `refresh` and `destroy` have in common: run the engine, show it going, show the result."""

import typer
from rich.console import Console

from plinth.commands.sim.next_steps import next_steps
from plinth.commands.sim.options import tools_of
from plinth.engine.operation import Operation, Ran, carry_out
from plinth.engine.project import check_stack_name
from plinth.engine.session import Session, Tools, find_place, open_session
from plinth.render.json import outcome_document
from plinth.render.progress_lines import ProgressLines
from plinth.render.progress_live import LiveProgress
from plinth.render.text import banner, render_outcome
from plinth.report.outcome import Outcome
from plinth.terminal import Terminal, this_terminal


def operate(
    context: typer.Context,
    operation: Operation,
    environment: str,
    *,
    as_json: bool,
    expect_no_changes: bool = False,
) -> None:
    """Ends the command with the run's exit code."""
    tools = tools_of(context)
    terminal = this_terminal(tools.environ, as_json=as_json)
    stack, place = check_stack_name(environment), find_place(tools)
    console = terminal.console()
    with _progress(operation, stack, terminal, console) as watcher:
        if tools.cloud.running(place.layout.home) is None:
            console.print("  starting the simulated cloud")
        session = open_session(tools, place)
        ran = carry_out(session, operation, stack, watcher, expect_no_changes=expect_no_changes)
    outcome = _outcome(ran, operation, session, tools)
    if as_json:
        typer.echo(outcome_document(outcome))
    else:
        render_outcome(outcome, console)
    raise typer.Exit(outcome.exit_code)


def _progress(
    operation: Operation, stack: str, terminal: Terminal, console: Console
) -> LiveProgress | ProgressLines:
    heading = banner(operation.name, stack)
    if terminal.live:
        return LiveProgress(console, heading)
    console.print(heading)
    return ProgressLines(console, preview=operation.name == "preview")


def _outcome(ran: Ran, operation: Operation, session: Session, tools: Tools) -> Outcome:
    return Outcome(
        report=ran.report,
        exit_code=ran.exit_code,
        seconds=tools.clock() - tools.began,
        cloud_seconds=session.cloud_seconds,
        repairs=ran.repairs,
        next_commands=next_steps(operation.name, ran.report, ran.exit_code),
        log=str(ran.log),
    )
