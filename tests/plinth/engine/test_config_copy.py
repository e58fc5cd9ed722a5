from pathlib import Path

import yaml

from plinth.engine.config_copy import copy_config
from plinth.engine.layout import Layout


def copied(tmp_path: Path, text: str | None) -> str:
    root = tmp_path / "project"
    root.mkdir()
    if text is not None:
        (root / "Pulumi.dev.yaml").write_text(text)
    copy = copy_config(Layout(tmp_path / "sim", "plinth"), root, "dev")
    if text is not None:
        assert (root / "Pulumi.dev.yaml").read_text() == text
    return copy.read_text()


def test_a_plain_file_is_copied_as_it_is(tmp_path: Path) -> None:
    text = "config:\n  # why\n  plinth:system: learning-assistant\n"

    assert copied(tmp_path, text) == text


def test_a_stack_without_a_file_gets_an_empty_one(tmp_path: Path) -> None:
    assert copied(tmp_path, None) == ""


def test_how_the_real_stack_encrypts_stays_out(tmp_path: Path) -> None:
    text = copied(
        tmp_path,
        "secretsprovider: awskms://alias/real\nencryptedkey: abc\nencryptionsalt: v1:real\n"
        "config:\n  plinth:system: x\n  plinth:token:\n    secure: AAAB\n  plinth:many:\n    - secure: CCCD\n    - 1\n",
    )

    assert yaml.safe_load(text) == {
        "config": {
            "plinth:system": "x",
            "plinth:token": "simulated-secret",
            "plinth:many": ["simulated-secret", 1],
        }
    }
