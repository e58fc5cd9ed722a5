"""The folder of the simulated cloud, as far as the engine uses it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """Paths below the simulated cloud's home; nothing here touches the disk."""

    home: Path
    project: str

    @property
    def backend(self) -> Path:
        return self.home / "backend"

    @property
    def backend_url(self) -> str:
        return f"file://{self.backend}"

    @property
    def pulumi_home(self) -> Path:
        return self.home / "pulumi"

    @property
    def bin(self) -> Path:
        """Where the `pulumi` of `plinth sim shell` is."""
        return self.home / "bin"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def scratch(self) -> Path:
        """A folder for engine calls that would otherwise write into the project."""
        return self.home / "scratch"

    @property
    def stacks(self) -> Path:
        return self.backend / ".pulumi" / "stacks" / self.project

    def state_file(self, stack: str) -> Path:
        return self.stacks / f"{stack}.json"

    def premade_mark(self, stack: str) -> Path:
        """Says that the stack was made for a shell, before its user asked for it."""
        return self.home / "premade" / self.project / stack

    def history_folder(self, stack: str) -> Path:
        """What was done to the stack; there is none before the first `up`."""
        return self.backend / ".pulumi" / "history" / self.project / stack

    def lock_folder(self, stack: str) -> Path:
        # The file backend knows one organisation, called "organization".
        return self.backend / ".pulumi" / "locks" / "organization" / self.project / stack

    def config_file(self, stack: str) -> Path:
        """Our own copy of the stack's configuration: the project's file is never given to the engine."""
        return self.home / "config" / f"Pulumi.{stack}.yaml"
