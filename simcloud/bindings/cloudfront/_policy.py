"""What the three kinds of CloudFront policy have in common. moto has none of them: they are kept as records."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from simcloud import shapes
from simcloud.binding import AutoName, Params, RecordedBinding
from simcloud.bindings.cloudfront import _identity, _managed_policies, _policy_rules
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: «Comment» of the policy configurations: no longer than 128 characters (botocore 1.44.5), read 2026-11.
_LONGEST_COMMENT = 128


class Policy(RecordedBinding):
    """A policy that cache behaviours of distributions refer to by id."""

    service = "cloudfront"
    autoname = AutoName(limit=128)
    global_service = True
    kind: ClassVar[str]
    """`CachePolicy`, `OriginRequestPolicy` or `ResponseHeadersPolicy`."""
    path: ClassVar[str]
    """What stands for the kind in an ARN."""
    behaviour_key: ClassVar[str]
    """How a cache behaviour names it in the API."""

    def request(self, ctx: Context, new: Props) -> Params:
        shape = ctx.client(self.service).meta.service_model.shape_for(f"{self.kind}Config")
        given = {key: value for key, value in new.items() if not key.startswith("__")}
        return {f"{self.kind}Config": shapes.params(shape, given)}

    def create(self, ctx: Context, new: Props) -> str:
        self._refuse_second(ctx, "", new)
        return super().create(ctx, new)

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old:
            self._refuse_second(ctx, identity, new)
            record = {**new, "arn": self._arn(ctx, identity), "etag": _identity.entity_tag()}
            ctx.store.put(self.token, identity, record)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        record = super().read(ctx, identity, given)
        if record is None:
            return None
        return {
            **dict.fromkeys(given.keys() - record.keys()),
            **{key: value for key, value in record.items() if not key.startswith("__")},
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if any(identity == used for used in self._used(ctx)):
            raise Refusal(
                f"{self.kind}InUse",
                f"The {identity} policy is attached to a cache behavior of a distribution and cannot be deleted.",
            )
        super().delete(ctx, identity, old)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _policy_rules.problems(new)
        comment = new.get("comment")
        if isinstance(comment, str) and len(comment) > _LONGEST_COMMENT:
            yield Refusal(
                "InvalidArgument",
                f"The comment has {len(comment)} characters, at most {_LONGEST_COMMENT} are allowed.",
                "comment",
            )

    def new_identity(self, ctx: Context, new: Props) -> str:
        return str(uuid.uuid4())

    def computed(self, ctx: Context, identity: str, new: Props) -> Props:
        return {"arn": self._arn(ctx, identity), "etag": _identity.entity_tag()}

    def _arn(self, ctx: Context, identity: str) -> str:
        return ctx.arn("cloudfront", f"{self.path}/{identity}", regional=False)

    def _refuse_second(self, ctx: Context, identity: str, new: Props) -> None:
        """A name is given once, AWS's own names included."""
        taken = {record["name"] for other, record in ctx.store.of_kind(self.token) if other != identity}
        if new["name"] in taken | {policy["name"] for policy in _managed_policies.of(self.kind).values()}:
            raise Refusal(
                f"{self.kind}AlreadyExists",
                f"A {self.kind} with the name {new['name']} already exists.",
                "name",
            )

    def _used(self, ctx: Context) -> Iterator[Any]:
        listed = ctx.client(self.service).list_distributions()["DistributionList"].get("Items", [])
        for distribution in listed:
            behaviours = [
                distribution["DefaultCacheBehavior"],
                *distribution["CacheBehaviors"].get("Items", []),
            ]
            yield from (behaviour.get(self.behaviour_key) for behaviour in behaviours)
