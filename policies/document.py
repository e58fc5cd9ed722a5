"""The page about the rules, written from the pack: `python -m policies.document > docs/policies.md`."""

import inspect
import sys
from collections import defaultdict
from collections.abc import Iterable

from policies.announce import STALE_WAIVERS
from policies.environment import Environment
from policies.pack import RULES
from policies.rule import Control, Rule, Scope

_HEAD = f"""\
# Policies

Written by `python -m policies.document` from `policies/pack.py`; a test keeps it up to date.

The engine runs these rules in every preview and deployment with `--policy-pack policies`. A *mandatory*
violation stops the deployment, an *advisory* one is shown. The environment is what `plinth:environment`
in the stack's config says, else the last word of the stack's name (`production`,
`learning-assistant-production`), else the variable `PLINTH_ENVIRONMENT`; any other name counts as
production.

Rules on a *resource* judge it before it is created. Rules on the *stack* judge how resources fit
together: at the end of the preview, so before anything is created, and again at the end of the
deployment. What is not known before the deployment is never guessed: it is noted, and judged once it is
known.

A violation that somebody answers for goes into `policies/waivers.yaml`, with reason, owner and expiry.
It is then shown as advice with its reason. Waivers that expired or waive nothing are reported as
`{STALE_WAIVERS}`.
"""

_TABLE = """\
| rule | judges | severity | dev | staging | production |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    sections = "\n".join(_section(rule) for rule in RULES)
    return f"{_HEAD}\n{_TABLE}{''.join(_row(rule) for rule in RULES)}\n{sections}"


def _row(rule: Rule) -> str:
    levels = " | ".join(rule.level(environment) for environment in Environment)
    return f"| [`{rule.id}`](#{rule.id}) | {rule.scope} | {rule.severity} | {levels} |\n"


def _section(rule: Rule) -> str:
    judged = ", ".join(f"`{type_.rpartition(':')[2]}`" for type_ in rule.types)
    how = "with all others of the stack" if rule.scope is Scope.STACK else "on its own"
    return (
        f"## {rule.id}\n\n{rule.title}.\n\n{_why(rule)}\n\n"
        f"- Judges: {judged}, each {how}\n- Fix: {rule.fix}\n- Controls: {_controls(rule.controls)}\n"
    )


def _why(rule: Rule) -> str:
    """The second paragraph of the rule's file."""
    text = inspect.getdoc(inspect.getmodule(rule.check)) or ""
    return text.strip().partition("\n\n")[2]


def _controls(controls: Iterable[Control]) -> str:
    by_standard: dict[str, list[str]] = defaultdict(list)
    for control in controls:
        by_standard[f"{control.standard} {control.version}"].append(control.id)
    return (
        "; ".join(f"{name}: {', '.join(ids)}" for name, ids in by_standard.items()) or "none of the standards"
    )


if __name__ == "__main__":
    sys.stdout.write(page())
