"""What the simulated cloud says of itself: nothing that a product of ours needs is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcloud import coverage, registry

# What the five systems and the component catalogue are made of.
CATALOGUE = (Path(__file__).parent / "catalogue.txt").read_text().split()


@pytest.fixture(scope="module")
def types() -> dict[str, coverage.Type]:
    return {one.token: one for one in coverage.types()}


def test_no_type_of_the_catalogue_is_missing(types: dict[str, coverage.Type]) -> None:
    assert len(CATALOGUE) > 150
    assert set(CATALOGUE) - types.keys() == set()


def test_every_binding_is_in_it(types: dict[str, coverage.Type]) -> None:
    assert types.keys() == set(registry.tokens())


@pytest.mark.parametrize(
    ("token", "create", "update", "replace", "call"),
    [
        ("aws:ec2/vpc:Vpc", "moto", "moto", "moto", "ec2 create_vpc"),
        ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "moto", "", "moto", "iam attach_role_policy"),
        ("aws:xray/group:Group", "recorded", "recorded", "recorded", "xray create_group"),
        ("cloudflare:index/zone:Zone", "cloudflare", "cloudflare", "cloudflare", ""),
    ],
)
def test_each_operation_says_what_answers_it(
    types: dict[str, coverage.Type], token: str, create: str, update: str, replace: str, call: str
) -> None:
    found = types[token]
    assert (found.create, found.update, found.replace, found.call) == (create, update, replace, call)
    assert found.read == found.delete == found.import_ == create


def test_look_ups_are_named_as_a_program_calls_them() -> None:
    found = coverage.look_ups()
    assert {"aws.get_region", "aws.ec2.get_subnets", "cloudflare.get_ip_ranges"} <= set(found)
    assert found == sorted(set(found))
