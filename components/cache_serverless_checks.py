"""What a serverless cache does not have."""

from __future__ import annotations

from collections.abc import Iterator

from components.cache_args import CacheArgs
from components.cache_options import CacheAuth, Serverless, Tls
from components.errors import ComponentError

# AWS: CreateServerlessCache, CacheUsageLimits; per reference notes.
_GIGABYTES = (1, 5_000)
_ECPU = (1_000, 15_000_000)


def check(where: str, args: CacheArgs, auth: CacheAuth) -> None:
    """Refuses what only nodes have, and bounds that AWS does not take."""
    for what, name in _of_nodes(args):
        raise ComponentError(
            where,
            f"a serverless cache with {what}",
            expected=f"no `{name}`: there are no nodes",
            fix=f"leave `{name}` out, or set `mode` to replicated",
        )
    _check_auth(where, args, auth)
    if args.serverless is not None:
        _check_bounds(where, args.serverless)


def _of_nodes(args: CacheArgs) -> Iterator[tuple[str, str]]:
    if args.node_type is not None:
        yield f"the node type {args.node_type}", "node_type"
    if args.replicas:
        yield f"{args.replicas} replica(s)", "replicas"
    if args.shards != 1:
        yield f"{args.shards} shards", "shards"
    if args.multi_az is False:
        yield "nodes in one zone", "multi_az"
    if args.parameters or args.workload is not None:
        yield "server settings", "parameters" if args.parameters else "workload"
    if args.final_snapshot:
        yield "a final snapshot", "final_snapshot"
    if args.existing.subnet_group_name is not None:
        yield "a subnet group", "existing.subnet_group_name"
    if args.existing.parameter_group_name is not None:
        yield "a parameter group", "existing.parameter_group_name"


def _check_auth(where: str, args: CacheArgs, auth: CacheAuth) -> None:
    if auth is CacheAuth.TOKEN:
        raise ComponentError(
            where,
            "a serverless cache with a token, which it does not know",
            expected="auth `rbac`",
            fix="leave `auth` out (it becomes `rbac`)",
        )
    if args.tls is not Tls.REQUIRED:
        raise ComponentError(
            where,
            f"a serverless cache with TLS `{args.tls}`",
            expected="TLS `required`, which it always has",
            fix="leave `tls` out",
        )


def _check_bounds(where: str, bounds: Serverless) -> None:
    for name, value, (low, high) in (
        ("max_storage_gb", bounds.max_storage_gb, _GIGABYTES),
        ("max_ecpu_per_second", bounds.max_ecpu_per_second, _ECPU),
    ):
        if value is not None and not low <= value <= high:
            raise ComponentError(
                where,
                f"`serverless.{name}` is {value}",
                expected=f"{low} to {high}",
                fix=f"set `serverless.{name}` within it, or leave it out",
            )
