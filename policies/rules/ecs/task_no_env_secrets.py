"""Containers get secrets by reference (`secrets`), never as plain environment variables.

Matters here because a task definition is readable by everyone who may list tasks, and is never deleted.
"""

import json
from collections.abc import Iterator

from policies import tokens
from policies.resource import Resource
from policies.secretlike import is_secret_name, is_secret_value
from policies.verdict import COMPLIANT, Verdict, not_applicable, unknown, violation
from policies.view import View

TYPES = (tokens.TASK_DEFINITION,)


def check(task: Resource) -> Iterator[Verdict]:
    definitions = task.at("containerDefinitions")
    if definitions.is_unknown:
        yield unknown(definitions.path)
        return
    containers = _parsed(definitions)
    if containers is None:
        yield not_applicable("containerDefinitions is not JSON, which AWS refuses")
        return
    for container in containers.items():
        yield from _judge(container)
    yield COMPLIANT


def _parsed(definitions: View) -> View | None:
    """The containers, whether given as JSON text or already as a list."""
    if not isinstance(definitions.value, str):
        return definitions
    try:
        return View(json.loads(definitions.value), definitions.path)
    except ValueError:
        return None


def _judge(container: View) -> Iterator[Verdict]:
    for variable in container.at("environment").items():
        name, value = variable.at("name"), variable.at("value")
        if is_secret_name(str(name.value)):
            yield violation("is named like a secret", f"{variable.path} ({name.value})")
        elif value.is_unknown:
            yield unknown(value.path)
        elif is_secret_value(str(value.value)):
            yield violation("holds what looks like a secret", f"{variable.path} ({name.value})")
