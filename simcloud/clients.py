"""boto3 clients that talk to the simulated cloud and to nothing else, validating every call strictly."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.model import OperationModel

from simcloud import strict
from simcloud.wire import Answer, Request

Handle = Callable[[Request], Answer]


def isolated(**options: Any) -> Config:
    """A configuration that follows no AWS_ENDPOINT_URL: who starts the cloud may have it point to the cloud itself."""
    every: dict[str, Any] = {"ignore_configured_endpoint_urls": True, **options}
    return Config(**every)


_CONFIG = isolated(
    parameter_validation=False,  # `strict` checks all that botocore does, and more
    retries={"max_attempts": 0},
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
)


class Clients:
    """A cache of clients by service and region."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._clients: dict[tuple[str, str], Any] = {}

    def get(self, service: str, region: str) -> Any:
        """The client of `service` in `region`."""
        if (service, region) not in self._clients:
            self._clients[service, region] = self._make(service, region)
        return self._clients[service, region]

    def _make(self, service: str, region: str) -> Any:
        client = _session().client(service, region_name=region, config=_CONFIG)
        client.meta.events.register_last("before-parameter-build", _refuse_violations)
        client.meta.events.register("before-send", self._answer)
        return client

    def _answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        headers = {name: _text(value) for name, value in request.headers.items()}
        answer = self._handle(Request(request.method, request.url, headers, _bytes(request.body)))
        answered: Any = HeadersDict(answer.headers)
        return AWSResponse(request.url, answer.status, answered, _Raw(answer.body))


@cache
def _session() -> Any:
    """One session for the process: it keeps the parsed service models."""
    return boto3.Session(aws_access_key_id="simulated", aws_secret_access_key="simulated")


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Any:
        while chunk := self.read():
            yield chunk


def _refuse_violations(params: dict[str, Any], model: OperationModel, **_: Any) -> None:
    problems = list(strict.violations(model.input_shape, params))
    if problems:
        text = "; ".join(f"{problem.path}: {problem.message}" for problem in problems)
        raise ClientError({"Error": {"Code": problems[0].code, "Message": text}}, model.name)


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    content: bytes = body.read()
    return content
