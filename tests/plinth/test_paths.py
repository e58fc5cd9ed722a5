from pathlib import Path

import pytest

from plinth.errors import ConfigurationError
from plinth.paths import cache_dir, own_sim_home, project_root, sim_home


def test_the_project_is_the_nearest_one_upwards(tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "inner"
    (inner / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "outer" / "Pulumi.yaml").touch()
    assert project_root(inner / "deep" / "deeper") == tmp_path / "outer"
    (inner / "Pulumi.yaml").touch()
    assert project_root(inner / "deep" / "deeper") == inner


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        project_root(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}: no Pulumi.yaml here or in any directory above. Expected a Pulumi project.\n"
        "Fix: change into the project's directory and run the command again"
    )


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HOME": "/home/ada"}, "/home/ada/.cache/plinth"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": ""}, "/home/ada/.cache/plinth"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "relative"}, "/home/ada/.cache/plinth"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "/fast"}, "/fast/plinth"),
    ],
)
def test_the_cache(environ: dict[str, str], expected: str) -> None:
    assert cache_dir(environ) == Path(expected)


def test_the_home_of_the_simulated_cloud() -> None:
    assert sim_home(Path("/project"), {}) == Path("/project/.plinth/sim")
    assert sim_home(Path("/project"), {"PLINTH_SIM_HOME": "/elsewhere"}) == Path("/elsewhere")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HOME": "/home/ada"}, "/home/ada/.local/state/plinth/sim"),
        ({"HOME": "/home/ada", "XDG_STATE_HOME": "/state"}, "/state/plinth/sim"),
        ({"HOME": "/home/ada", "XDG_STATE_HOME": "relative"}, "/home/ada/.local/state/plinth/sim"),
        ({"HOME": "/home/ada", "PLINTH_SIM_HOME": "/elsewhere"}, "/elsewhere"),
    ],
)
def test_the_simulated_cloud_of_whoever_is_in_no_project(environ: dict[str, str], expected: str) -> None:
    assert own_sim_home(environ) == Path(expected)
