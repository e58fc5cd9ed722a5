"""What the API refuses in the limits of a rate limiting rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.cloudflare.checks import is_unknown, items_of, number_of
from simcloud.cloudflare.errors import ApiError
from simcloud.cloudflare.expressions import problem_of
from simcloud.values import Value

# Cloudflare: «Rate limiting parameters»; 120 and 300 came with cloudflare/api-schemas#31, read 2026-11; the others from
# memory of that page.
PERIODS = (10, 60, 120, 300, 600, 3600, 86400)
TIMEOUTS = (0, 10, 60, 120, 300, 600, 3600, 86400)
_CHALLENGES = ("challenge", "js_challenge", "managed_challenge")
# Cloudflare: the sentence «not entitled to use the period …» is quoted in public code, read 2026-11; which plan has
# which periods is from memory of the page on availability, not verified.
_PERIODS_OF_PLAN = {"free": (10,), "pro": (10, 60), "business": (10, 60, 120, 300, 600)}


def ratelimit_problems(limits: Mapping[str, Value], action: str, at: str) -> Iterator[ApiError]:
    """Everything wrong with `ratelimit` whatever the plan."""
    yield from _characteristics(limits, at)
    yield from _chosen(limits, "period", PERIODS, at)
    yield from _chosen(limits, "mitigation_timeout", TIMEOUTS, at)
    timeout = number_of(limits, "mitigation_timeout")
    if action in _CHALLENGES and timeout:
        yield ApiError(
            20120, f"mitigation_timeout must be 0 for the action {action}", f"{at}.mitigation_timeout"
        )
    counts = [name for name in ("requests_per_period", "score_per_period") if limits.get(name) is not None]
    if not counts:
        yield ApiError(20120, "requests_per_period is required", f"{at}.requests_per_period")
    for name in counts:
        number = number_of(limits, name)
        if number is not None and number < 1:
            yield ApiError(20120, f"{name} must be at least 1", f"{at}.{name}")
    if limits.get("score_per_period") is not None and limits.get("score_response_header_name") is None:
        yield ApiError(
            20120, "score_per_period needs score_response_header_name", f"{at}.score_response_header_name"
        )


def plan_problems(plan: str, limits: Mapping[str, Value], at: str) -> Iterator[ApiError]:
    """What a chosen plan does not include."""
    allowed = _PERIODS_OF_PLAN.get(plan)
    if allowed is None:
        return
    period, timeout = limits.get("period"), limits.get("mitigation_timeout", limits.get("period"))
    if period not in allowed:
        listed = " ".join(map(str, allowed))
        yield ApiError(20120, f"not entitled to use the period {period}, can only use a period among [{listed}]",
                       f"{at}.period")  # fmt: skip
    if plan == "free" and timeout != 10:
        yield ApiError(20120, "not entitled to use a mitigation timeout different from 10",
                       f"{at}.mitigation_timeout")  # fmt: skip


def _characteristics(limits: Mapping[str, Value], at: str) -> Iterator[ApiError]:
    where = f"{at}.characteristics"
    if is_unknown(limits, "characteristics"):
        return
    named = items_of(limits, "characteristics")
    if "cf.colo.id" not in named:
        yield ApiError(20155, "characteristics field is missing 'cf.colo.id', this is required as ratelimiting "
                              "counting is processed at colocation level only", where)  # fmt: skip
    if len(set(map(str, named))) != len(named):
        yield ApiError(20120, "characteristics are named twice", where)
    if "ip.src" in named and "cf.unique_visitor_id" in named:
        yield ApiError(20120, "ip.src and cf.unique_visitor_id cannot be characteristics of one rule", where)
    for position, name in enumerate(named):
        if isinstance(name, str) and name != "cf.unique_visitor_id" and problem_of(name, response=True):
            yield ApiError(
                20120, f"'{name}' is not a valid value for characteristics", f"{where}[{position}]"
            )


def _chosen(limits: Mapping[str, Value], name: str, allowed: tuple[int, ...], at: str) -> Iterator[ApiError]:
    value = number_of(limits, name)
    if value is not None and value not in allowed:
        listed = ", ".join(map(str, allowed))
        yield ApiError(20120, f"'{value}' is not a valid value for {name} because expected is one of {listed}",
                       f"{at}.{name}")  # fmt: skip
