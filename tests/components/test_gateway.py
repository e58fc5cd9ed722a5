"""The gateway: HTTPS, a redirect, and no way in that is not declared."""

from typing import Any

import pytest

from components.bucket import Bucket, BucketArgs, LogWriter, Purpose
from components.certificate import Certificate, CertificateArgs
from components.dns import Dns, DnsArgs
from components.errors import ComponentError
from components.gateway import CLOUDFRONT_PREFIX_LIST, Gateway, GatewayArgs, Ingress, Target
from components.network import Nat, Network, NetworkArgs
from simcloud.testing import Simulation
from tests.components.recording import PREFIX_LIST_ID, Cloud

FROM_CDN = Ingress(prefix_list_name=CLOUDFRONT_PREFIX_LIST)
NAME = "la-prod-gateway"


def gateway(ingress: Ingress = FROM_CDN, name: str = NAME, **more: Any) -> Gateway:
    args = GatewayArgs(
        vpc_id="vpc-1",
        subnet_ids=["subnet-1", "subnet-2"],
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/1",
        ingress=ingress,
        **more,
    )
    return Gateway(name, args)


def test_behind_a_cdn_only_the_cdn_may_connect(cloud: Cloud) -> None:
    cloud.deploy(gateway)
    rule = cloud.one("SecurityGroupIngressRule").inputs
    assert rule == {
        "securityGroupId": f"{NAME}-id",
        "prefixListId": PREFIX_LIST_ID,
        "ipProtocol": "tcp",
        "fromPort": 443.0,
        "toPort": 443.0,
        "description": "HTTPS from the CDN",
    }
    assert "plinth:edge" not in cloud.one("SecurityGroup").inputs["tags"]


def test_open_to_the_world_it_says_so(cloud: Cloud) -> None:
    cloud.deploy(lambda: gateway(Ingress(cidrs=["0.0.0.0/0", "::/0"])))
    rules = [made.inputs for made in cloud.of("SecurityGroupIngressRule")]
    assert {
        (rule.get("cidrIpv4"), rule.get("cidrIpv6"), rule["fromPort"], rule["toPort"]) for rule in rules
    } == {
        ("0.0.0.0/0", None, 443, 443),
        ("0.0.0.0/0", None, 80, 80),
        (None, "::/0", 443, 443),
        (None, "::/0", 80, 80),
    }
    assert cloud.one("SecurityGroup").inputs["tags"]["plinth:edge"] == "true"


def test_open_to_an_office_it_is_no_edge(cloud: Cloud) -> None:
    cloud.deploy(lambda: gateway(Ingress(cidrs=["203.0.113.0/24"])))
    assert "plinth:edge" not in cloud.one("SecurityGroup").inputs["tags"]


def test_it_may_itself_connect_to_nobody(cloud: Cloud) -> None:
    cloud.deploy(gateway)
    group = cloud.one("SecurityGroup").inputs
    assert "ingress" not in group
    assert "egress" not in group
    assert cloud.of("SecurityGroupEgressRule") == []


def test_the_load_balancer_is_hardened(cloud: Cloud) -> None:
    cloud.deploy(lambda: gateway(access_log_bucket="logs-1", protect=True))
    balancer = cloud.one("LoadBalancer")
    assert balancer.inputs == {
        "loadBalancerType": "application",
        "internal": False,
        "subnets": ["subnet-1", "subnet-2"],
        "securityGroups": [f"{NAME}-id"],
        "dropInvalidHeaderFields": True,
        "desyncMitigationMode": "defensive",
        "enableDeletionProtection": True,
        "idleTimeout": 60,
        "accessLogs": {"bucket": "logs-1", "prefix": NAME, "enabled": True},
        "tags": {"Name": NAME},
    }
    assert (balancer.protect, balancer.parent) == (True, NAME)


def test_http_redirects_and_https_refuses_what_nobody_claims(cloud: Cloud) -> None:
    cloud.deploy(gateway)
    http, https = (cloud.named("Listener", f"{NAME}-{scheme}").inputs for scheme in ("http", "https"))
    assert (http["port"], http["protocol"]) == (80, "HTTP")
    assert http["defaultActions"] == [
        {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}}
    ]
    assert (https["port"], https["protocol"], https["sslPolicy"]) == (
        443,
        "HTTPS",
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
    )
    assert https["certificateArn"] == "arn:aws:acm:us-east-1:123456789012:certificate/1"
    assert https["defaultActions"] == [
        {"type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "statusCode": "404"}}
    ]


def test_a_target_gets_everything_by_default(cloud: Cloud) -> None:
    target = cloud.deploy(lambda: gateway().target("la-prod-web", 3000, "/health", health_seconds=10))
    group = cloud.one("TargetGroup").inputs
    assert (group["targetType"], group["protocol"], group["port"], group["vpcId"]) == (
        "ip",
        "HTTP",
        3000,
        "vpc-1",
    )
    assert group["deregistrationDelay"] == 30
    assert group["healthCheck"] == {
        "path": "/health",
        "protocol": "HTTP",
        "matcher": "200",
        "interval": 10,
        "timeout": 5,
        "healthyThreshold": 2,
        "unhealthyThreshold": 3,
    }
    rule = cloud.one("ListenerRule").inputs
    assert (rule["priority"], rule["conditions"]) == (50000, [{"pathPattern": {"values": ["/*"]}}])
    assert rule["actions"] == [{"type": "forward", "targetGroupArn": cloud.value(target.arn)}]
    assert rule["listenerArn"] == cloud.value(target.listener_arn)
    assert target.port == 3000


@pytest.mark.proves("S3-09")
def test_more_targets_are_told_apart_by_host_and_path(cloud: Cloud) -> None:
    def program() -> None:
        entrance = gateway()
        entrance.target("la-prod-web", 3000, "/health", hosts=["example.org"])
        entrance.target("la-prod-api", 8000, "/health", default=False, paths=["/api/*"])
        entrance.target("la-prod-docs", 8080, "/", default=False, hosts=["docs.example.org"], paths=["/v1/*"])

    cloud.deploy(program)
    rules = {
        made.name: (made.inputs["priority"], made.inputs["conditions"]) for made in cloud.of("ListenerRule")
    }
    assert rules == {
        "la-prod-web": (50000, [{"hostHeader": {"values": ["example.org"]}}]),
        "la-prod-api": (100, [{"pathPattern": {"values": ["/api/*"]}}]),
        "la-prod-docs": (
            200,
            [{"hostHeader": {"values": ["docs.example.org"]}}, {"pathPattern": {"values": ["/v1/*"]}}],
        ),
    }


def two_defaults() -> Target:
    entrance = gateway()
    entrance.target("la-prod-web", 3000, "/")
    return entrance.target("la-prod-api", 8000, "/")


REFUSED = [
    (
        lambda: gateway(Ingress()),
        (
            "la-prod-gateway: the ingress names both a prefix list and CIDRs, or neither. "
            "Expected exactly one of "
            "prefix_list_name, prefix_list_ids and cidrs. Fix: use the CDN's prefix list behind an edge, and "
            "CIDRs without one."
        ),
    ),
    (
        lambda: gateway(Ingress(prefix_list_name="x", cidrs=["0.0.0.0/0"])),
        (
            "la-prod-gateway: the ingress names both a prefix list and CIDRs, or neither. "
            "Expected exactly one of "
            "prefix_list_name, prefix_list_ids and cidrs. Fix: use the CDN's prefix list behind an edge, and "
            "CIDRs without one."
        ),
    ),
    (
        lambda: gateway(Ingress(cidrs=["203.0.113.7/24"])),
        (
            "la-prod-gateway: '203.0.113.7/24' is not an address range: 203.0.113.7/24 has host "
            "bits set. Expected an "
            "address and a prefix length without host bits, such as 203.0.113.0/24. Fix: correct the range."
        ),
    ),
    (
        lambda: gateway().target("la-prod-web", 3000, "health"),
        (
            "la-prod-web: the health path is 'health'. Expected a path that begins with /. Fix: "
            "correct health_path."
        ),
    ),
    (
        lambda: gateway().target("la-prod-web", 3000, "/", health_seconds=4),
        (
            "la-prod-web: a health check every 4 seconds. Expected 5 to 300 seconds, which is "
            "what AWS takes. "
            "Fix: choose another health_seconds."
        ),
    ),
    (
        lambda: gateway().target("la-prod-web", 3000, "/", paths=["/api/*"]),
        (
            "la-prod-web: the default target is given paths. Expected no paths: it takes what "
            "no other target takes. "
            "Fix: pass default=False or drop the paths."
        ),
    ),
    (
        lambda: gateway().target("la-prod-web", 3000, "/", default=False),
        (
            "la-prod-web: no request leads to this target. Expected hosts or paths. "
            "Fix: give hosts or paths, or make it the default target."
        ),
    ),
    (
        two_defaults,
        (
            "la-prod-api: the gateway has a default target already. Expected one default target. "
            "Fix: pass default=False and the paths or hosts of this target."
        ),
    ),
    (
        lambda: gateway(name="la-prod-gateway-of-the-learners"),
        (
            "la-prod-gateway-of-the-learners: 31 characters are too many for a load balancer "
            "name. Expected at most 24 "
            "(AWS takes 32, Pulumi's suffix needs 8). Fix: shorten the system's short name or "
            "the component's name."
        ),
    ),
]


@pytest.mark.parametrize(("program", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence


def entrance(ingress: Ingress) -> None:
    """A gateway with everything that it stands on."""
    ground = NetworkArgs(cidr_block="10.0.0.0/16", az_count=2, nat=Nat.NONE, private_tasks=False)
    network = Network("la-prod-network", ground)
    logs = Bucket("la-prod-logs", BucketArgs(purpose=Purpose.LOGS, log_writers=[LogWriter.ALB]))
    dns = Dns("la-prod-dns", DnsArgs(zone_name="learning-assistant.app"))
    proof = CertificateArgs(domain_name="learning-assistant.app", zone_id=dns.zone_id)
    args = GatewayArgs(
        vpc_id=network.vpc_id,
        subnet_ids=network.public_subnet_ids,
        certificate_arn=Certificate("la-prod-origin", proof).arn,
        ingress=ingress,
        access_log_bucket=logs.name,
    )
    Gateway(NAME, args).target("la-prod-web", 3000, "/api/health")


@pytest.fixture(scope="module")
def deployed() -> Simulation:
    """A gateway behind a CDN, standing in the simulated AWS."""
    simulation = Simulation()
    simulation.run(lambda: entrance(FROM_CDN))
    return simulation


@pytest.mark.proves("S0-37", "S0-54", "S3-09")
def test_aws_serves_https_and_redirects_http(deployed: Simulation) -> None:
    elb = deployed.client("elbv2")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    assert (balancer["Scheme"], balancer["Type"]) == ("internet-facing", "application")
    assert balancer["LoadBalancerName"].startswith(NAME)
    found = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    listeners = {listener["Port"]: listener for listener in found}
    assert sorted(listeners) == [80, 443]
    redirect = listeners[80]["DefaultActions"][0]["RedirectConfig"]
    assert (redirect["Protocol"], redirect["Port"], redirect["StatusCode"]) == ("HTTPS", "443", "HTTP_301")
    assert listeners[443]["SslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    assert len(listeners[443]["Certificates"]) == 1


@pytest.mark.proves("S1-15", "S3-09")
def test_aws_forwards_to_the_healthy(deployed: Simulation) -> None:
    elb = deployed.client("elbv2")
    [group] = elb.describe_target_groups()["TargetGroups"]
    assert (group["TargetType"], group["Port"], group["HealthCheckPath"]) == ("ip", 3000, "/api/health")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    assert group["LoadBalancerArns"] == [balancer["LoadBalancerArn"]]


@pytest.mark.proves("S1-42")
def test_aws_drops_bad_headers_logs_and_protects(deployed: Simulation) -> None:
    elb = deployed.client("elbv2")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    found = elb.describe_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"])["Attributes"]
    attributes = {attribute["Key"]: attribute["Value"] for attribute in found}
    [bucket] = deployed.client("s3").list_buckets()["Buckets"]
    assert {
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "routing.http.desync_mitigation_mode": "defensive",
        "deletion_protection.enabled": "true",
        "access_logs.s3.enabled": "true",
        "access_logs.s3.bucket": bucket["Name"],
        "access_logs.s3.prefix": NAME,
    }.items() <= attributes.items()


def test_aws_lets_nobody_in_from_the_world(deployed: Simulation) -> None:
    groups = deployed.client("ec2").describe_security_groups(
        Filters=[{"Name": "tag:Name", "Values": ["la-prod-*"]}]
    )["SecurityGroups"]
    assert groups
    for group in groups:
        assert group["IpPermissionsEgress"] == []
        for permission in group["IpPermissions"]:
            assert (permission["IpRanges"], permission["Ipv6Ranges"]) == ([], [])
            assert (permission["FromPort"], permission["ToPort"]) == (443, 443)
            assert len(permission["PrefixListIds"]) == 1
