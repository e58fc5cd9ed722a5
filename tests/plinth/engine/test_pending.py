import json
from pathlib import Path

from plinth.engine.layout import Layout
from plinth.engine.pending import forget_pending_creations

URN = "urn:pulumi:dev::plinth::plinth:network:Network$aws:ec2/vpc:Vpc::{}"


def write(layout: Layout, *operations: tuple[str, str]) -> Path:
    pending = [{"resource": {"urn": URN.format(name)}, "type": kind} for name, kind in operations]
    latest = {"resources": [{"urn": URN.format("kept")}], "pending_operations": pending}
    file = layout.state_file("dev")
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"version": 3, "checkpoint": {"latest": latest}}))
    return file


def latest(file: Path) -> dict:
    return json.loads(file.read_text())["checkpoint"]["latest"]


def test_creations_are_forgotten_in_one_line(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    file = write(layout, ("a", "creating"), ("b", "creating"), ("c", "creating"), ("d", "creating"))

    assert forget_pending_creations(layout, "dev") == (
        "An earlier run was cut off: 4 unfinished creations will be taken up (a, b, c and 1 more).",
    )
    assert latest(file) == {"resources": [{"urn": URN.format("kept")}]}


def test_other_operations_stay_for_the_engine(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    file = write(layout, ("a", "creating"), ("b", "deleting"))

    assert forget_pending_creations(layout, "dev") == (
        "An earlier run was cut off: 1 unfinished creation will be taken up (a).",
    )
    assert [op["type"] for op in latest(file)["pending_operations"]] == ["deleting"]


def test_a_state_without_creations_is_not_written(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    file = write(layout, ("b", "updating"))
    before = file.stat().st_mtime_ns

    assert forget_pending_creations(layout, "dev") == ()
    assert file.stat().st_mtime_ns == before


def test_no_state_no_word(tmp_path: Path) -> None:
    assert forget_pending_creations(Layout(tmp_path, "plinth"), "dev") == ()
