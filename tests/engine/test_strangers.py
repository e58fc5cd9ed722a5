"""Programs that nobody here wrote, through their lives by plain `pulumi`: tests/engine/strangers/ says what to expect.

| key | meaning |
|---|---|
| `stack`, `region` | of the program's configuration |
| `creates` | how many resources there are, the stack included |
| `exports` | name of an output to a pattern of its value |
| `sees` | calls of boto3 with what they must answer; `{name}` is an output of the stack |
| `drift`, `drifted` | calls behind the engine's back, and what a refresh must find: properties, or `deleted` |
| `stays` | what the next `up` must not put right, as in `sees` |
| `config`, `changes` | words after `pulumi config set`, and by resource what would then be done for which properties |
| `kept` | how the names of secrets begin that are only scheduled for deletion |
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jmespath
import pytest
import yaml

from simcloud import daemon
from tests.engine.inventory import inventory
from tests.engine.stranger import Stranger, stranger

pytestmark = [pytest.mark.engine, pytest.mark.slow]

EXPECTED = Path(__file__).parent / "strangers"
_REFRESHED = re.compile(r"^ [~-]  (\S+ \S+) (?:updated .*\[diff: (.*)\]|(deleted) )", re.MULTILINE)


@dataclass(frozen=True)
class Program:
    """The words of a file of expectations."""

    name: str
    stack: str
    region: str
    creates: int
    exports: Mapping[str, str]
    sees: list[Mapping[str, Any]]
    drift: list[Mapping[str, Any]]
    drifted: Mapping[str, str]
    config: list[list[str]]
    changes: Mapping[str, Mapping[str, list[str]]]
    stays: list[Mapping[str, Any]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def _programs() -> list[Program]:
    return [
        Program(file.stem, **yaml.safe_load(file.read_text())) for file in sorted(EXPECTED.glob("*.yaml"))
    ]


@pytest.fixture(params=_programs(), ids=lambda program: program.name)
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Program, Stranger]]:
    """A copy of the program, and a simulated cloud in its region."""
    program: Program = request.param
    one = stranger(program.name, tmp_path)
    one = replace(one, bench=replace(one.bench, region=program.region))
    yield program, one
    daemon.stop(one.bench.home)


def test_the_life_of_a_program_that_nobody_here_wrote(life: tuple[Program, Stranger]) -> None:
    program, one = life
    before = _files(one.bench.project)
    one.pulumi("stack", "select", program.stack)

    assert f"+ {program.creates} to create" in one.pulumi("preview")
    assert inventory(one.bench) == {}
    one.pulumi("up", "--yes", "--skip-preview")
    outputs = one.outputs()
    assert {
        name: outputs[name] for name, pattern in program.exports.items() if not _fits(pattern, outputs[name])
    } == {}
    one.pulumi("preview", "--expect-no-changes")
    one.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert _seen(one, program.sees, outputs) == _expected(program.sees, outputs)

    for call in program.drift:
        _ask(one, call, outputs)
    assert _drifted(one.pulumi("refresh", "--yes", "--skip-preview")) == program.drifted
    one.pulumi("up", "--yes", "--skip-preview")
    assert _seen(one, program.stays, outputs) == _expected(program.stays, outputs)
    put_right = [sight for sight in program.sees if not _is_the_same_call(sight, program.stays)]
    assert _seen(one, put_right, outputs) == _expected(put_right, outputs)
    assert _files(one.bench.project) == before

    for words in program.config:
        one.pulumi("config", "set", *words)
    assert (
        _changes(json.loads(one.run("pulumi", "preview", "--json", "--non-interactive", err=False)))
        == program.changes
    )

    one.pulumi("destroy", "--yes", "--skip-preview")
    assert inventory(one.bench) == {}
    assert _scheduled(one) == program.kept
    assert {*_files(one.bench.project)} == {*before}


def _fits(pattern: str, value: Any) -> bool:
    return re.fullmatch(pattern, str(value)) is not None


def _seen(one: Stranger, sights: list[Mapping[str, Any]], outputs: Mapping[str, Any]) -> list[Any]:
    return [
        [sight["call"], jmespath.search(_filled(sight["query"], outputs), _ask(one, sight, outputs))]
        for sight in sights
    ]


def _expected(sights: list[Mapping[str, Any]], outputs: Mapping[str, Any]) -> list[Any]:
    return [[sight["call"], _filled(sight["is"], outputs)] for sight in sights]


def _is_the_same_call(sight: Mapping[str, Any], others: list[Mapping[str, Any]]) -> bool:
    return any(sight["call"] == other["call"] for other in others)


def _ask(one: Stranger, call: Mapping[str, Any], outputs: Mapping[str, Any]) -> Any:
    service, operation = call["call"].split(".")
    client = one.bench.client(service, call.get("region", ""))
    return getattr(client, operation)(**_filled(call.get("with", {}), outputs))


def _filled(value: Any, outputs: Mapping[str, Any]) -> Any:
    """`value` with the stack's outputs in place of `{name}`; other braces are a query's own."""
    if isinstance(value, Mapping):
        return {key: _filled(item, outputs) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, outputs) for item in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"\{(\w+(?:\[\w+\])?)\}", lambda found: f"{{{found[1]}}}".format_map(outputs), value)


def _drifted(printed: str) -> dict[str, str]:
    """Type and name of what a refresh found changed → the properties, without their signs."""
    return {
        name: deleted or re.sub(r"[~+-]", "", properties)
        for name, properties, deleted in _REFRESHED.findall(printed)
    }


def _changes(preview: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """What a preview would do, by type and name; a replacement for its reasons, an update for its properties."""
    return {
        "::".join(step["urn"].split("$")[-1].split("::")[-2:]): {step["op"]: _paths(step)}
        for step in preview["steps"]
        if step["op"] in ("create", "update", "replace", "delete")
    }


def _paths(step: Mapping[str, Any]) -> list[str]:
    return sorted(step.get("replaceReasons") or step.get("detailedDiff") or ())


def _files(project: Path) -> dict[str, bytes]:
    """All that is the program's own."""
    return {
        str(file.relative_to(project)): file.read_bytes()
        for file in sorted(project.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def _scheduled(one: Stranger) -> list[str]:
    """The secrets that are not there any more and not gone, without the random ends of their names."""
    found = one.bench.client("secretsmanager").list_secrets(IncludePlannedDeletion=True)["SecretList"]
    return [re.sub(r"[0-9a-f]{7}$", "", secret["Name"]) for secret in found]
