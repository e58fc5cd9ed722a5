"""What the simulated cloud says when AWS would say no."""

from __future__ import annotations

from dataclasses import dataclass

from botocore.exceptions import ClientError


@dataclass(unsafe_hash=True)  # not frozen: Python writes the traceback onto a raised exception
class Refusal(Exception):
    """One refused property or request, in AWS's words where AWS has them.

    `code` is AWS's error code; `path` the Pulumi property path (camelCase, empty for the whole resource);
    `fix` what to do about it, empty when the message says it already.
    """

    code: str
    message: str
    path: str = ""
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" Fix: {self.fix}" if self.fix else "")


class HalfMade(Refusal):
    """A creation that was refused half-way, and could not be taken back either: `identity` exists in the cloud."""

    def __init__(self, refusal: Refusal, identity: str) -> None:
        super().__init__(refusal.code, refusal.message, refusal.path, refusal.fix)
        self.identity = identity


def of_client_error(error: ClientError) -> Refusal:
    """The refusal that a boto3 error stands for."""
    details = error.response.get("Error", {})
    return Refusal(str(details.get("Code", "InternalFailure")), str(details.get("Message", error)))
