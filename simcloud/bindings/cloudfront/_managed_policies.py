"""AWS's own policies, which every account has under the same ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.values import Props

_YEAR, _DAY = 31_536_000, 86_400


def of(kind: str) -> Mapping[str, Props]:
    """The policies of a kind (`CachePolicy`, …) by id, in the words of the resources."""
    return _KINDS[kind]


def _some(behaviour: str, what: str, key: str, items: Sequence[str]) -> Props:
    return {behaviour: what, **({key: {"items": list(items)}} if items else {})}


def _cache(
    name: str,
    comment: str,
    ttls: tuple[int, int, int],
    *,
    headers: Sequence[str] = (),
    cookies: str = "none",
    queries: str = "none",
    query_names: Sequence[str] = (),
    gzip: bool = True,
    brotli: bool = True,
) -> Props:
    shortest, usual, longest = ttls
    return {
        "name": f"Managed-{name}",
        "comment": comment,
        "minTtl": shortest,
        "defaultTtl": usual,
        "maxTtl": longest,
        "parametersInCacheKeyAndForwardedToOrigin": {
            "enableAcceptEncodingGzip": gzip,
            "enableAcceptEncodingBrotli": brotli,
            "headersConfig": _some("headerBehavior", "whitelist" if headers else "none", "headers", headers),
            "cookiesConfig": {"cookieBehavior": cookies},
            "queryStringsConfig": _some("queryStringBehavior", queries, "queryStrings", query_names),
        },
    }


def _origin(
    name: str,
    comment: str,
    behaviour: str,
    headers: Sequence[str] = (),
    *,
    rest: str = "none",
    queries: str = "",
) -> Props:
    return {
        "name": f"Managed-{name}",
        "comment": comment,
        "headersConfig": _some("headerBehavior", behaviour, "headers", headers),
        "cookiesConfig": {"cookieBehavior": rest},
        "queryStringsConfig": {"queryStringBehavior": queries or rest},
    }


_METHOD_OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
_CORS = ("Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method")
_VIEWER_HEADERS = (
    "CloudFront-Forwarded-Proto", "CloudFront-Is-Android-Viewer", "CloudFront-Is-Desktop-Viewer",
    "CloudFront-Is-IOS-Viewer", "CloudFront-Is-Mobile-Viewer", "CloudFront-Is-SmartTV-Viewer",
    "CloudFront-Is-Tablet-Viewer", "CloudFront-Viewer-Address", "CloudFront-Viewer-ASN", "CloudFront-Viewer-City",
    "CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Name", "CloudFront-Viewer-Country-Region",
    "CloudFront-Viewer-Country-Region-Name", "CloudFront-Viewer-Http-Version", "CloudFront-Viewer-Latitude",
    "CloudFront-Viewer-Longitude", "CloudFront-Viewer-Metro-Code", "CloudFront-Viewer-Postal-Code",
    "CloudFront-Viewer-Time-Zone", "CloudFront-Viewer-TLS",
)  # fmt: skip

# AWS: CloudFront developer guide, «Use managed cache policies», read 2026-11 in part; the comments per general
# knowledge.
_CACHE: Mapping[str, Props] = {
    "2e54312d-136d-493c-8eb9-b001f22f67d2": _cache(
        "Amplify", "Policy for Amplify Origin", (2, 2, 600),
        headers=("Authorization", "CloudFront-Viewer-Country", "Host"), cookies="all", queries="all",
    ),
    "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": _cache(
        "CachingDisabled", "Policy with caching disabled", (0, 0, 0), gzip=False, brotli=False
    ),
    "658327ea-f89d-4fab-a63d-7e88639e58f6": _cache(
        "CachingOptimized", "Policy with caching enabled. Supports Gzip and Brotli compression.", (1, _DAY, _YEAR)
    ),
    "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": _cache(
        "CachingOptimizedForUncompressedObjects", "Default policy when compression is disabled", (1, _DAY, _YEAR),
        gzip=False, brotli=False,
    ),
    "08627262-05a9-4f76-9ded-b50ca2e3a84f": _cache(
        "Elemental-MediaPackage", "Policy for Elemental MediaPackage Origin", (0, _DAY, _YEAR),
        headers=("Origin",), queries="whitelist", query_names=("aws.manifestfilter", "start", "end", "m"),
        brotli=False,
    ),
    "83da9c7e-98b4-4e11-a168-04f0df8e2c65": _cache(
        "UseOriginCacheControlHeaders", "Policy for origins that return Cache-Control headers.", (0, 0, _YEAR),
        headers=("Host", "Origin", *_METHOD_OVERRIDES), cookies="all",
    ),
    "4cc15a8a-d715-48a4-82b8-cc0b614638fe": _cache(
        "UseOriginCacheControlHeaders-QueryStrings",
        "Policy for origins that return Cache-Control headers and serve different content based on query strings.",
        (0, 0, _YEAR), headers=("Host", "Origin", *_METHOD_OVERRIDES), cookies="all", queries="all",
    ),
}  # fmt: skip

# AWS: CloudFront developer guide, «Use managed origin request policies», read 2026-11 in part.
_ORIGIN_REQUEST: Mapping[str, Props] = {
    "216adef6-5c7f-47e4-b989-5492eafa07d3": _origin(
        "AllViewer", "Policy to forward all parameters in viewer requests", "allViewer", rest="all"
    ),
    "33f36d7e-f396-46d9-90e0-52428a34d9dc": _origin(
        "AllViewerAndCloudFrontHeaders-2022-06", "Policy to forward all parameters in viewer requests and all "
        "CloudFront headers that were released through June 2022", "allViewerAndWhitelistCloudFront",
        _VIEWER_HEADERS, rest="all",
    ),
    "b689b0a8-53d0-40ab-baf2-68738e2966ac": _origin(
        "AllViewerExceptHostHeader", "Policy to forward all parameters in viewer requests except for the Host header",
        "allExcept", ("host",), rest="all",
    ),
    "59781a5b-3903-41f3-afcb-af62929ccde1": _origin(
        "CORS-CustomOrigin", "Policy for CORS with a custom origin", "whitelist", ("Origin",)
    ),
    "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": _origin(
        "CORS-S3Origin", "Policy for S3 origin with CORS", "whitelist", _CORS
    ),
    "775133bc-15f2-49f9-abea-afb2e0bf67d2": _origin(
        "Elemental-MediaTailor-PersonalizedManifests", "Policy for Elemental MediaTailor Origin", "whitelist",
        (*_CORS, "User-Agent", "X-Forwarded-For"), queries="all",
    ),
    "bf0718e1-ba1e-49d1-88b1-f726733018ae": _origin(
        "HostHeaderOnly", "Policy to forward Host header only", "whitelist", ("host",)
    ),
    "acba4595-bd28-49b8-b9fe-13317c0390fa": _origin(
        "UserAgentRefererHeaders", "Policy to forward user-agent and referer headers to origin", "whitelist",
        ("User-Agent", "Referer"),
    ),
}  # fmt: skip

_SECURITY: Props = {
    "contentTypeOptions": {"override": True},
    "frameOptions": {"frameOption": "SAMEORIGIN", "override": False},
    "referrerPolicy": {"referrerPolicy": "strict-origin-when-cross-origin", "override": False},
    "strictTransportSecurity": {
        "accessControlMaxAgeSec": _YEAR, "includeSubdomains": False, "preload": False, "override": False,
    },
    "xssProtection": {"protection": True, "modeBlock": True, "reportUri": "", "override": False},
}  # fmt: skip


def _cors(methods: Sequence[str], *, exposed: bool, override: bool) -> Props:
    return {
        "accessControlAllowCredentials": False,
        "accessControlAllowHeaders": {"items": ["*"]},
        "accessControlAllowMethods": {"items": list(methods)},
        "accessControlAllowOrigins": {"items": ["*"]},
        **({"accessControlExposeHeaders": {"items": ["*"]}} if exposed else {}),
        "originOverride": override,
    }


_SIMPLE: Any = _cors(["GET"], exposed=False, override=False)
_PREFLIGHT: Any = _cors(
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"], exposed=True, override=False
)

# AWS: CloudFront developer guide, «Use managed response headers policies»; per general knowledge, not verified.
_RESPONSE_HEADERS: Mapping[str, Props] = {
    "60669652-455b-4ae9-85a4-c4c02393f86c": {
        "name": "Managed-SimpleCORS",
        "comment": "Allows all origins for simple CORS requests",
        "corsConfig": _SIMPLE,
    },
    "5cc3b908-e619-4b99-88e5-2cf7f45965bd": {
        "name": "Managed-CORS-With-Preflight",
        "comment": "Allows all origins for CORS requests, including preflight requests",
        "corsConfig": _PREFLIGHT,
    },
    "67f7725c-6f97-4210-82d7-5512b31e9d03": {
        "name": "Managed-SecurityHeadersPolicy",
        "comment": "Adds a set of security headers to every response",
        "securityHeadersConfig": _SECURITY,
    },
    "e61eb60c-9c35-4d20-a928-2b84e02af89c": {
        "name": "Managed-CORS-and-SecurityHeadersPolicy",
        "comment": "Allows all origins for simple CORS requests and adds security headers",
        "corsConfig": _SIMPLE,
        "securityHeadersConfig": _SECURITY,
    },
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63": {
        "name": "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
        "comment": "Allows all origins for CORS requests, including preflight requests, and adds security headers",
        "corsConfig": _PREFLIGHT,
        "securityHeadersConfig": _SECURITY,
    },
}

_KINDS = {
    "CachePolicy": _CACHE,
    "OriginRequestPolicy": _ORIGIN_REQUEST,
    "ResponseHeadersPolicy": _RESPONSE_HEADERS,
}
