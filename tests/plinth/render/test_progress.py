from io import StringIO

from rich.console import Console
from rich.text import Text

from plinth.render.progress_lines import ProgressLines
from plinth.render.progress_live import LiveProgress
from plinth.report.event import Event, parse_events
from tests.plinth.twins import RECORDED

STACK = "urn:pulumi:dev::plinth::pulumi:pulumi:Stack::plinth-dev"


def recorded(case: str) -> list[Event]:
    return list(parse_events((RECORDED / case / "events.jsonl").read_text().splitlines()))


def event(kind: str, name: str, at: float, op: str = "create") -> Event:
    urn = f"urn:pulumi:dev::plinth::aws:rds/instance:Instance::{name}"
    side = {"type": "aws:rds/instance:Instance", "urn": urn, "custom": True, "parent": STACK}
    metadata = {"op": op, "urn": urn, "type": side["type"], "old": None, "new": side}
    return Event(kind, {"metadata": metadata}, at)


def console() -> Console:
    return Console(file=StringIO(), width=100, highlight=False, markup=False)


def printed(on: Console) -> list[str]:
    assert isinstance(on.file, StringIO)
    return on.file.getvalue().splitlines()


def test_a_line_per_finished_operation_and_none_for_what_is_the_same() -> None:
    on = console()
    lines = ProgressLines(on)
    for happened in recorded("up_change"):
        lines.event(happened)

    assert sorted(printed(on)) == [
        "  created   aws:rds:Instance  la-dev-db-replica",
        "  deleted   aws:ec2:Subnet  la-dev-network-public-5",
        "  replaced  aws:rds:Instance  la-dev-db-primary",
        "  updated   aws:ec2:Vpc  la-dev-network-vpc",
    ]


def test_nothing_changes_nothing_is_said() -> None:
    on = console()
    lines = ProgressLines(on)
    for happened in recorded("up_same") + recorded("refresh_same"):
        lines.event(happened)

    assert printed(on) == []


def test_a_failure_and_a_slow_one() -> None:
    on = console()
    lines = ProgressLines(on)
    lines.event(event("resourcePreEvent", "slow", 10.0))
    lines.event(event("resourcePreEvent", "broken", 10.0))
    lines.event(event("resOpFailedEvent", "broken", 11.0))
    lines.event(event("resOutputsEvent", "slow", 75.0))

    assert printed(on) == [
        "  FAILED    aws:rds:Instance  broken  (1.0 s)",
        "  created   aws:rds:Instance  slow  (1 min 05 s)",
    ]


def test_a_heartbeat_every_thirty_seconds_names_the_slow_ones() -> None:
    on = console()
    lines = ProgressLines(on)
    for second in range(100):
        lines.tick(float(second))
        if second == 5:
            lines.event(event("resourcePreEvent", "primary", 5.0))

    assert printed(on) == [
        "  … still running: primary (25.0 s)",
        "  … still running: primary (55.0 s)",
        "  … still running: primary (1 min 25 s)",
    ]


def test_a_heartbeat_of_many_and_of_none() -> None:
    on = console()
    lines = ProgressLines(on)
    lines.tick(0.0)
    lines.tick(30.0)
    for name in "abcde":
        lines.event(event("resourcePreEvent", name, 30.0))
    lines.tick(60.0)

    assert printed(on) == [
        "  … still running: engine starts",
        "  … still running: a (30.0 s), b (30.0 s), c (30.0 s) and 2 more",
    ]


def test_the_live_table_has_a_row_per_component() -> None:
    on = console()
    live = LiveProgress(on, Text("SIMULATED  up dev"), clock=lambda: 0.0)
    for happened in recorded("up_first"):
        live.event(happened)
    for name in ("stray-2", "stray-3", "stray-4"):
        live.event(event("resourcePreEvent", name, 4.0))
    on.print(live.table(6.5))

    assert [" ".join(line.split()) for line in printed(on)] == [
        "SIMULATED up dev 6.5 s",
        "la-dev-network (Network) 8",
        "(no component) 1 stray-2 2.5 s, stray-3 2.5 s and 1 more",
        "la-dev-db (Database) 1",
    ]


def test_before_the_first_resource_the_live_table_tells_the_stage() -> None:
    live = LiveProgress(console(), Text("SIMULATED  up dev"), clock=lambda: 0.0)
    told = []
    for happened in [None, *recorded("preview_policy")]:
        if happened is not None:
            live.event(happened)
        on = console()
        on.print(live.table(1.0))
        told.append(" ".join(printed(on)[0].split()[4:]))

    assert list(dict.fromkeys(told)) == [
        "s engine starts",
        "s policies load",
        "s program starts",
        "s",
        "s engine ends",
    ]


def test_live_progress_leaves_nothing_behind() -> None:
    on = Console(file=StringIO(), width=100, force_terminal=True)
    with LiveProgress(on, Text("SIMULATED  up dev"), clock=lambda: 0.0) as live:
        live.tick(1.0)

    assert printed(on)[-1].endswith("\x1b[1A\x1b[2K")
