"""What stands without a way out of its subnet, and files that go before they have moved."""

from collections.abc import Iterator

from components.endpoint_names import SESSIONS
from stacks.settings.problem import Problem, SetTo
from stacks.settings.root import Settings


def ground(settings: Settings) -> Iterator[Problem]:
    """A bastion that nobody can enter, a rotation that learns no certificates, storage for files that are gone."""
    if settings.network.nat == "none":
        yield from _bastion(settings)
        yield from _rotation(settings)
    yield from _storage(settings)


def _bastion(settings: Settings) -> Iterator[Problem]:
    missing = [name for name in SESSIONS if name not in settings.network.endpoints]
    if settings.network.bastion and missing:
        yield Problem(
            path="network.bastion",
            problem=f"without NAT the machine cannot talk to Session Manager: it lacks {', '.join(missing)}",
            expected="a NAT, or network.endpoints with " + ", ".join(SESSIONS),
            fix=f"add {', '.join(missing)} to network.endpoints, or set network.nat to single",
            involves=("network.bastion", "network.nat", "network.endpoints"),
        )


def _rotation(settings: Settings) -> Iterator[Problem]:
    db = settings.database
    if db is None or db.rotation_days is None:
        return
    if db.credentials == "secret" or db.replicas or settings.regions.database == "replica":
        yield Problem(
            path="database.rotation_days",
            problem="the function that changes passwords fetches RDS's certificates from the internet, to which "
            "network.nat: none leaves no way",
            expected="a NAT, credentials that RDS manages, or no rotation",
            fix=SetTo(path="network.nat", value="single"),
            involves=("database", "network.nat", "regions.database"),
        )


def _storage(settings: Settings) -> Iterator[Problem]:
    moves, goes = settings.storage.infrequent_after_days, settings.storage.expire_days
    if moves is not None and goes is not None and goes <= moves:
        yield Problem(
            path="storage.infrequent_after_days",
            problem=f"files would move to cheaper storage after {moves} days, and are deleted after {goes}",
            expected=f"less than storage.expire_days, which is {goes}",
            fix=SetTo(path="storage.infrequent_after_days", value=None),
            involves=("storage.infrequent_after_days", "storage.expire_days"),
        )
