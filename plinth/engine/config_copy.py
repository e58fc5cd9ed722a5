"""A copy of a stack's configuration for the engine, which writes its salt into the file it is given."""

from pathlib import Path
from typing import Any

import yaml

from plinth.engine.layout import Layout

# How a real deployment of the same stack encrypts; the simulated state has its own passphrase.
_OF_ENCRYPTION = ("encryptionsalt", "encryptedkey", "secretsprovider")
_STAND_IN = "simulated-secret"


def copy_config(layout: Layout, root: Path, stack: str) -> Path:
    """A fresh copy (an empty file for a stack without one); the project's own file is only read."""
    source, target = root / f"Pulumi.{stack}.yaml", layout.config_file(stack)
    text = source.read_text() if source.is_file() else ""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_without_encryption(text) if _mentions_encryption(text) else text)
    return target


def _mentions_encryption(text: str) -> bool:
    return "secure:" in text or any(f"{key}:" in text for key in _OF_ENCRYPTION)


def _without_encryption(text: str) -> str:

    raw = yaml.safe_load(text) or {}
    kept = {key: _plain(value) for key, value in raw.items() if key not in _OF_ENCRYPTION}
    return yaml.safe_dump(kept, sort_keys=False)


def _plain(value: Any) -> Any:
    """Values encrypted for the real stack cannot be read here: a stand-in takes their place."""
    if isinstance(value, dict):
        return _STAND_IN if set(value) == {"secure"} else {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
