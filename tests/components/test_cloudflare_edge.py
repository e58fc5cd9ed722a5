"""The Cloudflare edge against the simulated Cloudflare and AWS."""

from typing import Any

import pytest

from components.certificate import Certificate, CertificateArgs
from components.cloudflare_edge import (
    CloudflareEdge,
    FirewallRule,
    LogDelivery,
    OriginPulls,
    Plan,
    Pools,
    RegionOrigin,
)
from components.edge import STRICT_HEADERS, KeptPaths, RateLimit, Redirect
from components.edge_kind import EdgeKind
from components.gateway import Gateway, GatewayArgs
from components.network import Nat, Network, NetworkArgs
from simcloud.cloudflare.resources.ips import IPV4, IPV6
from simcloud.testing import Simulation
from tests.components.edges import ACCOUNT, NAME, cloudflare_edge, made, waf, zone
from tests.components.pem import authority_and_client

ORIGINS = (
    RegionOrigin(label="us", domain="us.example.org", regions=["ENAM", "WNAM"]),
    RegionOrigin(label="eu", domain="eu.example.org", regions=["WEU", "EEU"]),
)
POOLS = Pools(account_id=ACCOUNT, origins=ORIGINS, steering="geo", notify="ops@example.org")


def run(**more: Any) -> Simulation:
    simulation = Simulation()
    simulation.run(lambda: cloudflare_edge(**more))
    return simulation


@pytest.fixture(scope="module")
def plain() -> Simulation:
    return run()


@pytest.mark.proves("S0-54", "S3-06")
def test_the_zone_is_set_strictly(plain: Simulation) -> None:
    settings = {item["settingId"]: item["value"] for item in made(plain, "ZoneSetting").values()}
    assert settings == {
        "ssl": "strict",
        "min_tls_version": "1.3",
        "tls_1_3": "on",
        "always_use_https": "on",
        "automatic_https_rewrites": "on",
        "http3": "on",
        "brotli": "on",
        "early_hints": "on",
        "ipv6": "on",
        "websockets": "on",
        "0rtt": "off",
        "browser_check": "on",
        "security_level": "medium",
        "browser_cache_ttl": 0,
        "security_header": {
            "strict_transport_security": {
                "enabled": True,
                "max_age": 31536000,
                "include_subdomains": True,
                "preload": False,
                "nosniff": False,
            }
        },
    }
    assert made(plain, "TieredCache")[f"{NAME}-tiers"]["value"] == "on"


def test_settings_can_be_added_and_the_minimum_lowered() -> None:
    simulation = run(minimum_tls="1.2", settings={"security_level": "high", "rocket_loader": "on"})
    settings = {item["settingId"]: item["value"] for item in made(simulation, "ZoneSetting").values()}
    assert (settings["min_tls_version"], settings["security_level"], settings["rocket_loader"]) == (
        "1.2",
        "high",
        "on",
    )


def test_each_phase_has_one_ruleset() -> None:
    simulation = run(
        kept=[KeptPaths(label="images", paths=["/images/*"])],
        redirects=[Redirect(host="www.example.org", to_host="example.org")],
        headers=STRICT_HEADERS,
        waf=waf(
            blocked_countries=["KP"], rate_limits=[RateLimit(label="login", paths=["/login"], requests=30)]
        ),
        firewall_rules=[
            FirewallRule(label="tor", expression='ip.src.country eq "T1"', action="managed_challenge")
        ],
    )
    rulesets = made(simulation, "Ruleset")
    assert {name.removeprefix(f"{NAME}-"): item["phase"] for name, item in rulesets.items()} == {
        "ddos": "ddos_l7",
        "redirects": "http_request_dynamic_redirect",
        "firewall": "http_request_firewall_custom",
        "rates": "http_ratelimit",
        "managed": "http_request_firewall_managed",
        "cache": "http_request_cache_settings",
        "headers": "http_response_headers_transform",
        "origin": "http_request_late_transform",
    }
    assert {item["kind"] for item in rulesets.values()} == {"zone"}
    assert [rule["ref"] for rule in rulesets[f"{NAME}-firewall"]["rules"]] == ["countries", "tor"]
    assert [rule["ref"] for rule in rulesets[f"{NAME}-cache"]["rules"]] == ["api", "images", "static"]


def test_phases_without_rules_have_no_ruleset(plain: Simulation) -> None:
    assert f"{NAME}-redirects" not in made(plain, "Ruleset")
    assert f"{NAME}-firewall" not in made(plain, "Ruleset")


def test_free_zones_have_only_what_they_may() -> None:
    simulation = run(plan=Plan.FREE)
    assert f"{NAME}-managed" not in made(simulation, "Ruleset")
    [rate] = made(simulation, "Ruleset")[f"{NAME}-rates"]["rules"]
    assert (rate["ratelimit"]["period"], rate["ratelimit"]["requestsPerPeriod"]) == (10, 67)


def test_cloudflares_addresses_are_lists_of_ours(plain: Simulation) -> None:
    lists = {item.name: item.inputs for item in plain.of_type("aws:ec2/managedPrefixList:ManagedPrefixList")}
    ranges = {name: [entry["cidr"] for entry in item["entries"]] for name, item in lists.items()}
    assert ranges == {f"{NAME}-ipv4": sorted(IPV4), f"{NAME}-ipv6": sorted(IPV6)}
    assert {name: item["addressFamily"] for name, item in lists.items()} == {
        f"{NAME}-ipv4": "IPv4",
        f"{NAME}-ipv6": "IPv6",
    }
    # A security group counts the room of its lists: 60 rules is its quota.
    assert sum(item["maxEntries"] for item in lists.values()) <= 50


def behind(simulation: Simulation, **more: Any) -> dict[str, Any]:
    """A gateway behind the edge, as AWS has it: listeners, rules and security group rules."""

    def program() -> None:
        network = Network(
            "la-prod-network",
            NetworkArgs(cidr_block="10.0.0.0/16", nat=Nat.SINGLE, flow_log_retention_days=7),
        )
        dns = zone()
        proof = CertificateArgs(domain_name="origin.example.org", dns=dns)
        door = cloudflare_edge(zone_id=dns.zone_id, **more)
        gateway = Gateway(
            "la-prod-gateway",
            GatewayArgs(
                vpc_id=network.vpc_id,
                subnet_ids=network.public_subnet_ids,
                certificate_arn=Certificate("la-prod-origin", proof).arn,
                ingress=door.origin_ingress,
            ),
        )
        gateway.target("la-prod-web", 3000, "/api/health")
        dns.alias("origin", "origin.example.org", gateway.dns_name, gateway.zone_id)
        door.publish(dns)

    simulation.run(program)
    elb = simulation.client("elbv2")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    listeners = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    [https] = [listener for listener in listeners if listener["Port"] == 443]
    rules = elb.describe_rules(ListenerArn=https["ListenerArn"])["Rules"]
    return {"https": https, "rules": rules, "balancer": balancer}


@pytest.fixture(scope="module")
def standing() -> tuple[Simulation, dict[str, Any]]:
    simulation = Simulation()
    return simulation, behind(simulation)


def test_the_balancer_lets_in_cloudflare_and_nobody_else(standing: tuple[Simulation, dict[str, Any]]) -> None:
    simulation, found = standing
    ec2 = simulation.client("ec2")
    [group] = ec2.describe_security_groups(GroupIds=found["balancer"]["SecurityGroups"])["SecurityGroups"]
    [permission] = group["IpPermissions"]
    assert (permission["FromPort"], permission["ToPort"]) == (443, 443)
    assert (permission["IpRanges"], permission["Ipv6Ranges"]) == ([], [])
    admitted = {
        entry["Cidr"]
        for item in permission["PrefixListIds"]
        for entry in ec2.get_managed_prefix_list_entries(PrefixListId=item["PrefixListId"])["Entries"]
    }
    assert admitted == {*IPV4, *IPV6}


def test_the_balancer_takes_what_the_zone_sends(standing: tuple[Simulation, dict[str, Any]]) -> None:
    simulation, found = standing
    [lock] = made(simulation, "Ruleset")[f"{NAME}-origin"]["rules"]
    sent = lock["actionParameters"]["headers"]["x-origin-verify"]
    conditions = {
        condition["Field"]: condition for rule in found["rules"] for condition in rule["Conditions"]
    }
    header = conditions["http-header"]["HttpHeaderConfig"]
    assert (sent["operation"], header["HttpHeaderName"]) == ("set", "x-origin-verify")
    assert sent["value"] in header["Values"]
    assert len(set(header["Values"])) == 2
    assert len(sent["value"]) == 48


def test_the_public_names_are_proxied_and_the_origins_is_not(
    standing: tuple[Simulation, dict[str, Any]],
) -> None:
    simulation, _ = standing
    records = {
        item["name"]: item["proxied"]
        for item in made(simulation, "DnsRecord").values()
        if "acm-validations" not in item["content"]
    }
    assert records == {"example.org": True, "www.example.org": True, "origin.example.org": False}


def test_with_a_certificate_of_its_own_the_zone_alone_is_known() -> None:
    authority, certificate, key = authority_and_client()
    simulation = Simulation()
    simulation.client("s3").create_bucket(Bucket="trust")
    pulls = OriginPulls(certificate=certificate, private_key=key, authority=authority, bucket="trust")
    found = behind(simulation, origin_pulls=pulls)
    [settings] = made(simulation, "AuthenticatedOriginPullsSettings").values()
    assert settings["enabled"] is True
    [store] = simulation.of_type("aws:lb/trustStore:TrustStore")
    mutual = found["https"]["MutualAuthentication"]
    assert (mutual["Mode"], mutual["TrustStoreArn"]) == ("verify", store.outputs["arn"])
    bundle = simulation.client("s3").get_object(Bucket="trust", Key=f"{NAME}/authority.pem")["Body"].read()
    assert bundle.decode() == authority


def test_the_healthy_region_answers() -> None:
    simulation = run(pools=POOLS)
    [monitor] = made(simulation, "LoadBalancerMonitor").values()
    assert (monitor["type"], monitor["path"], monitor["expectedCodes"], monitor["interval"]) == (
        "https",
        "/api/health",
        "200",
        60,
    )
    pools = made(simulation, "LoadBalancerPool")
    assert {name: item["origins"][0]["address"] for name, item in pools.items()} == {
        f"{NAME}-us": "us.example.org",
        f"{NAME}-eu": "eu.example.org",
    }
    balancers = made(simulation, "LoadBalancer")
    assert sorted(item["name"] for item in balancers.values()) == ["example.org", "www.example.org"]
    for balancer in balancers.values():
        us, eu = balancer["defaultPools"]
        assert balancer["fallbackPool"] == us
        assert (balancer["proxied"], balancer["steeringPolicy"]) == (True, "geo")
        assert balancer["regionPools"] == {
            "ENAM": [us, eu],
            "WNAM": [us, eu],
            "WEU": [eu, us],
            "EEU": [eu, us],
        }


def test_the_monitor_knows_the_lock() -> None:
    simulation = run(pools=POOLS)
    [lock] = made(simulation, "Ruleset")[f"{NAME}-origin"]["rules"]
    sent = lock["actionParameters"]["headers"]["x-origin-verify"]["value"]
    [monitor] = made(simulation, "LoadBalancerMonitor").values()
    assert monitor["header"] == {"Host": ["example.org"], "x-origin-verify": [sent]}
    assert monitor["probeZone"] == "example.org"


def test_without_a_lock_nothing_is_sent() -> None:
    simulation = run(lock=None, pools=POOLS)
    assert f"{NAME}-origin" not in made(simulation, "Ruleset")
    [monitor] = made(simulation, "LoadBalancerMonitor").values()
    assert monitor["header"] == {"Host": ["example.org"]}
    assert simulation.of_type("aws:secretsmanager/secret:Secret") == []


def test_with_pools_no_record_is_needed() -> None:
    simulation = Simulation()

    def program() -> None:
        dns = zone()
        cloudflare_edge(zone_id=dns.zone_id, pools=POOLS).publish(dns)

    simulation.run(program)
    assert made(simulation, "DnsRecord") == {}


@pytest.mark.parametrize("challenge", [None, "the text of the file"])
def test_logs_are_delivered_once_the_bucket_is_proved(challenge: str | None) -> None:
    logs = LogDelivery(bucket="logs", region="us-east-1", challenge=challenge)
    simulation = Simulation()
    key = simulation.run(lambda: cloudflare_edge(plan=Plan.ENTERPRISE, logs=logs).log_challenge_key)
    assert key.startswith(f"{NAME}/")
    [asked] = made(simulation, "LogpushOwnershipChallenge").values()
    assert asked["destinationConf"] == f"s3://logs/{NAME}/{{DATE}}?region=us-east-1&sse=AES256"
    jobs = made(simulation, "LogpushJob")
    assert bool(jobs) is (challenge is not None)
    for job in jobs.values():
        assert (job["dataset"], job["enabled"]) == ("http_requests", True)
        fields = job["outputOptions"]["fieldNames"]
        assert not {"Cookies", "RequestHeaders", "ClientRequestURI", "ClientRequestReferer"} & set(fields)


def test_it_says_what_it_is() -> None:
    doors: list[CloudflareEdge] = []
    Simulation().run(lambda: doors.append(cloudflare_edge()))
    [door] = doors
    assert (door.kind, door.domain_names) == (EdgeKind.CLOUDFLARE, ("example.org", "www.example.org"))
    assert sorted(door.prefix_list_ids) == ["cloudflare-ipv4", "cloudflare-ipv6"]
    assert door.log_challenge_key is None
