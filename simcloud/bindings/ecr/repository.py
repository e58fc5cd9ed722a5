from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, without_none


class Repository(Binding):
    """A repository of container images."""

    token = "aws:ecr/repository:Repository"
    service = "ecr"
    operation = "create_repository"
    parameters = {"repositoryName": "name", "encryptionConfiguration": "encryptionConfigurations[0]"}
    faults = {"RepositoryAlreadyExistsException": "name"}
    replaces = frozenset({"name", "encryptionConfigurations"})
    defaults = {"imageTagMutability": "MUTABLE", "forceDelete": False}
    autoname = AutoName(limit=256, lower=True)
    tagging = tagging.ECR
    references = (Reference("encryptionConfigurations[].kmsKey", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "repositoryName": new["name"],
                "imageTagMutability": new["imageTagMutability"],
                "imageScanningConfiguration": new.get("imageScanningConfiguration"),
                "encryptionConfiguration": _encryption(new.get("encryptionConfigurations")),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(new["name"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        ecr = ctx.client("ecr")
        if old and new["imageTagMutability"] != old["imageTagMutability"]:
            ecr.put_image_tag_mutability(
                repositoryName=identity, imageTagMutability=new["imageTagMutability"]
            )
        if old and new.get("imageScanningConfiguration") != old.get("imageScanningConfiguration"):
            scanning = new.get("imageScanningConfiguration") or {"scanOnPush": False}
            ecr.put_image_scanning_configuration(repositoryName=identity, imageScanningConfiguration=scanning)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("ecr").describe_repositories(repositoryNames=[identity])["repositories"][0]
        encryption = found.get("encryptionConfiguration") or {"encryptionType": "AES256"}
        return {
            "arn": found["repositoryArn"],
            "name": identity,
            "registryId": found["registryId"],
            "repositoryUrl": found["repositoryUri"],
            "imageTagMutability": found["imageTagMutability"],
            "imageScanningConfiguration": found.get("imageScanningConfiguration"),
            "encryptionConfigurations": [encryption],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ecr").delete_repository(repositoryName=identity, force=bool(old.get("forceDelete")))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        for position, item in enumerate(new.get("encryptionConfigurations") or ()):
            if item.get("encryptionType") == "AES256" and item.get("kmsKey") is not None:
                yield Refusal(
                    "InvalidParameterException",
                    "a KMS key goes with the encryption type KMS only.",
                    f"encryptionConfigurations[{position}].kmsKey",
                )


def _encryption(given: Value) -> Value:
    return given[0] if isinstance(given, list) and given else None
