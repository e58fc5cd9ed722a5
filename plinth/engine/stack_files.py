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
    scratch_project(layout, root)
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


def premake_stack(engine: Engine, layout: Layout, root: Path, stack: str, env: Mapping[str, str]) -> None:
    """`ensure_stack`, so that a shell can use it at once; `pulumi stack init` in that shell finds room for its own."""
    if ensure_stack(engine, layout, root, stack, env):
        mark = layout.premade_mark(stack)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def make_room(layout: Layout, stack: str) -> None:
    """Before `pulumi stack init`: a stack that only a shell has made, and nobody has used, is not there."""
    mark = layout.premade_mark(stack)
    if mark.is_file() and not layout.history_folder(stack).is_dir():
        forget_stack(layout, stack)
    mark.unlink(missing_ok=True)


def forget_stack(layout: Layout, stack: str) -> None:
    """Remove an empty stack as if it had never been named."""
    for file in layout.stacks.glob(f"{stack}.json*"):
        file.unlink(missing_ok=True)
    backups = layout.backend / ".pulumi" / "backups" / layout.project / stack
    for folder in (layout.history_folder(stack), backups):
        shutil.rmtree(folder, ignore_errors=True)


def scratch_project(layout: Layout, root: Path) -> None:
    """The CLI writes Pulumi.<stack>.yaml beside the Pulumi.yaml it finds: it finds a copy, in a folder of ours."""
    layout.backend.mkdir(parents=True, exist_ok=True)
    layout.scratch.mkdir(parents=True, exist_ok=True)
    for left_over in layout.scratch.glob("Pulumi.*.yaml"):
        left_over.unlink()
    shutil.copyfile(root / "Pulumi.yaml", layout.scratch / "Pulumi.yaml")
