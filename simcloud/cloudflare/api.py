"""The API's door: every request of the bindings and of the HTTP server passes here, in turn."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from simcloud import wire
from simcloud.cloud import Cloud
from simcloud.cloudflare.call import Call
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Page, find

log = logging.getLogger("simcloud.cloudflare")

PREFIX = "/client/v4"
_READS = ("GET", "HEAD")


class Refused(Exception):
    """The API said no; at least one error."""

    def __init__(self, errors: list[ApiError]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = errors

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.errors[0].status


class Api:
    """Cloudflare over one cloud. It keeps nothing itself."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def call(self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None) -> Any:
        """The result of one request to `path` (without `/client/v4`). Raises Refused."""
        try:
            route, params = find(method, path)
            with self._cloud.lock:
                call = self._call(params, query or {}, body)
                if method in _READS:
                    return route.answer(call)
                with self._cloud.transaction():
                    return route.answer(call)
        except ApiError as error:
            raise Refused([error]) from error

    def handle(self, request: wire.Request) -> wire.Answer:
        """One HTTP request, answered in Cloudflare's envelope."""
        location = urlsplit(request.url)
        try:
            _require_token(request.headers)
            path = location.path.removeprefix(PREFIX).rstrip("/")
            result = self.call(request.method, path, _parsed(request.body), dict(parse_qsl(location.query)))
        except ApiError as error:
            return _answer(error.status, _failure([error]))
        except Refused as refused:
            return _answer(refused.status, _failure(refused.errors))
        except Exception:
            log.exception("%s %s failed", request.method, location.path)
            return _answer(
                500, _failure([ApiError(10013, "An unknown error has occurred in the simulated cloud.")])
            )
        return _answer(200, _success(result))

    def _call(self, params: Mapping[str, str], query: Mapping[str, str], body: Any) -> Call:
        number = self._cloud.next_number()
        at = datetime.fromtimestamp(wire.now(), UTC).isoformat(timespec="microseconds")
        dice = random.Random(f"cloudflare {number}")  # noqa: S311 — identifiers that a replay must repeat
        return Call(self._cloud.store, params, at.replace("+00:00", "Z"), dice, query, body)


def _require_token(headers: Mapping[str, str]) -> None:
    """Any token will do, but there must be one."""
    given = {name.lower(): value for name, value in headers.items()}
    if given.get("x-auth-user-service-key") or (given.get("x-auth-email") and given.get("x-auth-key")):
        return
    token = given.get("authorization", "")
    if not token:
        raise ApiError(9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers")
    if not token.removeprefix("Bearer ").strip() or not token.startswith("Bearer "):
        raise ApiError(6003, "Invalid request headers: Invalid format for Authorization header")


def _parsed(body: bytes) -> Any:
    if not body.strip():
        return None
    try:
        return json.loads(body)
    except ValueError as error:
        raise ApiError(6007, "Malformed JSON in request body") from error


def _success(result: Any) -> dict[str, Any]:
    envelope: dict[str, Any] = {"success": True, "errors": [], "messages": []}
    if not isinstance(result, Page):
        return {**envelope, "result": result}
    info = {
        "page": result.number,
        "per_page": result.size,
        "count": len(result.items),
        "total_count": result.total,
        "total_pages": -(-result.total // result.size),
    }
    return {**envelope, "result": result.items, "result_info": info}


def _failure(errors: list[ApiError]) -> dict[str, Any]:
    return {
        "success": False,
        "errors": [error.document() for error in errors],
        "messages": [],
        "result": None,
    }


def _answer(status: int, document: Mapping[str, Any]) -> wire.Answer:
    return wire.Answer(status, {"Content-Type": "application/json"}, json.dumps(document).encode())
