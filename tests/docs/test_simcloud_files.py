"""The files that docs/simcloud.md shows are those that the simulated cloud understands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simcloud.cloud import Cloud
from simcloud.quotas import LIMITS
from tests.docs.blocks import ROOT

PAGE = (ROOT / "docs" / "simcloud.md").read_text()


def shown_after(words: str) -> str:
    """The first block of YAML below `words`."""
    found = re.search(r"```yaml\n(.*?)```", PAGE[PAGE.index(words) :], re.DOTALL)
    assert found is not None
    return found[1]


def test_quotas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "quotas.yaml"
    monkeypatch.setattr(LIMITS, "file", file)
    assert LIMITS.of("vpc.vpcs-per-region") == 5
    file.write_text(shown_after("writes it into `quotas.yaml`"))
    assert LIMITS.of("vpc.vpcs-per-region") == 20


def test_bad_weather(tmp_path: Path) -> None:
    cloud = Cloud()
    cloud.faults.file = tmp_path / "faults.yaml"
    cloud.faults.file.write_text(shown_after("`faults.yaml` in the same folder"))
    met = [cloud.faults.met("ec2", number).value for number in range(2000)]
    assert {"none", "throttled", "failed", "lost", "unheard"} == set(met)
    assert 300 < met.count("throttled") < 500
    assert {cloud.faults.met("s3", number).value for number in range(2000)} == {"none"}
