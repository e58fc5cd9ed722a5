"""What about the service cannot be."""

from collections.abc import Iterator

from components import fargate
from stacks.settings.contradictions.borrowed import refused
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings
from stacks.settings.service import Service


def service(settings: Settings) -> Iterator[Problem]:
    """Sizes that Fargate does not sell, numbers of tasks that exclude each other, requests that lead nowhere."""
    for name, one in settings.services.items():
        path = f"services.{name}"
        yield from _size(path, one)
        yield from _bounds(path, one)
        yield from _desired(path, one)
        yield from _windows(path, one)
        yield from _uncounted_requests(path, one)
        yield from _untold_numbers(path, one)
    yield from _default(settings)
    yield from _hosts_taken(settings)
    yield from _calls(settings)
    yield from _nobody_calls(settings)
    yield from _nothing_to_use(settings)


def _size(path: str, one: Service) -> Iterator[Problem]:
    involves = (f"{path}.cpu", f"{path}.memory")
    yield from refused(f"{path}.memory", involves, lambda: fargate.check("service", one.cpu, one.memory))


def _bounds(path: str, one: Service) -> Iterator[Problem]:
    scaling = one.scaling
    if scaling and scaling.min > scaling.max:
        yield Problem(
            path=f"{path}.scaling.min",
            problem=f"at least {scaling.min} tasks and at most {scaling.max} exclude each other",
            expected=f"{path}.scaling.min not above {path}.scaling.max",
            fix=SetTo(path=f"{path}.scaling.max", value=scaling.min),
            involves=(f"{path}.scaling",),
        )


def _desired(path: str, one: Service) -> Iterator[Problem]:
    scaling, desired = one.scaling, one.desired_count
    if scaling and scaling.min <= scaling.max and not scaling.min <= desired <= scaling.max:
        yield Problem(
            path=f"{path}.desired_count",
            problem=f"{desired} tasks lie outside of what scaling allows, {scaling.min} to {scaling.max}",
            expected=f"{scaling.min} to {scaling.max} (tasks)",
            fix=SetTo(path=f"{path}.desired_count", value=min(max(desired, scaling.min), scaling.max)),
            involves=(f"{path}.scaling", f"{path}.desired_count"),
        )


def _windows(path: str, one: Service) -> Iterator[Problem]:
    for name, window in (one.scaling.windows if one.scaling else {}).items():
        if window.min > window.max:
            yield Problem(
                path=f"{path}.scaling.windows.{name}.min",
                problem=f"at least {window.min} tasks and at most {window.max} exclude each other",
                expected="min not above max",
                fix=SetTo(path=f"{path}.scaling.windows.{name}.max", value=window.min),
                involves=(f"{path}.scaling",),
            )


def _default(settings: Settings) -> Iterator[Problem]:
    """Exactly one of the services and the site answers under the zone's own name; paths need its names."""
    at = [f"services.{name}" for name, one in settings.services.items() if "@" in one.hosts]
    at += ["site"] if settings.site and "@" in settings.site.hosts else []
    involves = ("services", "site")
    if len(at) > 1:
        yield Problem(
            path=f"{at[1]}.hosts",
            problem=f"@ leads to {' and to '.join(at)}",
            expected="one that answers under the zone's own name",
            fix=f"take @ out of the hosts of all but one of {', '.join(at)}",
            involves=involves,
        )
    for name, one in settings.services.items():
        if one.paths and settings.default_service is None and not one.hosts:
            yield Problem(
                path=f"services.{name}.paths",
                problem="there is no service with the name @, under which these paths could stand",
                expected="hosts beside paths, or another service with the host @",
                fix=f"give services.{name} hosts of its own",
                involves=involves,
            )


def _hosts_taken(settings: Settings) -> Iterator[Problem]:
    """A host with two owners; a path may divide a host between services."""
    owners: dict[str, str] = {"origin": "the load balancer itself"}
    owners |= dict.fromkeys(settings.site.hosts if settings.site else (), "site")
    for name, one in settings.services.items():
        for index, host in enumerate(one.hosts):
            if host in owners and not (host == "@" or one.paths):
                yield Problem(
                    path=f"services.{name}.hosts[{index}]",
                    problem=f"{host} leads to {owners[host]} already",
                    expected="a name that nobody else has",
                    fix="choose another name, or give one of the two paths of its own",
                    involves=("services", "site"),
                )
            owners.setdefault(host, f"services.{name}")


def _calls(settings: Settings) -> Iterator[Problem]:
    for name, one in settings.services.items():
        for index, other in enumerate(one.calls):
            if other not in settings.services or other == name:
                known = ", ".join(known for known in settings.services if known != name) or "none"
                yield Problem(
                    path=f"services.{name}.calls[{index}]",
                    problem=f'there is no other service "{other}"',
                    expected=f"one of the other services: {known}",
                    fix="correct or remove it",
                    involves=("services",),
                )


def _nobody_calls(settings: Settings) -> Iterator[Problem]:
    called = {other for one in settings.services.values() for other in one.calls}
    for name, one in settings.services.items():
        if one.call_port is not None and (name not in called or one.call_port == one.port):
            yield Problem(
                path=f"services.{name}.call_port",
                problem="nobody calls it"
                if name not in called
                else f"the container listens on {one.port} itself",
                expected="a port of the proxy's own, of a service that another one calls",
                fix="remove call_port, or choose another",
                involves=("services",),
            )


def _nothing_to_use(settings: Settings) -> Iterator[Problem]:
    """What is asked for by name and is not there; what every service may use by default is no wish."""
    there = {
        "database": settings.database is not None,
        "cache": settings.cache is not None,
        "mail": settings.integrations.mail != "none",
    }
    for name, one in settings.services.items():
        for index, used in enumerate(one.uses if "uses" in one.model_fields_set else ()):
            if not there.get(used, True):
                where = "integrations.mail" if used == "mail" else used
                yield Problem(
                    path=f"services.{name}.uses[{index}]",
                    problem=f"there is no {used}: {where} is {'none' if used == 'mail' else 'null'}",
                    expected=f"{where} beside it",
                    fix=f"remove {used}, or describe {where}",
                    involves=("services", where),
                )


def _uncounted_requests(path: str, one: Service) -> Iterator[Problem]:
    if one.scaling and one.scaling.requests_per_target is not None and not one.public:
        yield Problem(
            path=f"{path}.scaling.requests_per_target",
            problem="no load balancer counts requests that it does not lead there",
            expected="null without hosts and paths",
            fix=SetTo(path=f"{path}.scaling.requests_per_target", value=None),
            involves=("services",),
        )


def _untold_numbers(path: str, one: Service) -> Iterator[Problem]:
    for number in one.scaling.numbers if one.scaling else {}:
        if number not in one.numbers:
            known = ", ".join(one.numbers) or "none"
            yield Problem(
                path=f"{path}.scaling.numbers.{number}",
                problem=f"its log tells no number {number}; its numbers: {known}",
                expected=f"a number of {path}.numbers",
                fix=f"describe {path}.numbers.{number}, or leave it out of the scaling",
                involves=(f"{path}.scaling", f"{path}.numbers"),
            )
