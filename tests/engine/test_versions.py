"""The next version of an application and the one before it again, by the real engine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.bench import Bench, Document, changed

pytestmark = [pytest.mark.engine, pytest.mark.slow]

STACK, CLUSTER, SERVICE = "muejam-library-dev", "muejam-dev", "backend"


@pytest.mark.proves("S4-28", "S4-31")
def test_the_next_version_and_the_one_before_it_again(bench: Bench) -> None:
    first = _deploy(bench, "0.1.0")
    registry = first["outputs"]["image_registries"]["value"]["backend"]
    began = _runs(bench)
    assert began == (f"{registry}:0.1.0", 1)

    # scripts/deployment/deploy.sh: the same version once more.
    again = bench.client("ecs").update_service(cluster=CLUSTER, service=SERVICE, forceNewDeployment=True)
    assert again["service"]["taskDefinition"] == _service(bench)["taskDefinition"]
    assert bench.sim("preview", STACK)["steps"] == []

    moved = changed(_deploy(bench, "0.2.0"))
    assert moved.keys() == {"muejam-dev-backend-task-definition", "muejam-dev-backend"}
    assert moved["muejam-dev-backend"] == ("taskDefinition",)
    assert _runs(bench) == (f"{registry}:0.2.0", 2)

    # scripts/deployment/rollback.sh: a version is a setting, so going back is one too.
    assert changed(_deploy(bench, "0.1.0")).keys() == moved.keys()
    assert _runs(bench) == (f"{registry}:0.1.0", 3)
    assert bench.sim("preview", STACK)["steps"] == []


def _deploy(bench: Bench, version: str) -> Document:
    (bench.project / f"Pulumi.{STACK}.yaml").write_text(
        "config:\n"
        "  aws:region: us-east-1\n"
        "  plinth:overrides:\n"
        f"    services: {{backend: {{version: {version}}}}}\n"
    )
    return bench.sim("up", STACK)


def _runs(bench: Bench) -> tuple[str, int]:
    """The image that the service runs, and which revision of its task that is."""
    service = _service(bench)
    task = bench.client("ecs").describe_task_definition(taskDefinition=service["taskDefinition"])[
        "taskDefinition"
    ]
    assert service["runningCount"] == 1
    [container] = task["containerDefinitions"]
    return str(container["image"]), int(task["revision"])


def _service(bench: Bench) -> Any:
    ecs = bench.client("ecs")
    [found] = ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"]
    return found
