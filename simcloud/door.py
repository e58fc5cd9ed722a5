"""How the process's own boto3 clients reach the cloud: past botocore's sending, with the provider's patience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import ClientError
from botocore.model import OperationModel
from botocore.parsers import ResponseParser, create_parser

from simcloud.clock import clock
from simcloud.faults import TimedOut
from simcloud.wire import Answer, Request

Handle = Callable[[Request], Answer]

# `maxRetries` of the AWS provider: 25 unless configured. pulumi_aws.ProviderArgs 7.51.1, read 2026-11.
_ATTEMPTS = 25
_LONGEST_PAUSE_SECONDS = 20.0
# botocore.retries.standard, read 2026-11; LimitExceededException is left out, because simcloud means a quota by it.
_THROTTLED = frozenset(
    {"RequestLimitExceeded", "SlowDown", "Throttling", "ThrottlingException", "TooManyRequestsException"}
)
_INVOCATIONS = count(1)


class Door:
    """Answers the calls of one client in place of botocore's own sending: nothing is signed, and nobody sleeps."""

    def __init__(self, handle: Handle, service: str, region: str) -> None:
        self._handle = handle
        self._parsers: dict[str, ResponseParser] = {}
        # Where the URL does not name the region, AWS and moto read it from the signature.
        self._scope = f"AWS4-HMAC-SHA256 Credential=simulated/20260101/{region}/{service}/aws4_request"

    def __call__(self, model: OperationModel, params: dict[str, Any], **_: Any) -> tuple[AWSResponse, Any]:
        """A response and what it says, as botocore's event `before-call` wants them."""
        request = self._request(params)
        for attempt in range(_ATTEMPTS):
            heard = self._heard(model, request)
            if heard is not None and not _is_passing(*heard):
                return heard
            clock.reach(clock.now() + min(_LONGEST_PAUSE_SECONDS, 2.0**attempt / 10))
        return heard or _unheard(model)

    def _request(self, params: Mapping[str, Any]) -> Request:
        headers = {name: _text(value) for name, value in params["headers"].items()}
        headers.setdefault("Authorization", self._scope)
        headers["amz-sdk-invocation-id"] = str(next(_INVOCATIONS))
        return Request(params["method"], params["url"], headers, _bytes(params["body"]))

    def _heard(self, model: OperationModel, request: Request) -> tuple[AWSResponse, Any] | None:
        try:
            answer = self._handle(request)
        except TimedOut:
            return None
        headers: Any = HeadersDict(answer.headers)
        response = AWSResponse(request.url, answer.status, headers, _Raw(answer.body))
        parser: Any = self._parser(str(model.service_model.resolved_protocol))
        return response, parser.parse(convert_to_response_dict(response, model), model.output_shape)

    def _parser(self, protocol: str) -> ResponseParser:
        if protocol not in self._parsers:
            self._parsers[protocol] = create_parser(protocol)
        return self._parsers[protocol]


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Any:
        while chunk := self.read():
            yield chunk


def _is_passing(response: AWSResponse, parsed: Any) -> bool:
    """Whether it may go better the next time."""
    return response.status_code >= 500 or parsed.get("Error", {}).get("Code") in _THROTTLED


def _unheard(model: OperationModel) -> tuple[AWSResponse, Any]:
    text = f"no answer in {_ATTEMPTS} attempts"
    raise ClientError({"Error": {"Code": "RequestTimeout", "Message": text}}, model.name)


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
