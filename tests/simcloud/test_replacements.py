"""A change that replaces the resource in the real provider replaces it here, as its documentation says."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pulumi import _types

from simcloud import registry

_FORCES = re.compile(
    r"forces? (a )?(new|replacement)|forces the creation of a new|creates? a new resource"
    r"|will (be|force) re-?creat|forces? re-?creation|resource to be (re-?created|replaced)|recreated",
    re.IGNORECASE,
)
_PACKAGES = {"aws": "pulumi_aws", "cloudflare": "pulumi_cloudflare"}
# What the documentation says under a condition, or of something else than the resource.
_SAID_OF_SOMETHING_ELSE = {
    ("aws:ec2/networkInterface:NetworkInterface", "enablePrimaryIpv6"): "only turning it off does",
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "privateDnsEnabled"): "the sentence is about another property",
    ("aws:ecs/service:Service", "forceNewDeployment"): "a new deployment of the same service",
    ("aws:elasticache/replicationGroup:ReplicationGroup", "transitEncryptionEnabled"): "only before 7.0.5",
    ("aws:opensearch/domain:Domain", "vpcOptions"): "only adding or removing it",
    ("aws:rds/cluster:Cluster", "storageType"): "only of Multi-AZ clusters",
}


@pytest.mark.parametrize("token", sorted(registry.tokens()))
def test_it_replaces_what_the_documentation_says(token: str) -> None:
    said = {name for name in _said_to_force(token) if (token, name) not in _SAID_OF_SOMETHING_ELSE}
    assert said - registry.binding_of(token).replaces - {"region"} == set()


def test_every_exception_is_one() -> None:
    for token, name in _SAID_OF_SOMETHING_ELSE:
        assert name in set(_said_to_force(token))
        assert name not in registry.binding_of(token).replaces


def _said_to_force(token: str) -> Iterator[str]:
    arguments = _arguments(token)
    names = _types.input_type_py_to_pulumi_names(arguments)
    for attribute, value in vars(arguments).items():
        if isinstance(value, property) and _FORCES.search(value.fget.__doc__ or ""):
            yield names.get(attribute, attribute)


def _arguments(token: str) -> Any:
    package, path, name = token.split(":")
    module = path.split("/", 1)[0]
    where = [_PACKAGES[package], *([] if module == "index" else [{"lambda": "lambda_"}.get(module, module)])]
    found = importlib.import_module(".".join(where))
    return getattr(found, f"{name}InitArgs", None) or getattr(found, f"{name}Args")
