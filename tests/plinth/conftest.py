"""A project of its own for every test of the command line."""

from pathlib import Path

import pytest

DEV = "config:\n  aws:region: us-east-1  # kept as it is\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a Pulumi project, and the current one."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "Pulumi.yaml").write_text("name: plinth\nruntime: python\n")
    (root / "Pulumi.dev.yaml").write_text(DEV)
    monkeypatch.chdir(root)
    monkeypatch.delenv("PLINTH_SIM_HOME", raising=False)
    return root
