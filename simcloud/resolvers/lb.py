"""What other resources name of Elastic Load Balancing."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "load_balancer": Resolver(
        "LoadBalancerNotFound",
        "Load balancer '{value}' not found",
        lambda ctx, value: ctx.client("elbv2").describe_load_balancers(LoadBalancerArns=[value]),
        given_out=True,
    ),
    "target_group": Resolver(
        "TargetGroupNotFound",
        "Target group '{value}' not found",
        lambda ctx, value: ctx.client("elbv2").describe_target_groups(TargetGroupArns=[value]),
        given_out=True,
    ),
    "trust_store": Resolver(
        "TrustStoreNotFound",
        "Trust store '{value}' not found",
        lambda ctx, value: ctx.store.get("aws:lb/trustStore:TrustStore", value) is not None,
        given_out=True,
    ),
    "listener": Resolver(
        "ListenerNotFound",
        "Listener '{value}' not found",
        lambda ctx, value: ctx.client("elbv2").describe_listeners(ListenerArns=[value]),
        given_out=True,
    ),
}
