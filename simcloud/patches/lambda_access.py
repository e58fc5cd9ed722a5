"""Who may invoke a function, and at which address."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import FunctionUrlConfig
from moto.awslambda.policy import Policy
from moto.awslambda.responses import LambdaResponse

from simcloud.patches import around

_CONDITIONS = {
    "SourceArn": ("ArnLike", "AWS:SourceArn"),
    "SourceAccount": ("StringEquals", "AWS:SourceAccount"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
}


@around(Policy)
def add_statement(original: Any, self: Any, raw: str, qualifier: str | None = None) -> tuple[Any, str]:
    """AWS: a statement id is given once, and every condition is kept; moto: any number of times, and some are lost."""
    given = json.loads(raw)
    if "StatementId" not in given or not hasattr(self.parent, "function_arn"):
        added: tuple[Any, str] = original(self, raw, qualifier)
        return added
    name = given["StatementId"]
    if any(statement["Sid"] == name for statement in self.statements):
        raise LambdaClientError(
            "ResourceConflictException",
            f"The statement id ({name}) provided already exists. Please provide a new statement id, or remove the "
            "existing statement.",
        )
    statement = {
        "Sid": name,
        "Effect": "Allow",
        "Principal": _principal(given["Principal"]),
        "Action": given["Action"],
        "Resource": ":".join([self.parent.function_arn, *([qualifier] if qualifier else [])]),
        **({"Condition": found} if (found := _conditions(given)) else {}),
    }
    self.statements.append(statement)
    return statement, self.revision


def _principal(given: str) -> Any:
    if given == "*":
        return "*"
    if re.fullmatch(r"\d{12}", given):
        return {"AWS": f"arn:aws:iam::{given}:root"}
    return {"AWS": given} if given.startswith("arn:") else {"Service": given}


def _conditions(given: dict[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, (operator, key) in _CONDITIONS.items():
        if given.get(name) is not None:
            value = given[name]
            found.setdefault(operator, {})[key] = str(value).lower() if isinstance(value, bool) else value
    return found


@around(FunctionUrlConfig)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    """AWS: an address ends with a slash; moto: does not."""
    found = original(self)
    mode = self.config.get("InvokeMode") or "BUFFERED"
    arn = ":".join([found["FunctionArn"], *([self.qualifier] if getattr(self, "qualifier", None) else [])])
    return {**found, "FunctionUrl": f"{self.url}/", "InvokeMode": mode, "FunctionArn": arn}


@around(FunctionUrlConfig)
def update(original: Any, self: Any, new_config: dict[str, Any]) -> None:
    """AWS: changes the mode, and takes the CORS settings away; moto: neither."""
    original(self, new_config)
    self.config |= {name: new_config[name] for name in ("Cors", "InvokeMode") if name in new_config}


@around(LambdaResponse)
def create_function_url_config(original: Any, self: Any) -> Any:
    """AWS: an alias has an address of its own, each one only; moto: knows the function's."""
    function, qualifier, urls = _urls(self)
    if qualifier in urls:
        raise LambdaClientError(
            "ResourceConflictException",
            f"Failed to create function url config for [functionArn = {function.function_arn}]. Error message:  "
            "FunctionUrlConfig exists for this Lambda function",
        )
    config = FunctionUrlConfig(function, self.json_body)
    vars(config)["qualifier"] = qualifier
    urls[qualifier] = config
    return 201, {"status": 201}, json.dumps(config.to_dict())


@around(LambdaResponse)
def get_function_url_config(original: Any, self: Any) -> Any:
    """AWS: an alias has an address of its own; moto: knows the function's."""
    return 201, {"status": 201}, json.dumps(_url(self).to_dict())


@around(LambdaResponse)
def update_function_url_config(original: Any, self: Any) -> Any:
    """AWS: an alias has an address of its own; moto: knows the function's."""
    config = _url(self)
    config.update(self.json_body)
    return json.dumps(config.to_dict())


@around(LambdaResponse)
def delete_function_url_config(original: Any, self: Any) -> Any:
    """AWS: an alias has an address of its own; moto: knows the function's."""
    _url(self)
    _, qualifier, urls = _urls(self)
    del urls[qualifier]
    return 204, {"status": 204}, "{}"


def _urls(self: Any) -> tuple[Any, str | None, dict[str | None, Any]]:
    name = unquote(self.path.rsplit("/", 2)[-2])
    qualifier = self.querystring.get("Qualifier", [None])[0]
    if qualifier:
        self.backend.get_function(name, qualifier)
    function = self.backend.get_function(name)
    return function, qualifier, vars(function).setdefault("urls", {})


def _url(self: Any) -> Any:
    _, qualifier, urls = _urls(self)
    if qualifier not in urls:
        raise LambdaClientError("ResourceNotFoundException", "The resource you requested does not exist.")
    return urls[qualifier]
