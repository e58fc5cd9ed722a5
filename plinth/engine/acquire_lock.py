"""One set-up at a time per user: the others wait and then use what the first one made."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plinth.engine.acquire_progress import Progress


@contextmanager
def only_one(lock: Path, progress: Progress) -> Iterator[None]:
    """Hold `lock`, waiting for whoever holds it; the system lets go of it when its holder dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.note("Another set-up is fetching or building the engine; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
