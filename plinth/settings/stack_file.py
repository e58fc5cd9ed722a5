"""Reads `Pulumi.<stack>.yaml` as the engine would hand it to the program, without any engine."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from plinth.errors import ConfigurationError
from stacks.settings.load import Configuration

_NAMESPACE = "plinth:"


def configuration_of(stack: str, root: Path, environ: Mapping[str, str] = os.environ) -> Configuration:
    """What the project says of `stack`; a stack without a file is what its name says."""
    file = root / f"Pulumi.{stack}.yaml"
    config = _config(file) if file.is_file() else {}
    ours = {
        key.removeprefix(_NAMESPACE): _handed_over(value)
        for key, value in config.items()
        if isinstance(key, str) and key.startswith(_NAMESPACE)
    }
    return Configuration(
        stack=stack,
        region=config.get("aws:region") or environ.get("AWS_REGION"),
        values=ours,
        encrypted=frozenset(key for key, value in ours.items() if _encrypted(value)),
    )


def _config(file: Path) -> Mapping[str, Any]:
    try:
        read = yaml.safe_load(file.read_text()) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(
            f"{file.name}: it cannot be read: {error}", fix="correct the file"
        ) from error
    config = read.get("config") if isinstance(read, dict) else read
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise ConfigurationError(
            f"{file.name}: config is not a mapping. Expected keys such as plinth:overrides below it.",
            fix="indent the keys below config:",
        )
    return config


def _handed_over(value: Any) -> Any:
    """The engine hands everything over as text; only mappings are read again."""
    return value if isinstance(value, dict | str) else json.dumps(value)


def _encrypted(value: Any) -> bool:
    """Whether something in it is a value that `pulumi config set --secret` has written."""
    if isinstance(value, dict):
        return set(value) == {"secure"} or any(_encrypted(item) for item in value.values())
    return isinstance(value, list) and any(_encrypted(item) for item in value)
