"""From a type token to its binding: the token names the file."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType

from simcloud import bindings, invokes
from simcloud.binding import Binding
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

Invoke = Callable[[Context, Props], Props]


@cache
def binding_of(token: str) -> Binding:
    """The binding of `token`; `aws:ec2/routeTable:RouteTable` is `RouteTable` in bindings/ec2/route_table.py,
    and `cloudflare:index/dnsRecord:DnsRecord` is `DnsRecord` in bindings/cloudflare/dns_record.py.

    Raises Refusal for a type that simcloud does not have.
    """
    module = _module(bindings.__name__, token)
    if module is None:
        raise _unsupported("resource type", token)
    binding: Binding = getattr(module, token.rsplit(":", 1)[-1])()
    return binding


@cache
def invoke_of(token: str) -> Invoke:
    """The look-up of `token`; `aws:index/getRegion:getRegion` is `get_region` in invokes/index/get_region.py.

    Raises Refusal for a look-up that simcloud does not have.
    """
    module = _module(invokes.__name__, token)
    if module is None:
        raise _unsupported("function", token)
    invoke: Invoke = getattr(module, _snake(token.rsplit(":", 1)[-1]))
    return invoke


def tokens() -> Iterator[str]:
    """The tokens of every binding there is."""
    for module_info in pkgutil.walk_packages(bindings.__path__, f"{bindings.__name__}."):
        if not module_info.ispkg:
            module = importlib.import_module(module_info.name)
            yield from (
                value.token for value in vars(module).values() if _is_binding_of(value, module.__name__)
            )


def _is_binding_of(value: object, module: str) -> bool:
    return (
        isinstance(value, type)
        and issubclass(value, Binding)
        and value.__module__ == module
        and hasattr(value, "token")
    )


def _module(room: str, token: str) -> ModuleType | None:
    """The module that the middle of a token names, or None if there is no such file."""
    package, path, _ = token.split(":")
    if package not in ("aws", "cloudflare"):
        return None
    # Cloudflare's provider has no modules: `index` is all of it.
    path = path.replace("index/", "cloudflare/", 1) if package == "cloudflare" else path
    name = f"{room}.{'.'.join(_file_name(part) for part in path.split('/'))}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name is None or not name.startswith(missing.name):
            raise
        return None


def _file_name(part: str) -> str:
    return {"lambda": "lambda_"}.get(part, _snake(part))


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _unsupported(what: str, token: str) -> Refusal:
    return Refusal(
        "UnsupportedType",
        f"the simulated cloud has no {what} {token}.",
        fix="docs/simcloud.md lists what it has and shows how to add one.",
    )
