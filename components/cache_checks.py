"""What a cache's arguments must not say together."""

from __future__ import annotations

from components import cache_serverless_checks
from components.cache_args import CacheArgs
from components.cache_options import CacheAuth, CacheMode, Tls
from components.errors import ComponentError

# AWS: CreateReplicationGroup, parameters of the same names; per reference notes.
_MAXIMUM_REPLICAS = 5
_MAXIMUM_SHARDS = 500
_MAXIMUM_RETENTION_DAYS = 35


def check(where: str, args: CacheArgs, mode: CacheMode, replicas: int, auth: CacheAuth) -> None:
    """Refuses arguments that contradict each other or ElastiCache, before anything is registered."""
    if mode is CacheMode.SERVERLESS:
        cache_serverless_checks.check(where, args, auth)
    else:
        _check_nodes(where, args, mode)
        _check_counts(where, args, replicas)
        _check_failover(where, args, mode, replicas)
    _check_snapshots(where, args)
    _check_auth(where, args, auth)
    _check_existing(where, args, auth)


def _check_nodes(where: str, args: CacheArgs, mode: CacheMode) -> None:
    if args.serverless is not None:
        raise ComponentError(
            where,
            f"bounds of a serverless cache and the mode `{mode}`",
            expected="`serverless` with the mode `serverless` only",
            fix="leave `serverless` out, or `mode`",
        )
    if args.node_type is None:
        raise ComponentError(
            where,
            f"a cache of mode `{mode}` without a node type",
            expected="`node_type`, such as cache.r7g.large",
            fix="give `node_type`, or set `mode` to serverless",
        )


def _check_counts(where: str, args: CacheArgs, replicas: int) -> None:
    if 1 <= args.shards <= _MAXIMUM_SHARDS and 0 <= replicas <= _MAXIMUM_REPLICAS:
        return
    raise ComponentError(
        where,
        f"{args.shards} shard(s) with {replicas} replica(s) each",
        expected=f"1 or more shards and 0 to {_MAXIMUM_REPLICAS} replicas",
        fix="set `shards` and `replicas` within it",
    )


def _check_failover(where: str, args: CacheArgs, mode: CacheMode, replicas: int) -> None:
    if mode is not CacheMode.CLUSTER and args.shards > 1:
        raise _other_mode(where, mode, f"{args.shards} shards", "cluster", "`shards` to 1")
    if mode is CacheMode.SINGLE and replicas > 0:
        raise _other_mode(where, mode, f"{replicas} replica(s)", "replicated", "`replicas` to 0")
    if replicas >= 1:
        return
    if args.multi_az:
        raise _nothing_to_fail_over_to(where, "Multi-AZ", "`multi_az` to False")
    if mode is CacheMode.CLUSTER:
        raise _nothing_to_fail_over_to(where, "cluster mode, which needs failover,", "`shards` to 1")
    if mode is CacheMode.REPLICATED:
        raise _nothing_to_fail_over_to(where, "mode `replicated`, which is failover,", "`mode` to single")


def _other_mode(where: str, mode: CacheMode, what: str, fitting: str, otherwise: str) -> ComponentError:
    return ComponentError(
        where,
        f"{what} and the mode `{mode}`",
        expected=f"the mode `{fitting}`",
        fix=f"set `mode` to {fitting}, or {otherwise}",
    )


def _nothing_to_fail_over_to(where: str, what: str, otherwise: str) -> ComponentError:
    return ComponentError(
        where,
        f"{what} with no replica: there is nothing to fail over to",
        expected="`replicas` of 1 or more",
        fix=f"set `replicas` to 1 or more, or {otherwise}",
    )


def _check_snapshots(where: str, args: CacheArgs) -> None:
    if 0 <= args.snapshot_retention_days <= _MAXIMUM_RETENTION_DAYS:
        return
    raise ComponentError(
        where,
        f"snapshots are kept {args.snapshot_retention_days} days",
        expected=f"0 (none) to {_MAXIMUM_RETENTION_DAYS}",
        fix="set `snapshot_retention_days` within it",
    )


# AWS: "Authenticating with the AUTH command" and "Role-Based Access Control (RBAC)": both need encryption in transit;
# per reference notes.
def _check_auth(where: str, args: CacheArgs, auth: CacheAuth) -> None:
    if args.tls is not Tls.REQUIRED and auth is not CacheAuth.NONE:
        raise ComponentError(
            where,
            f"auth `{auth}` with TLS `{args.tls}`: a password would go over the wire as it is",
            expected="TLS `required` wherever there is a password",
            fix="leave `tls` out; to move a cache without TLS, set `auth` to none until it is `required`",
        )
    if auth is CacheAuth.RBAC and args.user.name == "default":
        raise ComponentError(
            where,
            "the user of applications is called `default`, who is everybody that names no user",
            expected="another name",
            fix="set `user.name` to the application's name",
        )


def _check_existing(where: str, args: CacheArgs, auth: CacheAuth) -> None:
    existing = args.existing
    if existing.parameter_group_name is not None and (args.parameters or args.workload is not None):
        raise ComponentError(
            where,
            "an existing parameter group and settings for a new one",
            expected="one of them",
            fix="leave `existing.parameter_group_name` out, or `parameters` and `workload`",
        )
    if existing.user_group_id is not None and auth is not CacheAuth.RBAC:
        raise ComponentError(
            where,
            f"an existing user group with auth `{auth}`",
            expected="auth `rbac` with `existing.user_group_id`",
            fix="set `auth` to rbac, or leave `existing.user_group_id` out",
        )
