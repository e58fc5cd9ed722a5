"""Cloudflare's look-ups answer all that the provider's result classes hold, in a form that its SDK takes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_cloudflare as cloudflare
import pytest

from simcloud.cloudflare.resources.ips import IPV4, IPV6
from simcloud.provider import Provider, Resource
from simcloud.refusal import Refusal
from simcloud.testing import Simulation
from simcloud.values import Props

ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353"


class World:
    """A zone with a record, a ruleset, a list and load balancing."""

    def __init__(self) -> None:
        self.simulation = Simulation()
        self.provider = Provider(self.simulation._context)
        self.zone = self.make("Zone", name="example.com", account={"id": ACCOUNT}).identity
        self.make("Zone", name="example.org", account={"id": ACCOUNT})
        self.record = self.make(
            "DnsRecord", zoneId=self.zone, name="www", type="A", content="192.0.2.1", ttl=60
        ).identity
        self.make(
            "Ruleset", zoneId=self.zone, name="default", kind="zone", phase="http_request_firewall_custom"
        )
        self.make("List", accountId=ACCOUNT, name="office", kind="ip")
        self.monitor = self.make("LoadBalancerMonitor", accountId=ACCOUNT).identity
        origins = [{"name": "a", "address": "192.0.2.1"}]
        self.pool = self.make(
            "LoadBalancerPool", accountId=ACCOUNT, name="web", origins=origins, monitor=self.monitor
        ).identity

    def make(self, kind: str, /, **props: Any) -> Resource:
        token = f"cloudflare:index/{kind[0].lower()}{kind[1:]}:{kind}"
        urn = f"urn:pulumi:test::plinth::{token}::{props.get('name', kind)}"
        checked = self.provider.check(urn, token, {}, props)
        assert not checked.failures, checked.failures
        return self.provider.create(urn, token, checked.inputs)

    def ask(self, name: str, /, **args: Any) -> Props:
        """By the provider: every property of the result class and no other."""
        found = self.provider.invoke(f"cloudflare:index/{name}:{name}", args)
        assert set(found) == _result_properties(name)
        return found

    def sdk(self, look: Callable[[], Any]) -> Any:
        """By a program, through the SDK's classes."""
        return self.simulation.run(look)


def _result_properties(name: str) -> set[str]:
    function: Any = getattr(cloudflare, re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())
    result = getattr(inspect.getmodule(function), f"G{name[1:]}Result")
    parameters = list(inspect.signature(result.__init__).parameters)[1:]
    return {re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), parameter) for parameter in parameters}


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_ip_ranges(world: World) -> None:
    found = world.ask("getIpRanges")
    assert (found["ipv4Cidrs"], found["ipv6Cidrs"]) == (list(IPV4), list(IPV6))
    assert len(world.sdk(lambda: cloudflare.get_ip_ranges_output().ipv4_cidrs)) == 15


def test_zone_by_id_and_by_filter(world: World) -> None:
    assert world.ask("getZone", zoneId=world.zone)["name"] == "example.com"
    found = world.ask("getZone", filter={"match": "all", "name": "example.com", "account": {"id": ACCOUNT}})
    assert (found["zoneId"], found["status"]) == (world.zone, "active")
    with pytest.raises(Refusal, match="2 zones match"):
        world.ask("getZone", filter={"match": "all", "name": "starts_with:example"})
    filtered = cloudflare.GetZoneFilterArgs
    assert (
        world.sdk(lambda: cloudflare.get_zone_output(filter=filtered(match="all", name="example.com")).id)
        == world.zone
    )


def test_zones(world: World) -> None:
    found = world.ask("getZones", name="contains:example", direction="desc")
    assert [zone["name"] for zone in found["results"]] == ["example.org", "example.com"]
    names = world.sdk(
        lambda: cloudflare.get_zones_output().apply(lambda all_: [zone.name for zone in all_.results])
    )
    assert names == ["example.com", "example.org"]


def test_records(world: World) -> None:
    assert world.ask("getDnsRecord", zoneId=world.zone, dnsRecordId=world.record)["content"] == "192.0.2.1"
    found = world.ask("getDnsRecords", zoneId=world.zone, type="A", name={"startswith": "www"})
    assert [record["id"] for record in found["results"]] == [world.record]
    assert world.ask("getDnsRecords", zoneId=world.zone, type="MX")["results"] == []
    contents = world.sdk(
        lambda: cloudflare.get_dns_records_output(zone_id=world.zone).apply(
            lambda all_: [one.content for one in all_.results]
        )
    )
    assert contents == ["192.0.2.1"]


def test_accounts(world: World) -> None:
    assert world.ask("getAccount", accountId=ACCOUNT)["id"] == ACCOUNT
    (only,) = world.ask("getAccounts")["results"]
    assert world.sdk(lambda: cloudflare.get_account_output(account_id=only["id"]).name) == "Simulated account"
    with pytest.raises(Refusal, match="7003"):
        world.ask("getAccount", accountId="acme")


def test_what_a_zone_and_an_account_have(world: World) -> None:
    setting = world.ask("getZoneSetting", zoneId=world.zone, settingId="ssl")
    assert (setting["value"], setting["id"]) == ("full", "ssl")
    assert world.ask("getZoneDnssec", zoneId=world.zone)["status"] == "disabled"
    (ruleset,) = world.ask("getRulesets", zoneId=world.zone)["results"]
    assert ruleset["phase"] == "http_request_firewall_custom"
    (pool,) = world.ask("getLoadBalancerPools", accountId=ACCOUNT, monitor=world.monitor)["results"]
    (monitor,) = world.ask("getLoadBalancerMonitors", accountId=ACCOUNT)["results"]
    assert (pool["id"], monitor["id"]) == (world.pool, world.monitor)
    assert [one["name"] for one in world.ask("getLists", accountId=ACCOUNT)["results"]] == ["office"]


def test_a_program_against_the_mocks() -> None:
    """The SDK mocks serve Cloudflare's types like AWS's."""
    simulation = Simulation()

    def program() -> pulumi.Output[str]:
        zone = cloudflare.Zone("zone", account={"id": ACCOUNT}, name="example.net")
        record = cloudflare.DnsRecord(
            "www", zone_id=zone.id, name="www", type="A", content="192.0.2.1", ttl=1, proxied=True
        )
        return record.id

    identity = simulation.run(program)
    assert re.fullmatch("[0-9a-f]{32}", identity)
    assert [item.type for item in simulation.registered] == [
        "cloudflare:index/zone:Zone", "cloudflare:index/dnsRecord:DnsRecord",
    ]  # fmt: skip
