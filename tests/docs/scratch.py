"""A copy of the repository to try commands in, as a newcomer's clone after its set-up."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.docs.blocks import ROOT

_OURS = ("PLINTH_", "PULUMI_", "AWS_", "VIRTUAL_ENV", "PYTEST_", "COLUMNS", "MAKE", "MFLAGS")
_NO_SET_UP = (
    "#!/bin/sh\n# The virtualenv of the checkout under test is used; the real script has its own tests.\n"
)


def make_scratch(folder: Path) -> Path:
    """All that git knows or would know of, with this checkout's virtualenv, and set-up that has been done."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / "scripts" / "setup.sh").write_text(_NO_SET_UP)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def newcomer() -> Mapping[str, str]:
    """The environment of somebody who has configured nothing, with our virtualenv not on PATH."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    path = [item for item in kept["PATH"].split(os.pathsep) if not item.startswith(str(ROOT / ".venv"))]
    return {**kept, "PATH": os.pathsep.join(path)}
