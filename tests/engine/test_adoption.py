"""Components take over resources that nobody's stack has: docs/adoption.md, by the real engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from simcloud import daemon
from tests.engine.stranger import Stranger, stranger

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stranger]:
    found = stranger("adoption", tmp_path, PULUMI_CONFIG_PASSPHRASE="adoption")
    yield found
    daemon.stop(found.bench.home)


def test_whole_components_take_over_what_is_there(shop: Stranger) -> None:
    ids = _left_behind(shop)
    shop.pulumi("stack", "init", "ours")
    shop.pulumi("config", "set", "aws:region", "us-east-1")
    shop.pulumi("preview", "--import-file", "plan.json")
    plan = _filled(shop, ids)
    assert sum("component" in item for item in plan) == 4

    imported = shop.pulumi(
        "import", "--file", "plan.json", "--yes", "--protect=false", "--generate-code=false"
    )
    assert f"= {len(plan)} imported" in imported
    shop.pulumi("config", "set", "names", json.dumps(_names(ids)))
    told = _changes(shop.pulumi("up", "--yes", "--skip-preview"))
    assert told == {
        ("~", "aws:s3:Bucket", "+forceDestroy"),
        ("~", "aws:kms:Key", "+bypassPolicyLockoutSafetyCheck,deletionWindowInDays"),
        ("~", "aws:ecr:Repository", "+forceDelete"),
    }
    shop.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
    _the_same_is_there(shop, ids)


def test_without_their_names_the_preview_says_what_would_be_lost(shop: Stranger) -> None:
    ids = _left_behind(shop)
    shop.pulumi("stack", "init", "ours")
    shop.pulumi("config", "set", "aws:region", "us-east-1")
    shop.pulumi("preview", "--import-file", "plan.json")
    _filled(shop, ids)
    shop.pulumi("import", "--file", "plan.json", "--yes", "--generate-code=false")
    # The import protects, but the program's word counts, and it says nothing of protection.
    assert re.search(r"\+- +aws:s3:Bucket shop-uploads replace .*bucket", shop.pulumi("preview"))


def _changes(printed: str) -> set[tuple[str, str, str]]:
    """How, of which type, and what."""
    return set(re.findall(r"^ *([-~+]+) +(\S+) \S+ updated .*\[diff: (\S+)\]", printed, re.MULTILINE))


def _the_same_is_there(shop: Stranger, ids: Mapping[str, str]) -> None:
    """One bucket with its object, one key that nobody deletes, one cluster."""
    bucket = ids["aws:s3/bucket:Bucket::shop-uploads"]
    assert shop.outputs()["bucket"] == bucket
    s3, kms = shop.bench.client("s3"), shop.bench.client("kms")
    assert [found["Name"] for found in s3.list_buckets()["Buckets"]] == [bucket]
    assert s3.get_object(Bucket=bucket, Key="kept")["Body"].read() == b"since 2019"
    key = kms.describe_key(KeyId=ids["aws:kms/key:Key::shop-key"])["KeyMetadata"]
    assert key["KeyState"] == "Enabled"
    assert shop.bench.client("ecs").list_clusters()["clusterArns"] == [ids["aws:ecs/cluster:Cluster::shop"]]


def _left_behind(shop: Stranger) -> Mapping[str, str]:
    """Make everything, and forget the stack; the id of each resource by its type and name."""
    shop.pulumi("stack", "init", "theirs")
    shop.pulumi("config", "set", "aws:region", "us-east-1")
    shop.pulumi("up", "--yes", "--skip-preview")
    state = json.loads(shop.run("pulumi", "stack", "export", err=False))
    shop.pulumi("stack", "rm", "theirs", "--force", "--yes")
    ids = {
        f"{item['type']}::{item['urn'].rsplit('::', 1)[1]}": item["id"]
        for item in state["deployment"]["resources"]
        if "id" in item
    }
    bucket = ids["aws:s3/bucket:Bucket::shop-uploads"]
    shop.bench.client("s3").put_object(Bucket=bucket, Key="kept", Body=b"since 2019")
    return ids


def _filled(shop: Stranger, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The plan, with the ids in the place of the engine's blanks."""
    file = shop.bench.project / "plan.json"
    plan = json.loads(file.read_text())
    for item in plan["resources"]:
        if "id" in item:
            assert item["id"] == "<PLACEHOLDER>"
            item["id"] = ids[f"{item['type']}::{item.get('logicalName', item['name'])}"]
    file.write_text(json.dumps(plan))
    resources: list[dict[str, Any]] = plan["resources"]
    return resources


def _names(ids: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    cluster = "aws:ecs/cluster:Cluster::shop"
    return {
        "aws:s3/bucket:Bucket::shop-uploads": {"bucket": ids["aws:s3/bucket:Bucket::shop-uploads"]},
        "aws:ecr/repository:Repository::shop-images": {
            "name": ids["aws:ecr/repository:Repository::shop-images"]
        },
        cluster: {"name": ids[cluster].rsplit("/", 1)[-1]},
    }
