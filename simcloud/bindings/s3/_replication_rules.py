"""What S3 refuses in a replication configuration and its model does not say.

AWS: PutBucketReplication, S3 API Reference, and «Replication configuration», S3 User Guide; from memory of AWS's
documentation, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from botocore.exceptions import ClientError

from simcloud.bindings._checks import at
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, is_known

_CODE = "InvalidRequest"


def problems(new: Props) -> Iterator[Refusal]:
    """Contradictions between the rules, and inside one."""
    rules = new["rules"]
    if rules == []:
        yield Refusal("MalformedXML", "at least one rule is needed.", "rules")
    priorities: list[object] = []
    for position, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, Mapping):
            continue
        path, priority = f"rules[{position}]", rule.get("priority")
        if rule.get("filter") is not None and rule.get("deleteMarkerReplication") is None:
            text = "DeleteMarkerReplication must be specified for this version of Cross Region Replication."
            yield Refusal(_CODE, text, f"{path}.deleteMarkerReplication")
        if is_known(priority) and priority is not None and priority in priorities:
            yield Refusal(_CODE, f"Found duplicate priority {priority}.", f"{path}.priority")
        priorities.append(priority)


def presence(ctx: Context, new: Props) -> Iterator[Refusal]:
    """Both sides keep versions."""
    if not _is_versioned(ctx, new["bucket"]):
        text = "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
        yield Refusal(_CODE, text, "bucket", "add aws.s3.BucketVersioning, and depend on it.")
    for position in range(len(new["rules"])):
        path, owner = (
            f"rules[{position}].destination.bucket",
            at(new, f"rules[{position}].destination.account"),
        )
        if owner not in (None, ctx.account):
            continue
        name = str(at(new, path)).rsplit(":", 1)[-1]
        if _is_versioned(ctx, name) is None:
            yield Refusal(_CODE, f"Destination bucket {name} must exist.", path)
        elif not _is_versioned(ctx, name):
            yield Refusal(_CODE, "Destination bucket must have versioning enabled.", path)


def _is_versioned(ctx: Context, bucket: str) -> bool | None:
    try:
        return bool(ctx.client("s3").get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled")
    except ClientError:
        return None
