"""What AWS refuses to remove or to make because of what else there is, over the provider and over HTTP alike."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from simcloud.cloud import Cloud
from simcloud.context import Context
from simcloud.provider import Provider, Resource
from simcloud.refusal import Refusal

VPC, SUBNET = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"
GROUP, GATEWAY = "aws:ec2/securityGroup:SecurityGroup", "aws:ec2/internetGateway:InternetGateway"
EIP, NAT = "aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"
BALANCER, TARGETS, LISTENER = (
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
    "aws:lb/listener:Listener",
)
CERTIFICATE, VALIDATION = (
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
)
NOT_FOUND = [{"type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "statusCode": "404"}}]


class World:
    """A cloud with a provider, and what was made through it."""

    def __init__(self) -> None:
        self.ctx = Context(Cloud())
        self.provider = Provider(self.ctx)
        self.made = 0

    def make(self, token: str, **props: Any) -> Resource:
        self.made += 1
        urn = f"urn:pulumi:test::plinth::{token}::thing-{self.made}"
        checked = self.provider.check(urn, token, {}, props)
        assert not checked.failures, checked.failures
        return self.provider.create(urn, token, checked.inputs)

    def remove(self, token: str, resource: Resource) -> None:
        urn = f"urn:pulumi:test::plinth::{token}::gone"
        self.provider.delete(urn, token, resource.identity, resource.inputs, resource.outputs)

    def network(self) -> tuple[Resource, Resource, list[Resource]]:
        """A VPC with an internet gateway and two subnets."""
        vpc = self.make(VPC, cidrBlock="10.0.0.0/16")
        gateway = self.make(GATEWAY, vpcId=vpc.identity)
        subnets = [
            self.make(
                SUBNET, vpcId=vpc.identity, cidrBlock=f"10.0.{n}.0/24", availabilityZone=f"us-east-1{zone}"
            )
            for n, zone in enumerate("ab")
        ]
        return vpc, gateway, subnets


@pytest.fixture
def world() -> World:
    return World()


def test_vpc_with_an_internet_gateway_stays(world: World) -> None:
    vpc, _, subnets = world.network()
    for subnet in subnets:
        world.remove(SUBNET, subnet)
    with pytest.raises(
        Refusal, match=r"DependencyViolation: The vpc '.*' has dependencies and cannot be deleted"
    ):
        world.remove(VPC, vpc)


def test_subnet_with_a_nat_gateway_stays_and_goes_after_it(world: World) -> None:
    _, gateway, subnets = world.network()
    eip = world.make(EIP, domain="vpc")
    nat = world.make(NAT, subnetId=subnets[0].identity, allocationId=eip.identity)
    with pytest.raises(Refusal, match="DependencyViolation: The subnet"):
        world.remove(SUBNET, subnets[0])
    with pytest.raises(Refusal, match=r"InvalidIPAddress\.InUse"):
        world.remove(EIP, eip)
    with pytest.raises(Refusal, match=r"has some mapped public address\(es\)"):
        world.remove(GATEWAY, gateway)
    for token, resource in ((NAT, nat), (EIP, eip), (SUBNET, subnets[0]), (GATEWAY, gateway)):
        world.remove(token, resource)


def test_public_nat_gateway_needs_an_internet_gateway(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    subnet = world.make(SUBNET, vpcId=vpc.identity, cidrBlock="10.0.1.0/24", availabilityZone="us-east-1a")
    eip = world.make(EIP, domain="vpc")
    with pytest.raises(Refusal, match=r"Gateway\.NotAttached"):
        world.make(NAT, subnetId=subnet.identity, allocationId=eip.identity)


def test_second_internet_gateway_is_refused(world: World) -> None:
    vpc, _, _ = world.network()
    with pytest.raises(Refusal, match="already has an internet gateway attached"):
        world.make(GATEWAY, vpcId=vpc.identity)


def test_group_that_a_rule_of_another_names_stays(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    one = world.make(GROUP, vpcId=vpc.identity)
    block = {"protocol": "tcp", "fromPort": 1, "toPort": 2, "securityGroups": [one.identity]}
    other = world.make(GROUP, vpcId=vpc.identity, ingress=[block])
    with pytest.raises(Refusal, match=r"DependencyViolation: resource sg-.* has a dependent object"):
        world.remove(GROUP, one)
    world.remove(GROUP, other)
    world.remove(GROUP, one)


def test_default_group_cannot_be_deleted_over_http(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    with pytest.raises(ClientError, match="CannotDelete"):
        world.ctx.client("ec2").delete_security_group(GroupId=vpc.outputs["defaultSecurityGroupId"])


def test_load_balancer_holds_its_network_and_its_targets(world: World) -> None:
    vpc, gateway, subnets = world.network()
    group = world.make(GROUP, vpcId=vpc.identity)
    ids = [subnet.identity for subnet in subnets]
    balancer = world.make(BALANCER, subnets=ids, securityGroups=[group.identity])
    targets = world.make(TARGETS, vpcId=vpc.identity, targetType="ip", protocol="HTTP", port=80)
    action = [{"type": "forward", "targetGroupArn": targets.identity}]
    listener = world.make(
        LISTENER, loadBalancerArn=balancer.identity, port=80, protocol="HTTP", defaultActions=action
    )
    held = [(SUBNET, subnets[0]), (GROUP, group), (GATEWAY, gateway)]
    for token, resource in held:
        with pytest.raises(Refusal, match="DependencyViolation"):
            world.remove(token, resource)
    with pytest.raises(Refusal, match="ResourceInUse"):
        world.remove(TARGETS, targets)
    for token, resource in [(LISTENER, listener), (TARGETS, targets), (BALANCER, balancer), *held]:
        world.remove(token, resource)


def test_second_listener_on_a_port_is_refused(world: World) -> None:
    _, _, subnets = world.network()
    balancer = world.make(BALANCER, subnets=[subnet.identity for subnet in subnets])
    listener = {
        "loadBalancerArn": balancer.identity,
        "port": 80,
        "protocol": "HTTP",
        "defaultActions": NOT_FOUND,
    }
    world.make(LISTENER, **listener)
    with pytest.raises(Refusal, match="DuplicateListener"):
        world.make(LISTENER, **listener)


def test_second_load_balancer_of_a_name_is_refused(world: World) -> None:
    _, _, subnets = world.network()
    ids = [subnet.identity for subnet in subnets]
    world.make(BALANCER, name="la-dev", subnets=ids)
    with pytest.raises(Refusal, match="DuplicateLoadBalancerName"):
        world.make(BALANCER, name="la-dev", subnets=ids)


def test_protected_load_balancer_stays_over_http_too(world: World) -> None:
    _, _, subnets = world.network()
    ids = [subnet.identity for subnet in subnets]
    balancer = world.make(BALANCER, subnets=ids, enableDeletionProtection=True)
    with pytest.raises(Refusal, match="OperationNotPermitted"):
        world.remove(BALANCER, balancer)
    with pytest.raises(ClientError, match="OperationNotPermitted"):
        world.ctx.client("elbv2").delete_load_balancer(LoadBalancerArn=balancer.identity)


def test_public_load_balancer_needs_an_internet_gateway(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    ids = [
        world.make(
            SUBNET, vpcId=vpc.identity, cidrBlock=f"10.0.{n}.0/24", availabilityZone=f"us-east-1{z}"
        ).identity
        for n, z in enumerate("ab")
    ]
    with pytest.raises(Refusal, match=r"InvalidSubnet: VPC vpc-.* has no internet gateway"):
        world.make(BALANCER, subnets=ids)


def test_access_logs_need_a_bucket_that_admits_them(world: World) -> None:
    _, _, subnets = world.network()
    bucket = world.make("aws:s3/bucket:Bucket", bucket="logs-without-a-policy")
    logs = {"bucket": bucket.identity, "enabled": True}
    with pytest.raises(Refusal, match="Access Denied for bucket: logs-without-a-policy"):
        world.make(BALANCER, subnets=[subnet.identity for subnet in subnets], accessLogs=logs)


def test_unproved_certificate_is_neither_validated_nor_presented(world: World) -> None:
    _, _, subnets = world.network()
    certificate = world.make(CERTIFICATE, domainName="example.com", validationMethod="DNS")
    with pytest.raises(Refusal, match=r"VALIDATION_TIMED_OUT: ACM would wait for example\.com .* CNAME _"):
        world.make(VALIDATION, certificateArn=certificate.identity)
    balancer = world.make(BALANCER, subnets=[subnet.identity for subnet in subnets])
    with pytest.raises(Refusal, match="UnsupportedCertificate"):
        world.make(
            LISTENER,
            loadBalancerArn=balancer.identity,
            port=443,
            protocol="HTTPS",
            certificateArn=certificate.identity,
            defaultActions=NOT_FOUND,
        )


def test_one_record_proves_the_certificates_of_a_name_in_every_region(world: World) -> None:
    zone = world.make("aws:route53/zone:Zone", name="example.com")
    names = ["example.com", "*.example.com"]
    here = world.make(
        CERTIFICATE, domainName=names[0], subjectAlternativeNames=names[1:], validationMethod="DNS"
    )
    there = world.make(CERTIFICATE, domainName=names[0], validationMethod="DNS", region="eu-west-1")
    options = here.outputs["domainValidationOptions"]
    assert [option["domainName"] for option in options] == names
    assert len({option["resourceRecordName"] for option in options}) == 1
    world.make(
        "aws:route53/record:Record",
        zoneId=zone.identity,
        name=options[0]["resourceRecordName"],
        type=options[0]["resourceRecordType"],
        ttl=60,
        records=[options[0]["resourceRecordValue"]],
    )
    for certificate, region in ((here, None), (there, "eu-west-1")):
        where = {} if region is None else {"region": region}
        validation = world.make(VALIDATION, certificateArn=certificate.identity, **where)
        assert validation.outputs["certificateArn"] == certificate.identity


def test_existing_record_is_overwritten_only_on_demand(world: World) -> None:
    zone = world.make("aws:route53/zone:Zone", name="example.com")
    record = {"zoneId": zone.identity, "name": "www", "type": "A", "ttl": 60, "records": ["192.0.2.1"]}
    world.make("aws:route53/record:Record", **record)
    with pytest.raises(Refusal, match=r"InvalidChangeBatch: .*but it already exists"):
        world.make("aws:route53/record:Record", **record)
    world.make("aws:route53/record:Record", **record, allowOverwrite=True)


def test_zone_with_records_stays_unless_forced(world: World) -> None:
    zone = world.make("aws:route53/zone:Zone", name="example.com")
    forced = world.make("aws:route53/zone:Zone", name="example.org", forceDestroy=True)
    for made in (zone, forced):
        world.make(
            "aws:route53/record:Record",
            zoneId=made.identity,
            name="www",
            type="A",
            ttl=60,
            records=["192.0.2.1"],
        )
    with pytest.raises(Refusal, match="HostedZoneNotEmpty"):
        world.remove("aws:route53/zone:Zone", zone)
    world.remove("aws:route53/zone:Zone", forced)


def test_route_to_a_gateway_of_another_vpc_is_refused(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    loose = world.make(GATEWAY)
    table = world.make("aws:ec2/routeTable:RouteTable", vpcId=vpc.identity)
    with pytest.raises(
        Refusal, match=r"route table rtb-.* and network gateway igw-.* belong to different networks"
    ):
        world.make(
            "aws:ec2/route:Route",
            routeTableId=table.identity,
            destinationCidrBlock="0.0.0.0/0",
            gatewayId=loose.identity,
        )


def test_cdn_prefix_list_counts_as_55_rules(world: World) -> None:
    vpc = world.make(VPC, cidrBlock="10.0.0.0/16")
    group = world.make(GROUP, vpcId=vpc.identity)
    rule = {"securityGroupId": group.identity, "prefixListId": "pl-3b927c52", "ipProtocol": "tcp"}
    token = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    world.make(token, **rule, fromPort=443, toPort=443)
    with pytest.raises(Refusal, match="RulesPerSecurityGroupLimitExceeded"):
        world.make(token, **rule, fromPort=80, toPort=80)


def test_target_group_of_another_vpc_is_refused(world: World) -> None:
    _, _, subnets = world.network()
    other = world.make(VPC, cidrBlock="10.1.0.0/16")
    balancer = world.make(BALANCER, subnets=[subnet.identity for subnet in subnets])
    targets = world.make(TARGETS, vpcId=other.identity, targetType="ip", protocol="HTTP", port=80)
    with pytest.raises(Refusal, match="are in a different VPC than load balancer"):
        world.make(
            LISTENER,
            loadBalancerArn=balancer.identity,
            port=80,
            protocol="HTTP",
            defaultActions=[{"type": "forward", "targetGroupArn": targets.identity}],
        )


def test_addresses_look_public_and_private(world: World) -> None:
    _, _, subnets = world.network()
    eip = world.make(EIP, domain="vpc")
    nat = world.make(NAT, subnetId=subnets[0].identity, allocationId=eip.identity)
    assert eip.outputs["publicIp"].startswith(("198.18.", "198.19."))
    assert nat.outputs["privateIp"].startswith("10.0.0.")
