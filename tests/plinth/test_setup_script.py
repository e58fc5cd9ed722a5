"""What `make setup` and `.ci/run` do before any Python of ours is there."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from plinth.main import app

ROOT = Path(__file__).parents[2]
MODERN_PYTHON = "#!/bin/sh\n[ \"$2\" != 'import venv, ensurepip' ]\n"
OLD_PYTHON = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2'\n"


RECIPES = re.findall(r"\$\(RUN\) ([a-z][a-z $()A-Z-]*[a-zA-Z)])", (ROOT / "Makefile").read_text())


def run(script: Path, tools: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [script], capture_output=True, text=True, check=False, env={"PATH": f"{tools}:/usr/bin:/bin"}
    )


def tool(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("scripts/setup.sh", ".ci/run"):
        (tmp_path / name).parent.mkdir()
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("python", "said"),
    [
        (
            OLD_PYTHON,
            "plinth: python3 is 3.9.2; Plinth needs Python 3.11 or newer.\n"
            "Fix: apt-get install python3.11 python3.11-venv, and have it on PATH as python3\n",
        ),
        (
            MODERN_PYTHON,
            "plinth: python3 has no venv module; Debian keeps it in a package of its own.\n"
            "Fix: apt-get install python3-venv\n",
        ),
    ],
    ids=["old", "without venv"],
)
def test_a_python_that_will_not_do(checkout: Path, python: str, said: str) -> None:
    tool(checkout / "tools", "python3", python)
    done = run(checkout / "scripts" / "setup.sh", checkout / "tools")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert not (checkout / ".venv").exists()


def test_uv_is_the_locked_one_with_the_locked_hashes() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    (locked,) = [package for package in lock["package"] if package["name"] == "uv"]
    text = (ROOT / "scripts" / "uv-requirements.txt").read_text()
    assert re.findall(r"^uv==(\S+)", text, re.MULTILINE) == [locked["version"]]
    assert set(re.findall(r"--hash=(\S+)", text)) == {wheel["hash"] for wheel in locked["wheels"]}


def test_the_engine_and_the_sdk_are_of_one_version() -> None:
    from plinth.engine.version import PINNED

    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    assert [package["version"] for package in lock["package"] if package["name"] == "pulumi"] == [PINNED]
    assert f"github.com/pulumi/pulumi/pkg/v3 v{PINNED}" in (ROOT / "engine" / "go.mod").read_text()


@pytest.mark.parametrize("recipe", RECIPES)
def test_make_asks_plinth_for_what_it_knows(recipe: str) -> None:
    # With --help, plinth looks at the words before it and does nothing.
    words = recipe.replace("$(ENV)", "dev").split()
    asked = CliRunner().invoke(app, [*words, "--help"])
    assert asked.exit_code == 0, asked.output


@pytest.mark.parametrize(
    ("failing", "code", "stderr"),
    [
        ("none", 0, ""),
        ("test", 1, "failed: tests ended with 3, linters with 0\n"),
        ("lint", 1, "failed: tests ended with 0, linters with 3\n"),
    ],
)
def test_ci_runs_both_and_fails_if_either_does(checkout: Path, failing: str, code: int, stderr: str) -> None:
    tool(checkout / "tools", "make", f'#!/bin/sh\necho "made $1"\n[ "$1" != {failing} ] || exit 3\n')
    done = run(checkout / ".ci" / "run", checkout / "tools")
    assert (done.returncode, done.stderr) == (code, stderr)
    assert done.stdout.startswith("made test\nmade lint\n")
