"""Look-ups of functions."""

from __future__ import annotations

import inspect
import json
import re

from pulumi_aws.lambda_.get_function import GetFunctionResult

from simcloud.assets import ARCHIVE, ASSET, SIGNATURE
from tests.simcloud.test_in_use import World

FUNCTION, ROLE, ALIAS = "aws:lambda/function:Function", "aws:iam/role:Role", "aws:lambda/alias:Alias"
CODE = {SIGNATURE: ARCHIVE, "assets": {"index.py": {SIGNATURE: ASSET, "text": "pass"}}}


def test_function_and_its_alias() -> None:
    world = World()
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    role = world.make(ROLE, name="runner", assumeRolePolicy=json.dumps(trust))
    made = world.make(
        FUNCTION,
        name="shop",
        role=role.outputs["arn"],
        runtime="python3.13",
        handler="index.handler",
        code=CODE,
        publish=True,
        tags={"Name": "shop"},
    )
    world.make(ALIAS, name="live", functionName="shop", functionVersion="1")
    token = "aws:lambda/getFunction:getFunction"
    found = world.provider.invoke(token, {"functionName": "shop"})
    parameters = list(inspect.signature(GetFunctionResult.__init__).parameters)[1:]
    assert set(found) == {
        re.sub(r"_(\w)", lambda letter: letter.group(1).upper(), name) for name in parameters
    }
    assert (found["arn"], found["version"], found["tags"]) == (made.outputs["arn"], "1", {"Name": "shop"})
    assert found["sourceCodeHash"] == made.outputs["codeSha256"]
    alias = world.provider.invoke(token, {"functionName": made.outputs["arn"], "qualifier": "live"})
    assert (alias["version"], alias["qualifiedArn"]) == ("1", f"{made.outputs['arn']}:live")
