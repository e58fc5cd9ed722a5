"""Pages that the edge shows in the place of an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pulumi_aws as aws

from components.errors import ComponentError

# AWS: CloudFront developer guide, "Generate custom error responses"; general knowledge of that page, not read again.
_STATUSES = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)


@dataclass(frozen=True, kw_only=True)
class ErrorPage:
    """`path` is shown when the origin answers `status`, with `answer` as the status that viewers see.

    `seconds` is how long the edge remembers the error before it asks the origin again.
    """

    status: int
    path: str
    answer: int | None = None
    seconds: int = 10


def error_responses(
    pages: Sequence[ErrorPage],
) -> list[aws.cloudfront.DistributionCustomErrorResponseArgsDict]:
    """The pages in CloudFront's words."""
    return [
        {
            "error_code": page.status,
            "response_code": page.answer or page.status,
            "response_page_path": page.path,
            "error_caching_min_ttl": page.seconds,
        }
        for page in pages
    ]


def check_error_pages(where: str, pages: Sequence[ErrorPage], bucket_paths: Sequence[str]) -> None:
    """Raise ComponentError for pages that CloudFront does not show, or that the failed origin itself would give."""
    for problem, expected, fix in _problems(pages, bucket_paths):
        raise ComponentError(where, problem, expected=expected, fix=fix)


def _problems(pages: Sequence[ErrorPage], bucket_paths: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    statuses = [page.status for page in pages]
    for page in pages:
        if page.status not in _STATUSES or statuses.count(page.status) > 1:
            yield (
                f"a page for the status {page.status}",
                f"each of {', '.join(map(str, _STATUSES))} at most once",
                "correct status",
            )
        if not any(fnmatchcase(page.path, pattern) for pattern in bucket_paths):
            yield (
                f"the page {page.path} for {page.status} would be fetched from the origin that failed",
                "a path that a bucket answers",
                "put the page into a bucket, and its path into the paths of that bucket",
            )
