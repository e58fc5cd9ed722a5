from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Params
from simcloud.bindings import _words
from simcloud.bindings.s3._configuration import BucketConfiguration
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

# AWS: PutBucketCors, AllowedMethods; per reference notes, not verified against AWS.
_METHODS = ("GET", "PUT", "HEAD", "POST", "DELETE")


class BucketCorsConfiguration(BucketConfiguration):
    """From which sites a browser may use a bucket."""

    token = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
    operation = "put_bucket_cors"
    parameters = {"CORSConfiguration.CORSRules": "corsRules"}
    reader = "get_bucket_cors"
    remover = "delete_bucket_cors"

    def request(self, ctx: Context, new: Props) -> Params:
        return {
            "Bucket": new["bucket"],
            "CORSConfiguration": {"CORSRules": _words.to_api(new["corsRules"], _WORDS)},
        }

    def found(self, answer: Mapping[str, Any], given: Props) -> Props | None:
        return {"corsRules": _words.from_api(answer["CORSRules"], _WORDS)}

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if new["corsRules"] == []:
            yield Refusal("MalformedXML", "at least one rule is needed.", "corsRules")
        for position, rule in enumerate(new["corsRules"] if isinstance(new["corsRules"], list) else ()):
            origins = rule.get("allowedOrigins") if isinstance(rule, Mapping) else None
            for at, origin in enumerate(origins if isinstance(origins, list) else ()):
                if isinstance(origin, str) and origin.count("*") > 1:
                    text = f'AllowedOrigin "{origin}" can not have more than one wildcard.'
                    yield Refusal("InvalidRequest", text, f"corsRules[{position}].allowedOrigins[{at}]")
        for position, rule in enumerate(new["corsRules"] if isinstance(new["corsRules"], list) else ()):
            methods = rule.get("allowedMethods") if isinstance(rule, Mapping) else ()
            for at, method in enumerate(methods if isinstance(methods, list) else ()):
                if isinstance(method, str) and method not in _METHODS:
                    yield Refusal(
                        "InvalidRequest",
                        f"Found unsupported HTTP method in CORS config. Unsupported method is {method}",
                        f"corsRules[{position}].allowedMethods[{at}]",
                        f"use one of {', '.join(_METHODS)}.",
                    )


_WORDS = {"id": "ID"}
