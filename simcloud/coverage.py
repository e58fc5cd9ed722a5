"""Which types and look-ups there are, and how each operation is answered.

All of it is read off the bindings, so it cannot say more than there is; `python -m simcloud.coverage` prints JSON.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from simcloud import invokes, registry
from simcloud.binding import Binding
from simcloud.schema import schema_of

# What a provider or the engine decides, not the type: it alone does not make a type changeable.
_OF_NO_TYPE = frozenset({"region", "tagsAll"})


@dataclass(frozen=True)
class Type:
    """One resource type. An operation says what answers it: `moto`, `recorded`, `cloudflare`, or empty for none.

    `update` is empty where every property that changes replaces the resource; `replace` where none does.
    """

    token: str
    create: str
    read: str
    update: str
    replace: str
    delete: str
    import_: str
    call: str
    """The API call that creates, as `service operation`; empty if it is several."""


def types() -> list[Type]:
    """All of them, by token."""
    return sorted(
        (_type(registry.binding_of(token)) for token in registry.tokens()), key=lambda one: one.token
    )


def look_ups() -> list[str]:
    """The functions that are answered, as a program calls them: `aws.ec2.get_subnet`."""
    return sorted(_look_ups())


def _type(binding: Binding) -> Type:
    kept = binding.kept_in
    changeable = schema_of(binding.token).inputs.keys() - binding.replaces - _OF_NO_TYPE
    return Type(
        token=binding.token,
        create=kept,
        read=kept,
        update=kept if changeable else "",
        replace=kept if binding.replaces or "region" in schema_of(binding.token).inputs else "",
        delete=kept,
        import_=kept,
        call=f"{binding.service} {binding.operation}" if binding.operation else "",
    )


def _look_ups() -> Iterator[str]:
    for found in pkgutil.walk_packages(invokes.__path__, f"{invokes.__name__}."):
        _, _, service, *function = found.name.split(".")
        if function and not function[0].startswith("_"):
            package = (
                [service] if service == "cloudflare" else ["aws", *([] if service == "index" else [service])]
            )
            yield ".".join([*package, *function])


if __name__ == "__main__":
    json.dump({"types": [asdict(one) for one in types()], "look_ups": look_ups()}, sys.stdout)
