import json
from pathlib import Path

from plinth.engine.layout import Layout
from plinth.engine.state import environments, stack_exists

PREFIX = "urn:pulumi:dev::plinth::"


def resource(token: str, *, custom: bool = True, protect: bool = False) -> dict[str, object]:
    return {"urn": f"{PREFIX}{token}::x", "type": token, "custom": custom, "protect": protect}


def test_real_resources_are_counted_by_type(tmp_path: Path) -> None:
    layout = Layout(tmp_path, "plinth")
    latest = {
        "resources": [
            resource("pulumi:pulumi:Stack", custom=False),
            resource("pulumi:providers:aws"),
            resource("plinth:network:Network", custom=False),
            resource("aws:ec2/subnet:Subnet"),
            resource("aws:ec2/subnet:Subnet"),
            resource("aws:rds/instance:Instance", protect=True),
        ],
        "pending_operations": [{"type": "creating"}],
    }
    layout.stacks.mkdir(parents=True)
    layout.state_file("dev").write_text(json.dumps({"checkpoint": {"latest": latest}}))
    layout.state_file("empty").write_text(json.dumps({"checkpoint": {"latest": None}}))
    (layout.stacks / "dev.json.bak").write_text("not a state")

    dev, empty = environments(layout)

    assert (dev.name, dev.total, dev.protected, dev.unfinished) == ("dev", 3, 1, 1)
    assert dev.resources == {"aws:ec2/subnet:Subnet": 2, "aws:rds/instance:Instance": 1}
    assert (empty.name, empty.total) == ("empty", 0)


def test_existence_is_a_matter_of_files(tmp_path: Path) -> None:
    assert not stack_exists(Layout(tmp_path, "plinth"), "dev")
    assert environments(Layout(tmp_path, "plinth")) == ()
