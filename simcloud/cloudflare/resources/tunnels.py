"""Tunnels from Cloudflare's edge to an origin, and what each brings where."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping

from simcloud.cloudflare.call import Body, Call, Record
from simcloud.cloudflare.checks import is_hostname, is_unknown, items_of, one_of, part_of, text_of
from simcloud.cloudflare.collection import Collection
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.routing import Route
from simcloud.cloudflare.singleton import Singleton
from simcloud.values import Value

_SERVICES = (
    "http://",
    "https://",
    "tcp://",
    "ssh://",
    "rdp://",
    "smb://",
    "unix:",
    "unix+tls:",
    "http_status:",
)
_PATH = "/accounts/{account_id}/cfd_tunnel"
_INVALID = 1003


class Tunnels(Collection):
    """No `cloudflared` ever connects: a tunnel stays inactive. Codes are from memory of the API, not verified."""

    path = _PATH
    missing = (1023, "Tunnel not found")
    defaults = {"config_src": "local"}
    stamps = ("created_at", "")
    fixed = frozenset({"config_src"})
    hidden = frozenset({"tunnel_secret"})
    updates = ("PATCH",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        name, secret = text_of(body, "name"), text_of(body, "tunnel_secret")
        if name is not None and not 1 <= len(name) <= 100:
            yield ApiError(_INVALID, "name must have 1 to 100 characters", "name")
        yield from one_of(body, "config_src", ("local", "cloudflare"), _INVALID)
        if secret is not None and len(_decoded(secret)) < 32:
            yield ApiError(_INVALID, "tunnel_secret must be at least 32 bytes in base64", "tunnel_secret")

    def clashes(self, call: Call, body: Body, own: str) -> Iterator[ApiError]:
        others = call.store.scan(self.kind(call))
        if any(identity != own and other["name"] == body["name"] for identity, other in others):
            yield ApiError(1013, "You already have a tunnel with this name.", "name")

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        return {
            "account_tag": call.params["account_id"], "connections": [], "conns_active_at": None,
            "conns_inactive_at": None, "deleted_at": None, "metadata": {}, "status": "inactive",
            "tun_type": "cfd_tunnel", "remote_config": body["config_src"] == "cloudflare",
        }  # fmt: skip

    def identity(self, call: Call, body: Body) -> str:
        return call.new_uuid()

    def routes(self) -> list[Route]:
        return [*super().routes(), Route("GET", f"{self.path}/{{id}}/token", self.token)]

    def token(self, call: Call) -> str:
        """What `cloudflared` logs in with."""
        self.found(call)
        return base64.b64encode(f"simulated {call.params['id']}".encode()).decode()

    def delete(self, call: Call) -> Body:
        answer = super().delete(call)
        call.store.drop(CONFIG.kind(_of_tunnel(call, answer["id"])), "it")
        return answer

    def _stamped(self, call: Call, old: Record) -> Body:
        return {"created_at": old.get("created_at", call.at)}


class Configuration(Singleton):
    """The ingress rules of a tunnel that is configured here."""

    path = f"{_PATH}/{{tunnel_id}}/configurations"
    defaults = {"config": None, "source": "cloudflare", "version": 0}
    stamp = ""
    updates = ("PUT",)

    def problems(self, body: Body) -> Iterator[ApiError]:
        yield from one_of(body, "source", ("local", "cloudflare"), _INVALID)
        config = part_of(body, "config")
        rules = items_of(config, "ingress")
        if (
            body.get("config") is not None
            and "ingress" in config
            and not rules
            and not is_unknown(config, "ingress")
        ):
            yield ApiError(_INVALID, "ingress needs at least one rule", "config.ingress")
        for position, rule in enumerate(rules):
            if isinstance(rule, Mapping):
                last = position == len(rules) - 1
                yield from _ingress(rule, last, f"config.ingress[{position}]")

    def references(self, call: Call, body: Body) -> Iterator[ApiError]:
        tunnels = f"cloudflare/accounts/{call.params['account_id']}/cfd_tunnel"
        if call.store.get(tunnels, call.params["tunnel_id"]) is None:
            yield ApiError(1023, "Tunnel not found", "tunnel_id", status=404)

    def computed(self, call: Call, body: Body, old: Record) -> Body:
        return {"version": int(old.get("version", 0)) + 1, "created_at": old.get("created_at") or call.at}

    def read(self, call: Call) -> Body:
        for error in self.references(call, {}):
            raise error
        return super().read(call)

    def shown(self, call: Call, record: Record) -> Body:
        return {"account_id": call.params["account_id"], "tunnel_id": call.params["tunnel_id"], **record}


def _ingress(rule: Mapping[str, Value], last: bool, at: str) -> Iterator[ApiError]:
    host, service = text_of(rule, "hostname"), text_of(rule, "service")
    if host and not is_hostname(host, labels=2):
        yield ApiError(_INVALID, f"{host!r} is not a host name", f"{at}.hostname")
    if (
        service is not None
        and not service.startswith(_SERVICES)
        and service not in ("hello_world", "bastion")
    ):
        yield ApiError(_INVALID, f"{service!r} is not an address of a service", f"{at}.service")
    if last and (host or text_of(rule, "path")):
        message = "the last ingress rule must match all: it has neither hostname nor path"
        yield ApiError(_INVALID, message, at)
    if not last and rule.get("hostname") is None and rule.get("path") is None:
        yield ApiError(_INVALID, "only the last ingress rule may match all", at)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _of_tunnel(call: Call, tunnel: str) -> Call:
    return Call(call.store, {**call.params, "tunnel_id": tunnel}, call.at, call.dice)


COLLECTION, CONFIG = Tunnels(), Configuration()
ROUTES = [*COLLECTION.routes(), *CONFIG.routes()]
