"""Look-ups of repositories, images and the way to log in."""

from __future__ import annotations

import json

import pytest

from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import World
from tests.simcloud.test_invokes import ask

REPOSITORY = "aws:ecr/repository:Repository"
MANIFEST = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
    "config": {"mediaType": "a", "size": 1, "digest": f"sha256:{'0' * 64}"},
    "layers": [{"mediaType": "a", "size": 2, "digest": f"sha256:{'1' * 64}"}],
}


def test_repository_and_image() -> None:
    world = World()
    made = world.make(REPOSITORY, name="web", tags={"Name": "web"})
    world.ctx.client("ecr").put_image(repositoryName="web", imageManifest=json.dumps(MANIFEST), imageTag="v1")
    found = ask(world.ctx, "aws:ecr/getRepository:getRepository", {"name": "web"})
    assert (found["repositoryUrl"], found["mostRecentImageTags"]) == (made.outputs["repositoryUrl"], ["v1"])
    assert found["tags"] == {"Name": "web"}
    image = ask(world.ctx, "aws:ecr/getImage:getImage", {"repositoryName": "web", "imageTag": "v1"})
    assert image["imageUri"] == f"{made.outputs['repositoryUrl']}@{image['imageDigest']}"
    newest = ask(world.ctx, "aws:ecr/getImage:getImage", {"repositoryName": "web", "mostRecent": True})
    assert newest["imageDigest"] == image["imageDigest"]
    with pytest.raises(Refusal, match="no matching ECR Image found"):
        ask(world.ctx, "aws:ecr/getImage:getImage", {"repositoryName": "web", "imageTag": "v2"})


def test_log_in() -> None:
    found = ask(World().ctx, "aws:ecr/getAuthorizationToken:getAuthorizationToken", {})
    assert found["userName"] == "AWS"
    assert found["proxyEndpoint"] == "https://123456789012.dkr.ecr.us-east-1.amazonaws.com"
