"""A program that nobody here wrote, over Cloudflare's provider, through its life with the real engine."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simcloud import daemon
from tests.engine.bench import Bench, changed

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PROGRAM = Path(__file__).parent / "programs" / "cloudflare_shop"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Bench]:
    """The program in a folder of its own, and an empty simulated cloud."""
    shutil.copytree(PROGRAM, tmp_path / "shop")
    bench = Bench(tmp_path / "shop", tmp_path / "sim")
    yield bench
    daemon.stop(bench.home)


def test_a_shop_behind_cloudflare(shop: Bench) -> None:
    first = shop.sim("up", "dev")
    assert first["counts"] == {"create": 12}
    zone, record = (first["outputs"][name]["value"] for name in ("zone", "record"))
    assert first["outputs"]["app"]["value"] == "app.shop.example.com"
    assert len(first["outputs"]["name_servers"]["value"]) == 2

    for command in ("preview", "refresh"):
        assert shop.sim(command, "dev")["steps"] == [], command

    _drift(shop, zone, record)
    expected = {
        "setting-ssl": ("value",),
        "www": ("proxied",),
        "origins": ("origins[1]",),
        "mail": ("delete",),
    }
    assert changed(shop.sim("refresh", "dev")) == expected
    shop.kill_cloud()
    assert changed(shop.sim("up", "dev")) == {**expected, "mail": ("create",)}
    assert call(shop, "GET", f"/zones/{zone}/settings/ssl")["value"] == "strict"
    assert shop.sim("preview", "dev")["steps"] == []

    _in_use(shop)
    assert shop.sim("destroy", "dev")["counts"] == {"delete": 12}
    assert call(shop, "GET", "/zones") == []


def _drift(shop: Bench, zone: str, record: str) -> None:
    """Somebody clicks around in the dashboard."""
    call(shop, "PATCH", f"/zones/{zone}/settings/ssl", {"value": "flexible"})
    call(shop, "PATCH", f"/zones/{zone}/dns_records/{record}", {"proxied": False})
    (mail,) = call(shop, "GET", f"/zones/{zone}/dns_records?type=MX")
    call(shop, "DELETE", f"/zones/{zone}/dns_records/{mail['id']}")
    pools = f"/accounts/{call(shop, 'GET', f'/zones/{zone}')['account']['id']}/load_balancers/pools"
    (pool,) = call(shop, "GET", pools)
    call(shop, "PATCH", f"{pools}/{pool['id']}", {"origins": pool["origins"][:1]})


def _in_use(shop: Bench) -> None:
    """A pool goes only after its load balancer, a request only with a token."""
    (zone,) = call(shop, "GET", "/zones")
    pools = f"/accounts/{zone['account']['id']}/load_balancers/pools"
    (pool,) = call(shop, "GET", pools)
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(shop, "DELETE", f"{pools}/{pool['id']}")
    assert (refused.value.code, _code(refused.value)) == (412, 1005)
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(shop, "GET", "/zones", token="")
    assert (refused.value.code, _code(refused.value)) == (400, 9106)


def call(shop: Bench, method: str, path: str, body: Any = None, token: str = "Bearer anything") -> Any:
    """The result of a request as anybody's script would make it."""
    running = daemon.running(shop.home)
    assert running is not None
    request = urllib.request.Request(
        f"{running.http_url}/client/v4{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": token, "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        document = json.load(answer)
    assert document["success"] is True
    return document["result"]


def _code(error: urllib.error.HTTPError) -> int:
    code: int = json.load(error)["errors"][0]["code"]
    return code
