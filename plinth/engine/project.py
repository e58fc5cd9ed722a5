"""What the command line needs to know of a Pulumi project."""

import re
from pathlib import Path

from plinth.errors import ConfigurationError

_NAME_LINE = re.compile(r"""^name:\s*["']?([A-Za-z0-9_.-]+)["']?\s*(?:#.*)?$""", re.MULTILINE)
# Pulumi: sdk/go/common/tokens/names.go allows these characters; 100 is the longest name.
_STACK_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def project_name(root: Path) -> str:
    """The `name:` in the project's Pulumi.yaml; ConfigurationError if it says none."""
    file = root / "Pulumi.yaml"
    match = _NAME_LINE.search(file.read_text())
    if match is None:
        raise ConfigurationError(
            f"{file}: no name. Expected a line such as `name: plinth`.", fix=f"edit {file}"
        )
    return match.group(1)


def check_stack_name(stack: str) -> str:
    """The name itself, or ConfigurationError if the engine would not accept it."""
    if _STACK_NAME.fullmatch(stack) is None or stack in (".", ".."):
        raise ConfigurationError(
            f"environment {stack!r}: not a stack name. Expected 1 to 100 letters, digits, `-`, `_` or `.`.",
            fix="name an environment such as dev, staging or production",
        )
    return stack


def configured_stacks(root: Path) -> list[str]:
    """The environments that have a configuration file in the project."""
    files = root.glob("Pulumi.*.yaml")
    return sorted(file.name.removeprefix("Pulumi.").removesuffix(".yaml") for file in files)
