"""One way to write and read tags for every service: each names its calls differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcloud.context import Context

Tags = Mapping[str, str]


@dataclass(frozen=True)
class Tagging:
    """How one service tags. `by_arn` says whether it wants the ARN instead of the id."""

    service: str
    write: Callable[[Any, str, Tags], None]
    remove: Callable[[Any, str, list[str]], None]
    read: Callable[[Any, str], Tags]
    by_arn: bool = False

    def sync(self, ctx: Context, key: str, new: Tags, old: Tags) -> None:
        """Make the tags of `key` be `new`, given that they were `old`."""
        client = ctx.client(self.service)
        changed = {name: value for name, value in new.items() if old.get(name) != value}
        gone = sorted(old.keys() - new.keys())
        if gone:
            self.remove(client, key, gone)
        if changed:
            self.write(client, key, changed)

    def current(self, ctx: Context, key: str) -> dict[str, str]:
        """The tags that `key` has, AWS's own (`aws:…`) left out."""
        tags = self.read(ctx.client(self.service), key)
        return {name: value for name, value in tags.items() if not name.startswith("aws:")}


def pairs(tags: Tags, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Tags as the list that most APIs want."""
    return [{key: name, value: text} for name, text in tags.items()]


def mapping(listed: list[Mapping[str, str]] | None, key: str = "Key", value: str = "Value") -> dict[str, str]:
    """Tags out of such a list."""
    return {tag[key]: tag.get(value, "") for tag in listed or []}


def _ec2_read(client: Any, key: str) -> Tags:
    return mapping(client.describe_tags(Filters=[{"Name": "resource-id", "Values": [key]}])["Tags"])


def _simple(
    service: str,
    write: str,
    remove: str,
    read: str,
    argument: str,
    *,
    tags: str = "Tags",
    keys: str = "TagKeys",
    listed: str = "Tags",
    names: tuple[str, str] = ("Key", "Value"),
    as_map: bool = False,
    by_arn: bool = True,
) -> Tagging:
    def do_write(client: Any, key: str, new: Tags) -> None:
        getattr(client, write)(**{argument: key, tags: dict(new) if as_map else pairs(new, *names)})

    def do_remove(client: Any, key: str, gone: list[str]) -> None:
        getattr(client, remove)(**{argument: key, keys: gone})

    def do_read(client: Any, key: str) -> Tags:
        found = getattr(client, read)(**{argument: key}).get(listed)
        return dict(found or {}) if as_map else mapping(found, *names)

    return Tagging(service, do_write, do_remove, do_read, by_arn)


EC2 = Tagging(
    "ec2",
    lambda client, key, tags: client.create_tags(Resources=[key], Tags=pairs(tags)),
    lambda client, key, gone: client.delete_tags(Resources=[key], Tags=[{"Key": name} for name in gone]),
    _ec2_read,
)
ELB = Tagging(
    "elbv2",
    lambda client, key, tags: client.add_tags(ResourceArns=[key], Tags=pairs(tags)),
    lambda client, key, gone: client.remove_tags(ResourceArns=[key], TagKeys=gone),
    lambda client, key: mapping(client.describe_tags(ResourceArns=[key])["TagDescriptions"][0]["Tags"]),
    by_arn=True,
)
ECS = _simple(
    "ecs", "tag_resource", "untag_resource", "list_tags_for_resource", "resourceArn",
    tags="tags", keys="tagKeys", listed="tags", names=("key", "value"),
)  # fmt: skip
ECR = _simple(
    "ecr", "tag_resource", "untag_resource", "list_tags_for_resource", "resourceArn",
    tags="tags", keys="tagKeys", listed="tags",
)  # fmt: skip
LOGS = _simple(
    "logs", "tag_resource", "untag_resource", "list_tags_for_resource", "resourceArn",
    tags="tags", keys="tagKeys", listed="tags", as_map=True,
)  # fmt: skip
RDS = _simple(
    "rds", "add_tags_to_resource", "remove_tags_from_resource", "list_tags_for_resource", "ResourceName",
    listed="TagList",
)  # fmt: skip
ELASTICACHE = _simple(
    "elasticache", "add_tags_to_resource", "remove_tags_from_resource", "list_tags_for_resource", "ResourceName",
    listed="TagList",
)  # fmt: skip
CLOUDWATCH = _simple("cloudwatch", "tag_resource", "untag_resource", "list_tags_for_resource", "ResourceARN")
SNS = _simple("sns", "tag_resource", "untag_resource", "list_tags_for_resource", "ResourceArn")
KMS = _simple(
    "kms", "tag_resource", "untag_resource", "list_resource_tags", "KeyId",
    names=("TagKey", "TagValue"), by_arn=False,
)  # fmt: skip
ROLE = _simple("iam", "tag_role", "untag_role", "list_role_tags", "RoleName", by_arn=False)
POLICY = _simple("iam", "tag_policy", "untag_policy", "list_policy_tags", "PolicyArn")
SECRET = Tagging(
    "secretsmanager",
    lambda client, key, tags: client.tag_resource(SecretId=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(SecretId=key, TagKeys=gone),
    lambda client, key: mapping(client.describe_secret(SecretId=key).get("Tags")),
    by_arn=True,
)
CERTIFICATE = Tagging(
    "acm",
    lambda client, key, tags: client.add_tags_to_certificate(CertificateArn=key, Tags=pairs(tags)),
    lambda client, key, gone: client.remove_tags_from_certificate(
        CertificateArn=key, Tags=[{"Key": name} for name in gone]
    ),
    lambda client, key: mapping(client.list_tags_for_certificate(CertificateArn=key)["Tags"]),
    by_arn=True,
)
CLOUDFRONT = Tagging(
    "cloudfront",
    lambda client, key, tags: client.tag_resource(Resource=key, Tags={"Items": pairs(tags)}),
    lambda client, key, gone: client.untag_resource(Resource=key, TagKeys={"Items": gone}),
    lambda client, key: mapping(client.list_tags_for_resource(Resource=key)["Tags"].get("Items")),
    by_arn=True,
)
WAFV2 = Tagging(
    "wafv2",
    lambda client, key, tags: client.tag_resource(ResourceARN=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(ResourceARN=key, TagKeys=gone),
    lambda client, key: mapping(
        client.list_tags_for_resource(ResourceARN=key).get("TagInfoForResource", {}).get("TagList")
    ),
    by_arn=True,
)


def _route53(kind: str) -> Tagging:
    return Tagging(
        "route53",
        lambda client, key, tags: client.change_tags_for_resource(
            ResourceType=kind, ResourceId=key, AddTags=pairs(tags)
        ),
        lambda client, key, gone: client.change_tags_for_resource(
            ResourceType=kind, ResourceId=key, RemoveTagKeys=gone
        ),
        lambda client, key: mapping(
            client.list_tags_for_resource(ResourceType=kind, ResourceId=key)["ResourceTagSet"]["Tags"]
        ),
    )


HOSTED_ZONE = _route53("hostedzone")
HEALTH_CHECK = _route53("healthcheck")


def _bucket_read(client: Any, key: str) -> Tags:
    from botocore.exceptions import ClientError

    try:
        return mapping(client.get_bucket_tagging(Bucket=key)["TagSet"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchTagSet":
            return {}
        raise


def _bucket_write(client: Any, key: str, tags: Tags) -> None:
    client.put_bucket_tagging(Bucket=key, Tagging={"TagSet": pairs({**_bucket_read(client, key), **tags})})


def _bucket_remove(client: Any, key: str, gone: list[str]) -> None:
    rest = {name: value for name, value in _bucket_read(client, key).items() if name not in gone}
    client.delete_bucket_tagging(Bucket=key)
    if rest:
        client.put_bucket_tagging(Bucket=key, Tagging={"TagSet": pairs(rest)})


BUCKET = Tagging("s3", _bucket_write, _bucket_remove, _bucket_read)
INSTANCE_PROFILE = Tagging(
    "iam",
    lambda client, key, tags: client.tag_instance_profile(InstanceProfileName=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_instance_profile(InstanceProfileName=key, TagKeys=gone),
    lambda client, key: mapping(
        client.get_instance_profile(InstanceProfileName=key)["InstanceProfile"].get("Tags")
    ),
)
OIDC_PROVIDER = _simple(
    "iam", "tag_open_id_connect_provider", "untag_open_id_connect_provider", "list_open_id_connect_provider_tags",
    "OpenIDConnectProviderArn",
)  # fmt: skip


def _of_object(arn: str) -> dict[str, str]:
    bucket, key = arn.rsplit(":::", 1)[-1].split("/", 1)
    return {"Bucket": bucket, "Key": key}


def _object_read(client: Any, arn: str) -> Tags:
    return mapping(client.get_object_tagging(**_of_object(arn))["TagSet"])


def _object_write(client: Any, arn: str, tags: Tags) -> None:
    client.put_object_tagging(
        **_of_object(arn), Tagging={"TagSet": pairs({**_object_read(client, arn), **tags})}
    )


def _object_remove(client: Any, arn: str, gone: list[str]) -> None:
    rest = {name: value for name, value in _object_read(client, arn).items() if name not in gone}
    client.put_object_tagging(**_of_object(arn), Tagging={"TagSet": pairs(rest)})


OBJECT = Tagging("s3", _object_write, _object_remove, _object_read, by_arn=True)


class _Recorded(Tagging):
    """Tags of types that simcloud keeps itself, beside their records."""

    def sync(self, ctx: Context, key: str, new: Tags, old: Tags) -> None:
        ctx.store.put(RECORDED_TAGS, key, dict(new))

    def current(self, ctx: Context, key: str) -> dict[str, str]:
        return ctx.store.get(RECORDED_TAGS, key) or {}


def _never(*_: Any) -> Any:
    raise AssertionError("a recorded type has no tagging API")


RECORDED_TAGS = "tags"
RECORDED = _Recorded("", _never, _never, _never, by_arn=True)
