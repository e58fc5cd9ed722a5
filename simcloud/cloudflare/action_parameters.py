"""What the API refuses in the parameters of a rule's action."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from simcloud.cloudflare.checks import is_hostname, items_of, number_of, one_of, part_of, text_of, within
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.expressions import problem_of
from simcloud.values import Value

Parameters = Mapping[str, Value]
_HEADER = re.compile(r"[A-Za-z0-9_-]+")
_CODE = 20120


def parameter_problems(phase: str, action: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    """Everything wrong with `action_parameters` of a rule."""
    check = _OF_ACTION.get(action)
    if check is not None:
        yield from check(phase, parameters, at)


def _execute(_phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    if parameters.get("id") is None:
        yield ApiError(_CODE, "id of the ruleset is required for the action execute", f"{at}.id")


def _skip(_phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    """Cloudflare: the provider's documentation says which exclude each other."""
    said = {name for name in ("phases", "products", "ruleset", "rulesets", "rules") if parameters.get(name)}
    if not said:
        yield ApiError(_CODE, "skip needs one of phases, products, rules, ruleset, rulesets", at)
    if "rulesets" in said and said & {"phases", "ruleset"}:
        yield ApiError(_CODE, "rulesets cannot be skipped together with phases or ruleset", f"{at}.rulesets")
    yield from one_of(parameters, "ruleset", ("current",), _CODE, f"{at}.ruleset")
    for position, product in enumerate(items_of(parameters, "products")):
        yield from one_of({"products": product}, "products", _PRODUCTS, _CODE, f"{at}.products[{position}]")


def _block(_phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    response = part_of(parameters, "response")
    yield from within(response, "status_code", 400, 499, _CODE, f"{at}.response.status_code")
    types = ("application/json", "text/html", "text/plain", "text/xml")
    yield from one_of(response, "content_type", types, _CODE, f"{at}.response.content_type")


def _redirect(phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    wanted = "from_list" if phase == "http_request_redirect" else "from_value"
    if parameters.get(wanted) is None:
        yield ApiError(_CODE, f"{wanted} is required for a redirect in phase {phase}", f"{at}.{wanted}")
        return
    said = part_of(parameters, "from_value")
    yield from one_of(said, "status_code", (301, 302, 303, 307, 308), _CODE, f"{at}.from_value.status_code")
    if wanted == "from_value" and said.get("target_url") is not None:
        yield from _value_or_expression(phase, part_of(said, "target_url"), f"{at}.from_value.target_url")


def _rewrite(phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    if phase == "http_request_transform":
        yield from _rewrite_uri(phase, parameters, at)
    elif phase in ("http_request_late_transform", "http_response_headers_transform"):
        yield from _rewrite_headers(phase, parameters, at)


def _rewrite_uri(phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    uri = part_of(parameters, "uri")
    if parameters.get("headers"):
        yield ApiError(_CODE, f"headers cannot be rewritten in phase {phase}", f"{at}.headers")
    if not parameters.get("uri") or (isinstance(parameters["uri"], Mapping) and not uri):
        yield ApiError(_CODE, "uri with path or query is required", f"{at}.uri")
    for name in ("path", "query"):
        if isinstance(uri.get(name), Mapping):
            yield from _value_or_expression(phase, part_of(uri, name), f"{at}.uri.{name}")
    path = text_of(part_of(uri, "path"), "value")
    if path is not None and not path.startswith("/"):
        yield ApiError(_CODE, f"path {path!r} must begin with /", f"{at}.uri.path.value")


def _rewrite_headers(phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    headers = parameters.get("headers")
    if parameters.get("uri"):
        yield ApiError(_CODE, f"uri cannot be rewritten in phase {phase}", f"{at}.uri")
    if not headers:
        yield ApiError(_CODE, "headers are required", f"{at}.headers")
    for name, change in headers.items() if isinstance(headers, Mapping) else ():
        yield from _header(phase, name, change, f"{at}.headers.{name}")


def _header(phase: str, name: str, change: Value, at: str) -> Iterator[ApiError]:
    if not _HEADER.fullmatch(name) or name.lower().startswith(("cf-", "x-cf-")):
        yield ApiError(_CODE, f"'{name}' is not a valid name of a header to rewrite", at)
    if not isinstance(change, Mapping):
        return
    operations = ("set", "remove", "add") if phase == "http_response_headers_transform" else ("set", "remove")
    yield from one_of(change, "operation", operations, _CODE, f"{at}.operation")
    if change.get("operation") == "remove":
        if change.get("value") is not None or change.get("expression") is not None:
            yield ApiError(_CODE, "a header that is removed has no value", at)
    elif change.get("operation") in operations:
        yield from _value_or_expression(phase, change, at)


def _cache(_phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    if not parameters:
        yield ApiError(_CODE, "action_parameters are required for the action set_cache_settings", at)
    edge, browser = part_of(parameters, "edge_ttl"), part_of(parameters, "browser_ttl")
    modes = ("respect_origin", "bypass_by_default", "override_origin")
    yield from one_of(edge, "mode", modes, _CODE, f"{at}.edge_ttl.mode")
    yield from one_of(browser, "mode", (*modes, "bypass"), _CODE, f"{at}.browser_ttl.mode")
    for name, ttl in (("edge_ttl", edge), ("browser_ttl", browser)):
        if ttl.get("mode") == "override_origin" and ttl.get("default") is None:
            yield ApiError(_CODE, "default is required in mode override_origin", f"{at}.{name}.default")
        if (
            ttl.get("mode") in ("respect_origin", "bypass_by_default", "bypass")
            and ttl.get("default") is not None
        ):
            yield ApiError(_CODE, f"default is not allowed in mode {ttl['mode']}", f"{at}.{name}.default")
        default = number_of(ttl, "default")
        if default is not None and default < 0:
            yield ApiError(_CODE, "default cannot be negative", f"{at}.{name}.default")
    if parameters.get("cache") is False and parameters.get("edge_ttl") is not None:
        yield ApiError(_CODE, "edge_ttl is not allowed where cache is false", f"{at}.edge_ttl")


def _config(_phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    if not parameters:
        yield ApiError(_CODE, "action_parameters are required for the action set_config", at)
    levels = ("off", "essentially_off", "low", "medium", "high", "under_attack")
    yield from one_of(parameters, "security_level", levels, _CODE, f"{at}.security_level")
    modes = ("off", "flexible", "full", "strict", "origin_pull")
    yield from one_of(parameters, "ssl", modes, _CODE, f"{at}.ssl")
    yield from one_of(parameters, "polish", ("off", "lossless", "lossy", "webp"), _CODE, f"{at}.polish")


def _route(_phase: str, parameters: Parameters, at: str) -> Iterator[ApiError]:
    if not any(parameters.get(name) for name in ("host_header", "origin", "sni")):
        yield ApiError(_CODE, "route needs one of host_header, origin, sni", at)
    yield from within(part_of(parameters, "origin"), "port", 1, 65535, _CODE, f"{at}.origin.port")
    for name, place in (("host_header", parameters), ("origin.host", part_of(parameters, "origin"))):
        host = text_of(place, name.rsplit(".", 1)[-1])
        if host is not None and not is_hostname(host):
            yield ApiError(_CODE, f"{host!r} is not a host name", f"{at}.{name}")


def _value_or_expression(phase: str, said: Parameters, at: str) -> Iterator[ApiError]:
    if (said.get("value") is None) == (said.get("expression") is None):
        yield ApiError(_CODE, "exactly one of value and expression is required", at)
    expression = text_of(said, "expression")
    problem = problem_of(expression, response="response" in phase) if expression is not None else ""
    if problem:
        yield ApiError(20127, f"'{expression}' is not a valid value for expression because {problem}",
                       f"{at}.expression")  # fmt: skip


_PRODUCTS = ("bic", "hot", "rateLimit", "securityLevel", "uaBlock", "waf", "zoneLockdown")
_OF_ACTION: Mapping[str, Callable[[str, Parameters, str], Iterator[ApiError]]] = {
    "block": _block,
    "execute": _execute,
    "redirect": _redirect,
    "rewrite": _rewrite,
    "route": _route,
    "set_cache_settings": _cache,
    "set_config": _config,
    "skip": _skip,
}
