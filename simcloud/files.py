"""Where a simulated cloud keeps what it knows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

QUOTA_FILE = "quotas.yaml"


@dataclass(frozen=True)
class Files:
    """The files below one home directory."""

    home: Path

    @property
    def journal(self) -> Path:
        """The state: every acknowledged change."""
        return self.home / "cloud" / "journal.jsonl"

    @property
    def address(self) -> Path:
        """Process and ports of the running server; absent when none runs."""
        return self.home / "simcloud.json"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.home / "simcloud.log"

    @property
    def lock(self) -> Path:
        """Held while a server is being started."""
        return self.home / "start.lock"

    @property
    def port(self) -> Path:
        """The HTTP port of last time, so that a user's settings stay valid over a restart."""
        return self.home / "http.port"

    @property
    def quotas(self) -> Path:
        """Quotas that somebody raised: names to values."""
        return self.home / QUOTA_FILE

    @property
    def faults(self) -> Path:
        """Trouble that somebody asked for; see simcloud/faults.py."""
        return self.home / "faults.yaml"

    def prepare(self) -> None:
        """Make the home, readable by its owner only."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        ignored = self.home / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n")  # the home of a stranger's project stands in its repository

    def last_http_port(self) -> int:
        """The port to ask for; 0 for any."""
        try:
            return int(json.loads(self.port.read_text()))
        except (OSError, ValueError):
            return 0
