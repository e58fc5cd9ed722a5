"""Where things are: the project, the user's cache, the simulated cloud's files."""

import os
from collections.abc import Mapping
from pathlib import Path

from plinth.errors import ConfigurationError

PROJECT_FILE = "Pulumi.yaml"


def project_root(start: Path | None = None) -> Path:
    """The nearest directory upwards from `start` (default: here) that holds a Pulumi.yaml.

    Raises ConfigurationError if there is none.
    """
    here = (start or Path.cwd()).resolve()
    for directory in (here, *here.parents):
        if (directory / PROJECT_FILE).is_file():
            return directory
    raise ConfigurationError(
        f"{here}: no {PROJECT_FILE} here or in any directory above. Expected a Pulumi project.",
        fix="change into the project's directory and run the command again",
    )


def cache_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Plinth's directory in the user's cache (`$XDG_CACHE_HOME/plinth`, else `~/.cache/plinth`)."""
    # The XDG specification says to ignore a relative path here.
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else Path(environ.get("HOME") or Path.home()) / ".cache") / "plinth"


def own_sim_home(environ: Mapping[str, str] = os.environ) -> Path:
    """The simulated cloud of whoever is in no project: `$XDG_STATE_HOME/plinth/sim`, or `PLINTH_SIM_HOME`."""
    base = Path(environ.get("XDG_STATE_HOME", ""))
    state = base if base.is_absolute() else Path(environ.get("HOME") or Path.home()) / ".local" / "state"
    return _override(environ) or state / "plinth" / "sim"


def sim_home(project: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Where the simulated cloud of `project` keeps its files; `PLINTH_SIM_HOME` overrides."""
    return _override(environ) or project / ".plinth" / "sim"


def _override(environ: Mapping[str, str]) -> Path | None:
    given = environ.get("PLINTH_SIM_HOME")
    return Path(given).expanduser().resolve() if given else None
