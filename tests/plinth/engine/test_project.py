from pathlib import Path

import pytest

from plinth.engine.project import check_stack_name, configured_stacks, project_name
from plinth.errors import ConfigurationError


@pytest.mark.parametrize("line", ["name: plinth", 'name: "plinth"', "name: 'plinth'  # ours"])
def test_the_projects_name(project: Path, line: str) -> None:
    (project / "Pulumi.yaml").write_text(f"runtime: python\n{line}\n")

    assert project_name(project) == "plinth"


def test_a_project_without_a_name(project: Path) -> None:
    (project / "Pulumi.yaml").write_text("runtime:\n  name: python\n")

    with pytest.raises(ConfigurationError, match="no name"):
        project_name(project)


def test_environments_are_those_with_a_file(project: Path) -> None:
    (project / "Pulumi.production.yaml").touch()

    assert configured_stacks(project) == ["dev", "production"]


@pytest.mark.parametrize("name", ["dev", "muejam-library-production", "a.b_c"])
def test_any_stack_name_is_an_environment(name: str) -> None:
    assert check_stack_name(name) == name


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b", "x" * 101])
def test_what_the_engine_would_not_take_is_refused_first(name: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        check_stack_name(name)

    assert str(refused.value) == (
        f"environment {name!r}: not a stack name. Expected 1 to 100 letters, digits, `-`, `_` or `.`.\n"
        "Fix: name an environment such as dev, staging or production"
    )
