"""Look-ups of load balancers, of their parts and of what belongs to a region."""

from __future__ import annotations

import pytest

from simcloud.provider import Resource
from simcloud.refusal import Refusal
from tests.simcloud.test_in_use import BALANCER, LISTENER, NOT_FOUND, TARGETS, World
from tests.simcloud.test_invokes import ask


@pytest.fixture
def world() -> World:
    return World()


def balancer(world: World) -> tuple[Resource, Resource]:
    """A load balancer and its VPC."""
    vpc, _, subnets = world.network()
    return world.make(BALANCER, name="app", subnets=[subnet.identity for subnet in subnets]), vpc


@pytest.mark.parametrize("module", ["lb", "alb"])
def test_listener_by_port(world: World, module: str) -> None:
    arn = balancer(world)[0].identity
    made = world.make(LISTENER, loadBalancerArn=arn, port=80, protocol="HTTP", defaultActions=NOT_FOUND)
    token = f"aws:{module}/getListener:getListener"
    found = ask(world.ctx, token, {"loadBalancerArn": arn, "port": 80})
    assert (found["arn"], found["protocol"], found["mutualAuthentications"]) == (made.identity, "HTTP", [])
    answers = [{"contentType": "text/plain", "messageBody": "", "statusCode": "404"}]
    assert found["defaultActions"][0]["fixedResponses"] == answers
    with pytest.raises(Refusal, match="no matching ELBv2 Listener found"):
        ask(world.ctx, token, {"loadBalancerArn": arn, "port": 81})


@pytest.mark.parametrize("module", ["lb", "alb"])
def test_target_group_by_name(world: World, module: str) -> None:
    vpc = balancer(world)[1].identity
    made = world.make(TARGETS, name="app", port=8080, protocol="HTTP", targetType="ip", vpcId=vpc)
    found = ask(world.ctx, f"aws:{module}/getTargetGroup:getTargetGroup", {"name": "app"})
    assert (found["arn"], found["port"], found["deregistrationDelay"]) == (made.identity, 8080, "300")
    assert found["healthCheck"]["protocol"] == "HTTP"


def test_load_balancer_by_its_older_name(world: World) -> None:
    made = balancer(world)[0]
    assert ask(world.ctx, "aws:alb/getLoadBalancer:getLoadBalancer", {"name": "app"})["arn"] == made.identity


def test_hosted_zones_of_a_region(world: World) -> None:
    token = "aws:lb/getHostedZoneId:getHostedZoneId"
    assert ask(world.ctx, token, {"region": "eu-west-1"})["id"] == "Z32O12XQLNTSW2"
    assert ask(world.ctx, token, {"loadBalancerType": "network"})["id"] == "Z26RNL4JYFTOTI"
    assert ask(world.ctx, "aws:elb/getHostedZoneId:getHostedZoneId", {})["id"] == "Z35SXDOTRQ7X7K"
    with pytest.raises(Refusal, match="application or network, not gateway"):
        ask(world.ctx, token, {"loadBalancerType": "gateway"})


def test_account_of_the_access_logs(world: World) -> None:
    token = "aws:elb/getServiceAccount:getServiceAccount"
    assert ask(world.ctx, token, {})["arn"] == "arn:aws:iam::127311923021:root"
    with pytest.raises(Refusal, match="no account of load balancers in eu-central-2"):
        ask(world.ctx, token, {"region": "eu-central-2"})
