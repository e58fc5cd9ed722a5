"""What the API refuses in a rule of a ruleset.

Codes 20125, 20155 and 20217, and the sentence «… is not a valid value for … because …», are quoted in public code, read
2026-11; the other codes are from memory, not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.action_parameters import parameter_problems
from simcloud.cloudflare.checks import is_unknown, items_of, part_of, text_of
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.expressions import problem_of
from simcloud.cloudflare.phases import ACTIONS, AFTER_RESPONSE
from simcloud.cloudflare.ratelimit import ratelimit_problems
from simcloud.values import Value

Rule = Mapping[str, Value]


def rule_problems(phase: str, rule: Rule, at: str) -> Iterator[ApiError]:
    """Everything wrong with one rule of a phase; `at` is its place in the body."""
    yield from expression_problems(rule, "expression", at, phase, required=True)
    yield from _action_problems(phase, rule, at)
    yield from _ratelimit(phase, rule, at)
    description = text_of(rule, "description")
    if description is not None and len(description) > 500:
        yield ApiError(20120, "description is longer than 500 characters", f"{at}.description")


def expression_problems(
    rule: Rule, name: str, at: str, phase: str, *, required: bool = False
) -> Iterator[ApiError]:
    """An expression that cannot be parsed."""
    if is_unknown(rule, name) or (rule.get(name) is None and not required):
        return
    expression = str(rule.get(name) or "")
    problem = problem_of(expression, response=phase in AFTER_RESPONSE)
    if problem:
        code = 20125 if "blank" in problem else 20127
        message = f"'{expression}' is not a valid value for {name} because {problem}"
        yield ApiError(code, message, f"{at}.{name}")


def _action_problems(phase: str, rule: Rule, at: str) -> Iterator[ApiError]:
    action = text_of(rule, "action")
    allowed = ACTIONS.get(phase)
    if action is None or allowed is None:
        return
    if action not in allowed:
        yield ApiError(
            20120,
            f"'{action}' is not a valid value for action because phase {phase} allows {', '.join(allowed)}",
            f"{at}.action",
        )
        return
    if not is_unknown(rule, "action_parameters"):
        yield from parameter_problems(
            phase, action, part_of(rule, "action_parameters"), f"{at}.action_parameters"
        )


def _ratelimit(phase: str, rule: Rule, at: str) -> Iterator[ApiError]:
    limited = rule.get("ratelimit")
    if phase != "http_ratelimit":
        if limited is not None:
            yield ApiError(20120, f"ratelimit is not allowed in phase {phase}", f"{at}.ratelimit")
        return
    if limited is None and rule.get("action") != "execute":
        yield ApiError(20120, "ratelimit is required in phase http_ratelimit", f"{at}.ratelimit")
    if isinstance(limited, Mapping):
        yield from ratelimit_problems(limited, text_of(rule, "action") or "", f"{at}.ratelimit")
        yield from expression_problems(limited, "counting_expression", f"{at}.ratelimit", phase)


def duplicate_refs(rules: list[Rule]) -> Iterator[ApiError]:
    """Two rules of one ruleset cannot share a `ref`."""
    seen: set[str] = set()
    for position, rule in enumerate(rules):
        ref = text_of(rule, "ref") if isinstance(rule, Mapping) else None
        if ref is not None and ref in seen:
            yield ApiError(
                20120, f"ref {ref} is used by another rule of the ruleset", f"rules[{position}].ref"
            )
        seen |= {ref} if ref else set()


def phase_problems(body: Mapping[str, Value], kinds: tuple[str, ...]) -> Iterator[ApiError]:
    """What is wrong with a ruleset as a whole: its kind, its phase, its rules."""
    kind, phase = text_of(body, "kind"), text_of(body, "phase")
    if kind is not None and kind not in kinds:
        yield ApiError(20120, f"'{kind}' is not a valid value for kind because expected is one of {', '.join(kinds)}",
                       "kind")  # fmt: skip
    if phase is not None and phase not in ACTIONS:
        yield ApiError(
            20120, f"'{phase}' is not a valid value for phase because there is no such phase", "phase"
        )
    rules = items_of(body, "rules")
    for position, rule in enumerate(rules):
        if isinstance(rule, Mapping):
            yield from rule_problems(phase or "", rule, f"rules[{position}]")
    yield from duplicate_refs(rules)
