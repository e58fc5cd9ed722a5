from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_VERSION = "2012-10-17"
_SNAKE = re.compile(r"_([a-z])")


def get_policy_document(ctx: Context, args: Props) -> Props:
    """A policy document as JSON, written as the real provider writes it.

    A single value is no list, lists run backwards through the alphabet, `&{` stands for `${`.
    """
    statements = _merged(args)
    version = args.get("version") or _VERSION
    head = {"Version": version, **({"Id": args["policyId"]} if args.get("policyId") else {})}
    document = {**head, **({"Statement": statements} if statements else {})}
    text = _text(document, indent=2)
    return {
        "id": str(zlib.crc32(text.encode())),
        "json": text,
        "minifiedJson": _text(document, indent=None),
        "overrideJson": args.get("overrideJson"),
        "overridePolicyDocuments": args.get("overridePolicyDocuments"),
        "policyId": args.get("policyId"),
        "sourceJson": args.get("sourceJson"),
        "sourcePolicyDocuments": args.get("sourcePolicyDocuments"),
        "statements": args.get("statements"),
        "version": version,
    }


def _merged(args: Props) -> list[Props]:
    """Source documents, then the statements, then overrides: a later statement replaces one with its Sid."""
    merged = [statement for text in _texts(args, "source") for statement in _parsed(text)]
    for statement in map(_statement, args.get("statements") or ()):
        _put(merged, statement)
    for text in _texts(args, "override"):
        for statement in _parsed(text):
            _put(merged, statement)
    return merged


def _texts(args: Props, kind: str) -> list[str]:
    texts = [args.get(f"{kind}Json"), *(args.get(f"{kind}PolicyDocuments") or ())]
    return [text for text in texts if text]


def _parsed(text: str) -> list[Props]:
    try:
        found = json.loads(text).get("Statement", [])
    except ValueError as error:
        raise Refusal(
            "InvalidParameterValue", f"a given policy document is not valid JSON: {error}."
        ) from error
    return found if isinstance(found, list) else [found]


def _put(statements: list[Props], statement: Props) -> None:
    sid = statement.get("Sid")
    position = next((at for at, held in enumerate(statements) if sid and held.get("Sid") == sid), None)
    if position is None:
        statements.append(statement)
    else:
        statements[position] = statement


def _statement(said: Mapping[str, Any]) -> Props:
    # The SDK leaves the keys of plain dicts as they are, and the real provider takes them either way.
    given = {_SNAKE.sub(lambda found: found[1].upper(), key): value for key, value in said.items()}
    statement = {
        "Sid": given.get("sid"),
        "Effect": given.get("effect") or "Allow",
        "Action": _strings(given.get("actions")),
        "NotAction": _strings(given.get("notActions")),
        "Resource": _strings(given.get("resources")),
        "NotResource": _strings(given.get("notResources")),
        "Principal": _principals(given.get("principals")),
        "NotPrincipal": _principals(given.get("notPrincipals")),
        "Condition": _conditions(given.get("conditions")),
    }
    return {key: value for key, value in statement.items() if value}


def _strings(values: list[str] | None) -> str | list[str] | None:
    written = [value.replace("&{", "${") for value in values or ()]
    return written[0] if len(written) == 1 else sorted(written, reverse=True)


def _principals(given: list[Mapping[str, Any]] | None) -> Any:
    principals: dict[str, list[str]] = {}
    for principal in given or ():
        principals.setdefault(principal["type"], []).extend(principal["identifiers"])
    if principals == {"*": ["*"]}:
        return "*"
    return {kind: _strings(principals[kind]) for kind in sorted(principals)}


def _conditions(given: list[Mapping[str, Any]] | None) -> dict[str, dict[str, Any]]:
    tests: dict[str, dict[str, list[str]]] = {}
    for condition in given or ():
        tests.setdefault(condition["test"], {}).setdefault(condition["variable"], []).extend(
            condition["values"]
        )
    return {
        test: {variable: _condition_values(values) for variable, values in sorted(variables.items())}
        for test, variables in sorted(tests.items())
    }


def _condition_values(values: list[str]) -> str | list[str]:
    written = [value.replace("&{", "${") for value in values]
    return written[0] if len(written) == 1 else written


def _text(document: Props, indent: int | None) -> str:
    """JSON as Go writes it: `<`, `>` and `&` escaped."""
    separators = None if indent else (",", ":")
    text = json.dumps(document, indent=indent, separators=separators, ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
