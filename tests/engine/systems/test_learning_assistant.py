from __future__ import annotations

import pytest

from tests.engine.bench import Bench
from tests.engine.systems.lives import live

pytestmark = [pytest.mark.engine, pytest.mark.slow]


def test_every_environment_comes_up_shows_no_diff_and_goes(bench: Bench) -> None:
    live(bench, "learning-assistant")
