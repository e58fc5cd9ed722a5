import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from plinth.commands.frame import framed
from plinth.errors import EngineMissing


def ended(error: BaseException, **how: bool) -> int:
    with pytest.raises(typer.Exit) as end, framed("sim up", **how):
        raise error
    return end.value.exit_code


def test_a_failure_is_told_in_its_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(EngineMissing("No engine.", fix="plinth setup")) == 2
    assert capsys.readouterr() == ("", "plinth: No engine.\nFix: plinth setup\n")


def test_with_json_it_is_a_document_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended(EngineMissing("No engine.", fix="plinth setup"), as_json=True)

    assert json.loads(capsys.readouterr().out) == {
        "schema_version": 1,
        "command": "sim up",
        "simulated": True,
        "exit_code": 2,
        "error": {"kind": "EngineMissing", "message": "No engine.", "fix": "plinth setup"},
    }


def test_ctrl_c(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(KeyboardInterrupt()) == 8
    assert capsys.readouterr().err == "plinth: Interrupted.\n"


def test_a_reader_who_has_seen_enough(project: Path) -> None:
    program = "from plinth.commands.frame import framed\nwith framed('sim up'):\n    print('x' * 10**6)"
    piped = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} 2>&1 | head -c 1"
    shown = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, check=True)

    assert (shown.stdout, shown.stderr) == ("x", "")
    assert list((project / ".plinth").glob("*.log")) == []


@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_what_was_found_stands_whoever_reads_it(buffered: str, project: Path) -> None:
    program = "from plinth.commands.frame import tell\ntell('found')\nimport sys; sys.exit(3)"
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} | true; exit ${{PIPESTATUS[0]}}",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONUNBUFFERED": buffered},
    )
    assert (done.returncode, done.stderr) == (3, "")


def test_a_mistake_of_ours_goes_to_a_log(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(KeyError("oops")) == 255
    said = capsys.readouterr().err
    (log,) = (project / ".plinth").glob("error-*.log")

    assert said == (
        f"plinth: this is a mistake of plinth itself (KeyError: 'oops').\nFix: report it with {log}\n"
    )
    assert "KeyError: 'oops'" in log.read_text()
    assert "Traceback" in log.read_text()


def test_outside_of_a_project_the_log_goes_to_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended(KeyError("oops"))

    assert len(list(tmp_path.glob("error-*.log"))) == 1
