"""Fetching over HTTP: the one seam through which set-up reaches the network."""

import queue
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Protocol
from urllib.error import HTTPError

_STALLED_AFTER = 30.0
_CHUNK = 1 << 18


class Unreachable(Exception):
    """The address did not answer, or not with what was asked for; the text says which."""


class Http(Protocol):
    """What set-up asks of the network."""

    def chunks(self, url: str, *, connect_seconds: float) -> Iterator[bytes]:
        """The body, piece by piece. Raises Unreachable, also if nobody answers in `connect_seconds`."""


class RealHttp:
    """The network, with the machine's own proxy and certificate settings."""

    def chunks(self, url: str, *, connect_seconds: float) -> Iterator[bytes]:
        try:
            with _open(url, connect_seconds) as response:
                while chunk := response.read(_CHUNK):
                    yield chunk
        except (OSError, HTTPException) as error:
            raise Unreachable(_words(error)) from error


class _Response(Protocol):
    def read(self, size: int) -> bytes: ...
    def close(self) -> None: ...


@contextmanager
def _open(url: str, connect_seconds: float) -> Iterator[_Response]:
    # In a thread of its own, because no timeout of urllib covers the look-up of the host's name.
    answers: queue.SimpleQueue[_Response | Exception] = queue.SimpleQueue()
    threading.Thread(target=_answer, args=(url, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=connect_seconds)
    except queue.Empty:
        raise Unreachable(f"no connection within {connect_seconds:.0f} seconds") from None
    if isinstance(answer, Exception):
        raise answer
    try:
        yield answer
    finally:
        answer.close()


def _answer(url: str, answers: "queue.SimpleQueue[_Response | Exception]") -> None:
    try:
        answers.put(urllib.request.urlopen(url, timeout=_STALLED_AFTER))  # noqa: S310 — our own https addresses
    except (OSError, HTTPException) as error:
        answers.put(error)


def _words(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"the server answered {error.code} {error.reason}"
    reason = getattr(error, "reason", None)
    return f"no connection ({reason if reason is not None else error})"
