"""What an edge refuses before anything is made."""

from __future__ import annotations

from collections.abc import Iterator

from components.edge_args import EdgeArgs, FrontArgs
from components.edge_errors import check_error_pages
from components.edge_headers import check_headers
from components.edge_paths import ONE_YEAR_SECONDS, TAKEN_LABELS, check_paths, check_redirects
from components.errors import ComponentError
from components.waf import REGION, check_waf

_PRICE_CLASSES = ("PriceClass_100", "PriceClass_200", "PriceClass_All")

# AWS: "Quotas" of the CloudFront developer guide: behaviours of a distribution; general knowledge, not read again.
_MOST_BEHAVIOURS = 75


def check_front(where: str, args: FrontArgs, other_paths: tuple[str, ...] = ()) -> None:
    """Raise ComponentError for what contradicts itself whoever runs the edge."""
    check_waf(where, args.waf)
    for problem, expected, fix in _front_problems(args):
        raise ComponentError(where, problem, expected=expected, fix=fix)
    check_paths(where, args.kept, (*args.static_paths, *args.api_paths, *other_paths))
    check_redirects(where, args.redirects, args.aliases)
    check_headers(where, args.headers)


def check_edge(where: str, args: EdgeArgs) -> None:
    """Raise ComponentError for what CloudFront refuses, or what could not work."""
    if args.price_class not in _PRICE_CLASSES:
        raise ComponentError(
            where,
            f"unknown price class {args.price_class}",
            expected=f"one of {', '.join(_PRICE_CLASSES)}",
            fix="correct price_class",
        )
    bucket_paths = tuple(path for bucket in args.buckets for path in bucket.paths)
    check_front(where, args, bucket_paths)
    check_error_pages(where, args.error_pages, bucket_paths)
    for problem, expected, fix in _cloudfront_problems(args, len(bucket_paths)):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def in_viewers_region(where: str, certificate_arn: str) -> str:
    """The ARN, or ComponentError for a certificate where CloudFront does not look."""
    region = (
        certificate_arn.split(":")[3] if certificate_arn.count(":") > 4 else "no region: it is not an ARN"
    )
    if region == REGION:
        return certificate_arn
    raise ComponentError(
        where,
        f"the viewers' certificate lies in {region}",
        expected=f"a certificate in {REGION}, the only region where CloudFront looks",
        fix=f"make the certificate with region={REGION}",
    )


Problem = tuple[str, str, str]


def _front_problems(args: FrontArgs) -> Iterator[Problem]:
    if not args.aliases or len(set(args.aliases)) != len(args.aliases):
        yield (
            f"the public names are {', '.join(args.aliases) or 'missing'}",
            "at least one name, each once",
            "correct aliases",
        )
    kept = {
        "static_ttl_seconds": args.static_ttl_seconds,
        "static_browser_seconds": args.static_browser_seconds,
    }
    for what, seconds in kept.items():
        if seconds is not None and not 0 <= seconds <= ONE_YEAR_SECONDS:
            yield (
                f"built files are kept for {seconds} seconds",
                f"0 to {ONE_YEAR_SECONDS} (one year)",
                f"correct {what}",
            )


def _cloudfront_problems(args: EdgeArgs, bucket_paths: int) -> Iterator[Problem]:
    labels = [
        *(bucket.label for bucket in args.buckets),
        *(entry.label for entry in args.kept),
        *TAKEN_LABELS,
    ]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield (
            f"the label {label} is used twice or taken by the edge itself",
            f"labels of buckets and kept that differ, and none of {', '.join(TAKEN_LABELS)}",
            "give it another label",
        )
    count = (
        bucket_paths + len((*args.static_paths, *args.api_paths)) + sum(len(kept.paths) for kept in args.kept)
    )
    if count > _MOST_BEHAVIOURS - 1:
        yield (
            f"{count} paths are treated each in its own way",
            f"at most {_MOST_BEHAVIOURS - 1}, and everything else",
            "join paths by a pattern",
        )
    if args.internal_balancer_arn is not None and args.lock is not None:
        yield (
            "a lock for a load balancer that nobody but this account's CloudFront can reach",
            "lock=None with internal_balancer_arn",
            "drop the one or the other",
        )
