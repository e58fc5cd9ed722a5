"""What about the way to the next version cannot be."""

from collections.abc import Iterator

from stacks.settings.deployment import Deployment
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings

SHIFTING = ("blue_green", "canary", "linear")
STEPS = ("canary", "linear")
# Which strategies read a setting; `rolling` reads the last two only with `pair`.
READ_BY = {
    "pair": ("rolling",),
    "percent": STEPS,
    "step_minutes": STEPS,
    "bake_minutes": SHIFTING,
    "error_percent": SHIFTING,
    "latency_p95_seconds": SHIFTING,
}
OF_A_PAIR = ("error_percent", "latency_p95_seconds")
# AWS: DeploymentConfiguration, ECS API reference (pulumi-aws 7.51.1 documents the same ranges), read 2026-11
LEAST_PERCENT = {"canary": 0.1, "linear": 3.0}
# Two of three minutes above the threshold, by the component's alarms.
MINUTES_TO_ALARM = 3


def deployment(settings: Settings) -> Iterator[Problem]:
    """Settings that the strategy does not read, steps that AWS does not take, traffic that is not there."""
    for name, one in settings.services.items():
        path, wanted = f"services.{name}.deployment", one.deployment
        yield from _not_read(path, wanted)
        yield from _steps(path, wanted)
        yield from _bake(path, wanted)
        yield from _room(path, wanted)
        if not one.public:
            yield from _no_traffic(name, wanted)


def _not_read(path: str, wanted: Deployment) -> Iterator[Problem]:
    for name, strategies in READ_BY.items():
        default = Deployment.model_fields[name].default
        paired = wanted.pair and name in OF_A_PAIR
        if getattr(wanted, name) == default or wanted.strategy in strategies or paired:
            continue
        beside = " (or rolling with pair)" if name in OF_A_PAIR else ""
        yield Problem(
            path=f"{path}.{name}",
            problem=f"{wanted.strategy} does not read it",
            expected=f"it with the strategy {' or '.join(strategies)}{beside}",
            fix=SetTo(path=f"{path}.{name}", value=default),
            involves=(path,),
        )


def _steps(path: str, wanted: Deployment) -> Iterator[Problem]:
    least = LEAST_PERCENT.get(wanted.strategy)
    if least is not None and not least <= wanted.percent < 100:
        yield Problem(
            path=f"{path}.percent",
            problem=f"ECS takes no {wanted.strategy} step of {wanted.percent:g} percent",
            expected=f"{least:g} to less than 100 (percent); blue_green shifts all at once",
            fix=SetTo(path=f"{path}.percent", value=10),
            involves=(path,),
        )


def _bake(path: str, wanted: Deployment) -> Iterator[Problem]:
    if wanted.strategy in SHIFTING and wanted.bake_minutes < MINUTES_TO_ALARM:
        yield Problem(
            path=f"{path}.bake_minutes",
            problem=f"the old tasks are gone after {wanted.bake_minutes} minutes, before an alarm could take the "
            "deployment back",
            expected=f"{MINUTES_TO_ALARM} or more (minutes)",
            fix=SetTo(path=f"{path}.bake_minutes", value=MINUTES_TO_ALARM),
            involves=(path,),
        )


def _room(path: str, wanted: Deployment) -> Iterator[Problem]:
    if wanted.minimum_healthy_percent >= wanted.maximum_percent:
        yield Problem(
            path=f"{path}.minimum_healthy_percent",
            problem=f"between {wanted.minimum_healthy_percent} and {wanted.maximum_percent} percent of the tasks "
            "no task could ever be replaced",
            expected=f"less than {path}.maximum_percent",
            fix=f"raise {path}.maximum_percent (200), or lower {path}.minimum_healthy_percent",
            involves=(path,),
        )
    # AWS: "Balancing an Amazon ECS service across Availability Zones", limits; per reference notes.
    elif wanted.maximum_percent <= 100:
        yield Problem(
            path=f"{path}.maximum_percent",
            problem="ECS keeps tasks spread over the zones by starting the new one first, and there is no room for it",
            expected="above 100 (percent)",
            fix=SetTo(path=f"{path}.maximum_percent", value=200),
            involves=(path,),
        )


def _no_traffic(name: str, wanted: Deployment) -> Iterator[Problem]:
    """A strategy that moves traffic, where the load balancer leads none."""
    path = f"services.{name}.deployment"
    if wanted.strategy in SHIFTING:
        yield Problem(
            path=f"{path}.strategy",
            problem=f"{wanted.strategy} moves the load balancer's traffic, and it leads none to {name}",
            expected="rolling without hosts and paths",
            fix=SetTo(path=f"{path}.strategy", value="rolling"),
            involves=("services",),
        )
    elif wanted.pair:
        yield Problem(
            path=f"{path}.pair",
            problem=f"the load balancer leads to no target group of {name}, let alone to two",
            expected="false without hosts and paths",
            fix=SetTo(path=f"{path}.pair", value=False),
            involves=("services",),
        )
