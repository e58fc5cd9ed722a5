"""What a service's tasks could not start or send without."""

from collections.abc import Iterator

from components.endpoint_names import missing_for_tasks
from stacks.settings.egress import HTTPS, ports_of
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings


def tasks(settings: Settings) -> Iterator[Problem]:
    """Tasks that cannot fetch their image, and mail that nobody sends."""
    yield from _shut_in(settings)
    yield from _unsent_mail(settings)


def _shut_in(settings: Settings) -> Iterator[Problem]:
    missing = missing_for_tasks(settings.network.endpoints)
    for name, one in settings.services.items():
        if missing and HTTPS not in ports_of(settings, one):
            yield Problem(
                path=f"services.{name}.egress_ports",
                problem="its tasks cannot fetch their image and their secrets, or send their log: they may not leave "
                f"on port {HTTPS}, and there is no endpoint for {', '.join(missing)}",
                expected=f"{HTTPS} among the ports, or these names in network.endpoints",
                fix=SetTo(path=f"services.{name}.egress_ports", value=[HTTPS, *one.egress_ports]),
                involves=("services", "network.endpoints", "integrations"),
            )


def _unsent_mail(settings: Settings) -> Iterator[Problem]:
    provider = settings.integrations.mail
    if provider != "none" and not any("mail" in one.uses for one in settings.services.values()):
        yield Problem(
            path="integrations.mail",
            problem=f"no service may send mail through {provider}",
            expected="mail among the uses of a service, or none",
            fix="add mail to the uses of the services that send it",
            involves=("integrations.mail", "services"),
        )
