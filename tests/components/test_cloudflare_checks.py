"""What the Cloudflare edge refuses before anything is made."""

from typing import Any

import pytest

from components.cloudflare_edge import FirewallRule, LogDelivery, Plan, Pools, RegionOrigin
from components.dns import Dns, DnsArgs
from components.edge import ExistingWebAcl, KeptPaths, RateLimit
from components.errors import ComponentError
from simcloud.testing import Simulation
from tests.components.edges import ACCOUNT, cloudflare_edge, made, waf

ORIGINS = (
    RegionOrigin(label="us", domain="us.example.org", regions=["ENAM", "WNAM"]),
    RegionOrigin(label="eu", domain="eu.example.org", regions=["WEU", "EEU"]),
)


def published_elsewhere() -> None:
    cloudflare_edge().publish(Dns("la-stg-dns", DnsArgs(zone_name="example.org")))


def pools(**more: Any) -> Pools:
    return Pools(**{"account_id": ACCOUNT, "origins": ORIGINS, "steering": "geo", **more})


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"aliases": ["example.com"]},
        (
            "example.com lies outside of the zone example.org. Expected example.org or a name that "
            "ends with .example.org. Fix: correct the name or use the zone that it belongs to."
        ),
    ),
    (
        {"aliases": []},
        ("the public names are missing. Expected at least one name, each once. Fix: correct aliases."),
    ),
    (
        {"waf": ExistingWebAcl(arn="arn")},
        (
            "a web ACL of AWS for a zone of Cloudflare's. Expected WafArgs, of which the zone's rules "
            "are made. Fix: give `waf` as WafArgs, or use the CloudFront edge."
        ),
    ),
    (
        {"settings": {"0rtt": "on"}},
        (
            "0rtt is to be on. Expected settings that leave the connection safe from browser to "
            "origin. Fix: drop 0rtt from settings."
        ),
    ),
    (
        {"settings": {"security_level": "essentially_off"}},
        (
            "security_level is to be essentially_off. Expected settings that leave the connection safe "
            "from browser to origin. Fix: drop security_level from settings."
        ),
    ),
    (
        {"api_paths": ["/a?b"]},
        (
            "'/a?b' cannot be written as an expression of Cloudflare's. Expected letters, digits, "
            "signs and *; Cloudflare has no ? for a single character. Fix: use * or several paths."
        ),
    ),
    (
        {
            "plan": Plan.FREE,
            "waf": waf(rate_limits=[RateLimit(label="login", paths=["/login"], requests=30)]),
        },
        (
            "2 rate limits, that of an address for everything among them, are more than the plan "
            "free has. Expected at most 1. Fix: drop entries of rate_limits, or choose a larger "
            "plan."
        ),
    ),
    (
        {
            "plan": Plan.FREE,
            "firewall_rules": [FirewallRule(label=f"r{n}", expression="ssl") for n in range(6)],
        },
        (
            "6 firewall rules are more than the plan free has. Expected at most 5. Fix: join rules "
            "by or, or choose a larger plan."
        ),
    ),
    (
        {"logs": LogDelivery(bucket="logs", region="us-east-1")},
        (
            "request logs are to be delivered from a zone of the plan pro. Expected plan enterprise, "
            "the only one with Logpush. Fix: drop logs, or choose the plan."
        ),
    ),
    (
        {"waf": waf(block=False)},
        (
            "the firewall is only to count in a zone of the plan pro. Expected block=True; rules "
            "that only log are for the plan enterprise. Fix: set block, or choose the plan."
        ),
    ),
    (
        {"settings": {"min_tls_version": "1.0"}},
        (
            "min_tls_version is set twice. Expected minimum_tls and headers, which decide it. Fix: "
            "drop min_tls_version from settings."
        ),
    ),
    (
        {"settings": {"ssl": "flexible"}},
        (
            "ssl is to be flexible. Expected settings that leave the connection safe from browser to "
            "origin. Fix: drop ssl from settings."
        ),
    ),
    (
        {"firewall_rules": [FirewallRule(label="countries", expression="ssl")]},
        (
            "the label countries is used twice or taken by the edge itself. Expected labels that "
            "differ. Fix: give it another."
        ),
    ),
    (
        {"kept": [KeptPaths(label="static", paths=["/x/*"])]},
        (
            "the label static is used twice or taken by the edge itself. Expected labels that "
            "differ. Fix: give it another."
        ),
    ),
    (
        {"pools": pools(origins=ORIGINS[:1])},
        (
            "the origins are us. Expected two or more with labels that differ: one origin needs no "
            "pools. Fix: drop pools, or add the origin of another region."
        ),
    ),
    (
        {"pools": pools(steering="random")},
        (
            "steering is random, and regions are given. Expected steering geo with regions of "
            "origins, any other without. Fix: set steering to geo, or drop the regions."
        ),
    ),
    (
        {"pools": pools(health_seconds=15)},
        (
            "health is asked every 15 seconds. Expected at least 60 in the plan pro. Fix: raise "
            "health_seconds, or choose a larger plan."
        ),
    ),
    (
        {
            "pools": pools(
                origins=[
                    RegionOrigin(label="a", domain="a.org", regions=["MARS"]),
                    RegionOrigin(label="b", domain="b.org"),
                ]
            )
        },
        (
            "the region MARS is unknown or given to two origins. Expected each of WNAM, ENAM, WEU, "
            "EEU, NSAM, SSAM, OC, ME, NAF, SAF, SAS, SEAS, NEAS at most once. Fix: correct regions."
        ),
    ),
]


@pytest.mark.parametrize(("said", "sentence"), REFUSED)
def test_contradictions_are_refused(said: dict[str, Any], sentence: str) -> None:
    simulation = Simulation()
    with pytest.raises(ComponentError) as refused:
        simulation.run(lambda: cloudflare_edge(zone_id="0" * 32, **said))
    assert str(refused.value) == f"la-prod-edge: {sentence}"
    assert made(simulation, "ZoneSetting") == {}


def test_a_zone_that_cloudflare_does_not_keep_is_refused() -> None:
    with pytest.raises(ComponentError) as refused:
        Simulation().run(published_elsewhere)
    assert str(refused.value) == (
        "la-prod-edge: the names are to be published in the zone example.org of route53. Expected the Cloudflare zone "
        "example.org, for which this edge was made. Fix: keep the zone at Cloudflare (CloudflareDns), or use the "
        "CloudFront edge."
    )
