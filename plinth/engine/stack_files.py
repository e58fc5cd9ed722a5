"""Making a stack in the simulated backend, and removing one that came to nothing."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from plinth.engine.driver import Command, Engine
from plinth.engine.layout import Layout
from plinth.engine.state import stack_exists
from plinth.errors import EngineFailed


def ensure_stack(engine: Engine, layout: Layout, root: Path, stack: str, env: Mapping[str, str]) -> bool:
    """Whether it had to be made. Looks at the backend's files: asking the CLI would cost a third of a second."""
    if stack_exists(layout, stack):
        return False
    _scratch_project(layout, root)
    command = Command(
        args=("stack", "init", stack, "--no-select", "--non-interactive", "--color", "never"),
        cwd=layout.scratch,
        env=env,
        log=layout.logs / f"{stack}-init.log",
    )
    finished = engine.run(command)
    if finished.returncode and not stack_exists(layout, stack):
        raise EngineFailed(f"{stack}: the engine could not make the stack.\n{finished.said.strip()}")
    return True


def forget_stack(layout: Layout, stack: str) -> None:
    """Remove an empty stack as if it had never been named."""
    for file in layout.stacks.glob(f"{stack}.json*"):
        file.unlink(missing_ok=True)
    for kind in ("history", "backups"):
        shutil.rmtree(layout.backend / ".pulumi" / kind / layout.project / stack, ignore_errors=True)


def _scratch_project(layout: Layout, root: Path) -> None:
    """The CLI writes Pulumi.<stack>.yaml beside the Pulumi.yaml it finds: it finds a copy, in a folder of ours."""
    layout.backend.mkdir(parents=True, exist_ok=True)
    layout.scratch.mkdir(parents=True, exist_ok=True)
    for left_over in layout.scratch.glob("Pulumi.*.yaml"):
        left_over.unlink()
    shutil.copyfile(root / "Pulumi.yaml", layout.scratch / "Pulumi.yaml")
