"""The engine's twin for tests of whole programs: remembers what a program registers, answers what it asks."""

import runpy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pulumi
from pulumi.runtime import mocks

ROOT = Path(__file__).parents[2]
ACCOUNT = "123456789012"


@dataclass(frozen=True)
class Registered:
    """One resource as the program asked for it."""

    type: str
    name: str
    inputs: Mapping[str, Any]


@dataclass
class Recording(mocks.Mocks):
    """Every resource that was registered, in order."""

    region: str = "us-east-1"
    resources: list[Registered] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.resources.append(Registered(args.typ, args.name, args.inputs))
        return f"{args.name}-id", {**_answers(args), **args.inputs}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        self.looked_up.append(args.token)
        return dict(_look_up(args.token, args.args, self.region)), None

    def of(self, kind: str) -> list[Registered]:
        """The resources whose type is `kind`, e.g. `aws:ec2/subnet:Subnet`."""
        return [resource for resource in self.resources if resource.type == kind]

    def named(self, name: str) -> Registered:
        """The one resource with this name."""
        [found] = [resource for resource in self.resources if resource.name == name]
        return found


def run_program(recording: Recording, stack: str, config: Mapping[str, str]) -> Mapping[str, Any]:
    """Runs the real `__main__.py` for `stack` and returns what it exported."""
    pulumi.runtime.set_mocks(recording, project="plinth", stack=stack, preview=False)
    pulumi.runtime.set_all_config(dict(config), [])
    exported: dict[str, Any] = {}

    def go() -> pulumi.Output[None]:
        with patch("pulumi.export", exported.__setitem__):
            runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")
        return pulumi.Output.all(**exported).apply(exported.update)

    pulumi.runtime.test(go)()  # type: ignore[no-untyped-call]
    return exported


def _answers(args: mocks.MockResourceArgs) -> dict[str, Any]:
    """The computed properties that programs build upon; everything else stays what it was given."""
    kind = args.typ.split("/")[-1]
    return {
        "arn": f"arn:aws:{kind.lower()}:us-east-1:{ACCOUNT}:{args.name}",
        "name": args.name,
    }


def _look_up(token: str, args: Mapping[str, Any], region: str) -> Mapping[str, Any]:
    match token.rsplit(":", 1)[-1]:
        case "getAvailabilityZones":
            return {"names": [f"{region}{letter}" for letter in "abcdef"], "id": region}
        case _:
            return {}
