"""From what a program says to complete inputs, and all that is wrong with them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from simcloud import strict
from simcloud.binding import AutoName, Binding
from simcloud.context import Context
from simcloud.recovery import Recovery
from simcloud.references import unresolved
from simcloud.refusal import Refusal
from simcloud.schema import schema_of
from simcloud.tag_rules import tag_problems
from simcloud.values import UNKNOWN, Props, Value, is_known

# `KMSKeyId` is `kmsKeyId`, `ID` is `id`, `Name` is `name`.
_INITIALS = re.compile(r"(?:^|(?<=\.))(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![A-Za-z])|[A-Z])")

DEFAULTED = "__defaults"
# Among these names: the inputs are those that an import found, and nobody gave one of them.
IMPORTED = "__imported"
"""The property under which the provider notes what it filled in, as the real one does."""


@dataclass(frozen=True)
class Checked:
    """Inputs with defaults and names filled in, and everything that is wrong with them."""

    inputs: Props
    failures: tuple[Refusal, ...] = ()


def cleaned(value: Value) -> Value:
    """Without nulls, and without the bookkeeping of an earlier check."""
    if isinstance(value, Mapping):
        return {key: cleaned(item) for key, item in value.items() if item is not None and key != DEFAULTED}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return value


def completed(binding: Binding, recovery: Recovery, urn: str, old: Props, new: Props, seed: bytes) -> Props:
    """`new` with the provider's defaults and, where the resource was not named, a name: the old one or a fresh one."""
    filled = {**binding.defaults, **new}
    naming = binding.autoname
    if naming is not None and new.get(naming.property) is None:
        prefix = new.get(f"{naming.property}Prefix")
        filled[naming.property] = (
            _name(binding, recovery, urn, old, seed, prefix, _ending(naming, new))
            if is_known(prefix)
            else UNKNOWN
        )
    return {**filled, DEFAULTED: sorted(filled.keys() - new.keys())}


def refusals(ctx: Context, binding: Binding, inputs: Props) -> Iterator[Refusal]:
    """What AWS refuses in complete inputs, as far as it can be known at preview."""
    yield from _name_too_long(binding, inputs)
    yield from tag_problems(binding, inputs)
    yield from _model_violations(ctx, binding, inputs)
    yield from binding.rules(ctx, inputs)
    yield from unresolved(ctx, binding, inputs, names=False)


def blamed(binding: Binding, refusal: Refusal) -> Refusal:
    """`refusal` at the property that it is about, as far as its code or its text tells."""
    found = re.match(r"([A-Z][\w.\[\]]*): ", refusal.message)
    for fault, path in binding.faults.items():
        code, _, words = fault.partition(": ")
        if not refusal.path and refusal.code == code and words in refusal.message:
            refusal.path = path
    if not refusal.path and found is not None:
        path = _property_path(binding, found.group(1))
        top = re.split(r"[.\[]", path)[0]
        refusal.path = path if top in schema_of(binding.token).inputs else ""
    return refusal


def require_presence(ctx: Context, binding: Binding, new: Props) -> None:
    """Raise the first refusal that depends on what else exists."""
    for refusal in chain(unresolved(ctx, binding, new, names=True), binding.presence(ctx, new)):
        raise refusal


def is_named(binding: Binding, new: Props) -> bool:
    """Whether the name was chosen by the program: then the old resource must go first."""
    naming = binding.autoname
    if naming is None or naming.plain:
        return False
    return naming.property in new and naming.property not in new.get(DEFAULTED, ())


def _ending(naming: AutoName, new: Props) -> str:
    wanted, text = naming.ending
    return text if new.get(wanted) is True else ""


def _name(
    binding: Binding, recovery: Recovery, urn: str, old: Props, seed: bytes, prefix: str | None, ending: str
) -> str:
    assert binding.autoname is not None
    naming = binding.autoname
    left = recovery.name_of(urn, naming.property)
    if naming.property in old.get(DEFAULTED, ()):
        return str(old[naming.property])
    if left is not None:
        return left
    suffix = seed.hex() or secrets.token_hex(16)
    if prefix is not None:
        return prefix + suffix[:26] + ending
    logical = urn.rsplit("::", 1)[-1]
    if naming.plain:
        return logical
    return naming.start + (logical.lower() if naming.lower else logical) + f"-{suffix[:7]}{ending}"


def _name_too_long(binding: Binding, inputs: Props) -> Iterator[Refusal]:
    naming = binding.autoname
    if naming is None or naming.property not in inputs[DEFAULTED]:
        return
    name = inputs[naming.property]
    if len(name) > naming.limit:
        yield Refusal(
            "InvalidParameterValue",
            f"the generated name {name!r} has {len(name)} characters, at most {naming.limit} are allowed.",
            naming.property,
            f"shorten the logical name to {naming.limit - 8} characters, or give `{naming.property}`.",
        )


def _model_violations(ctx: Context, binding: Binding, inputs: Props) -> Iterator[Refusal]:
    """What the service model forbids in the create request, with paths in the words of the program."""
    if not binding.operation:
        return
    client = ctx.client(binding.service)
    operation = client.meta.service_model.operation_model(
        client.meta.method_to_api_mapping[binding.operation]
    )
    for problem in strict.violations(operation.input_shape, binding.request(ctx, inputs)):
        name = _property_path(binding, problem.path)
        top = name.split(".", 1)[0].split("[", 1)[0]
        text = problem.message if top in inputs else f"{problem.path}: {problem.message}"
        yield Refusal(problem.code, text, name if top in inputs else "", problem.fix)


def _property_path(binding: Binding, path: str) -> str:
    """The property that the parameter at `path` came from."""
    for parameter, name in binding.parameters.items():
        if parameter.startswith("."):
            path = re.sub(rf"{re.escape(parameter)}(?![^.\[])", name, path)
        elif re.match(rf"{re.escape(parameter)}(?![^.\[])", path):
            path = name + path[len(parameter) :]
            break
    return _INITIALS.sub(lambda initials: initials.group().lower(), path)
