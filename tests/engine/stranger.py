"""Plain `pulumi` in the simulated shell, as somebody uses it who has never seen Plinth."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.docs.blocks import ROOT
from tests.docs.scratch import newcomer
from tests.engine.bench import PLINTH, Bench

PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True)
class Stranger:
    """A copy of one of the programs, and the home of a simulated cloud; `env` is theirs on top."""

    bench: Bench
    env: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: str, code: int = 0, err: bool = True) -> str:
        """A command in the simulated shell, which must end with `code`; what it printed, with its errors if `err`."""
        process = self.start(*words)
        out, errors = process.communicate()
        assert process.returncode == code, f"{' '.join(words)}: {process.returncode}\n{errors}\n{out}"
        return out + errors if err else out

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The same without waiting."""
        own = [f"{name}={value}" for name, value in self.env.items()]
        return subprocess.Popen(
            [PLINTH, "sim", "shell", "--", "env", *own, *words],
            cwd=self.bench.project,
            env={
                **newcomer(),
                "PLINTH_SIM_HOME": str(self.bench.home),
                # their virtualenv: the packages are the same
                "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{newcomer()['PATH']}",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def pulumi(self, *words: str, code: int = 0) -> str:
        """`pulumi <words>` without questions."""
        return self.run("pulumi", *words, "--non-interactive", "--color", "never", code=code)

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs."""
        found: dict[str, Any] = json.loads(self.pulumi("stack", "output", "--json", "--show-secrets"))
        return found


def stranger(program: str, folder: Path, **env: str) -> Stranger:
    """`program` copied into `folder`, beside a home for the simulated cloud."""
    shutil.copytree(PROGRAMS / program, folder / program)
    return Stranger(Bench(folder / program, folder / "sim"), env)
