"""What Cloudflare's twin does beyond one type's life: what it keeps, what goes with what, who may ask."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simcloud import http_api, wire
from simcloud.cloud import Cloud
from simcloud.cloudflare.api import Api, Refused
from simcloud.cloudflare.credentials import credentials_problem
from simcloud.cloudflare.expressions import problem_of
from simcloud.cloudflare.setting_values import SETTINGS, is_allowed
from simcloud.context import Context
from simcloud.provider import Provider, Resource
from simcloud.refusal import Refusal
from simcloud.registry import tokens
from simcloud.schema import schema_of
from tests.simcloud.lifecycle_runner import Runner, load

ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353"
LIFECYCLE = Path(__file__).parent / "lifecycle" / "cloudflare"


class World:
    """A zone, asked over its API and over the provider."""

    def __init__(self) -> None:
        self.cloud = Cloud()
        self.api = Api(self.cloud)
        self.provider = Provider(Context(self.cloud))
        self.zone = self.api.call("POST", "/zones", {"name": "example.com", "account": {"id": ACCOUNT}})["id"]

    def make(self, kind: str, name: str, /, **props: Any) -> Resource:
        token = f"cloudflare:index/{kind[0].lower()}{kind[1:]}:{kind}"
        urn = f"urn:pulumi:test::plinth::{token}::{name}"
        checked = self.provider.check(urn, token, {}, props)
        assert not checked.failures, checked.failures
        return self.provider.create(urn, token, checked.inputs)

    def drop(self, kind: str, name: str, resource: Resource) -> None:
        token = f"cloudflare:index/{kind[0].lower()}{kind[1:]}:{kind}"
        self.provider.delete(
            f"urn:pulumi:test::plinth::{token}::{name}",
            token,
            resource.identity,
            resource.inputs,
            resource.outputs,
        )

    def refusal(self, method: str, path: str, body: Any = None) -> tuple[int, int]:
        """Status and code of a request that must be refused."""
        with pytest.raises(Refused) as refused:
            self.api.call(method, path, body)
        return refused.value.status, refused.value.errors[0].code


@pytest.fixture
def world() -> World:
    return World()


# --- what goes with what --------------------------------------------------------------------------------------------


def test_a_zone_is_pending_until_somebody_looks(world: World) -> None:
    made = world.api.call("POST", "/zones", {"name": "example.org"})
    assert (made["status"], made["activated_on"]) == ("pending", None)
    assert world.api.call("GET", f"/zones/{made['id']}")["status"] == "active"
    assert len(set(made["name_servers"])) == 2


def test_a_zone_takes_its_records_and_settings_with_it(world: World) -> None:
    record = {"name": "www", "type": "A", "content": "192.0.2.1"}
    made = world.api.call("POST", f"/zones/{world.zone}/dns_records", record)
    world.api.call("PATCH", f"/zones/{world.zone}/settings/ssl", {"value": "strict"})
    world.api.call("DELETE", f"/zones/{world.zone}")
    assert world.refusal("GET", f"/zones/{world.zone}") == (404, 1001)
    assert world.refusal("GET", f"/zones/{world.zone}/dns_records/{made['id']}") == (404, 7003)
    assert [kind for kind in world.cloud.store.kinds() if world.zone in kind] == []


def test_pools_and_monitors_in_use_stay(world: World) -> None:
    monitor = world.make("LoadBalancerMonitor", "m", accountId=ACCOUNT)
    origins = [{"name": "a", "address": "192.0.2.1"}]
    pool = world.make(
        "LoadBalancerPool", "p", accountId=ACCOUNT, name="web", origins=origins, monitor=monitor.identity
    )
    balancer = world.make(
        "LoadBalancer", "b", zoneId=world.zone, name="www.example.com", fallbackPool=pool.identity,
        defaultPools=[pool.identity],
    )  # fmt: skip
    for kind, name, resource in (("LoadBalancerMonitor", "m", monitor), ("LoadBalancerPool", "p", pool)):
        with pytest.raises(Refusal, match="referenced by other objects, delete them first"):
            world.drop(kind, name, resource)
    world.drop("LoadBalancer", "b", balancer)
    world.drop("LoadBalancerPool", "p", pool)
    world.drop("LoadBalancerMonitor", "m", monitor)


def test_a_list_in_use_and_a_certificate_in_use_stay(world: World) -> None:
    made = world.api.call("POST", f"/accounts/{ACCOUNT}/rules/lists", {"name": "office", "kind": "ip"})
    rules = [{"action": "block", "expression": "not ip.src in $office"}]
    phase = f"/zones/{world.zone}/rulesets/phases/http_request_firewall_custom/entrypoint"
    world.api.call("PUT", phase, {"rules": rules})
    assert world.refusal("DELETE", f"/accounts/{ACCOUNT}/rules/lists/{made['id']}") == (409, 10009)
    world.api.call("PUT", phase, {"rules": []})
    world.api.call("DELETE", f"/accounts/{ACCOUNT}/rules/lists/{made['id']}")


def test_rules_are_added_changed_and_removed_one_by_one(world: World) -> None:
    path = f"/zones/{world.zone}/rulesets"
    body = {"name": "default", "kind": "zone", "phase": "http_request_firewall_custom", "rules": []}
    ruleset = world.api.call("POST", path, body)
    added = world.api.call("POST", f"{path}/{ruleset['id']}/rules", {"action": "log", "expression": "true"})
    (rule,) = added["rules"]
    changed = {"action": "block", "expression": "ssl"}
    (after,) = world.api.call("PATCH", f"{path}/{ruleset['id']}/rules/{rule['id']}", changed)["rules"]
    assert (after["id"], after["action"], after["ref"]) == (rule["id"], "block", rule["ref"])
    bad = {"action": "block", "expression": "sssl"}
    assert world.refusal("POST", f"{path}/{ruleset['id']}/rules", bad) == (400, 20127)
    assert world.refusal("DELETE", f"{path}/{ruleset['id']}/rules/{'0' * 32}") == (404, 20139)
    left = world.api.call("DELETE", f"{path}/{ruleset['id']}/rules/{rule['id']}")
    assert (left["rules"], left["version"]) == ([], "4")


# --- plans ----------------------------------------------------------------------------------------------------------


def _limited(period: int, timeout: int) -> dict[str, Any]:
    limits = {"characteristics": ["cf.colo.id", "ip.src"], "period": period, "requests_per_period": 5,
              "mitigation_timeout": timeout}  # fmt: skip
    return {"rules": [{"action": "block", "expression": "true", "ratelimit": limits}]}


@pytest.mark.parametrize(
    ("plan", "period", "timeout", "refused"),
    [("", 3600, 3600, False), ("free", 60, 10, True), ("free", 10, 60, True), ("free", 10, 10, False),
     ("pro", 60, 60, False), ("pro", 120, 60, True), ("business", 600, 600, False), ("enterprise", 3600, 60, False)],
)  # fmt: skip
def test_periods_follow_the_plan_that_was_chosen(
    world: World, plan: str, period: int, timeout: int, refused: bool
) -> None:
    if plan:
        world.api.call("PUT", f"/zones/{world.zone}/subscription", {"rate_plan": {"id": plan}})
        assert world.api.call("GET", f"/zones/{world.zone}")["plan"]["legacy_id"] == plan
    path = f"/zones/{world.zone}/rulesets/phases/http_ratelimit/entrypoint"
    if refused:
        assert world.refusal("PUT", path, _limited(period, timeout)) == (400, 20120)
    else:
        world.api.call("PUT", path, _limited(period, timeout))


def test_records_of_an_enterprise_zone_may_live_for_half_a_minute(world: World) -> None:
    path = f"/zones/{world.zone}/dns_records"
    record = {"name": "www", "type": "A", "content": "192.0.2.1", "ttl": 30}
    assert world.refusal("POST", path, record) == (400, 9021)
    world.api.call("PUT", f"/zones/{world.zone}/subscription", {"rate_plan": {"id": "enterprise"}})
    assert world.api.call("POST", path, record)["ttl"] == 30


# --- what lasts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["load_balancer", "ruleset", "zone_dnssec"])
def test_a_restart_changes_nothing(case: str, tmp_path: Path) -> None:
    cloud = _opened(tmp_path / "journal")
    runner = Runner(load(LIFECYCLE / f"{case}.yaml"), Provider(Context(cloud)), Context(cloud))
    runner.make_given()
    runner.creates()
    before = {kind: dict(cloud.store.scan(kind)) for kind in cloud.store.kinds()}
    again = _opened(tmp_path / "journal")
    assert {kind: dict(again.store.scan(kind)) for kind in again.store.kinds()} == before
    fresh = Api(again).call("POST", "/zones", {"name": "fresh.example.net"})["id"]
    assert fresh not in {identity for kind in before for identity in before[kind]}


def _opened(journal: Path) -> Cloud:
    cloud = Cloud(journal)
    cloud.open()
    return cloud


# --- who may ask ----------------------------------------------------------------------------------------------------


@pytest.fixture
def url(world: World) -> Iterator[str]:
    server = http_api.serve(world.cloud)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _get(url: str, **headers: str) -> tuple[int, Any]:
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_lists_come_in_pages(world: World, url: str) -> None:
    for number in range(5):
        record = {"name": f"n{number}", "type": "A", "content": "192.0.2.1"}
        world.api.call("POST", f"/zones/{world.zone}/dns_records", record)
    status, page = _get(
        f"{url}/client/v4/zones/{world.zone}/dns_records?page=2&per_page=2", Authorization="Bearer x"
    )
    assert (status, [item["name"] for item in page["result"]]) == (200, ["n2.example.com", "n3.example.com"])
    assert page["result_info"] == {"page": 2, "per_page": 2, "count": 2, "total_count": 5, "total_pages": 3}


@pytest.mark.parametrize(
    ("headers", "code"),
    [({}, 9106), ({"Authorization": "token"}, 6003), ({"X_Auth_Email": "a@example.com"}, 9106)],
)
def test_who_does_not_say_who_is_refused(url: str, headers: dict[str, str], code: int) -> None:
    status, answer = _get(f"{url}/client/v4/zones", **headers)
    assert (status, answer["success"], answer["errors"][0]["code"]) == (400, False, code)


def test_a_key_with_a_mail_address_is_as_good_as_a_token(url: str) -> None:
    status, answer = _get(f"{url}/client/v4/zones", X_Auth_Email="a@example.com", X_Auth_Key="k")
    assert (status, len(answer["result"])) == (200, 1)


def test_a_bucket_called_client_is_s3s(world: World, url: str) -> None:
    s3 = Context(world.cloud).client("s3")
    s3.create_bucket(Bucket="client")
    signed = "AWS4-HMAC-SHA256 Credential=simulated/20260101/us-east-1/s3/aws4_request"
    request = wire.Request("PUT", "https://s3.amazonaws.com/client/v4/key", {"Authorization": signed}, b"x")
    world.cloud.handle(request)
    reading = urllib.request.Request(f"{url}/client/v4/key", headers={"Authorization": signed})
    with urllib.request.urlopen(reading, timeout=10) as answer:
        assert answer.read() == b"x"


@pytest.mark.parametrize(
    ("method", "path", "body", "refused"),
    [("GET", "/nothing", None, (404, 7003)), ("PUT", "/ips", None, (405, 7001)),
     ("GET", "/zones/123/dns_records", None, (404, 7003)), ("POST", "/zones", {}, (400, 9207)),
     ("POST", "/zones", [], (400, 9207))],
)  # fmt: skip
def test_what_the_api_says_to_nonsense(
    world: World, method: str, path: str, body: Any, refused: tuple[int, int]
) -> None:
    assert world.refusal(method, path, body) == refused


@pytest.mark.parametrize(
    ("variables", "word"),
    [({}, ""), ({"apiToken": "x"}, ""), ({"apiKey": "x", "email": "a@example.com"}, ""), ({"apiKey": "x"}, "email"),
     ({"apiToken": " "}, "empty"), ({"apiToken": "x", "apiKey": "y"}, "only one")],
)  # fmt: skip
def test_how_the_provider_may_be_configured(variables: dict[str, str], word: str) -> None:
    problem = credentials_problem(variables)
    assert word in problem
    assert bool(problem) is bool(word)


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expression",
    ['(http.host eq "a.com" and ip.src in {10.0.0.0/8 2001:db8::/32})', "true", "ip.src in $bad_ips", "ssl",
     'any(http.request.headers["x-a"][*] contains "x")', 'starts_with(lower(http.request.uri.path), "/x")',
     'http.request.uri.path matches r#"^/a"b"#', "cf.bot_management.score lt 30 && not cf.client.bot",
     'http.request.uri.path wildcard r"/config*"', "cf.threat_score ge 10", 'ip.src.country in {"DE" "FR"}',
     'ip.src ne 2001:db8::1 and http.request.method != "GET"'],
)  # fmt: skip
def test_expressions_that_can_be_read(expression: str) -> None:
    assert problem_of(expression) == ""


@pytest.mark.parametrize(
    ("expression", "reason"),
    [("URI Path contains /", "(1:1): URI unknown identifier"), ("", "cannot be blank"),
     ('http.host eq "a', "unrecognised input"), ("(ssl))", "unexpected closing bracket"), ("(ssl]", "unexpected"),
     ("{ssl", "missing closing"), ('begins_with(http.host, "a")', "unknown function"), ("ssl;", "unrecognised")],
)  # fmt: skip
def test_expressions_that_cannot(expression: str, reason: str) -> None:
    assert reason in problem_of(expression)


def test_every_setting_may_be_what_it_is_at_first() -> None:
    assert [name for name, setting in SETTINGS.items() if not is_allowed(name, setting.default)] == []


def test_what_an_import_writes_fits_the_schema(world: World) -> None:
    rules = [{"action": "block", "expression": "ssl"}]
    phase = "http_request_firewall_custom"
    ruleset = world.make(
        "Ruleset", "r", zoneId=world.zone, name="default", kind="zone", phase=phase, rules=rules
    )
    token = "cloudflare:index/ruleset:Ruleset"
    urn = f"urn:pulumi:test::plinth::{token}::r"
    found = world.provider.read(urn, token, f"zones/{world.zone}/{ruleset.identity}", {}, {})
    assert found is not None
    inputs = {name: value for name, value in found.inputs.items() if not name.startswith("__")}
    assert list(schema_of(token).problems(inputs)) == []
    assert inputs["zoneId"] == world.zone


def test_every_type_has_a_case_and_names_its_properties_as_the_provider_does() -> None:
    ours = [token for token in tokens() if token.startswith("cloudflare:")]
    assert len(ours) == 30
    for token in ours:
        assert schema_of(token).outputs
