"""Writing the `pulumi` and `aws` that come first on PATH in `plinth sim shell`."""

import shlex
import sys
import tempfile
from pathlib import Path

from plinth.engine.layout import Layout


def write_shims(layout: Layout, program: Path) -> Path:
    """The folder that holds them; `program` is the real CLI of Pulumi."""
    layout.bin.mkdir(parents=True, exist_ok=True)
    _write(layout.bin / "pulumi", _pulumi(program, layout.backend))
    _write(layout.bin / "aws", _aws(Path(sys.executable).parent / "aws"))
    return layout.bin


def _write(target: Path, text: str) -> None:
    """In one step: someone may be running it."""
    if target.is_file() and target.read_text() == text:
        return
    with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False) as out:
        out.write(text)
    unfinished = Path(out.name)
    unfinished.chmod(0o700)
    unfinished.replace(target)


def _pulumi(program: Path, backend: Path) -> str:
    words = [sys.executable, "-I", "-m", "plinth.engine.shim", str(program), str(backend)]
    note = "# Written by plinth: the real CLI, without its traces in Pulumi.*.yaml."
    return f'#!/bin/sh\n{note}\nexec {shlex.join(words)} "$@"\n'


def _aws(program: Path) -> str:
    # awscli 1: customizations/overridesslcommonname.py, which knows --endpoint-url only.
    note = "# Written by plinth: in some regions `aws rds` and others forget AWS_ENDPOINT_URL."
    return f'#!/bin/sh\n{note}\nexec {shlex.quote(str(program))} --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n'
