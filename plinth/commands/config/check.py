"""`plinth config check`."""

from typing import TYPE_CHECKING, Annotated

import typer

from plinth.commands.config.options import AsJson
from plinth.commands.frame import framed, tell
from plinth.exit_codes import ExitCode

if TYPE_CHECKING:
    from plinth.settings.verdict import Verdict

Stacks = Annotated[
    list[str] | None, typer.Argument(metavar="[STACK…]", help="Stacks; those with a file when left out.")
]
All = Annotated[bool, typer.Option("--all", help="Every stack file, and every system in every environment.")]


def check(stacks: Stacks = None, every: All = False, as_json: AsJson = False) -> None:
    """Tell everything that is wrong with the settings of stacks, all at once; end with 2 if anything is."""
    with framed("config check", as_json=as_json):
        from plinth.engine.project import configured_stacks
        from plinth.paths import project_root
        from plinth.render.settings import verdict_lines
        from plinth.settings.verdict import every_stack, verdicts

        root = project_root()
        wanted = every_stack(root) if every else stacks or configured_stacks(root)
        found = list(verdicts(wanted, root))
        tell(as_document(found) if as_json else "\n".join(verdict_lines(found)))
        if not all(verdict.ok for verdict in found):
            raise typer.Exit(ExitCode.CONFIGURATION)


def as_document(found: "list[Verdict]") -> str:
    """The same for programs."""
    from plinth.render.json import document

    stacks = [
        {
            "stack": verdict.stack,
            "ok": verdict.ok,
            "unreadable": verdict.unreadable,
            "problems": [
                {
                    "path": problem.path,
                    "problem": problem.problem,
                    "expected": problem.expected,
                    "fix": problem.fix_words(verdict.stack),
                }
                for problem in verdict.problems
            ],
        }
        for verdict in found
    ]
    return document("config check", {"ok": all(verdict.ok for verdict in found), "stacks": stacks})
