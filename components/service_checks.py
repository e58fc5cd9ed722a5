"""What a service's arguments must not say together."""

from __future__ import annotations

from components import fargate, names, service_scaling
from components.errors import ComponentError
from components.log_group import check_retention
from components.service_args import ServiceArgs
from components.service_connect import check_connect
from components.service_deployment import paired
from components.service_deployment_checks import check_deployment
from components.service_grant import check_grants
from components.service_image import by_digest
from components.service_sidecar import check_sidecars
from components.service_task import task_grants

# AWS: "Fargate task ephemeral storage"; per reference notes, not verified against AWS.
_LEAST_STORAGE, _MOST_STORAGE = 21, 200
# AWS: CapacityProviderStrategyItem.base, ECS API reference (botocore 1.44.5), read 2026-11
_MOST_BASE = 100_000


def check(where: str, args: ServiceArgs) -> None:
    """Refuses arguments that contradict each other or Fargate, before anything is registered."""
    names.fit(f"{where}-execution", names.ROLE)
    fargate.check(where, args.cpu, args.memory)
    fargate.check_architecture(where, args.cpu_architecture)
    _check_names(where, args)
    _check_percentages(where, args)
    _check_rebalancing(where, args)
    _check_ways_in(where, args)
    _check_image(where, args)
    check_storage(where, args.ephemeral_storage_gb)
    check_retention(where, "`log_retention_days`", args.log_retention_days)
    check_grants(where, task_grants(args, log_group_arn=""))
    balanced = args.target is not None or args.behind is not None
    check_deployment(where, args.deployment, balanced=balanced, connected=args.connect is not None)
    check_sidecars(where, args.sidecars, args.cpu, args.memory)
    if args.connect is not None:
        check_connect(where, args.connect)
    if args.scaling is not None:
        service_scaling.check(where, args.scaling, has_target=balanced)


def _check_ways_in(where: str, args: ServiceArgs) -> None:
    if args.target is not None and args.behind is not None:
        raise ComponentError(
            where,
            "both a `target` and a place `behind` a gateway",
            expected="one of the two",
            fix="drop `target`: `behind` makes its own",
        )
    if args.target is not None and paired(args.deployment) and args.target.alternate is None:
        raise ComponentError(
            where,
            f"{type(args.deployment).__name__} moves traffic between two target groups, and the target is one",
            expected="a pair",
            fix="give the service `behind` instead, or make the target with pair=True",
        )
    if args.target is not None and args.deployment.trial is not None:
        raise ComponentError(
            where,
            "a trial listener for a target that the caller made",
            expected="the trial where the target is made",
            fix="pass trial to gateway.target, or give the service `behind`",
        )


def _check_image(where: str, args: ServiceArgs) -> None:
    if args.require_digest:
        for image in (args.image, *(sidecar.image for sidecar in args.sidecars)):
            if isinstance(image, str):
                by_digest(where, image)


def check_storage(where: str, size: int | None) -> None:
    """Refuses a disk that Fargate does not sell."""
    if size is not None and not _LEAST_STORAGE <= size <= _MOST_STORAGE:
        raise ComponentError(
            where,
            f"{size} GB of ephemeral storage",
            expected=f"{_LEAST_STORAGE} to {_MOST_STORAGE}, or nothing for the 20 that every task has",
            fix="choose another ephemeral_storage_gb",
        )


def _check_names(where: str, args: ServiceArgs) -> None:
    told = {variable for sidecar in args.sidecars for variable in sidecar.app_environment}
    twice = sorted((set(args.environment) | told) & set(args.secrets))
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
    if not 0 <= args.on_demand_tasks <= _MOST_BASE:
        raise ComponentError(
            where,
            f"{args.on_demand_tasks} tasks on demand",
            expected=f"0 to {_MOST_BASE}",
            fix="set `on_demand_tasks` within it",
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
