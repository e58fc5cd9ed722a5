"""Cases of rules as data: `<service>/<rule>/<name>.json` holds resources and what the rule says of them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policies import tokens
from policies.engine import Finding, Judge, evaluate
from policies.environment import Environment
from policies.pack import RULES
from policies.resource import Resource
from policies.rule import Rule
from policies.view import UNKNOWN, Secret

FOLDER = Path(__file__).parent
_RULES = {rule.id: rule for rule in RULES}


@dataclass(frozen=True)
class Case:
    """`kind` is the first word of the file's name: pass, fail or unknown."""

    rule: Rule
    name: str
    environment: Environment
    resources: tuple[Resource, ...]
    expected: tuple[Mapping[str, str], ...]

    @property
    def kind(self) -> str:
        return self.name.split("-")[0]

    def __str__(self) -> str:
        return f"{self.rule.id}/{self.name}"


def load() -> list[Case]:
    return [_case(path) for path in sorted(FOLDER.glob("*/*/*.json"))]


def judge(case: Case, resources: tuple[Resource, ...] | None = None) -> list[Finding]:
    return evaluate(Judge([case.rule], case.environment), resources or case.resources)


def said(findings: list[Finding]) -> Iterator[dict[str, str]]:
    """Findings as the case files write them."""
    for finding in findings:
        words = {"resource": finding.resource.name, "outcome": str(finding.outcome)}
        compliant = finding.outcome == "compliant"
        yield words if compliant else {**words, "path": finding.path, "message": finding.message}


def _case(path: Path) -> Case:
    content = json.loads(path.read_text(encoding="utf-8"))
    rule = f"{path.parent.parent.name}-{path.parent.name.replace('_', '-')}"
    urns = {
        one["name"]: f"urn:pulumi:test::plinth::{one['type']}::{one['name']}" for one in content["resources"]
    }
    return Case(
        rule=_RULES[rule],
        name=path.stem,
        environment=Environment(content["environment"]),
        resources=tuple(_resource(one, urns) for one in content["resources"]),
        expected=tuple(content["expect"]),
    )


def _resource(written: Mapping[str, Any], urns: Mapping[str, str]) -> Resource:
    references = {
        key: tuple(urns.get(name, f"urn:outside::{name}") for name in names)
        for key, names in written.get("references", {}).items()
    }
    properties = {key: _plain(value) for key, value in written["properties"].items()}
    type_ = tokens.canonical(written["type"])
    return Resource(urns[written["name"]], type_, written["name"], properties, references)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$unknown" in value:
        return UNKNOWN
    return (
        Secret(value["$secret"]) if "$secret" in value else {key: _plain(item) for key, item in value.items()}
    )
