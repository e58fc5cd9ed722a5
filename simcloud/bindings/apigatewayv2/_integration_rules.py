"""What AWS refuses in an integration.

AWS: CreateIntegration, API Gateway V2 API Reference; from memory of AWS's documentation, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.refusal import Refusal
from simcloud.values import Props

_CODE = "BadRequestException"
_OF_HTTP = ("HTTP_PROXY", "AWS_PROXY")
_LONGEST = {"HTTP": 30_000, "WEBSOCKET": 29_000}


def problems(new: Props, protocol: str | None) -> Iterator[Refusal]:
    """A type against the API's protocol, its target, its connection and its time limit."""
    kind, uri = new["integrationType"], new.get("integrationUri")
    if protocol == "HTTP" and isinstance(kind, str) and kind not in _OF_HTTP:
        yield Refusal(
            _CODE, f"HTTP APIs have the types {' and '.join(_OF_HTTP)}, not {kind}.", "integrationType"
        )
    if kind in ("HTTP_PROXY", "HTTP", "AWS") and uri is None:
        yield Refusal(_CODE, f"{kind} needs an integrationUri.", "integrationUri")
    if kind == "HTTP_PROXY" and new.get("integrationMethod") is None:
        yield Refusal(_CODE, "HttpMethod must be specified for HTTP_PROXY.", "integrationMethod")
    if kind == "AWS_PROXY" and uri is None and new.get("integrationSubtype") is None:
        yield Refusal(_CODE, "AWS_PROXY needs an integrationUri or an integrationSubtype.", "integrationUri")
    if new.get("integrationSubtype") is not None and new.get("credentialsArn") is None:
        yield Refusal(_CODE, "an integration with an AWS service needs credentialsArn.", "credentialsArn")
    if kind == "HTTP_PROXY" and new["payloadFormatVersion"] == "2.0":
        yield Refusal(_CODE, "HTTP_PROXY has the payload format 1.0 only.", "payloadFormatVersion")
    if isinstance(new["payloadFormatVersion"], str) and new["payloadFormatVersion"] not in ("1.0", "2.0"):
        yield Refusal(_CODE, "the payload format is 1.0 or 2.0.", "payloadFormatVersion")
    yield from _connection(new)
    most, limit = _LONGEST.get(protocol or "HTTP", 30_000), new.get("timeoutMilliseconds")
    if isinstance(limit, int) and limit > most:
        yield Refusal(_CODE, f"timeoutMilliseconds {limit} is above {most}.", "timeoutMilliseconds")


def _connection(new: Props) -> Iterator[Refusal]:
    kind, link = new["connectionType"], new.get("connectionId")
    if kind == "VPC_LINK" and link is None:
        yield Refusal(_CODE, "VPC_LINK needs a connectionId.", "connectionId")
    if kind == "INTERNET" and link is not None:
        yield Refusal(_CODE, "connectionId goes with VPC_LINK.", "connectionId")
    if new.get("tlsConfig") is not None and kind == "INTERNET":
        yield Refusal(_CODE, "tlsConfig is for private integrations (VPC_LINK).", "tlsConfig")
