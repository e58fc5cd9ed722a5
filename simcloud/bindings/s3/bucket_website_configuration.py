from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.bindings._checks import at
from simcloud.bindings.s3 import _places
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class BucketWebsiteConfiguration(BucketConfiguration):
    """A bucket as a website."""

    token = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"
    operation = "put_bucket_website"
    parameters = {
        f"WebsiteConfiguration.{name[:1].upper()}{name[1:]}": name
        for name in ("errorDocument", "indexDocument", "redirectAllRequestsTo", "routingRules")
    }
    reader = "get_bucket_website"
    remover = "delete_bucket_website"

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "Bucket": new["bucket"],
            "WebsiteConfiguration": without_none(
                {
                    "ErrorDocument": _words.to_api(new.get("errorDocument"), {}),
                    "IndexDocument": _words.to_api(new.get("indexDocument"), {}),
                    "RedirectAllRequestsTo": _words.to_api(new.get("redirectAllRequestsTo"), {}),
                    "RoutingRules": _words.to_api(new.get("routingRules"), {}),
                }
            ),
        }

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        return {
            "errorDocument": _words.from_api(answer.get("ErrorDocument"), {}),
            "indexDocument": _words.from_api(answer.get("IndexDocument"), {}),
            "redirectAllRequestsTo": _words.from_api(answer.get("RedirectAllRequestsTo"), {}),
            "routingRules": _words.from_api(answer.get("RoutingRules", []), {}),
            "routingRuleDetails": given.get("routingRuleDetails", ""),
        }

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = super().read(ctx, identity, given)
        domain = _places.website_domain(ctx.region)
        return found and {**found, "websiteDomain": domain, "websiteEndpoint": f"{identity}.{domain}"}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if ("indexDocument" in new) == ("redirectAllRequestsTo" in new):
            yield Refusal(
                "InvalidRequest",
                "exactly one of indexDocument and redirectAllRequestsTo is needed.",
                "indexDocument",
            )
        suffix = at(new, "indexDocument.suffix")
        if isinstance(suffix, str) and (not suffix or "/" in suffix):
            text = "The IndexDocument Suffix is not well formed: it has no slash and is not empty."
            yield Refusal("InvalidArgument", text, "indexDocument.suffix")
