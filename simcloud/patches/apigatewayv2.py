"""HTTP and WebSocket APIs as API Gateway keeps them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.apigatewayv2.exceptions import APIGatewayV2Error
from moto.apigatewayv2.models import Api, ApiGatewayV2Backend, Integration, Route, Stage
from moto.apigatewayv2.responses import ApiGatewayV2Response
from moto.moto_api._internal import mock_random

from simcloud.patches import adds, around

_EMPTY: tuple[Any, ...] = ("", {}, [])


class Conflict(APIGatewayV2Error):
    """Something of that name is there already, or still used."""

    code = 409

    def __init__(self, text: str) -> None:
        super().__init__("ConflictException", text)


@around(ApiGatewayV2Response)
def create_api(original: Any, self: Any) -> Any:
    """AWS: keeps the kind of addresses, and makes a whole API for a target; moto: neither."""
    status, headers, body = original(self)
    given, backend = json.loads(self.body), self.apigatewayv2_backend
    api = backend.get_api(json.loads(body)["apiId"])
    vars(api)["ip_address_type"] = given.get("ipAddressType") or "ipv4"
    if given.get("target"):
        _quickly(api, given)
    return status, headers, json.dumps(api.to_json())


@around(ApiGatewayV2Response)
def update_api(original: Any, self: Any) -> Any:
    """AWS: takes away what is told to be empty; moto: keeps it."""
    status, headers, _ = original(self)
    given = json.loads(self.body)
    api = self.apigatewayv2_backend.get_api(self.path.split("/")[-1])
    for name, attribute in (("description", "description"), ("version", "version")):
        if given.get(name) == "":
            setattr(api, attribute, None)
    if given.get("disableExecuteApiEndpoint") is not None:
        api.disable_execute_api_endpoint = given["disableExecuteApiEndpoint"]
    if given.get("ipAddressType"):
        vars(api)["ip_address_type"] = given["ipAddressType"]
    return status, headers, json.dumps(api.to_json())


@around(Api)
def to_json(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells the kind of addresses; moto: not."""
    return {**original(self), "ipAddressType": vars(self).get("ip_address_type", "ipv4")}


def _quickly(api: Any, given: dict[str, Any]) -> None:
    of_lambda = ":lambda:" in given["target"]
    integration = api.create_integration(
        connection_type="INTERNET",
        description=None,
        integration_method=None if of_lambda else "ANY",
        integration_type="AWS_PROXY" if of_lambda else "HTTP_PROXY",
        integration_uri=given["target"],
        credentials_arn=given.get("credentialsArn"),
        payload_format_version="2.0" if of_lambda else "1.0",
    )
    api.create_route(
        api_key_required=False,
        authorization_scopes=None,
        route_key=given.get("routeKey") or "$default",
        target=f"integrations/{integration.id}",
        **dict.fromkeys(
            ("authorization_type", "authorizer_id", "model_selection_expression", "operation_name", "request_models",
             "request_parameters", "route_response_selection_expression")
        ),
    )  # fmt: skip
    api.create_stage({"stageName": "$default", "autoDeploy": True})


@around(ApiGatewayV2Backend)
def create_stage(original: Any, self: Any, api_id: str, config: dict[str, Any]) -> Any:
    """AWS: a name is given once; moto: the last one wins."""
    if config["stageName"] in self.get_api(api_id).stages:
        raise Conflict("Stage already exists")
    return original(self, api_id, config)


@adds(ApiGatewayV2Response)
def update_stage(self: Any) -> Any:
    """AWS: changes a stage; moto: not implemented."""
    parts = self.path.split("/")
    api = self.apigatewayv2_backend.get_api(parts[-3])
    stage = api.get_stage(unquote(parts[-1]))
    given = {name: value for name, value in json.loads(self.body).items() if value is not None}
    deployment = vars(stage).get("deployment_id")
    kept = {name: value for name, value in {**stage.config, **given}.items() if value not in _EMPTY}
    stage.__init__(api, kept)
    if deployment and not kept.get("deploymentId"):
        vars(stage)["deployment_id"] = deployment
    return 200, {}, json.dumps(stage.to_json())


@around(Stage)
def __init__(original: Any, self: Any, api: Any, config: dict[str, Any]) -> None:
    """AWS: a stage shows a deployment, and makes one if it deploys by itself; moto: has none."""
    original(self, api, config)
    made = "".join(mock_random.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(6))
    self.deployment_id = config.get("deploymentId") or (made if config.get("autoDeploy") else None)


def _stage_json(original: Any, self: Any) -> dict[str, Any]:
    """AWS: tells the deployment; moto: not."""
    deployment = {"deploymentId": self.deployment_id} if self.deployment_id else {}
    return {**original(self), **deployment}


_stage_json.__name__ = "to_json"
around(Stage)(_stage_json)


@around(Api)
def create_route(original: Any, self: Any, *args: Any, **given: Any) -> Any:
    """AWS: a route's key is given once, and its target is there; moto: neither."""
    _check_route(self, given, None)
    return original(self, *args, **given)


@around(Api)
def update_route(original: Any, self: Any, route_id: str, **given: Any) -> Any:
    """AWS: a route's key is given once, and its target is there; moto: neither."""
    _check_route(self, given, route_id)
    return original(self, route_id, **given)


def _check_route(api: Any, given: dict[str, Any], own: str | None) -> None:
    key, target = given.get("route_key"), given.get("target") or ""
    if any(route.route_key == key and route.route_id != own for route in api.routes.values()):
        raise Conflict(f"Route with key {key} already exists for this API")
    if target.startswith("integrations/"):
        api.get_integration(target.partition("/")[2])


def _emptied(original: Any, self: Any, **given: Any) -> None:
    """AWS: takes away what is told to be empty; moto: keeps it."""
    original(self, **given)
    for name, value in given.items():
        if value in _EMPTY:
            setattr(self, name, {} if name == "request_parameters" else None)


_emptied.__name__ = "update"
around(Integration)(_emptied)
around(Route)(_emptied)


@around(Api)
def delete_integration(original: Any, self: Any, integration_id: str) -> None:
    """AWS: an integration that a route leads to stays; moto: it goes."""
    self.get_integration(integration_id)
    if any(route.target == f"integrations/{integration_id}" for route in self.routes.values()):
        raise Conflict(f"Cannot delete Integration '{integration_id}'. Routes referencing it exist.")
    original(self, integration_id)
