"""What Cloudflare's edge would refuse."""

from collections.abc import Iterator

from components.cloudflare_plans import Plan, expression_problems, plan_problems
from components.cloudflare_settings import FORBIDDEN, OURS
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

# Settings of the zone that have a setting of ours, by which they are set.
DECIDED = {"min_tls_version": "minimum_tls", "polish": "image_optimisation"}


def cloudflare(settings: Settings) -> Iterator[Problem]:
    """What the plan has not, what the zone's settings say twice, and paths that no expression says."""
    if settings.edge.kind != "cloudflare":
        return
    yield from _plan(settings)
    yield from _images(settings)
    yield from _settings(settings)
    yield from _expressions(settings)


def _plan(settings: Settings) -> Iterator[Problem]:
    edge = settings.edge
    found = plan_problems(
        Plan(edge.cloudflare.plan),
        # The limit of an address for everything is one of them.
        rates=len(edge.rate_limits) + 1,
        rules=bool(edge.blocked_countries) + bool(edge.restricted_paths),
        blocks=edge.block,
    )
    for problem, expected, fix in found:
        yield Problem(
            path="edge.cloudflare.plan",
            problem=problem,
            expected=expected,
            fix=fix,
            involves=("edge.cloudflare.plan", "edge.rate_limits", "edge.block", "edge.kind"),
        )


def _images(settings: Settings) -> Iterator[Problem]:
    wanted = settings.edge.cloudflare
    if wanted.plan == "free" and wanted.image_optimisation != "off":
        yield Problem(
            path="edge.cloudflare.image_optimisation",
            problem="a zone of the plan free has no Polish",
            expected="off, or the plan pro or higher",
            fix=SetTo(path="edge.cloudflare.image_optimisation", value="off"),
            involves=("edge.cloudflare.image_optimisation", "edge.cloudflare.plan"),
        )


def _settings(settings: Settings) -> Iterator[Problem]:
    for name, value in settings.edge.cloudflare.settings.items():
        if name in OURS or name in DECIDED:
            decided = f"edge.cloudflare.{DECIDED[name]}" if name in DECIDED else "edge.headers"
            problem, expected = f"{name} is set twice", f"{decided}, which decides it"
        elif value in FORBIDDEN.get(name, ()):
            problem = f"{name} is to be {value}"
            expected = "settings that leave the connection safe from browser to origin"
        else:
            continue
        yield Problem(
            path=f"edge.cloudflare.settings.{name}",
            problem=problem,
            expected=expected,
            fix="remove it",
            involves=("edge.cloudflare.settings",),
        )


def _expressions(settings: Settings) -> Iterator[Problem]:
    edge = settings.edge
    paths = {
        "edge.static_paths": edge.static_paths,
        "edge.api_paths": edge.api_paths,
        "edge.restricted_paths": edge.restricted_paths,
        **{f"edge.kept.{label}.paths": one.paths for label, one in edge.kept.items()},
        **{f"edge.rate_limits.{label}.paths": one.paths for label, one in edge.rate_limits.items()},
    }
    for where, said in paths.items():
        for problem, expected, fix in expression_problems(said):
            yield Problem(
                path=where, problem=problem, expected=expected, fix=fix, involves=("edge", "edge.kind")
            )
