"""Whether a JSON policy document says something that AWS would take: grammar only, no meaning."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.refusal import Refusal
from simcloud.values import Value

# AWS: «Grammar of the IAM JSON policy language» and «IAM JSON policy elements: Condition operators», IAM User Guide;
# per reference notes, not verified against AWS.
_TOP = frozenset({"Version", "Id", "Statement"})
_VERSIONS = ("2012-10-17", "2008-10-17")
_ELEMENTS = frozenset(
    {
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    }
)
_PRINCIPALS = frozenset({"AWS", "Service", "Federated", "CanonicalUser"})
_ACTION = re.compile(r"\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+")
# AWS: «IAM JSON policy elements: Resource», read 2026-11: a `*` that ends a segment reaches beyond its colon.
_RESOURCE = re.compile(r"\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+|arn:[^:]*:[^:]*:([^:]*:)?[^:]*\*", re.DOTALL)
_SERVICE = re.compile(r"[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)")
# An account, an ARN of IAM or STS, the id that AWS puts in place of a deleted principal, or anybody.
_AWS = re.compile(r"\*|\d{12}|arn:[^:]+:(iam|sts):[^:]*:(\d{12}|cloudfront)?:.+|A[A-Z0-9]{15,}")
_SID = re.compile(r"[A-Za-z0-9]*")
_CONDITION = re.compile(
    r"(ForAllValues:|ForAnyValue:)?("
    r"String(Not)?(Equals(IgnoreCase)?|Like)|Numeric((Not)?Equals|(Less|Greater)Than(Equals)?)"
    r"|Date((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)"
    r")(IfExists)?|Null"
)


@dataclass(frozen=True)
class Grammar:
    """What one kind of policy asks for. `code` is the service's word for a malformed document."""

    code: str
    principal: bool
    """Whether statements name whom they are about (policies of a resource) or must not (policies of an identity)."""
    resource: bool = True
    """Whether statements name resources; a trust policy must not."""
    free_sid: bool = False
    """Whether Sids may hold any character, as S3 and others allow."""


IDENTITY = Grammar("MalformedPolicyDocument", principal=False)
TRUST = Grammar("MalformedPolicyDocument", principal=True, resource=False)
KEY = Grammar("MalformedPolicyDocumentException", principal=True, free_sid=True)
SECRET = Grammar("MalformedPolicyDocumentException", principal=True, free_sid=True)
TOPIC = Grammar("InvalidParameter", principal=True, free_sid=True)
REPOSITORY = Grammar("InvalidParameterException", principal=True, resource=False, free_sid=True)
ENDPOINT = Grammar("InvalidPolicyDocument", principal=True, free_sid=True)
BUCKET = Grammar("MalformedPolicy", principal=True, free_sid=True)


def problems(document: Value, path: str, grammar: Grammar) -> Iterator[Refusal]:
    """Everything that is malformed in `document`, a JSON text; nothing for a value that is not known yet."""
    if not isinstance(document, str):
        return
    for message in _document(document, grammar):
        yield Refusal(grammar.code, message, path)


def statements(document: Value) -> list[Mapping[str, Any]]:
    """The statements of a well-formed document, else nothing."""
    try:
        parsed = json.loads(document) if isinstance(document, str) else {}
    except ValueError:
        return []
    found = parsed.get("Statement", []) if isinstance(parsed, dict) else []
    listed = found if isinstance(found, list) else [found]
    return [statement for statement in listed if isinstance(statement, dict)]


def is_public(statement: Mapping[str, Any]) -> bool:
    """Whether a statement lets anybody in: `*` as principal, with no condition that narrows it."""
    principal = statement.get("Principal")
    anybody = principal == "*" or (isinstance(principal, dict) and "*" in _listed(principal.get("AWS", [])))
    return statement.get("Effect") == "Allow" and anybody and not _narrowed(statement)


# AWS: «The meaning of "public"», S3 User Guide: these keys with a fixed value make a grant not public; per reference
# notes, not verified against AWS.
_NARROWING = frozenset(
    {
        "aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount",
        "aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn", "aws:userid",
        "s3:dataaccesspointarn", "s3:dataaccesspointaccount",
    }
)  # fmt: skip


def _narrowed(statement: Mapping[str, Any]) -> bool:
    operators = statement.get("Condition", {})
    return any(
        key.lower() in _NARROWING and "*" not in _listed(value)
        for operator, keys in operators.items()
        if "Not" not in operator
        for key, value in keys.items()
    )


def _document(text: str, grammar: Grammar) -> Iterator[str]:
    try:
        document = json.loads(text)
    except ValueError as error:
        yield f"the policy is not valid JSON: {error}."
        return
    if not isinstance(document, dict):
        yield "the policy must be a JSON object."
        return
    for name in sorted(document.keys() - _TOP):
        yield f"unknown policy element {name!r}; known are {', '.join(sorted(_TOP))}."
    if document.get("Version", _VERSIONS[1]) not in _VERSIONS:
        yield f"Version is {document['Version']!r}, must be one of {', '.join(_VERSIONS)}."
    if grammar is IDENTITY and "Version" not in document:
        yield f"Version is missing; give {_VERSIONS[0]}."
    yield from _statements(document.get("Statement"), grammar)
    if not grammar.free_sid:
        yield from _repeated_sids(document.get("Statement"))


def _statements(found: Any, grammar: Grammar) -> Iterator[str]:
    listed = found if isinstance(found, list) else [found]
    if not found:
        yield "Statement is missing or empty."
        return
    for position, statement in enumerate(listed):
        where = f"Statement[{position}]"
        if isinstance(statement, dict):
            yield from (f"{where}{message}" for message in _statement(statement, grammar))
        else:
            yield f"{where} must be an object."


def _repeated_sids(found: Any) -> Iterator[str]:
    listed = found if isinstance(found, list) else []
    sids = [item["Sid"] for item in listed if isinstance(item, dict) and item.get("Sid")]
    for sid in sorted({str(sid) for sid in sids if sids.count(sid) > 1}):
        yield f"Statement IDs (SID) in a single policy must be unique: {sid!r}."


def _statement(statement: Mapping[str, Any], grammar: Grammar) -> Iterator[str]:
    for name in sorted(statement.keys() - _ELEMENTS):
        yield f" has the unknown element {name!r}."
    if statement.get("Effect") not in ("Allow", "Deny"):
        yield f".Effect is {statement.get('Effect')!r}, must be Allow or Deny."
    if not grammar.free_sid and not _SID.fullmatch(str(statement.get("Sid", ""))):
        yield f".Sid {statement['Sid']!r} may hold letters and digits only."
    yield from _one_of(statement, "Action", "NotAction", wanted=True)
    if grammar is TRUST:
        yield from _trust_actions(statement.get("Action", []))
    yield from _one_of(statement, "Resource", "NotResource", wanted=grammar.resource)
    yield from _one_of(statement, "Principal", "NotPrincipal", wanted=grammar.principal)
    yield from _names(statement)
    yield from _principals(statement.get("Principal", statement.get("NotPrincipal", "*")))
    yield from _conditions(statement.get("Condition", {}))


def _one_of(statement: Mapping[str, Any], name: str, opposite: str, *, wanted: bool) -> Iterator[str]:
    given = [key for key in (name, opposite) if key in statement]
    if wanted and not given:
        yield f" needs {name}."
    elif not wanted and given:
        yield f" must not have {given[0]}: this kind of policy has none."
    elif len(given) > 1:
        yield f" has both {name} and {opposite}."
    elif given and statement[given[0]] in ([], ""):
        yield f".{given[0]} is empty."


def _trust_actions(actions: Any) -> Iterator[str]:
    for action in _listed(actions):
        if not re.fullmatch(r"\*|sts:.*", str(action), re.IGNORECASE):
            yield f": AssumeRole policy may only specify STS AssumeRole actions, not {action!r}."


def _names(statement: Mapping[str, Any]) -> Iterator[str]:
    for action in _listed(statement.get("Action", statement.get("NotAction", []))):
        if not _ACTION.fullmatch(str(action)):
            yield f": action {action!r} must be `*` or `service:Name`."
    for resource in _listed(statement.get("Resource", statement.get("NotResource", []))):
        if not _RESOURCE.fullmatch(str(resource)):
            yield f": resource {resource!r} must be `*` or an ARN."


def _principals(principal: Any) -> Iterator[str]:
    if principal == "*":
        return
    if not isinstance(principal, dict):
        yield f".Principal is {principal!r}, must be `*` or an object of {', '.join(sorted(_PRINCIPALS))}."
        return
    for kind in sorted(principal.keys() - _PRINCIPALS):
        yield f".Principal has the unknown kind {kind!r}; known are {', '.join(sorted(_PRINCIPALS))}."
    for aws in _listed(principal.get("AWS", [])):
        if not _AWS.fullmatch(str(aws)):
            yield f': invalid principal in policy: "AWS":"{aws}".'
    for service in _listed(principal.get("Service", [])):
        if not _SERVICE.fullmatch(str(service)):
            yield f': invalid principal in policy: "SERVICE":"{service}".'


def _conditions(condition: Any) -> Iterator[str]:
    if not isinstance(condition, dict):
        yield ".Condition must be an object."
        return
    for operator, keys in condition.items():
        if not _CONDITION.fullmatch(operator):
            yield f".Condition has the unknown operator {operator!r}."
        elif not isinstance(keys, dict):
            yield f".Condition.{operator} must be an object of condition keys."


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
