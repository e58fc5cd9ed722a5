"""How S3 tags what belongs to the account and not to a bucket."""

from __future__ import annotations

from simcloud.tagging import Tagging, mapping, pairs


def _account(arn: str) -> str:
    return arn.split(":")[4]


ACCESS_POINT = Tagging(
    "s3control",
    lambda client, key, tags: client.tag_resource(AccountId=_account(key), ResourceArn=key, Tags=pairs(tags)),
    lambda client, key, gone: client.untag_resource(AccountId=_account(key), ResourceArn=key, TagKeys=gone),
    lambda client, key: mapping(
        client.list_tags_for_resource(AccountId=_account(key), ResourceArn=key).get("Tags")
    ),
    by_arn=True,
)
