"""What a service's arguments must not say together."""

from __future__ import annotations

from components import fargate, names, service_scaling
from components.errors import ComponentError
from components.service_args import ServiceArgs


def check(where: str, args: ServiceArgs) -> None:
    """Refuses arguments that contradict each other or Fargate, before anything is registered."""
    names.fit(f"{where}-execution", names.ROLE)
    fargate.check(where, args.cpu, args.memory)
    _check_names(where, args)
    _check_percentages(where, args)
    _check_rebalancing(where, args)
    if args.scaling is not None:
        service_scaling.check(where, args.scaling, has_target=args.target is not None)


def _check_names(where: str, args: ServiceArgs) -> None:
    twice = sorted(set(args.environment) & set(args.secrets))
    if twice:
        raise ComponentError(
            where,
            f"{', '.join(twice)} is set both as plain environment and as a secret",
            expected="each variable once",
            fix="remove it from `environment`",
        )


def _check_percentages(where: str, args: ServiceArgs) -> None:
    if not 0 <= args.spot_share_percent <= 100:
        raise ComponentError(
            where,
            f"a Spot share of {args.spot_share_percent} percent",
            expected="0 to 100",
            fix="set `spot_share_percent` within it",
        )
    if args.minimum_healthy_percent >= args.maximum_percent:
        raise ComponentError(
            where,
            f"deployments may not go below {args.minimum_healthy_percent} percent of the tasks nor above "
            f"{args.maximum_percent}, so none could ever be replaced",
            expected="`minimum_healthy_percent` below `maximum_percent`",
            fix="raise `maximum_percent` (200) or lower `minimum_healthy_percent`",
        )


def _check_rebalancing(where: str, args: ServiceArgs) -> None:
    # AWS: "Balancing an Amazon ECS service across Availability Zones", limits; per reference notes.
    if args.availability_zone_rebalancing and args.maximum_percent <= 100:
        raise ComponentError(
            where,
            f"rebalancing over availability zones with at most {args.maximum_percent} percent of the tasks",
            expected="`maximum_percent` above 100, because ECS starts the new task first",
            fix="raise `maximum_percent`, or set `availability_zone_rebalancing` to False",
        )
