"""The server settings of a database, whatever its engine."""

from __future__ import annotations

from collections.abc import Mapping

from components import mysql_parameters, postgres_parameters
from components.engine import Engine
from components.parameter import Parameter


def resolve(where: str, engine: Engine, asked: Mapping[str, str]) -> tuple[Parameter, ...]:
    """What was asked, over the engine's defaults, in RDS units and sorted by name; TLS is always forced."""
    if engine is Engine.POSTGRES:
        return postgres_parameters.resolve(where, asked)
    return mysql_parameters.resolve(where, asked)


def max_connections(parameters: tuple[Parameter, ...]) -> int | None:
    """The connection limit, if it was given as a plain number; RDS computes it from the class otherwise."""
    values = [parameter.value for parameter in parameters if parameter.name == "max_connections"]
    return int(values[0]) if values and values[0].isdigit() else None
