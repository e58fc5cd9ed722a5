"""Removing the simulated cloud's folder, and nothing that is not one."""

import shutil
from pathlib import Path

from plinth.errors import ConfigurationError


def check_removable(home: Path, root: Path) -> Path:
    """The folder itself. Raises ConfigurationError for one that holds a project, a home or a whole disk."""
    above = (root, Path.home(), Path.cwd())
    if any(folder.resolve().is_relative_to(home.resolve()) for folder in above):
        raise ConfigurationError(
            f"PLINTH_SIM_HOME is {home}: more than the simulated cloud is in there.",
            fix="set PLINTH_SIM_HOME to a folder of its own",
        )
    return home


def remove(home: Path) -> bool:
    """Whether there was anything to remove."""
    if not home.exists():
        return False
    shutil.rmtree(home)
    return True
