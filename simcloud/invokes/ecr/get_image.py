from __future__ import annotations

from typing import Any

from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.invokes.ecr.get_repository import images, newest
from simcloud.refusal import Refusal
from simcloud.values import Props


def get_image(ctx: Context, args: Props) -> Props:
    """An image of a repository: by tag, by digest, or the one that was pushed last."""
    name = args["repositoryName"]
    found = _found(images(ctx, name), args)
    repository = ctx.client("ecr").describe_repositories(repositoryNames=[name])["repositories"][0]
    return {
        "id": found["imageDigest"],
        "imageDigest": found["imageDigest"],
        "imagePushedAt": int(found["imagePushedAt"].timestamp()),
        "imageSizeInBytes": found.get("imageSizeInBytes", 0),
        "imageTag": args.get("imageTag") or "",
        "imageTags": found.get("imageTags", []),
        "imageUri": f"{repository['repositoryUri']}@{found['imageDigest']}",
        "mostRecent": args.get("mostRecent"),
        "region": ctx.region,
        "registryId": found["registryId"],
        "repositoryName": name,
    }


def _found(listed: list[dict[str, Any]], args: Props) -> dict[str, Any]:
    tag, digest = args.get("imageTag"), args.get("imageDigest")
    if not (tag or digest or args.get("mostRecent")):
        raise Refusal(
            "MissingParameter", "one of imageTag, imageDigest and mostRecent is needed.", "imageTag"
        )
    fitting = [
        image
        for image in listed
        if tag in (None, "", *image.get("imageTags", ())) and digest in (None, "", image["imageDigest"])
    ]
    if args.get("mostRecent") and fitting:
        return newest(fitting)
    found: dict[str, Any] = _one.only(fitting, "ECR Image")
    return found
