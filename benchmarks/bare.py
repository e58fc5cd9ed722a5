"""From the state of a deployment to a bare Pulumi program: the same resources, no components, no settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi_aws

# How the engine marks a secret in a state file: sdk/go/common/resource/sig, v3.259.0.
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_HEAD = "import pulumi\nimport pulumi_aws as aws\n"


@dataclass(frozen=True)
class Bare:
    """One resource: its token, logical name, inputs, and the URNs that must be there first."""

    urn: str
    token: str
    name: str
    inputs: Mapping[str, Any]
    after: Sequence[str]


def resources(state: Mapping[str, Any]) -> list[Bare]:
    """The AWS resources of a state file, in an order in which they can be made."""
    listed = state["checkpoint"]["latest"]["resources"]
    made = [one for one in listed if one["type"].startswith("aws:") and not one.get("external")]
    urns = {one["urn"] for one in made}
    return [
        Bare(
            urn=one["urn"],
            token=one["type"],
            name=one["urn"].rsplit("::", 1)[-1],
            inputs={key: _plain(value) for key, value in one["inputs"].items() if not key.startswith("__")},
            after=[urn for urn in one.get("dependencies", ()) if urn in urns],
        )
        for one in made
    ]


def program(bare: Sequence[Bare]) -> str:
    """A `__main__.py` that declares them with the classes of `pulumi_aws`."""
    variables = {one.urn: f"r{number}" for number, one in enumerate(bare)}
    return _HEAD + "\n".join(_declaration(one, variables) for one in bare) + "\n"


def _declaration(one: Bare, variables: Mapping[str, str]) -> str:
    """One line: `r1 = aws.ec2.Subnet("a", vpc_id="vpc-1", opts=pulumi.ResourceOptions(depends_on=[r0]))`."""
    python_names = dict(_python_names(_class(one.token)))
    arguments = [repr(one.name)]
    arguments += [
        f"{python_names[key]}={value!r}" for key, value in one.inputs.items() if key in python_names
    ]
    if one.after:
        after = ", ".join(variables[urn] for urn in one.after)
        arguments.append(f"opts=pulumi.ResourceOptions(depends_on=[{after}])")
    return f"{variables[one.urn]} = aws.{_path(one.token)}({', '.join(arguments)})"


def _class(token: str) -> type:
    found: Any = pulumi_aws
    for part in _path(token).split("."):
        found = getattr(found, part)
    assert isinstance(found, type)
    return found


def _path(token: str) -> str:
    """`aws:ec2/subnet:Subnet` is `ec2.Subnet`."""
    found = re.fullmatch(r"aws:(\w+)/\w+:(\w+)", token)
    assert found, token
    return f"{found[1]}.{found[2]}"


def _python_names(resource: type) -> Iterator[tuple[str, str]]:
    """The provider's name of every property, and Python's."""
    for name, value in vars(resource).items():
        if isinstance(value, property):
            yield getattr(value.fget, "_pulumi_name", name), name


def _plain(value: Any) -> Any:
    """Values as a program would write them; what was secret becomes a stand-in."""
    if isinstance(value, Mapping):
        return "secret" if _SIGNATURE in value else {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
