"""Programs and policy packs run by the engine through our language host."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plinth.engine.acquire import Engine, locate

VIRTUALENV = Path(sys.prefix)
POLICY_PACK = """
from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy

def refuse(stack, report):
    report(f"{len(list(stack.resources))} resource is one too many")

PolicyPack("strict", policies=[
    StackValidationPolicy(name="none", description="Nothing at all.", validate=refuse,
                          enforcement_level=EnforcementLevel.MANDATORY)])
"""


class Project:
    """A Pulumi project of one stack, and the engine to run it with."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder, self._engine = folder, engine
        (folder / "state").mkdir()
        self.uses(VIRTUALENV)

    def uses(self, virtualenv: Path | str) -> None:
        text = f"name: small\nruntime: {{name: python, options: {{virtualenv: {virtualenv}}}}}\n"
        (self.folder / "Pulumi.yaml").write_text(text)

    def write(self, text: str, name: str = "__main__.py") -> None:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)

    def pulumi(self, *args: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(*args)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(args, process.returncode, out, err)

    def start(self, *args: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [self._engine.pulumi, *args, "--non-interactive", "--color", "never"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self._environ(),
            process_group=0,
        )

    def _environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "PATH": os.pathsep.join([*map(str, self._engine.search_path), os.environ["PATH"]]),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "",
            "PULUMI_DEBUG_COMMANDS": "true",  # for --event-log
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    engine = locate()
    assert engine is not None, "no Pulumi engine. Fix: make setup"
    project = Project(tmp_path, engine)
    project.pulumi("stack", "init", "dev")
    return project


@pytest.mark.engine
def test_a_preview_shows_outputs_and_no_warning(project: Project) -> None:
    project.write("import pulumi\npulumi.export('answer', 42)\nprint('said by the program')\n")
    done = project.pulumi("preview")
    assert done.returncode == 0, done.stderr
    assert "answer: 42" in done.stdout
    assert "said by the program" in done.stdout
    assert "warning" not in (done.stdout + done.stderr).lower()


def broken_deep_down(project: Project) -> None:
    project.write("def divide():\n    return 1 / 0\n", "inner/numbers_of_ours.py")
    project.write("from inner.numbers_of_ours import divide\ndivide()\n")


def broken_in_an_apply(project: Project) -> None:
    lines = ["import pulumi", "", "def divide(zero):", "    return 1 / zero", ""]
    use = "pulumi.export('impossible', pulumi.Output.from_input(0).apply(divide))"
    project.write("\n".join([*lines, use, ""]))


def wrong_settings(project: Project) -> None:
    project.write("import pulumi\nraise pulumi.RunError('settings: wrong. Fix: change them')\n")


def no_python_at_all(project: Project) -> None:
    project.write("resource = (\n")


@pytest.mark.engine
@pytest.mark.parametrize(
    ("program", "shown"),
    [
        (
            broken_deep_down,
            [
                "error: Program failed with an unhandled exception:",
                "Traceback (most recent call last):",
                'File "{folder}/__main__.py", line 2, in <module>',
                "divide()",
                'File "{folder}/inner/numbers_of_ours.py", line 2, in divide',
                "return 1 / 0",
                "~~^~~",
                "ZeroDivisionError: division by zero",
            ],
        ),
        (
            broken_in_an_apply,
            [
                "error: Program failed with an unhandled exception:",
                "Traceback (most recent call last):",
                'File "{folder}/__main__.py", line 4, in divide',
                "return 1 / zero",
                "~~^~~~~~",
                "ZeroDivisionError: division by zero",
            ],
        ),
        (wrong_settings, ["error: settings: wrong. Fix: change them"]),
        (
            no_python_at_all,
            [
                "error: Program failed with an unhandled exception:",
                'File "{folder}/__main__.py", line 1',
                "resource = (",
                "^",
                "SyntaxError: '(' was never closed",
            ],
        ),
    ],
)
def test_a_failing_program_shows_its_own_lines_only(
    project: Project, program: Callable[[Project], None], shown: list[str]
) -> None:
    program(project)
    done = project.pulumi("preview")
    assert done.returncode != 0
    diagnostics = done.stdout.partition("pulumi:pulumi:Stack (small-dev):\n")[2].partition("\nResources:")[0]
    lines = [line.strip() for line in diagnostics.splitlines() if line.strip()]
    assert lines == [line.format(folder=project.folder) for line in shown]


@pytest.mark.engine
def test_the_program_is_fresh_in_the_preview_and_in_the_update(project: Project) -> None:
    # What a module declares when it is imported must be declared in both runs of `up`.
    project.write("import pulumi\npulumi.export('from_a_module', True)\n", "declares.py")
    project.write("import declares\n")
    done = project.pulumi("up", "--yes")
    assert done.returncode == 0, done.stderr
    assert project.pulumi("stack", "output", "from_a_module").stdout == "true\n"


@pytest.mark.engine
def test_the_program_runs_in_the_virtualenv_of_the_project(project: Project) -> None:
    other = project.folder / "other" / "bin" / "python"
    other.parent.mkdir(parents=True)
    other.write_text(f'#!/bin/sh\nINTERPRETER=other exec {sys.executable} "$@"\n')
    other.chmod(0o755)
    project.uses("other")
    project.write("import os, pulumi\npulumi.export('interpreter', os.environ.get('INTERPRETER'))\n")
    assert 'interpreter: "other"' in project.pulumi("preview").stdout


@pytest.mark.engine
def test_a_policy_pack_in_python_is_run(project: Project) -> None:
    project.write("")
    project.write(
        f"runtime: {{name: python, options: {{virtualenv: {VIRTUALENV}}}}}\n", "pack/PulumiPolicy.yaml"
    )
    project.write(POLICY_PACK, "pack/__main__.py")
    done = project.pulumi("preview", "--policy-pack", "pack")
    assert done.returncode != 0
    assert "1 resource is one too many" in done.stdout


LOGS = """
import pulumi
pulumi.log.debug("whispered")
pulumi.log.info("said")
pulumi.log.warn("warned of")
pulumi.log.warn("warned of one", resource=pulumi.ComponentResource("a:b:C", "one"))
"""


@pytest.mark.engine
def test_what_a_program_logs_arrives_with_its_severity(project: Project) -> None:
    project.write(LOGS)
    arrived = json.loads(project.pulumi("preview", "--json").stdout)["diagnostics"]
    assert sorted((each["severity"], each["message"], each.get("urn", "")) for each in arrived) == [
        ("info", "said\n", ""),
        ("warning", "warning: warned of\n", ""),
        ("warning", "warning: warned of one\n", "urn:pulumi:dev::small::a:b:C::one"),
    ]


@pytest.mark.engine
def test_debug_messages_are_sent_to_who_asks_for_them(project: Project) -> None:
    project.write(LOGS)
    events = project.folder / "events"
    for flags, times in (((), 0), (("--debug",), 1)):
        done = project.pulumi("preview", "--event-log", str(events), *flags)
        assert done.returncode == 0, done.stderr
        assert events.read_text().count('"message":"whispered') == times
        events.unlink()


@pytest.mark.engine
def test_an_interrupted_program_ends_at_once_and_quietly(project: Project) -> None:
    project.write("import pathlib, time\npathlib.Path('began').touch()\ntime.sleep(60)\n")
    engine = project.start("preview")
    until = time.monotonic() + 60
    while not (project.folder / "began").exists() and time.monotonic() < until:
        time.sleep(0.05)
    interrupted = time.monotonic()
    os.killpg(engine.pid, signal.SIGINT)
    out, err = engine.communicate(timeout=60)
    # The engine gives its plugins five seconds and then kills them.
    assert time.monotonic() - interrupted < 4
    assert "Traceback" not in out + err
