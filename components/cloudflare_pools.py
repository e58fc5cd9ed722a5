"""Origins in several regions, of which the healthy ones are asked. Imports Cloudflare's SDK: only when it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_cloudflare as cloudflare

from components.cloudflare_args import CloudflareEdgeArgs, Pools
from components.gateway_ingress import RequiredHeader


def balance(
    parent: pulumi.Resource,
    name: str,
    args: CloudflareEdgeArgs,
    wanted: Pools,
    secret: RequiredHeader | None,
) -> None:
    """A pool for each origin, one monitor for all, and a load balancer at every public name.

    `secret` is the header without which the gateway answers nobody: the monitor sends it too.
    """
    monitor = _monitor(parent, name, args, wanted, secret)
    pools = {origin.label: _pool(parent, name, origin.label, wanted, monitor) for origin in wanted.origins}
    for host in args.aliases:
        _balancer(parent, name, host, args, wanted, pools)


def _monitor(
    parent: pulumi.Resource,
    name: str,
    args: CloudflareEdgeArgs,
    wanted: Pools,
    secret: RequiredHeader | None,
) -> cloudflare.LoadBalancerMonitor:
    sent: dict[str, Sequence[pulumi.Input[str]]] = {"Host": [args.aliases[0]]}
    if secret is not None:
        sent[secret.name] = secret.values
    return cloudflare.LoadBalancerMonitor(
        f"{name}-monitor",
        account_id=wanted.account_id,
        type="https",
        method="GET",
        path=wanted.health_path,
        port=443,
        expected_codes="200",
        interval=wanted.health_seconds,
        timeout=5,
        retries=2,
        follow_redirects=False,
        allow_insecure=False,
        # The zone's own ways to the origin, its client certificate among them.
        probe_zone=args.zone_name,
        header=sent,
        description=f"Health of {name}",
        opts=pulumi.ResourceOptions(
            parent=parent, additional_secret_outputs=["header"] if secret is not None else None
        ),
    )


def _pool(
    parent: pulumi.Resource,
    name: str,
    label: str,
    wanted: Pools,
    monitor: cloudflare.LoadBalancerMonitor,
) -> cloudflare.LoadBalancerPool:
    [origin] = [known for known in wanted.origins if known.label == label]
    return cloudflare.LoadBalancerPool(
        f"{name}-{label}",
        account_id=wanted.account_id,
        name=f"{name}-{label}",
        description=f"{label} of {name}",
        monitor=monitor.id,
        minimum_origins=1,
        notification_email=wanted.notify or None,
        origins=[{"name": label, "address": origin.domain, "enabled": True, "weight": 1}],
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _balancer(
    parent: pulumi.Resource,
    name: str,
    host: str,
    args: CloudflareEdgeArgs,
    wanted: Pools,
    pools: Mapping[str, cloudflare.LoadBalancerPool],
) -> None:
    every = [pool.id for pool in pools.values()]
    cloudflare.LoadBalancer(
        f"{name}-{host.replace('.', '-')}",
        zone_id=args.zone_id,
        name=host,
        description=f"{host} of {name}",
        proxied=True,
        enabled=True,
        default_pools=every,
        fallback_pool=every[0],
        region_pools=_by_region(wanted, pools) or None,
        steering_policy=wanted.steering,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _by_region(
    wanted: Pools, pools: Mapping[str, cloudflare.LoadBalancerPool]
) -> dict[str, Sequence[pulumi.Input[str]]]:
    """In each region first its own pool, then the others."""
    return {
        region: [
            pools[origin.label].id,
            *(pool.id for label, pool in pools.items() if label != origin.label),
        ]
        for origin in wanted.origins
        for region in origin.regions
    }
