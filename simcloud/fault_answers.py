"""How a service says that it is overloaded or has failed: each protocol has its own form."""

from __future__ import annotations

import json

from simcloud.wire import Answer, Request

_SLOW = "Rate exceeded"
_FAILED = "Service is unable to handle request."


def throttled(request: Request) -> Answer:
    """Too many requests."""
    if request.service == "s3":
        return _answer(request, 503, "SlowDown", "Please reduce your request rate.")
    if request.service == "ec2":
        return _answer(request, 503, "RequestLimitExceeded", "Request limit exceeded.")
    code = "Throttling" if _speaks_xml(request) else "ThrottlingException"
    return _answer(request, 400, code, _SLOW)


def failed(request: Request) -> Answer:
    """The service is out of order for a moment."""
    return _answer(request, 503, "ServiceUnavailable", _FAILED)


def _answer(request: Request, status: int, code: str, message: str) -> Answer:
    if _speaks_xml(request):
        return Answer(status, {"Content-Type": "text/xml"}, _xml(request, code, message).encode())
    headers = {"Content-Type": "application/json", "x-amzn-errortype": code}
    return Answer(status, headers, json.dumps({"__type": code, "message": message}).encode())


def _speaks_xml(request: Request) -> bool:
    return b"Action=" in request.body or request.service in ("s3", "cloudfront", "route53")


def _xml(request: Request, code: str, message: str) -> str:
    error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    if request.service == "ec2":
        return f"<Response><Errors>{error}</Errors></Response>"
    return error if request.service == "s3" else f"<ErrorResponse>{error}</ErrorResponse>"
