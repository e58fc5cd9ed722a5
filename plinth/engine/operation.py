"""One engine operation on one simulated environment, from the first look at its files to its report."""

from dataclasses import dataclass, replace
from pathlib import Path

from plinth.engine.cloud import Running
from plinth.engine.config_copy import copy_config
from plinth.engine.deletion_protection import lift_deletion_protection
from plinth.engine.driver import Command, Finished, Watcher
from plinth.engine.exits import exit_code
from plinth.engine.kept_by_aws import kept_by_aws, remove_kept
from plinth.engine.locks import release_dead_locks
from plinth.engine.pending import forget_pending_creations
from plinth.engine.recorder import Recorder
from plinth.engine.session import Session
from plinth.engine.stack_files import ensure_stack, forget_stack
from plinth.engine.state import stack_exists
from plinth.errors import StackLocked, StackNotFound
from plinth.exit_codes import ExitCode
from plinth.report.build import build_report
from plinth.report.model import Failure, Report

# Providers are attached, never installed: asking for them costs a third of a second.
_NO_PLUGINS = "--skip-plugin-pre-install"
_ALWAYS = ("--non-interactive", "--color", "never", "--suppress-progress", "--suppress-outputs", _NO_PLUGINS)
_AT_ONCE = ("--yes", "--skip-preview")


@dataclass(frozen=True)
class Operation:
    """What the engine is asked to do; whether that `changes` anything, or `runs_program` and policies."""

    name: str
    flags: tuple[str, ...]
    changes: bool = True
    runs_program: bool = False


UP = Operation("up", _AT_ONCE, runs_program=True)
PREVIEW = Operation("preview", (), changes=False, runs_program=True)
REFRESH = Operation("refresh", _AT_ONCE)
# Everything here is simulated: `protect` is honoured by telling, not by refusing.
DESTROY = Operation("destroy", (*_AT_ONCE, "--ignore-protect"))


@dataclass(frozen=True)
class Ran:
    """What came of it."""

    report: Report
    exit_code: ExitCode
    repairs: tuple[str, ...]
    log: Path


def carry_out(
    session: Session, operation: Operation, stack: str, watcher: Watcher, *, expect_no_changes: bool = False
) -> Ran:
    """Raises StackNotFound, StackLocked or EngineFailed when the engine cannot even begin."""
    layout = session.place.layout
    if not operation.runs_program and not stack_exists(layout, stack):
        raise StackNotFound(f"{stack}: never brought up here.", fix=f"plinth sim up {stack}")
    repairs = _repair(session, operation, stack) if operation.changes else ()
    engine = session.installed.engine
    made = ensure_stack(engine, layout, session.place.root, stack, session.env)
    command = _command(session, operation, stack)
    recorder = Recorder(watcher)
    kept = kept_by_aws(layout, stack) if operation is DESTROY else ()
    finished = engine.run(command, recorder)
    report = _report(recorder, finished, operation, stack)
    if finished.returncode and session.tools.cloud.running(layout.home) is None:
        report = replace(report, failures=(_death(session.running), *report.failures))
    code = exit_code(report, finished, expect_no_changes=expect_no_changes)
    if code is ExitCode.OK:
        repairs += remove_kept(kept, session.client)
    if made and code is ExitCode.CONFIGURATION:
        forget_stack(layout, stack)
    return Ran(report, code, repairs, command.log)


def _repair(session: Session, operation: Operation, stack: str) -> tuple[str, ...]:
    layout = session.place.layout
    done = release_dead_locks(layout, stack) + forget_pending_creations(layout, stack)
    if operation is DESTROY:
        done += lift_deletion_protection(layout, stack, session.client)
    return done


def _command(session: Session, operation: Operation, stack: str) -> Command:
    layout, root = session.place.layout, session.place.root
    layout.logs.mkdir(parents=True, exist_ok=True)
    events = layout.logs / f"{stack}-{operation.name}.jsonl"
    events.unlink(missing_ok=True)
    where = ("--stack", stack, "--config-file", str(copy_config(layout, root, stack)))
    policies = _policy_args(root) if operation.runs_program else ()
    return Command(
        args=(operation.name, *where, *_ALWAYS, *operation.flags, *policies),
        cwd=root,
        env=session.env,
        log=layout.logs / f"{stack}-{operation.name}.log",
        events=events,
    )


def _policy_args(root: Path) -> tuple[str, ...]:
    pack = root / "policies"
    return ("--policy-pack", str(pack)) if (pack / "PulumiPolicy.yaml").is_file() else ()


def _report(recorder: Recorder, finished: Finished, operation: Operation, stack: str) -> Report:
    if "currently locked by" in finished.said and not recorder.events:
        raise StackLocked(
            f"{stack}: another run is working on this environment.\n{_errors(finished.said)}",
            fix="wait until it ends",
        )
    report = build_report(
        recorder.events,
        operation=operation.name,
        stack=stack,
        began=finished.began,
        ended=finished.ended,
    )
    unexplained = finished.returncode and not report.failures and not report.verdicts.mandatory
    if unexplained and not finished.interrupted:
        return replace(report, failures=(Failure(_words(recorder, finished)),))
    return report


def _death(cloud: Running) -> Failure:
    """The engine only hears that nobody answers: who died, and why, is in the log."""
    end = cloud.log.read_text(errors="replace").strip().rsplit("\n", 1)[-1] if cloud.log.exists() else ""
    return Failure(
        f"the simulated cloud ended while it was working; its log {cloud.log} ends: {end or 'empty'}. "
        "Nothing is lost: the same command starts it again and goes on."
    )


def _words(recorder: Recorder, finished: Finished) -> str:
    if recorder.events:
        return f"the engine ended with {finished.returncode} and did not say why"
    return _errors(finished.said)


def _errors(said: str) -> str:
    """The CLI's error and what follows it, else the end of what it said."""
    _, mark, error = said.partition("error: ")
    return (error if mark else said).strip()[-2000:] or "the engine ended without a word"
