"""What a network's arguments must not say together."""

from __future__ import annotations

import re

from components import endpoint_names
from components.errors import ComponentError
from components.network_args import Nat, NetworkArgs

# Part of `com.amazonaws.<region>.<name>`.
_ENDPOINT = re.compile(r"[a-z0-9][a-z0-9.-]*")
_HIGHEST_PORT = 65535
# What only a network that is made can be told.
_SHAPE = (
    "public_cidrs", "private_cidrs", "database_cidrs", "extra_tiers", "nat", "endpoints", "ipv6", "walls",
)  # fmt: skip


def check(where: str, args: NetworkArgs) -> None:
    """Refuse arguments that contradict each other, before anything is registered."""
    _check_existing(where, args)
    _check_endpoints(where, args)
    _check_way_out(where, args)
    _check_instance(where, args)


def _check_existing(where: str, args: NetworkArgs) -> None:
    if args.existing is None:
        return
    made = NetworkArgs(cidr_block=args.cidr_block)
    shaped = [name for name in _SHAPE if getattr(args, name) != getattr(made, name)]
    if shaped:
        raise ComponentError(
            where,
            f"{', '.join(shaped)} of a network that somebody else owns",
            expected="`existing`, `cidr_block` and its zones: nothing of it is made or changed",
            fix=f"drop {' and '.join(shaped)}, or `existing`",
        )
    if args.availability_zones is None:
        raise ComponentError(
            where,
            "nobody says in which zones the existing subnets lie",
            expected="`availability_zones` in the order of the subnets: databases and caches are placed by them",
            fix="add `availability_zones`, and `az_count` to match",
        )


def _check_endpoints(where: str, args: NetworkArgs) -> None:
    wrong = [name for name in args.endpoints if not _ENDPOINT.fullmatch(name)]
    wrong += [name for name in args.endpoints if name.startswith("com.amazonaws.")]
    if wrong:
        raise ComponentError(
            where,
            f"{', '.join(map(repr, wrong))} are no names of endpoints",
            expected="the part of the service's name after the region, such as ecr.api or logs",
            fix="shorten the names",
        )


def _check_way_out(where: str, args: NetworkArgs) -> None:
    missing = endpoint_names.missing_for_tasks(args.endpoints)
    if args.nat is not Nat.NONE or not args.private_tasks or not missing:
        return
    raise ComponentError(
        where,
        f"there is neither a NAT nor an endpoint for {', '.join(missing)}: no private task could start",
        expected="a NAT, or endpoints for the image registry, logs and secrets",
        fix=f"add {', '.join(missing)} to `endpoints`, choose another `nat`, or set "
        "`private_tasks` to False if no container will run in the private tier",
    )


def _check_instance(where: str, args: NetworkArgs) -> None:
    ports = args.nat_instance.ports
    if args.nat is not Nat.INSTANCE or (443 in ports and all(1 <= port <= _HIGHEST_PORT for port in ports)):
        return
    raise ComponentError(
        where,
        f"the NAT instance relays {', '.join(map(str, ports)) or 'no port'}",
        expected=f"ports from 1 to {_HIGHEST_PORT}, 443 among them: it prepares itself over HTTPS",
        fix="correct the ports of `nat_instance`",
    )
