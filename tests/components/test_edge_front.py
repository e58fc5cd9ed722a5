"""One argument changes the edge; what a stack needs of it stays the same."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks

from components.certificate import Certificate, CertificateArgs
from components.cloudflare_edge import CloudflareEdge, CloudflareOptions
from components.edge import CloudFrontOptions, Edge, FrontArgs
from components.edge_front import front_door
from components.edge_kind import EdgeKind, FrontDoor
from components.errors import ComponentError
from components.gateway import Gateway, GatewayArgs
from components.network import Nat, Network, NetworkArgs
from simcloud.testing import Simulation
from tests.components.edges import NAME, ZONE, unwrapped, waf, zone

SHARED = FrontArgs(origin_domain=f"origin.{ZONE}", aliases=[ZONE, f"www.{ZONE}"], waf=waf())


def stack(kind: EdgeKind) -> FrontDoor:
    """A whole way in, in which nothing but `kind` says which edge it is."""
    dns = zone()
    network = Network(
        "la-prod-network", NetworkArgs(cidr_block="10.0.0.0/16", nat=Nat.SINGLE, flow_log_retention_days=7)
    )
    proof = CertificateArgs(domain_name=ZONE, subject_alternative_names=[f"*.{ZONE}"], dns=dns)
    certificate = Certificate("la-prod-certificate", proof).arn
    door = front_door(
        NAME,
        kind,
        SHARED,
        cloudfront=CloudFrontOptions(certificate_arn=certificate),
        cloudflare=CloudflareOptions(zone_id=dns.zone_id, zone_name=ZONE),
    )
    gateway = Gateway(
        "la-prod-gateway",
        GatewayArgs(
            vpc_id=network.vpc_id,
            subnet_ids=network.public_subnet_ids,
            certificate_arn=certificate,
            ingress=door.origin_ingress,
        ),
    )
    gateway.target("la-prod-web", 3000, "/api/health")
    dns.alias("origin", f"origin.{ZONE}", gateway.dns_name, gateway.zone_id)
    door.publish(dns)
    return door


@pytest.mark.proves("S1-08")
@pytest.mark.parametrize(
    ("kind", "made", "unmade"),
    [
        (EdgeKind.CLOUDFRONT, "aws:cloudfront/distribution:Distribution", "cloudflare:index/ruleset:Ruleset"),
        (EdgeKind.CLOUDFLARE, "cloudflare:index/ruleset:Ruleset", "aws:cloudfront/distribution:Distribution"),
    ],
)
def test_one_word_changes_the_edge(kind: EdgeKind, made: str, unmade: str) -> None:
    simulation = Simulation()
    doors: list[FrontDoor] = []
    simulation.run(lambda: doors.append(stack(kind)))
    assert simulation.of_type(made)
    assert simulation.of_type(unmade) == []
    [door] = doors
    assert (door.kind, door.component_name, door.domain_names) == (kind, NAME, (ZONE, f"www.{ZONE}"))
    assert door.origin_ingress.header is not None


def test_behind_either_the_same_rule_asks_for_the_same_header() -> None:
    found = []
    for kind in EdgeKind:
        simulation = Simulation()
        simulation.run(lambda kind=kind: stack(kind) and None)
        [rule] = simulation.of_type("aws:lb/listenerRule:ListenerRule")
        conditions = rule.inputs["conditions"]
        found.append((conditions[0], conditions[1]["httpHeader"]["httpHeaderName"]))
        [name] = [
            item.inputs["name"]
            for item in simulation.of_type("cloudflare:index/dnsRecord:DnsRecord")
            if item.name == "la-prod-dns-site-cname"
        ]
        assert name == ZONE
    assert found[0] == found[1] == ({"pathPattern": {"values": ["/*"]}}, "x-origin-verify")


@pytest.mark.parametrize("kind", EdgeKind)
def test_an_edge_without_its_options_is_refused(kind: EdgeKind) -> None:
    with pytest.raises(ComponentError) as refused:
        Simulation().run(lambda: front_door(NAME, kind, SHARED))
    assert str(refused.value) == (
        f"la-prod-edge: the edge is to be {kind}, and there are no options for it. Expected {kind}=… beside kind. "
        f"Fix: give the options of {kind}, or choose the other edge."
    )


def test_both_edges_are_front_doors() -> None:
    doors: tuple[type[FrontDoor], ...] = (Edge, CloudflareEdge)
    assert [door.kind for door in doors] == [EdgeKind.CLOUDFRONT, EdgeKind.CLOUDFLARE]


def test_who_has_no_cloudflare_does_not_load_it() -> None:
    # Cloudflare's SDK takes six seconds to import.
    modules = (
        "edge_front",
        "edge",
        "cloudflare_edge",
        "cloudflare_rules",
        "dns",
        "dns_cloudflare",
        "certificate",
    )
    program = "; ".join([
        "import sys",
        *(f"import components.{module}" for module in modules),
        "sys.exit('pulumi_cloudflare' in sys.modules)",
    ])  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=120)
    assert done.returncode == 0


class Answers(mocks.Mocks):
    """Remembers what is registered with the SDK's own marks of what is secret."""

    def __init__(self) -> None:
        self.inputs: dict[str, Any] = {}

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.inputs[args.name] = args.inputs
        more = {"arn": f"arn:aws:x:us-east-1:1:{args.name}", "secretArn": args.inputs.get("secretId", "")}
        return f"{args.name}-id", {**more, **args.inputs}

    def call(self, args: mocks.MockCallArgs) -> dict[str, Any]:
        return {
            "getIpRanges": {"ipv4Cidrs": ["192.0.2.0/24"], "ipv6Cidrs": ["2001:db8::/32"]},
            "getRandomPassword": {"randomPassword": "drawn-by-aws"},
            "getSecretVersion": {"secretString": '{"value": "drawn-by-aws"}'},
        }[args.token.rsplit(":", 1)[-1]]


def test_cloudflare_is_told_the_secret_as_a_secret() -> None:
    answers = Answers()
    pulumi.runtime.set_mocks(answers, project="plinth", stack="test", preview=False)
    options = CloudflareOptions(zone_id="0" * 32, zone_name=ZONE)

    def program() -> None:
        front_door(NAME, EdgeKind.CLOUDFLARE, SHARED, cloudflare=options)

    pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]
    holding = {name for name, inputs in answers.inputs.items() if "drawn-by-aws" in str(inputs)}
    assert holding == {f"{NAME}-origin", f"{NAME}-lock-a-value", f"{NAME}-lock-b-value"}
    clear = [name for name in holding for text in _clear(answers.inputs[name]) if "drawn-by-aws" in text]
    assert clear == []
    [lock] = unwrapped(answers.inputs[f"{NAME}-origin"]["rules"])
    assert lock["actionParameters"]["headers"] == {
        "x-origin-verify": {"operation": "set", "value": "drawn-by-aws"}
    }


def _clear(value: Any) -> Iterator[str]:
    if pulumi.runtime.rpc.is_rpc_secret(value):
        return
    if isinstance(value, dict):
        for item in value.values():
            yield from _clear(item)
    elif isinstance(value, list):
        for item in value:
            yield from _clear(item)
    else:
        yield str(value)
