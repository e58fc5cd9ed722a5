"""Each bucket has a public access block with all four switches on.

Matters here because a bucket policy or an ACL written later would otherwise be enough to publish the data.
"""

from collections.abc import Iterator

from policies import tokens
from policies.graph import Graph
from policies.resource import Resource
from policies.verdict import Verdict, require, require_true

TYPES = (tokens.BUCKET,)

_SWITCHES = (
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
)


def check(bucket: Resource, graph: Graph) -> Iterator[Verdict]:
    blocks = graph.referrers(bucket, "bucket", tokens.BUCKET_PUBLIC_ACCESS_BLOCK)
    if not blocks:
        perhaps = graph.unresolved("bucket", tokens.BUCKET_PUBLIC_ACCESS_BLOCK)
        yield require(perhaps, "has no BucketPublicAccessBlock in this stack", "bucket")
    for block in blocks:
        for switch in _SWITCHES:
            yield require_true(block.at(switch), f"is not true on {block.name}")
