"""One thing that `plinth doctor` looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """What was found; a failure has a `fix`: one command or sentence that can be copied."""

    name: str
    detail: str
    fix: str | None = None

    @property
    def ok(self) -> bool:
        return self.fix is None
