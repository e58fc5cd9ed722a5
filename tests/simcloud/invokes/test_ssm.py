"""Look-ups of parameters, those that a program made included."""

from __future__ import annotations

import pytest

from simcloud.provider import Provider
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World
from tests.simcloud.test_invokes import ask

PARAMETER = "aws:ssm/parameter:Parameter"
GET = "aws:ssm/getParameter:getParameter"


def test_parameter_that_a_program_made() -> None:
    world = World()
    world.make(PARAMETER, name="/la/limit", type="String", value="100")
    found = ask(world.ctx, GET, {"name": "/la/limit"})
    assert (found["value"], found["insecureValue"], found["version"]) == ("100", "100", 1)
    assert found["arn"] == "arn:aws:ssm:us-east-1:123456789012:parameter/la/limit"


def test_write_only_value_is_told_to_who_asks_for_it() -> None:
    world = World()
    made = world.make(PARAMETER, name="/la/token", type="SecureString", valueWo="s3cr3t", valueWoVersion=1)
    assert "s3cr3t" not in str(made.outputs)
    found = ask(world.ctx, GET, {"name": "/la/token"})
    assert (found["value"], found["insecureValue"], found["type"]) == ("s3cr3t", "", "SecureString")


def test_parameter_that_does_not_exist() -> None:
    with pytest.raises(Refusal, match="ParameterNotFound"):
        Provider(World().ctx).invoke(GET, {"name": "/la/none"})
