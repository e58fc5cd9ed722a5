"""What the twin answers has the types that the provider's SDK insists on: otherwise it raises within the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pulumi_cloudflare
import pytest
from pulumi import _types
from pulumi.runtime import rpc

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider
from tests.simcloud.lifecycle_runner import Runner, load

CASES = sorted((Path(__file__).parent / "lifecycle" / "cloudflare").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_outputs_have_the_types_of_the_sdk(path: Path) -> None:
    ctx = Context(Cloud())
    runner = Runner(load(path), Provider(ctx), ctx)
    runner.make_given()
    made = runner.creates()
    expected: Any = _types.resource_types(getattr(pulumi_cloudflare, runner.case.type.rsplit(":", 1)[-1]))
    for outputs in (made.outputs, runner.updates(made).outputs):
        for name, value in outputs.items():
            if name in expected:
                rpc.translate_output_properties(value, lambda key: key, expected[name])
