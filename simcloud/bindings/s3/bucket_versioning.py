from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class BucketVersioning(BucketConfiguration):
    """Whether a bucket keeps what is overwritten or deleted. Removing it suspends versioning: nothing undoes it."""

    token = "aws:s3/bucketVersioning:BucketVersioning"
    operation = "put_bucket_versioning"
    parameters = {"VersioningConfiguration": "versioningConfiguration"}
    reader = "get_bucket_versioning"

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "Bucket": new["bucket"],
                "VersioningConfiguration": _words.to_api(new["versioningConfiguration"], _WORDS),
                "MFA": new.get("mfa"),
            }
        )

    def create(self, ctx: Context, new: Props) -> str:
        """`Disabled` is the provider's word for never switched on: nothing is called."""
        if new["versioningConfiguration"].get("status") == "Disabled":
            return self.identify(ctx, {}, new)
        return super().create(ctx, new)

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        status = answer.get("Status", "Disabled")
        if status == "Disabled" and given.get("versioningConfiguration", {}).get("status") != "Disabled":
            return None
        mfa = {"mfaDelete": answer["MFADelete"]} if "MFADelete" in answer else {}
        return {"versioningConfiguration": {"status": status, **mfa}}

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if old["versioningConfiguration"].get("status") == "Enabled":
            ctx.client("s3").put_bucket_versioning(
                Bucket=identity, VersioningConfiguration={"Status": "Suspended"}
            )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        configuration = new["versioningConfiguration"]
        if not isinstance(configuration, Mapping):
            return
        if configuration.get("mfaDelete") == "Enabled" and "mfa" not in new:
            yield Refusal(
                "AccessDenied",
                "MFA delete can only be switched on with mfa.",
                "versioningConfiguration.mfaDelete",
            )


_WORDS = {"mfaDelete": "MFADelete"}
