"""A private image registry whose tags never move."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components import account
from components.errors import ComponentError

_ARN = re.compile(r"arn:[a-z-]+:ecr:[a-z0-9-]+:\d{12}:repository/[a-z0-9][a-z0-9._/-]*")


@dataclass(frozen=True, kw_only=True)
class RegistryArgs:
    """`keep_images` is how many images stay; older ones expire.

    `existing_arn` is a repository that somebody else owns, of this account or another: nothing of it is changed.
    """

    existing_arn: pulumi.Input[str] | None = None
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
        _check(name, args)
        super().__init__("plinth:registry:Registry", name, {}, opts)
        if args.existing_arn is None:
            self._make(name, args)
        else:
            self._find(args.existing_arn)
        self.register_outputs({"url": self.url, "arn": self.arn, "name": self.name})

    def _find(self, existing_arn: pulumi.Input[str]) -> None:
        self.arn = pulumi.Output.from_input(existing_arn)
        self.name = self.arn.apply(lambda arn: arn.split(":repository/", 1)[-1])
        self.url = pulumi.Output.all(account.current(self), self.arn).apply(
            lambda known: url_of(known[1], known[0].dns_suffix)
        )

    def _make(self, name: str, args: RegistryArgs) -> None:
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


def url_of(arn: str, dns_suffix: str) -> str:
    """Where images of the repository are pushed to and pulled from."""
    _, _, _, region, account_id, repository = arn.split(":", 5)
    return f"{account_id}.dkr.ecr.{region}.{dns_suffix}/{repository.removeprefix('repository/')}"


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


def _check(where: str, args: RegistryArgs) -> None:
    if args.existing_arn is None:
        return
    if isinstance(args.existing_arn, str) and not _ARN.fullmatch(args.existing_arn):
        raise ComponentError(
            where,
            f"`{args.existing_arn}` is not the ARN of a repository",
            expected="arn:<partition>:ecr:<region>:<account>:repository/<name>",
            fix="give the ARN that ECR shows",
        )
    if args.kms_key_arn is not None or args.force_delete or args.protect:
        raise ComponentError(
            where,
            "a key, deletion or protection for a repository that somebody else owns",
            expected="`existing_arn` alone: the repository stays as it is",
            fix="drop `kms_key_arn`, `force_delete` and `protect`, or `existing_arn`",
        )
