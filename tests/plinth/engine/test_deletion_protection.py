import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plinth.engine.deletion_protection import lift_deletion_protection
from plinth.engine.layout import Layout

PREFIX = "urn:pulumi:production::plinth::"


@dataclass
class Client:
    """Remembers what it is asked."""

    asked: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, service: str, region: str) -> Any:
        asked = self.asked

        class Service:
            def __getattr__(self, call: str) -> Any:
                return lambda **arguments: asked.append((service, region, call, arguments))

        return Service()


def lifted(tmp_path: Path, *resources: tuple[str, str, dict[str, Any]]) -> tuple[Client, tuple[str, ...]]:
    layout, client = Layout(tmp_path, "plinth"), Client()
    layout.stacks.mkdir(parents=True)
    state = [
        {
            "urn": f"{PREFIX}{token}::{name}",
            "type": token,
            "id": f"id-{name}",
            "outputs": {"region": "r", **outputs},
        }
        for token, name, outputs in resources
    ]
    layout.state_file("production").write_text(json.dumps({"checkpoint": {"latest": {"resources": state}}}))
    return client, lift_deletion_protection(layout, "production", client)


def test_what_is_protected_is_switched_off_through_the_api(tmp_path: Path) -> None:
    client, told = lifted(
        tmp_path,
        ("aws:rds/instance:Instance", "db", {"deletionProtection": True, "identifier": "db-1"}),
        ("aws:rds/instance:Instance", "replica", {"deletionProtection": False, "identifier": "db-2"}),
        ("aws:lb/loadBalancer:LoadBalancer", "gateway", {"enableDeletionProtection": True}),
        ("aws:s3/bucket:Bucket", "site", {}),
    )

    assert client.asked == [
        (
            "rds",
            "r",
            "modify_db_instance",
            {"DBInstanceIdentifier": "db-1", "DeletionProtection": False, "ApplyImmediately": True},
        ),
        (
            "elbv2",
            "r",
            "modify_load_balancer_attributes",
            {
                "LoadBalancerArn": "id-gateway",
                "Attributes": [{"Key": "deletion_protection.enabled", "Value": "false"}],
            },
        ),
    ]
    assert told == (
        "Switched off deletion protection first: db, gateway. A real destroy would have refused.",
    )


def test_nothing_protected_nothing_asked(tmp_path: Path) -> None:
    client, told = lifted(tmp_path, ("aws:rds/instance:Instance", "db", {"deletionProtection": False}))

    assert (client.asked, told) == ([], ())
