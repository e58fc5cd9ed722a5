"""What about the standby stack cannot be."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from components.cidr import plan
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings
from stacks.settings.standby import has_database, second_range


def standby(settings: Settings) -> Iterator[Problem]:
    """A standby that DNS cannot turn to, that has no data to work with, or no addresses of its own."""
    if settings.standby and not settings.regions.standby:
        yield _nobody_asked()
    if not settings.standby and settings.regions.database_promoted:
        yield _not_here()
    if not settings.regions.standby:
        return
    yield from _names(settings)
    yield from _tasks_without_data(settings)
    yield from _addresses(settings)


def _nobody_asked() -> Problem:
    return Problem(
        path="regions.standby",
        problem="the stack's name ends with -standby, and its environment has no standby",
        expected="true",
        fix=SetTo(path="regions.standby", value=True),
        involves=("regions.standby",),
    )


def _not_here() -> Problem:
    return Problem(
        path="regions.database_promoted",
        problem="there is no replica in this stack: it is the one that is followed",
        expected="true in the standby stack only, on the day on which it takes over",
        fix=SetTo(path="regions.database_promoted", value=False),
        involves=("regions.database_promoted",),
    )


def _names(settings: Settings) -> Iterator[Problem]:
    """What DNS needs to turn from one load balancer to the other."""
    domain = settings.domain
    if settings.edge.kind != "none":
        yield _refused(
            "edge.kind",
            f"{settings.edge.kind} answers for the names, so that DNS cannot turn them to the second region",
            "none with regions.standby",
            "none",
        )
    if domain.provider != "route53":
        yield _refused(
            "domain.provider",
            "only Route 53 turns names by health check to the second region",
            "route53 with regions.standby",
            "route53",
        )
    if domain.existing_origin_certificate_arn is not None:
        yield _refused(
            "domain.existing_origin_certificate_arn",
            "the load balancer of the second region cannot show a certificate of the first one",
            "nothing with regions.standby: each stack makes one, and the same records prove both",
            None,
        )
    if settings.default_service is None:
        yield Problem(
            path="services",
            problem="no service has the name @, whose health says whether a region answers",
            expected="one service with @ in its hosts",
            fix="give one service the host @",
            involves=("services", "regions.standby"),
        )


def _tasks_without_data(settings: Settings) -> Iterator[Problem]:
    tasks, uses = (
        settings.regions.standby_tasks,
        any("database" in one.uses for one in settings.services.values()),
    )
    if tasks and uses and settings.database is not None and not has_database(settings):
        yield Problem(
            path="regions.standby_tasks",
            problem=f"{tasks} tasks of each service would run without a database: the standby has none before one is "
            "restored",
            expected="0, or regions.database: replica, or a database.restore_snapshot to begin with",
            fix=SetTo(path="regions.standby_tasks", value=0),
            involves=("regions.standby_tasks", "regions.database", "database.restore_snapshot"),
        )


def _addresses(settings: Settings) -> Iterator[Problem]:
    """The range of the standby's network, which may one day be connected to the others."""
    involves = ("regions.cidr_block", "network.cidr_block", "network.peered_with")
    try:
        own = IPv4Network(second_range(settings))
        others = {"network.cidr_block": IPv4Network(settings.network.cidr_block)}
        others |= {
            f"network.peered_with.{name}": IPv4Network(cidr)
            for name, cidr in settings.network.peered_with.items()
        }
    except ValueError:
        yield Problem(
            path="regions.cidr_block",
            problem=f'"{settings.regions.cidr_block}" is not an IPv4 range'
            if settings.regions.cidr_block
            else "there is no range behind network.cidr_block",
            expected="a range like 10.1.0.0/16",
            fix=SetTo(path="regions.cidr_block", value="10.1.0.0/16"),
            involves=involves,
        )
        return
    for path, other in others.items():
        if own.overlaps(other):
            yield Problem(
                path="regions.cidr_block",
                problem=f"the standby's {own} overlaps {other} of {path}",
                expected="a range of its own, so that the networks can be connected",
                fix="set regions.cidr_block to a free range",
                involves=involves,
            )
    letters = "abc"[: settings.network.az_count]
    yield from refused("regions.cidr_block", involves, lambda: plan("network", str(own), letters))


def _refused(path: str, problem: str, expected: str, value: str | None) -> Problem:
    fix = f"remove {path}" if value is None else SetTo(path=path, value=value)
    return Problem(path=path, problem=problem, expected=expected, fix=fix, involves=(path, "regions.standby"))
