"""Writing the `pulumi` that comes first on PATH in `plinth sim shell`."""

import shlex
import sys
import tempfile
from pathlib import Path

from plinth.engine.layout import Layout


def write_shim(layout: Layout, program: Path) -> Path:
    """The folder that holds it; the file is replaced in one step, someone may be running it."""
    layout.bin.mkdir(parents=True, exist_ok=True)
    target = layout.bin / "pulumi"
    text = _script(program, layout.backend)
    if not target.is_file() or target.read_text() != text:
        with tempfile.NamedTemporaryFile("w", dir=layout.bin, delete=False) as out:
            out.write(text)
        unfinished = Path(out.name)
        unfinished.chmod(0o700)
        unfinished.replace(target)
    return layout.bin


def _script(program: Path, backend: Path) -> str:
    words = [sys.executable, "-I", "-m", "plinth.engine.shim", str(program), str(backend)]
    note = "# Written by plinth: the real CLI, without its traces in Pulumi.*.yaml."
    return f'#!/bin/sh\n{note}\nexec {shlex.join(words)} "$@"\n'
