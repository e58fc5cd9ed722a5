"""From a request's URL to the function of moto that answers it, found once per host.

moto itself goes through the URL patterns of all its services for every request, and makes the list of a service's
paths anew each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from moto import backend_index
from moto.backends import get_backend
from moto.core.base_backend import BackendDict
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.request import Request
from werkzeug.exceptions import HTTPException

Handler = Any
Answered = tuple[int, Mapping[str, Any], str | bytes]


def answered(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answered | None:
    """What moto answers: status, headers and body; None if no service of its has such a URL."""
    location = urlsplit(url)
    place = f"{location.scheme}://{location.netloc}{location.path}"
    for pattern, handler in _handlers(location.scheme, location.netloc):
        if pattern.match(place):
            return _called(handler, Request.from_primitives(method, url, headers, body))
    return None


@lru_cache(maxsize=512)
def _handlers(scheme: str, host: str) -> tuple[tuple[re.Pattern[str], Handler], ...]:
    """The paths of every service that may answer for `host`, in moto's order."""
    return tuple(_paths(f"{scheme}://{host}/"))


def _paths(root: str) -> Iterator[tuple[re.Pattern[str], Handler]]:
    for service, pattern in backend_index.backend_url_patterns:
        if pattern.match(root):
            for url, handler in _backend(service).urls.items():
                yield re.compile(url), handler


def _backend(service: Any) -> Any:
    """Any backend of the service: the URLs are the same in all."""
    found: Any = get_backend(service)
    if not isinstance(found, BackendDict):
        return found["global"]
    regions: Any = found[DEFAULT_ACCOUNT_ID]
    return regions["us-east-1" if "us-east-1" in regions else "aws"]


def _called(handler: Handler, request: Request) -> Answered:
    try:
        status, headers, body = handler(request, request.raw_url, request.headers)
    except HTTPException as refused:
        return int(refused.code or 500), dict(refused.get_headers()), refused.get_body()
    return status, headers, body
