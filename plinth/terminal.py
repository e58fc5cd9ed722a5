"""Who is at the other end: a person at a terminal, a log, or a program."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console

from plinth.errors import Cancelled, ConfirmationRequired

_LOG_WIDTH = 120
_CI_SIGNS = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "TF_BUILD", "JENKINS_URL")


@dataclass(frozen=True)
class Terminal:
    """`interactive`: a person can answer; `live`: the screen can be redrawn; `as_json`: stdout is a program's."""

    interactive: bool
    live: bool
    as_json: bool = False

    def console(self) -> Console:
        """Where people's text goes: stderr when stdout carries a document."""
        stream = sys.stderr if self.as_json else sys.stdout
        width = None if stream.isatty() else _LOG_WIDTH
        return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)

    def confirm(self, question: str, *, yes: bool) -> None:
        """Returns on yes. Raises Cancelled on no, ConfirmationRequired where nobody can be asked."""
        if yes:
            return
        if not self.interactive:
            raise ConfirmationRequired(f"{question} Nobody is here to answer.", fix="add --yes")
        sys.stderr.write(f"{question} [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise Cancelled("Nothing was done.")


def this_terminal(environ: Mapping[str, str], *, as_json: bool = False) -> Terminal:
    """No prompt in CI or without a terminal; nothing is redrawn in a log."""
    in_ci = any(environ.get(sign, "").lower() not in ("", "0", "false") for sign in _CI_SIGNS)
    screen = sys.stderr if as_json else sys.stdout
    live = screen.isatty() and not in_ci and environ.get("TERM") != "dumb"
    return Terminal(
        interactive=sys.stdin.isatty() and screen.isatty() and not in_ci, live=live, as_json=as_json
    )
