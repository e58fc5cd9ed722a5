from pathlib import Path

from plinth.engine.event_log import EventLog

LINE = '{"sequence":0,"timestamp":7,"preludeEvent":{"config":{}}}\n'


def test_a_half_written_line_waits_for_its_end(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    moments = iter([1.0, 2.0, 3.0])
    log = EventLog(file, clock=lambda: next(moments))

    assert list(log.new_events()) == []
    file.write_text(LINE + LINE[:20])
    assert [(event.kind, event.at) for event in log.new_events()] == [("preludeEvent", 1.0)]
    with file.open("a") as rest:
        rest.write(LINE[20:])
    assert [(event.kind, event.at) for event in log.new_events()] == [("preludeEvent", 2.0)]
    assert list(log.new_events()) == []
