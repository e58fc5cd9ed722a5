"""Everything that is decided about a database before the first resource is made."""

from __future__ import annotations

from dataclasses import dataclass

from components import credentials, database_checks, database_parameters, engine, workload
from components.credentials import Credentials, Wish
from components.database_args import DatabaseArgs
from components.database_failover import Survival, survive
from components.errors import ComponentError
from components.parameter import Parameter


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a database will be."""

    credentials: credentials.Choice
    survival: Survival
    family: str
    parameters: tuple[Parameter, ...]

    @property
    def rotated_by_us(self) -> bool:
        """Whether applications are users whose passwords a function of ours changes."""
        return self.credentials.credentials is Credentials.SECRET


def decide(where: str, args: DatabaseArgs) -> Plan:
    """The plan for `args`, or ComponentError for what contradicts itself or RDS."""
    database_checks.check(where, args)
    choice = credentials.choose(where, _wish(args))
    if choice.credentials is Credentials.SECRET and args.rotation is not None:
        _check_own_rotation(where, args)
    return Plan(
        credentials=choice,
        survival=survive(where, args),
        family=engine.family(where, args.engine, args.engine_version),
        parameters=_parameters(where, args),
    )


def _wish(args: DatabaseArgs) -> Wish:
    return Wish(
        asked=args.credentials,
        replicas=args.replicas + (args.cross_region is not None),
        blue_green=args.blue_green,
        rotation_days=args.rotation.days if args.rotation else None,
    )


def _parameters(where: str, args: DatabaseArgs) -> tuple[Parameter, ...]:
    asked = {**workload.settings(args.engine, args.workload), **args.parameters}
    return database_parameters.resolve(where, args.engine, asked)


def _check_own_rotation(where: str, args: DatabaseArgs) -> None:
    if args.proxy is not None:
        raise ComponentError(
            where,
            "two users in turn behind a proxy, which knows only the user that is in the secret just now",
            expected="`rotation` with `proxy` only where RDS manages the password",
            fix="leave `rotation` out and let clients use `Proxy(iam=True)`, or leave `proxy` out",
        )
    if args.rotation is not None and args.rotation.function_subnet_ids is None:
        raise ComponentError(
            where,
            "a secret of ours is rotated by a function, which has no place to stand",
            expected="`rotation.function_subnet_ids`: private subnets with a way to Secrets Manager",
            fix="give `rotation.function_subnet_ids`, or let RDS manage the password (no replicas, no `blue_green`)",
        )
