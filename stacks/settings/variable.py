"""What is known of an environment variable that the stack gives, before it has a value."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stacks.settings.root import Settings
from stacks.settings.service import Service


@dataclass(frozen=True)
class Reader:
    """A service among all settings: who is asked whether it has a variable."""

    settings: Settings
    service: Service

    def uses(self, what: str) -> bool:
        """Whether it uses this, and there is one."""
        return what in self.service.uses and _there(self.settings, what)


Condition = Callable[[Reader], bool]


@dataclass(frozen=True, kw_only=True)
class Variable:
    """`setting` decides its value; `when` says in words what `condition` decides: who has it."""

    name: str
    meaning: str
    setting: str
    when: str = "always"
    condition: Condition | None = None
    secret: bool = False

    def given(self, reader: Reader) -> bool:
        """Whether the service has it."""
        return self.condition is None or self.condition(reader)


@dataclass(frozen=True, kw_only=True)
class Family:
    """Variables of one kind, one for each of `members`; `shown` is their common name."""

    shown: str
    meaning: str
    setting: str
    members: Callable[[Reader], Iterable[str]]

    def name(self, member: str) -> str:
        """The variable of one member: `refresh-session` is `CACHE_TTL_REFRESH_SESSION`."""
        return self.shown.partition("<")[0] + member.upper().replace("-", "_")

    def names(self, reader: Reader) -> tuple[str, ...]:
        """The variables of all members."""
        return tuple(self.name(member) for member in self.members(reader))


def _there(settings: Settings, what: str) -> bool:
    match what:
        case "database":
            return settings.database is not None
        case "cache":
            return settings.cache is not None
        case "mail":
            return settings.integrations.mail != "none"
        case _:
            return True
