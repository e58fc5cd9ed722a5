"""Every way in from the internet passes a web application firewall.

Matters here because the WAF sits at CloudFront: a balancer that also answers the internet walks around it.
A balancer that admits only named sources (CloudFront's prefix list) is not a way in of its own.
"""

from collections.abc import Iterator

from policies import tokens
from policies.firewall import INGRESS_TYPES, openings
from policies.graph import Graph
from policies.resource import Resource
from policies.verdict import COMPLIANT, Verdict, not_applicable, require, unknown
from policies.view import Truth, any_of

TYPES = (tokens.DISTRIBUTION, tokens.LOAD_BALANCER)


def check(way_in: Resource, graph: Graph) -> Iterator[Verdict]:
    if way_in.type == tokens.DISTRIBUTION:
        yield _judge_distribution(way_in, graph)
    else:
        yield _judge_balancer(way_in, graph)


def _judge_distribution(distribution: Resource, graph: Graph) -> Verdict:
    acl = distribution.at("webAclId")
    attached = any_of([acl.is_set(), graph.refers(distribution, "webAclId", tokens.WEB_ACL)])
    return require(attached, "is not set", acl.path)


def _judge_balancer(balancer: Resource, graph: Graph) -> Verdict:
    other_kind = balancer.at("loadBalancerType").equals("network", "gateway")
    internal = balancer.at("internal").is_true()
    if other_kind is Truth.TRUE:
        return not_applicable("AWS WAF attaches to application load balancers only")
    if internal is Truth.TRUE:
        return not_applicable("an internal balancer")
    if graph.referrers(balancer, "resourceArn", tokens.WEB_ACL_ASSOCIATION):
        return COMPLIANT
    open_ends = [other_kind, internal, graph.unresolved("resourceArn", tokens.WEB_ACL_ASSOCIATION)]
    return unknown("internal") if Truth.MAYBE in open_ends else _judge_public(balancer, graph)


def _judge_public(balancer: Resource, graph: Graph) -> Verdict:
    groups = graph.targets(balancer, "securityGroups", tokens.SECURITY_GROUP)
    if not groups:
        kept_out = graph.refers(balancer, "securityGroups", tokens.SECURITY_GROUP)
        message = "name no group in this stack that keeps the internet out, and no web ACL is attached"
        return require(kept_out, message, "securityGroups")
    world = any_of(
        [
            *(opening.from_world for group in groups for opening in openings(group, graph)),
            graph.unresolved("securityGroupId", *INGRESS_TYPES),
        ]
    )
    return require(~world, "admit the internet, and no web ACL is attached", "securityGroups")
