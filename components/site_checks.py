"""What a site refuses before anything is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from components.bucket import Purpose
from components.edge_headers import check_headers
from components.edge_paths import ONE_YEAR_SECONDS, check_paths
from components.errors import ComponentError
from components.site_args import SiteArgs
from components.waf import check_waf

_PRICE_CLASSES = ("PriceClass_100", "PriceClass_200", "PriceClass_All")
_TAKEN_LABELS = ("pages", "files", "headers")


def check_site(where: str, args: SiteArgs) -> None:
    """Raise ComponentError for what CloudFront refuses, or what could not work."""
    check_waf(where, args.waf)
    check_headers(where, args.headers)
    check_paths(where, args.kept, ())
    for problem, expected, fix in _problems(args):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def _problems(args: SiteArgs) -> Iterator[tuple[str, str, str]]:
    if not args.aliases or max(Counter(args.aliases).values()) > 1:
        yield (
            f"the public names are {', '.join(args.aliases) or 'missing'}",
            "at least one name, each once",
            "correct aliases",
        )
    if args.price_class not in _PRICE_CLASSES:
        yield (
            f"unknown price class {args.price_class}",
            f"one of {', '.join(_PRICE_CLASSES)}",
            "correct price_class",
        )
    if not 0 <= args.page_seconds <= ONE_YEAR_SECONDS:
        yield (
            f"pages are kept for {args.page_seconds} seconds",
            f"0 to {ONE_YEAR_SECONDS} (one year)",
            "correct page_seconds",
        )
    for what, page in (("index", args.index), ("not_found_page", args.not_found_page)):
        if not page or page.startswith("/"):
            yield (f"{what} is {page!r}", "the name of a file, without a slash before it", f"correct {what}")
    taken = sorted({entry.label for entry in args.kept} & set(_TAKEN_LABELS))
    if taken:
        yield (
            f"the label {', '.join(taken)} is the site's own",
            f"none of {', '.join(_TAKEN_LABELS)}",
            "give it another label",
        )
    idle = [what for what in ("access_log_bucket", "force_destroy") if getattr(args, what)]
    if args.bucket is not None and idle:
        yield (
            f"{' and '.join(idle)} of a bucket that is there already",
            "`bucket` alone: it was told when it was made",
            f"drop {' and '.join(idle)}, or `bucket`",
        )
    if args.bucket is not None and args.bucket.args.purpose is not Purpose.SITE:
        yield (
            f"the files lie in a bucket of purpose {args.bucket.args.purpose}",
            "a bucket of purpose site, which CloudFront may read",
            "give the files a bucket of their own",
        )
