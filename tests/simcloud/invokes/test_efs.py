"""Look-ups of file systems."""

from __future__ import annotations

import pytest

from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World
from tests.simcloud.test_invokes import ask

SYSTEM, TOKEN = "aws:efs/fileSystem:FileSystem", "aws:efs/getFileSystem:getFileSystem"


def test_by_id_by_token_and_by_tags() -> None:
    world = World()
    made = world.make(SYSTEM, creationToken="data", encrypted=True, tags={"Name": "data"})
    world.make(SYSTEM, creationToken="other")
    for args in (
        {"fileSystemId": made.identity},
        {"creationToken": "data"},
        {"tags": {"Name": "data"}},
    ):
        found = ask(world.ctx, TOKEN, args)
        assert (found["id"], found["name"], found["encrypted"]) == (made.identity, "data", True)
    with pytest.raises(Refusal, match="multiple EFS file systems matched"):
        ask(world.ctx, TOKEN, {})
