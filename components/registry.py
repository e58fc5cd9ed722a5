"""A private image registry whose tags never move."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class RegistryArgs:
    """`keep_images` is how many images stay; older ones expire."""

    kms_key_arn: pulumi.Input[str] | None = None
    keep_images: int = 50
    force_delete: bool = False
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Registry(pulumi.ComponentResource):
    """One ECR repository: immutable tags, scanned on push, old images expired."""

    url: pulumi.Output[str]
    arn: pulumi.Output[str]
    name: pulumi.Output[str]

    def __init__(self, name: str, args: RegistryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("plinth:registry:Registry", name, {}, opts)
        repository = self._repository(name, args)
        aws.ecr.LifecyclePolicy(
            f"{name}-lifecycle",
            repository=repository.name,
            policy=keep_newest(args.keep_images),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.url = repository.repository_url
        self.arn = repository.arn
        self.name = repository.name
        self.register_outputs({"url": self.url, "arn": self.arn, "name": self.name})

    def _repository(self, name: str, args: RegistryArgs) -> aws.ecr.Repository:
        return aws.ecr.Repository(
            name,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            encryption_configurations=[_encryption(args.kms_key_arn)],
            force_delete=args.force_delete,
            tags={**args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect or None),
        )


def keep_newest(images: int) -> str:
    """The lifecycle policy that expires all but the newest `images`."""
    rule = {
        "rulePriority": 1,
        "description": f"Keep the newest {images} images",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": images},
        "action": {"type": "expire"},
    }
    return json.dumps({"rules": [rule]})


def _encryption(kms_key_arn: pulumi.Input[str] | None) -> aws.ecr.RepositoryEncryptionConfigurationArgs:
    if kms_key_arn is None:
        return aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="AES256")
    return aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="KMS", kms_key=kms_key_arn)
