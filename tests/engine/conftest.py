from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simcloud import daemon
from tests.docs.scratch import make_scratch
from tests.engine.bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """An empty simulated cloud and a copy of this project."""
    project = tmp_path / "project"
    project.mkdir()
    bench = Bench(make_scratch(project), tmp_path / "sim")
    yield bench
    daemon.stop(bench.home)
