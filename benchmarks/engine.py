"""Pulumi programs run by the real engine, and how long it took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from plinth.engine.environment import simulated_environment
from plinth.engine.layout import Layout
from plinth.engine.session import Installed, installed_engine

_QUIET = ("--non-interactive", "--color", "never", "--suppress-progress", "--skip-plugin-pre-install")
_PROJECT = """\
name: bare
runtime: {{name: python, options: {{virtualenv: {virtualenv}}}}}
"""


@contextmanager
def project(folder: Path, program: str, port: int) -> Iterator[Callable[..., float]]:
    """Something to call with a command of the CLI, which returns its seconds; its stack is there already.

    `port` is where the `aws` provider answers.
    """
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(_PROJECT.format(virtualenv=sys.prefix))
    (folder / "__main__.py").write_text(program)
    engine = installed_engine(os.environ)
    env = _environment(folder / "home", engine, port)
    seconds([str(engine.program), "stack", "init", "dev", "--non-interactive"], folder, env)
    yield lambda *words: seconds([str(engine.program), *words, *_QUIET], folder, env)


def seconds(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> float:
    """How long it took; ends the benchmark with its words if it failed."""
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return took


def _environment(home: Path, engine: Installed, port: int) -> Mapping[str, str]:
    layout = Layout(home, "bare")
    layout.backend.mkdir(parents=True)
    path = [*engine.search_path, Path(sys.executable).parent]
    return simulated_environment(
        os.environ, layout, providers={"aws": port}, http_url="http://127.0.0.1:9", path=path
    ).applied_to(os.environ)
