"""A website as the bucket itself may say it: documents by name, a redirect as an address, rules as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.refusal import Refusal
from simcloud.values import Props, Value, as_document, without_none


def written(website: Value) -> Params:
    """The parameters of PutBucketWebsite."""
    if not isinstance(website, Mapping):
        return {"WebsiteConfiguration": website}
    index, error = website.get("indexDocument"), website.get("errorDocument")
    return {
        "WebsiteConfiguration": without_none(
            {
                "IndexDocument": None if index is None else {"Suffix": index},
                "ErrorDocument": None if error is None else {"Key": error},
                "RedirectAllRequestsTo": _target(website.get("redirectAllRequestsTo")),
                "RoutingRules": _rules(website.get("routingRules")),
            }
        )
    }


def problems(website: Mapping[str, Any]) -> Iterator[Refusal]:
    """What AWS refuses of a website."""
    if ("indexDocument" in website) == ("redirectAllRequestsTo" in website):
        text = "exactly one of indexDocument and redirectAllRequestsTo is needed."
        yield Refusal("InvalidRequest", text, "website")
    index = website.get("indexDocument")
    if isinstance(index, str) and (not index or "/" in index):
        text = "The IndexDocument Suffix is not well formed: it has no slash and is not empty."
        yield Refusal("InvalidArgument", text, "website.indexDocument")
    if isinstance(website.get("routingRules"), str) and not isinstance(_rules(website["routingRules"]), list):
        yield Refusal("MalformedXML", "routingRules must be a JSON list of rules.", "website.routingRules")


def found(answer: Mapping[str, Any]) -> Props:
    """The property, out of the answer of GetBucketWebsite."""
    rules = answer.get("RoutingRules")
    return without_none(
        {
            "indexDocument": answer.get("IndexDocument", {}).get("Suffix"),
            "errorDocument": answer.get("ErrorDocument", {}).get("Key"),
            "redirectAllRequestsTo": _address(answer.get("RedirectAllRequestsTo")),
            "routingRules": json.dumps(rules) if rules else None,
        }
    )


def _target(address: Value) -> Value:
    if not isinstance(address, str):
        return address
    protocol, there, host = address.rpartition("://")
    return {"HostName": host, "Protocol": protocol} if there else {"HostName": address}


def _address(target: Mapping[str, Any] | None) -> str | None:
    if not target:
        return None
    protocol = target.get("Protocol")
    return f"{protocol}://{target['HostName']}" if protocol else str(target["HostName"])


def _rules(text: Value) -> Value:
    """The rules that the text spells; None if it spells something else."""
    return as_document(text) if isinstance(text, str) else text
