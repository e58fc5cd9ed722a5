"""One service, deployed in every way one after the other by the real engine: nothing is lost, nothing is moved back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simcloud import daemon
from tests.engine.bench import Bench, Document

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PROGRAM = Path(__file__).parent / "programs" / "deployments"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Bench]:
    """The program in a folder of its own, and an empty simulated cloud."""
    shutil.copytree(PROGRAM, tmp_path / "app")
    bench = Bench(tmp_path / "app", tmp_path / "sim")
    yield bench
    daemon.stop(bench.home)


def deploy(app: Bench, strategy: str, port: int = 3000) -> Document:
    file = app.project / "Pulumi.dev.yaml"
    settings = {"aws:region": "us-east-1", "deployments:strategy": strategy, "deployments:port": port}
    file.write_text("config:\n" + "".join(f"  {key}: {value}\n" for key, value in settings.items()))
    return app.sim("up", "dev")


def steps(document: Document) -> set[tuple[str, str, str]]:
    """Operation, type and name of all that was not left as it is."""
    return {(step["op"], step["type"].rsplit(":", 1)[-1], step["name"]) for step in document["steps"]}


def the_service(app: Bench, outputs: dict[str, str]) -> Any:
    [found] = app.client("ecs").describe_services(cluster=outputs["cluster"], services=[outputs["service"]])[
        "services"
    ]
    return found


def weights(app: Bench) -> list[int]:
    """What share each group of the production rule gets, the service's first group first."""
    elb = app.client("elbv2")
    [balancer] = elb.describe_load_balancers()["LoadBalancers"]
    listeners = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    [https] = [listener for listener in listeners if listener["Port"] == 443]
    [rule] = [
        rule
        for rule in elb.describe_rules(ListenerArn=https["ListenerArn"])["Rules"]
        if not rule["IsDefault"]
    ]
    return [group["Weight"] for group in rule["Actions"][0]["ForwardConfig"]["TargetGroups"]]


def as_ecs_would(app: Bench, service: Any) -> None:
    """Lead all traffic to the other group, as a finished deployment does."""
    advanced = service["loadBalancers"][0]["advancedConfiguration"]
    groups = [
        {"TargetGroupArn": service["loadBalancers"][0]["targetGroupArn"], "Weight": 0},
        {"TargetGroupArn": advanced["alternateTargetGroupArn"], "Weight": 100},
    ]
    app.client("elbv2").modify_rule(
        RuleArn=advanced["productionListenerRule"],
        Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}],
    )


def test_from_one_strategy_to_the_next_and_back(app: Bench) -> None:
    first = deploy(app, "rolling")
    outputs = {name: found["value"] for name, found in first["outputs"].items()}
    group = the_service(app, outputs)["loadBalancers"][0]["targetGroupArn"]
    app.client("ecs").update_service(
        cluster=outputs["cluster"], service=outputs["service"], desiredCount=4
    )  # as the scaling would

    update = ("update", "Service", "app-web")
    assert steps(deploy(app, "pair")) == {
        ("create", "MetricAlarm", "app-web-deployment-errors"),
        ("create", "MetricAlarm", "app-web-deployment-latency"),
        ("create", "TargetGroup", "app-web-b"),
        ("create", "ListenerRule", "app-web-shift"),
        ("create", "Role", "app-web-shifting"),
        ("create", "RolePolicy", "app-web-shifting-policy"),
        ("delete", "ListenerRule", "app-web"),
        update,
    }
    assert weights(app) == [100, 0]

    assert steps(deploy(app, "blue-green")) == {update}

    as_ecs_would(app, the_service(app, outputs))
    assert steps(app.sim("preview", "dev")) == set()
    app.sim("refresh", "dev")
    assert steps(app.sim("preview", "dev")) == set()

    for strategy, word in (("canary", "CANARY"), ("linear", "LINEAR"), ("pair", "ROLLING")):
        assert steps(deploy(app, strategy)) == {update}
        service = the_service(app, outputs)
        assert service["deploymentConfiguration"]["strategy"] == word
        assert service["loadBalancers"][0]["targetGroupArn"] == group
        assert service["desiredCount"] == 4
        assert weights(app) == [0, 100]


def test_new_groups_come_with_a_new_rule(app: Bench) -> None:
    first = deploy(app, "canary")
    outputs = {name: found["value"] for name, found in first["outputs"].items()}
    before = the_service(app, outputs)
    deploy(app, "canary", port=4000)
    after = the_service(app, outputs)
    assert after["serviceArn"] == before["serviceArn"]
    assert after["loadBalancers"][0]["containerPort"] == 4000
    assert after["loadBalancers"][0]["targetGroupArn"] != before["loadBalancers"][0]["targetGroupArn"]
    assert weights(app) == [100, 0]
    assert steps(app.sim("preview", "dev")) == set()
