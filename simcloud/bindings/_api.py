"""A type's properties as members of an API's structures and back, where most differ in their spelling only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud import shapes
from simcloud.binding import Params
from simcloud.context import Context
from simcloud.schema import schema_of
from simcloud.values import Props

Members = Mapping[str, str]
"""Property to member, only where the two are not spelled alike."""


def members(names: tuple[str, ...], exceptions: Members, *, capital: bool = False) -> Members:
    """Property to member for all of `names`: the same word, with a capital if the API writes them so."""
    return {
        name: exceptions.get(name) or (name[:1].upper() + name[1:] if capital else name) for name in names
    }


def said(
    ctx: Context,
    service: str,
    operation: str,
    new: Props,
    names: Members,
    words: shapes.Names | None = None,
) -> Params:
    """The parameters of `operation` that `new` gives."""
    shape: Any = ctx.client(service).meta.service_model.operation_model(operation).input_shape
    return {
        member: shapes.params(shape.members[member], new[name], words or {})
        for name, member in names.items()
        if new.get(name) is not None
    }


def found(
    ctx: Context,
    token: str,
    service: str,
    structure: str,
    answer: Mapping[str, Any],
    names: Members,
    words: shapes.Names | None = None,
) -> Props:
    """The properties that `answer`, a `structure` of the service's model, tells; None for what it lacks."""
    shape: Any = ctx.client(service).meta.service_model.shape_for(structure)
    schema = schema_of(token)
    return {
        name: shapes.answered(schema, name, shape.members[member], answer.get(member), words or {})
        for name, member in names.items()
    }
