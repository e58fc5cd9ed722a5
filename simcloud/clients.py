"""boto3 clients that talk to the simulated cloud and to nothing else, validating every call strictly."""

from __future__ import annotations

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.model import OperationModel

from simcloud import model_files, strict
from simcloud.door import Door, Handle


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
        client.meta.events.register_last("before-call", Door(self._handle, service, region))
        return client


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


def _refuse_violations(params: dict[str, Any], model: OperationModel, **_: Any) -> None:
    problems = list(strict.violations(model.input_shape, params))
    if problems:
        text = "; ".join(f"{problem.path}: {problem.message}" for problem in problems)
        raise ClientError({"Error": {"Code": problems[0].code, "Message": text}}, model.name)
