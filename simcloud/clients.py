"""boto3 clients that talk to the simulated cloud and to nothing else, validating every call strictly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import botocore.session
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.config import Config
from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import ClientError
from botocore.model import OperationModel
from botocore.parsers import ResponseParser, create_parser

from simcloud import model_files, strict
from simcloud.wire import Answer, Request

Handle = Callable[[Request], Answer]


def isolated(**options: Any) -> Config:
    """A configuration that follows no AWS_ENDPOINT_URL: who starts the cloud may have it point to the cloud itself."""
    every: dict[str, Any] = {"ignore_configured_endpoint_urls": True, **options}
    return Config(**every)


_CONFIG = isolated(
    parameter_validation=False,  # `strict` checks all that botocore does, and more
    user_agent="simcloud",
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
        client = _session().create_client(service, region_name=region, config=_CONFIG)
        client.meta.events.register_last("before-parameter-build", _refuse_violations)
        client.meta.events.register_last("before-call", _Door(self._handle, service, region))
        return client


class _Door:
    """Answers the calls of one client in place of botocore's own sending: nothing is signed, and nobody waits."""

    def __init__(self, handle: Handle, service: str, region: str) -> None:
        self._handle = handle
        self._parsers: dict[str, ResponseParser] = {}
        # Where the URL does not name the region, AWS and moto read it from the signature.
        self._scope = f"AWS4-HMAC-SHA256 Credential=simulated/20260101/{region}/{service}/aws4_request"

    def __call__(self, model: OperationModel, params: dict[str, Any], **_: Any) -> tuple[AWSResponse, Any]:
        answer = self._handle(self._request(params))
        headers: Any = HeadersDict(answer.headers)
        response = AWSResponse(params["url"], answer.status, headers, _Raw(answer.body))
        parser: Any = self._parser(str(model.service_model.resolved_protocol))
        return response, parser.parse(convert_to_response_dict(response, model), model.output_shape)

    def _request(self, params: Mapping[str, Any]) -> Request:
        headers = {name: _text(value) for name, value in params["headers"].items()}
        headers.setdefault("Authorization", self._scope)
        return Request(params["method"], params["url"], headers, _bytes(params["body"]))

    def _parser(self, protocol: str) -> ResponseParser:
        if protocol not in self._parsers:
            self._parsers[protocol] = create_parser(protocol)
        return self._parsers[protocol]


@cache
def _session() -> Any:
    """One session for the process: it keeps the parsed service models."""
    model_files.share()
    session = botocore.session.Session()
    session.set_credentials("simulated", "simulated")
    return session


def load_model(service: str, kind: str) -> Any:
    """A service's parsed model, `kind` such as `service-2`: the one that the clients use."""
    return _session().get_component("data_loader").load_service_model(service, kind)


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
    if isinstance(body, dict):  # the parameters of a query API
        return urlencode(body, doseq=True, quote_via=quote).encode()
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    content: bytes = body.read()
    return content
