"""Three commands worth typing after a run, each with what it is good for."""

import os
import shutil
import sys
from pathlib import Path

from plinth.exit_codes import ExitCode
from plinth.report.model import Report
from plinth.report.outcome import Suggestion

_STATUS = ("status", "what runs where, in which version")
_SHELL = ("shell", "a shell in which pulumi, aws and boto3 talk to the simulated cloud")
_STOP = ("stop", "end the simulated cloud; its state stays")


def next_steps(operation: str, report: Report, code: ExitCode) -> tuple[Suggestion, ...]:
    """Depends on what was done and how it ended."""
    stack = report.stack
    up = (f"up {stack}", "deploy it")
    preview = (f"preview {stack}", "what an up would change")
    destroy = (f"destroy {stack}", "remove every resource of it")
    if code not in (ExitCode.OK, ExitCode.CHANGES):
        when = "again" if code is ExitCode.CANCELLED else "again, after the fix"
        again = (f"{operation} {stack}", f"{when}; what is done stays done")
        return _typed(again, _STATUS, destroy if operation == "up" and report.changes else _SHELL)
    if operation == "preview":
        return _typed(
            up if report.changes else _STATUS, (f"preview {stack} --json", "the same for a program"), _SHELL
        )
    if operation == "refresh":
        return _typed(preview, up, _STATUS)
    if operation == "destroy":
        return _typed(up, _STATUS, _STOP)
    return _typed(_STATUS, _SHELL, destroy)


def _typed(*steps: tuple[str, str]) -> tuple[Suggestion, ...]:
    program = _program()
    return tuple(Suggestion(f"{program} sim {command}", why) for command, why in steps)


def _program() -> str:
    """`plinth`, or the way to it from here when the virtualenv is not on the user's PATH."""
    own = Path(sys.executable).parent / "plinth"
    found = shutil.which("plinth")
    if not own.exists() or (found is not None and Path(found).resolve() == own.resolve()):
        return "plinth"
    relative = os.path.relpath(own)
    return str(own) if relative.startswith("..") else relative
