from __future__ import annotations

from typing import Any

from simcloud import tagging
from simcloud.bindings.ecr.repository import Repository
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_repository(ctx: Context, args: Props) -> Props:
    """A repository by name."""
    name = args["name"]
    found = Repository().read(ctx, name, {})
    if found is None:
        raise Refusal("RepositoryNotFoundException", f"ECR Repository ({name}) not found")
    scanning = found.get("imageScanningConfiguration")
    return {
        "arn": found["arn"],
        "encryptionConfigurations": found.get("encryptionConfigurations") or [],
        "id": name,
        "imageScanningConfigurations": [scanning] if scanning else [],
        "imageTagMutability": found["imageTagMutability"],
        "imageTagMutabilityExclusionFilters": found.get("imageTagMutabilityExclusionFilters") or [],
        "mostRecentImageTags": newest(images(ctx, name)).get("imageTags", []),
        "name": name,
        "region": ctx.region,
        "registryId": found["registryId"],
        "repositoryUrl": found["repositoryUrl"],
        "tags": tagging.ECR.current(ctx, found["arn"]),
    }


def images(ctx: Context, repository: str) -> list[dict[str, Any]]:
    """Every image of a repository."""
    listed: list[dict[str, Any]] = ctx.client("ecr").describe_images(repositoryName=repository)[
        "imageDetails"
    ]
    return listed


def newest(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The image that was pushed last; empty if there is none."""
    return max(found, key=lambda image: image["imagePushedAt"], default={})
