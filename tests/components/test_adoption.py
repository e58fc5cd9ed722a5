"""Children of components that keep the names that they have."""

import pytest

from components.adoption import keep_names
from components.bucket import Bucket, BucketArgs, Purpose
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.recording import Cloud


def test_a_child_keeps_its_name_and_the_others_get_theirs() -> None:
    def program() -> None:
        keep_names({"aws:s3/bucket:Bucket::old": {"bucket": "uploads-of-2019"}})
        for name in ("old", "new"):
            Bucket(name, BucketArgs(purpose=Purpose.DATA))

    simulation = Simulation()
    simulation.run(program)
    buckets = sorted(found["Name"] for found in simulation.client("s3").list_buckets()["Buckets"])
    assert [buckets[0].rsplit("-", 1)[0], buckets[1]] == ["new", "uploads-of-2019"]
    versioned = simulation.client("s3").get_bucket_versioning(Bucket="uploads-of-2019")
    assert versioned["Status"] == "Enabled"


@pytest.mark.parametrize("key", ["old", "aws:s3/bucket:Bucket", "aws:s3/bucket:Bucket::", "bucket::old"])
def test_what_names_no_child_is_refused(cloud: Cloud, key: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: keep_names({key: {"bucket": "b"}}))
    assert str(refused.value) == (
        f"keep_names: `{key}` names no child. Expected <type>::<name>, such as "
        "aws:s3/bucket:Bucket::la-prod-uploads. Fix: take both from the file that "
        "`pulumi preview --import-file` writes."
    )
