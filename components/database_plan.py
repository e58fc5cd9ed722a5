"""Everything that is decided about a database before the first resource is made."""

from __future__ import annotations

from dataclasses import dataclass

from components import (
    connection_budget,
    credentials,
    database_checks,
    database_parameters,
    database_rotation_checks,
    engine,
    workload,
)
from components.credentials import Wish
from components.database_args import DatabaseArgs
from components.database_failover import Survival, survive
from components.parameter import Parameter


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a database will be."""

    credentials: credentials.Choice
    survival: Survival
    family: str
    parameters: tuple[Parameter, ...]


def decide(where: str, args: DatabaseArgs) -> Plan:
    """The plan for `args`, or ComponentError for what contradicts itself or RDS."""
    database_checks.check(where, args)
    choice = credentials.choose(where, _wish(args))
    if choice.rotation is not None:
        database_rotation_checks.check(where, args, choice.credentials, choice.rotation)
    parameters = _parameters(where, args)
    _check_clients(where, args, parameters)
    return Plan(
        credentials=choice,
        survival=survive(where, args),
        family=engine.family(where, args.engine, args.engine_version),
        parameters=parameters,
    )


def _wish(args: DatabaseArgs) -> Wish:
    return Wish(
        asked=args.credentials,
        replicas=args.replicas + (args.cross_region is not None) + (args.followed is not None),
        blue_green=args.blue_green,
        rotation=args.rotation,
    )


def _parameters(where: str, args: DatabaseArgs) -> tuple[Parameter, ...]:
    asked = {**workload.settings(args.engine, args.workload), **args.parameters}
    return database_parameters.resolve(where, args.engine, asked)


def _check_clients(where: str, args: DatabaseArgs, parameters: tuple[Parameter, ...]) -> None:
    if args.proxy is not None or not args.clients:
        return
    connection_budget.check_connections(
        where,
        engine=args.engine,
        instance_class=args.instance_class,
        clients=args.clients,
        max_connections=database_parameters.max_connections(parameters),
    )
