"""A new bucket is closed to the public until somebody opens it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.cloud import Cloud

PUBLIC = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::shop-files/*",
            }
        ],
    }
)


@pytest.fixture
def s3() -> Any:
    client = Cloud().clients.get("s3", "us-east-1")
    client.create_bucket(Bucket="shop-files")
    return client


def test_all_public_access_is_blocked(s3: Any) -> None:
    found = s3.get_public_access_block(Bucket="shop-files")["PublicAccessBlockConfiguration"]
    assert found == dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
    )


def test_a_public_policy_is_refused_until_the_block_is_gone(s3: Any) -> None:
    with pytest.raises(ClientError) as refused:
        s3.put_bucket_policy(Bucket="shop-files", Policy=PUBLIC)
    assert refused.value.response["Error"]["Code"] == "AccessDenied"
    s3.delete_public_access_block(Bucket="shop-files")
    s3.put_bucket_policy(Bucket="shop-files", Policy=PUBLIC)
    assert json.loads(s3.get_bucket_policy(Bucket="shop-files")["Policy"]) == json.loads(PUBLIC)
