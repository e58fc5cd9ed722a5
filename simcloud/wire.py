"""The one door to moto: every API request of this process and of the HTTP server passes here, in turn.

Identifiers are drawn from a generator that is seeded per request, and the clock can be set, so a journaled request
gives the same answer when it is replayed.
"""

from __future__ import annotations

import base64
import random
import re
import threading
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import time_machine
from moto.moto_api._internal import mock_random

from simcloud.clock import clock
from simcloud.dispatch import answered
from simcloud.journal import Entry

_READS = re.compile(
    r"^(Describe|Get|List|Head|BatchGet|Lookup|Search|Filter|Query|Scan|Select|Check|Validate|Test)"
)
_KEEPS = re.compile(
    r"^(Create|Add|Tag|Put|Register|Attach|Associate|Authorize|Allocate|Request|Set|Subscribe|Run)"
)
_SIGNED = re.compile(r"Credential=[^/]+/\d+/[\w-]+/([\w-]+)/")
_READ_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Request:
    """One AWS API request as it would go over the wire, its URL naming service and region."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def service(self) -> str:
        """The service that the request is signed for."""
        signed = _SIGNED.search(self._header("authorization"))
        return signed.group(1) if signed else urlsplit(self.url).netloc.split(".", 1)[0]

    @property
    def invocation(self) -> str:
        """What an SDK calls all attempts of one request; empty if it does not say."""
        return self._header("amz-sdk-invocation-id")

    @property
    def operation(self) -> str:
        """The API operation, or the HTTP method for REST services."""
        target = self._header("x-amz-target")
        location = urlsplit(self.url)
        action = re.search(rb"(?:^|&)Action=(\w+)", self.body)
        if target:
            return target.rsplit(".", 1)[-1]
        if action:
            return action.group(1).decode()
        if "/operation/" in location.path:
            return location.path.rsplit("/", 1)[-1]
        return parse_qs(location.query).get("Action", [self.method])[0]

    @property
    def changes_nothing(self) -> bool:
        """Whether the request only reads."""
        operation = self.operation
        return operation in _READ_METHODS or bool(_READS.match(operation))

    @property
    def may_remove(self) -> bool:
        """Whether something that exists may be gone afterwards."""
        if self.operation in ("PUT", "POST"):
            return b"DELETE" in self.body or "delete" in urlsplit(self.url).query
        return not _KEEPS.match(self.operation)

    def _header(self, wanted: str) -> str:
        return next((value for name, value in self.headers.items() if name.lower() == wanted), "")

    def entry(self, sequence: int, at: float) -> Entry:
        """The journal entry that lets the request be repeated."""
        body = base64.b64encode(self.body).decode()
        return {
            "kind": "call",
            "n": sequence,
            "at": at,
            "method": self.method,
            "url": self.url,
            "headers": self.headers,
            "body": body,
        }


@dataclass(frozen=True)
class Answer:
    """The HTTP answer to a request."""

    status: int
    headers: dict[str, Any]
    body: bytes

    @property
    def digest(self) -> int:
        """A checksum of status and body: a replayed request has the same."""
        return zlib.crc32(self.body, self.status)


def of_entry(entry: Entry) -> Request:
    """The request of a journal entry."""
    return Request(entry["method"], entry["url"], entry["headers"], base64.b64decode(entry["body"]))


def send(request: Request, sequence: int, at: float) -> Answer:
    """Let moto answer, with identifiers that depend on `sequence` only and the clock standing at `at`."""
    with time_machine.travel(at, tick=False), _seeded(sequence):
        found = answered(request.method, request.url, request.headers, request.body)
    if found is None:
        return Answer(404, {}, f"no such AWS endpoint: {request.url}".encode())
    status, headers, body = found
    return Answer(status, dict(headers), body.encode() if isinstance(body, str) else body or b"")


def resend(entry: Entry) -> Answer:
    """Repeat a journaled request at the moment it was first made."""
    return send(of_entry(entry), entry["n"], entry["at"])


def now() -> float:
    """The moment in the cloud: seconds since the epoch."""
    return clock.now()


@contextmanager
def _seeded(sequence: int) -> Iterator[None]:
    before, uuid4, here = random.getstate(), uuid.uuid4, threading.get_ident()
    mock_random.seed(sequence)
    random.seed(sequence)
    # Other threads draw identifiers too; they must not draw from this request's.
    uuid.uuid4 = lambda: mock_random.uuid4() if threading.get_ident() == here else uuid4()
    try:
        yield
    finally:
        uuid.uuid4 = uuid4
        random.setstate(before)
