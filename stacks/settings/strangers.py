"""Services that only the overrides name and do not describe: most often a name with a slip in it."""

from collections.abc import Iterable, Iterator

from stacks.settings.problem import Problem
from stacks.settings.translate import NOT_SET, did_you_mean


def strangers(problems: Iterable[Problem], known: Iterable[str]) -> Iterator[Problem]:
    """`problems`, with one for each half-described service instead of one for each setting that it lacks."""
    services, lacking = sorted(set(known) - {"*"}), dict[str, list[str]]()
    for problem in problems:
        section, _, rest = problem.path.partition(".")
        name, _, setting = rest.partition(".")
        if (
            section == "services"
            and problem.problem == NOT_SET
            and "." not in setting
            and name not in services
        ):
            lacking.setdefault(name, []).append(setting)
        else:
            yield problem
    yield from (_stranger(name, settings, services) for name, settings in lacking.items())


def _stranger(name: str, lacking: list[str], services: list[str]) -> Problem:
    near = did_you_mean(name, services)
    return Problem(
        path=f"services.{name}",
        problem=f'the system has no service "{name}", and it lacks {", ".join(lacking)} to be a further one',
        expected=f"one of {', '.join(services)}, or a whole service",
        fix=f"did you mean services.{near}?" if near else f"set {', '.join(lacking)}",
        involves=(f"services.{name}",),
    )
