"""The seams of set-up themselves: processes, network, progress, as they are outside of tests."""

import os
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from plinth.engine.acquire_progress import LineProgress
from plinth.engine.downloads import RealHttp, Unreachable
from plinth.engine.processes import ProcessFailed, RealProcesses


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()
        self.wfile.write(b"x" * 600_000 if self.path == "/there" else b"")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answer) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def test_a_body_comes_in_pieces(server: str) -> None:
    pieces = list(RealHttp().chunks(f"{server}/there", connect_seconds=5))
    assert sum(map(len, pieces)) == 600_000
    assert len(pieces) > 1


def test_a_page_that_is_not_there(server: str) -> None:
    with pytest.raises(Unreachable, match=r"^the server answered 404 Not Found$"):
        list(RealHttp().chunks(f"{server}/gone", connect_seconds=5))


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(Unreachable, match=r"^no connection within 1 seconds$"):
            list(RealHttp().chunks(url, connect_seconds=1))


def lines(code: str, tick: float = 60) -> Iterator[str | None]:
    argv = (sys.executable, "-c", code)
    return RealProcesses().lines(argv, cwd=Path.cwd(), env=os.environ, tick=tick)


def test_lines_of_both_streams_as_they_come() -> None:
    assert list(lines("import sys; print('one', flush=True); print('two', file=sys.stderr)")) == [
        "one",
        "two",
    ]


def test_silence_ticks() -> None:
    assert None in list(lines("import time; time.sleep(0.5)", tick=0.05))


def test_a_failure_tells_the_end_of_what_was_said() -> None:
    said = []
    with pytest.raises(ProcessFailed) as failed:
        said.extend(lines("for i in range(20): print(i)\nraise SystemExit(1)"))
    assert str(failed.value) == "\n".join(map(str, range(5, 20)))


def test_what_cannot_be_asked(tmp_path: Path) -> None:
    real = RealProcesses()
    assert real.output(tmp_path / "missing") is None
    assert real.output(sys.executable, "-c", "raise SystemExit(1)") is None
    assert real.output(sys.executable, "-c", "print(7)") == "7\n"


def test_a_log_gets_notes_at_once_and_steps_every_five_seconds() -> None:
    written: list[str] = []
    clock = iter([0.0, 1.0, 4.9, 5.0, 9.9, 12.0])
    progress = LineProgress(written.append, lambda: next(clock))
    progress.note("Building.")
    for step in "abcde":
        progress.step(step)
    assert written == ["Building.\n", "     5 s  c\n", "    12 s  e\n"]
