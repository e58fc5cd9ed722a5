"""Running the blocks of a page in one shell, and telling apart what each of them said."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.docs.blocks import ROOT, Block

_MARK = "\x1e"


@dataclass(frozen=True)
class Said:
    """What a block printed, and with what it ended; None if an earlier one ended the shell."""

    text: str
    code: int | None


NOT_REACHED = Said("not run: an earlier block of the page failed", None)


def walk(
    sections: Sequence[Block], folder: Path, environ: Mapping[str, str], preparation: str = ""
) -> dict[Block, Said]:
    """Run the blocks in order in one `sh -e`, after `preparation`; nobody is there to answer questions."""
    script = "\n".join(["exec 2>&1", "set -e", preparation, *map(_framed, range(len(sections)), sections)])
    done = subprocess.run(
        ["sh"],
        input=script.encode(),
        cwd=folder,
        env={**environ, "PAGE_SHELL": "1"},
        stdout=subprocess.PIPE,
        check=False,
    )
    # The copy's virtualenv is a link to that of this checkout, and programs know where they really are.
    said = done.stdout.decode(errors="replace").replace(f"{ROOT}/", "")
    return _told_apart(sections, said, done.returncode)


def _framed(number: int, block: Block) -> str:
    # The shell reads its script from stdin: programs must not.
    return f"printf '\\036begin {number}\\036\\n'\n{{\n{block.text}}} </dev/null\nprintf '\\036end {number}\\036\\n'"


def _told_apart(sections: Sequence[Block], output: str, code: int) -> dict[Block, Said]:
    said = dict.fromkeys(sections, NOT_REACHED)
    for number, block in enumerate(sections):
        found = re.search(
            rf"{_MARK}begin {number}{_MARK}\n(.*?)({_MARK}end {number}{_MARK}|\Z)", output, re.DOTALL
        )
        if found:
            said[block] = Said(found[1], 0 if found[2] else code)
    return said
