import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plinth.engine.layout import Layout
from plinth.engine.locks import release_dead_locks
from plinth.errors import StackLocked


def lock(layout: Layout, *, pid: int, host: str | None = None) -> Path:
    file = layout.lock_folder("dev") / "cafe.json"
    file.parent.mkdir(parents=True)
    content = {
        "pid": pid,
        "username": "ada",
        "hostname": host or socket.gethostname(),
        "timestamp": "2026-11-21T14:00:00.123Z",
    }
    file.write_text(json.dumps(content))
    return file


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def engine_process(tmp_path: Path):
    """A living process whose name is that of the engine."""
    program = tmp_path / "pulumi"
    program.symlink_to("/bin/sleep")
    process = subprocess.Popen([program, "60"])
    name = Path(f"/proc/{process.pid}/comm")
    while name.read_text() != "pulumi\n":
        time.sleep(0.01)
    yield process
    process.kill()
    process.wait()


def test_the_lock_of_a_dead_run_is_removed_and_told(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    pid = dead_pid()
    file = lock(layout, pid=pid)

    told = release_dead_locks(layout, "dev")

    owner = f"ada@{socket.gethostname()}, pid {pid}, since 2026-11-21T14:00:00"
    assert told == (f"Removed the lock of a run that is gone ({owner}).",)
    assert not file.exists()


def test_the_lock_of_a_living_engine_is_kept_and_the_run_refused(tmp_path: Path, engine_process) -> None:
    layout = Layout(tmp_path, "plinth")
    file = lock(layout, pid=engine_process.pid)

    with pytest.raises(StackLocked) as refused:
        release_dead_locks(layout, "dev")

    assert str(refused.value) == (
        f"dev: another run is working on this environment (ada@{socket.gethostname()}, "
        f"pid {engine_process.pid}, since 2026-11-21T14:00:00).\n"
        f"Fix: wait until it ends, or end it: kill -INT {engine_process.pid}"
    )
    assert file.exists()


def test_a_number_that_another_program_has_by_now_counts_as_dead(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    file = lock(layout, pid=os.getpid())

    release_dead_locks(layout, "dev")

    assert not file.exists()


def test_a_lock_from_another_machine_is_never_touched(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    file = lock(layout, pid=dead_pid(), host="another-machine")

    with pytest.raises(StackLocked):
        release_dead_locks(layout, "dev")

    assert file.exists()


def test_a_half_written_lock_is_nobodys(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    file = lock(layout, pid=1)
    file.write_text('{"pid": 12')

    assert len(release_dead_locks(layout, "dev")) == 1
    assert not file.exists()


def test_without_locks_nothing_is_said(tmp_path: Path) -> None:
    assert release_dead_locks(Layout(tmp_path, "plinth"), "dev") == ()
