"""What Cloudflare's API says when it says no."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(unsafe_hash=True)  # not frozen: Python writes the traceback onto a raised exception
class ApiError(Exception):
    """One entry of `errors` in Cloudflare's envelope.

    `at` is the place in the request's body, in its own words: `rules[0].ratelimit.period`; empty for all of it.
    """

    code: int
    message: str
    at: str = ""
    status: int = 400

    def __str__(self) -> str:
        return f"{self.message} ({self.code})"

    def document(self) -> dict[str, object]:
        """As in the envelope; `source` as the newer parts of the API have it."""
        shown: dict[str, object] = {"code": self.code, "message": self.message}
        if self.at:
            steps = re.sub(r"\[(\d+)\]", r"/\1", self.at).replace(".", "/")
            shown["source"] = {"pointer": f"/{steps}"}
        return shown


def no_route(path: str) -> ApiError:
    """An id in the path that leads nowhere, or is none."""
    return ApiError(
        7003, f"Could not route to {path}, perhaps your object identifier is invalid?", status=404
    )
