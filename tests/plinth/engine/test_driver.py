import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from plinth.engine.driver import Command, PulumiEngine
from plinth.report.event import Event

# Writes two events with a pause between them; ends in good order when asked to.
FAKE_CLI = """\
import json, os, signal, sys, time
assert os.environ["PULUMI_DEBUG_COMMANDS"] == "true"
log = open(sys.argv[sys.argv.index("--event-log") + 1], "w") if "--event-log" in sys.argv else sys.stdout
def say(kind):
    print(json.dumps({"sequence": 1, "timestamp": 1, kind: {}}), file=log, flush=True)
def stop(*_):
    say("cancelEvent")
    sys.exit(1)
signal.signal(signal.SIGINT, stop)
say("preludeEvent")
print("on stdout")
print("on stderr", file=sys.stderr)
time.sleep(float(sys.argv[1]))
say("summaryEvent")
sys.exit(3)
"""


class Seen:
    """A watcher that remembers, and may do something at the first event."""

    def __init__(self, at_first: object = None) -> None:
        self.kinds: list[str] = []
        self.ticks = 0
        self._at_first = at_first

    def event(self, event: Event) -> None:
        self.kinds.append(event.kind)
        if callable(self._at_first) and len(self.kinds) == 1:
            self._at_first()

    def tick(self, now: float) -> None:
        self.ticks += 1


@pytest.fixture
def engine(tmp_path: Path) -> PulumiEngine:
    cli = tmp_path / "pulumi"
    cli.write_text(f"#!{sys.executable}\n{FAKE_CLI}")
    cli.chmod(0o700)
    return PulumiEngine(cli)


def command(tmp_path: Path, seconds: str) -> Command:
    return Command(
        args=(seconds,),
        cwd=tmp_path,
        env=dict(os.environ),
        log=tmp_path / "logs" / "up.log",
        events=tmp_path / "events.jsonl",
    )


def test_events_arrive_while_it_runs_and_its_words_are_kept(engine: PulumiEngine, tmp_path: Path) -> None:
    seen = Seen()
    finished = engine.run(command(tmp_path, "0.2"), seen)

    assert seen.kinds == ["preludeEvent", "summaryEvent"]
    assert seen.ticks >= 2
    assert finished.returncode == 3
    assert sorted(finished.said.split("\n")) == ["", "on stderr", "on stdout"]
    assert finished.ended - finished.began >= 0.2
    assert not finished.interrupted


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_lets_the_engine_end_in_good_order(
    engine: PulumiEngine, tmp_path: Path, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    seen = Seen(at_first=lambda: os.kill(os.getpid(), number))
    finished = engine.run(command(tmp_path, "30"), seen)

    assert seen.kinds == ["preludeEvent", "cancelEvent"]
    assert finished.interrupted
    assert signal.getsignal(number) is before


def test_an_engine_that_nobody_watches_any_more_is_stopped(engine: PulumiEngine, tmp_path: Path) -> None:
    def fail() -> None:
        raise BrokenPipeError

    began = time.monotonic()
    with pytest.raises(BrokenPipeError):
        engine.run(command(tmp_path, "30"), Seen(at_first=fail))

    assert time.monotonic() - began < 10
    assert (tmp_path / "events.jsonl").read_text().endswith('"cancelEvent": {}}\n')


def test_without_a_watcher_it_just_waits(engine: PulumiEngine, tmp_path: Path) -> None:
    silent = Command(("0",), tmp_path, dict(os.environ), tmp_path / "init.log")
    before = threading.active_count()

    assert engine.run(silent).returncode == 3
    assert threading.active_count() == before
