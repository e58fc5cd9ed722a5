"""The HTTP APIs on 127.0.0.1: AWS's, for boto3, the AWS CLI and an S3 state backend, and Cloudflare's below its path.

The same cloud and the same journal as the providers have.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore.session

from simcloud import wire
from simcloud.clients import isolated
from simcloud.cloud import Cloud
from simcloud.cloudflare.api import PREFIX, Api
from simcloud.faults import TimedOut
from simcloud.refusal import Refusal

log = logging.getLogger("simcloud.http")

_LOCAL_HOST = re.compile(r"^((.+\.)?localhost|127\.0\.0\.1|\[::1\])(:\d+)?$")
_SCOPE = re.compile(r"Credential=[^/]+/\d+/([\w-]+)/([\w-]+)/aws4_request")
_HOPS = {"connection", "transfer-encoding", "content-length", "keep-alive", "date", "server"}


def serve(cloud: Cloud, port: int = 0) -> ThreadingHTTPServer:
    """An HTTP server on 127.0.0.1 (a free port for 0), not yet running."""
    handler = type("Handler", (_Handler,), {"cloud": cloud})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    cloud: Cloud
    protocol_version = "HTTP/1.1"

    def _do(self) -> None:
        host = self.headers.get("Host", "")
        if not _LOCAL_HOST.match(host):
            self._reply(wire.Answer(403, {}, f"host {host!r} is not local".encode()))
            return
        body, headers = self._body(), dict(self.headers)
        if self._is_for_cloudflare():
            request = wire.Request(self.command, self.path, headers, body)
            self._reply(Api(self.cloud).handle(request))
            return
        try:
            self._reply(self.cloud.serve(wire.Request(self.command, self._aws_url(body), headers, body)))
        except TimedOut:
            self.close_connection = True
        except Refusal as refusal:
            self._reply(wire.Answer(400, {}, str(refusal).encode()))

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = _do

    def log_message(self, format: str, *args: Any) -> None:
        log.debug(format, *args)

    def _is_for_cloudflare(self) -> bool:
        """By the path, unless the request is signed as AWS's are: a bucket may be called `client`."""
        signed = "AWS4-HMAC" in self.headers.get("Authorization", "") or "X-Amz-" in self.path
        return self.path.startswith(f"{PREFIX}/") and not signed

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunks(self) -> Any:
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _aws_url(self, body: bytes) -> str:
        """The URL that the request would have had on AWS: the signature says which service and region."""
        query = parse_qs(urlsplit(self.path).query)
        signed = (
            self.headers.get("Authorization", "") or "Credential=" + query.get("X-Amz-Credential", [""])[0]
        )
        scope = _SCOPE.search(signed)
        region, service = scope.groups() if scope else ("us-east-1", _unsigned_service(body))
        return f"https://{_hostname(service, region)}{self.path}"

    def _reply(self, answer: wire.Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in _HOPS:
                self.send_header(name, str(value))
        bodiless = self.command == "HEAD"
        length = next(
            (value for name, value in answer.headers.items() if name.lower() == "content-length"), None
        )
        self.send_header("Content-Length", str(length) if bodiless and length else str(len(answer.body)))
        self.end_headers()
        if not bodiless:
            self.wfile.write(answer.body)


def _unsigned_service(body: bytes) -> str:
    return "sts" if b"Action=AssumeRole" in body else "s3"


@cache
def _hostname(signing_name: str, region: str) -> str:
    """AWS's host of a service in a region, by the name that it signs with."""
    session: Any = boto3.Session(aws_access_key_id="simulated", aws_secret_access_key="simulated")
    client = session.client(_client_name(signing_name), region_name=region, config=isolated())
    return str(urlsplit(client.meta.endpoint_url).netloc)


@cache
def _client_name(signing_name: str) -> str:
    session = botocore.session.get_session()
    names = session.get_available_services()
    if signing_name in names:
        return signing_name
    return next(
        (name for name in names if session.get_service_model(name).signing_name == signing_name), "s3"
    )
