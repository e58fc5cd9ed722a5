from pathlib import Path

import pytest

from plinth.engine.reset import check_removable, remove
from plinth.errors import ConfigurationError


def test_the_usual_folder_goes(project: Path) -> None:
    home = check_removable(project / ".plinth" / "sim", project)
    (home / "backend").mkdir(parents=True)

    assert remove(home)
    assert not home.exists()
    assert not remove(home)


@pytest.mark.parametrize("above", [".", "..", "/"])
def test_a_folder_with_more_in_it_does_not(project: Path, above: str) -> None:
    with pytest.raises(ConfigurationError, match="more than the simulated cloud is in there"):
        check_removable(project / above, project)
