"""What look-ups of Cloudflare have in common: a call of its API, answered in the provider's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simcloud.bindings.cloudflare._words import camel
from simcloud.cloudflare.api import Api, Refused
from simcloud.cloudflare.routing import Page
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, Value


def ask(ctx: Context, path: str, query: Mapping[str, str] | None = None) -> Any:
    """What the API answers to a GET; for a list, all of it."""
    whole = {"per_page": "5000", **{name: value for name, value in (query or {}).items() if value}}
    try:
        answer = Api(ctx.cloud).call("GET", path, query=whole)
    except Refused as refused:
        error = refused.errors[0]
        raise Refusal(str(error.code), error.message) from refused
    return answer.items if isinstance(answer, Page) else answer


def answered(names: str, found: Mapping[str, Value], args: Props, **more: Value) -> Props:
    """The result: of each of `names` what was found, else what was asked with."""
    said = {**args, **{key: value for key, value in in_camel(found).items() if value is not None}, **more}
    return {name: said.get(name) for name in names.split()}


def in_camel(value: Value) -> Any:
    """Keys in the provider's writing, at every depth."""
    if isinstance(value, Mapping):
        return {camel(key): in_camel(item) for key, item in value.items()}
    return [in_camel(item) for item in value] if isinstance(value, list) else value


def scope_of(args: Props) -> str:
    """The path of the zone or the account that is asked about."""
    if args.get("accountId"):
        return f"/accounts/{args['accountId']}"
    if args.get("zoneId"):
        return f"/zones/{args['zoneId']}"
    raise Refusal("1003", "one of zoneId and accountId must be given.", "zoneId")


def only(found: Sequence[Any], what: str) -> Any:
    """The one that was found, in the provider's words when there is none or more."""
    if len(found) != 1:
        problem = "failed to find exactly one result" if found else "found no result"
        raise Refusal("NotFound", f"{problem}: {len(found)} {what} match the filter")
    return found[0]


def first(found: Iterable[Any], args: Props) -> list[Any]:
    """As many as were asked for, in the order that was asked for."""
    listed = list(found)
    if args.get("direction") == "desc":
        listed.reverse()
    return listed[: int(args.get("maxItems") or 1000)]


def fits(value: Value, wanted: Value) -> bool:
    """Whether a text is what a filter says: the text itself, or how it begins, ends or what it holds."""
    if wanted in (None, {}):
        return True
    text = str(value or "")
    if not isinstance(wanted, Mapping):
        return text == str(wanted)
    checks = {
        "exact": text.__eq__, "contains": text.__contains__, "startswith": text.startswith,
        "endswith": text.endswith,
    }  # fmt: skip
    return all(checks[name](said) for name, said in wanted.items() if said is not None and name in checks)
