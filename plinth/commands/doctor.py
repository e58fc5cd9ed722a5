"""`plinth doctor`."""

from typing import TYPE_CHECKING, Annotated

import typer

from plinth.commands.frame import framed, tell
from plinth.exit_codes import ExitCode

if TYPE_CHECKING:
    from plinth.doctor.check import Check

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def doctor(as_json: AsJson = False) -> None:
    """Check this machine: one line per check, and for each failure what to do. Offline."""
    with framed("doctor", as_json=as_json):
        from plinth.doctor.checks import all_checks
        from plinth.paths import project_root

        checks = all_checks(project_root())
        tell(as_document(checks) if as_json else as_text(checks))
        if not all(check.ok for check in checks):
            raise typer.Exit(ExitCode.CONFIGURATION)


def as_text(checks: "list[Check]") -> str:
    """One line per check, and below a failure its fix."""
    width = max(len(check.name) for check in checks)
    lines = []
    for check in checks:
        lines.append(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<{width}}  {check.detail}")
        if check.fix:
            lines.append(f"      {'':<{width}}  Fix: {check.fix}")
    return "\n".join(lines)


def as_document(checks: "list[Check]") -> str:
    """The same for programs."""
    import json

    described = [{"name": c.name, "ok": c.ok, "detail": c.detail, "fix": c.fix} for c in checks]
    document = {
        "schema_version": 1,
        "command": "doctor",
        "ok": all(c.ok for c in checks),
        "checks": described,
    }
    return json.dumps(document, indent=2)
