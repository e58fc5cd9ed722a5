"""The lock: only the own edge reaches the balancer, and no turn of the key shuts it out."""

from collections.abc import Iterator
from typing import Any

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.edge_lock import OriginLock, OriginLockArgs, turn_of
from components.errors import ComponentError
from components.gateway import Gateway, GatewayArgs, Ingress, RequiredHeader, Trial
from tests.components.edges import CERTIFICATE, NAME, edge, unwrapped
from tests.components.recording import Cloud

DRAWN = "drawn-48"
HEADER = "x-origin-verify"
BEHIND_IT = "la-prod-gateway"


def values(generation: int) -> tuple[tuple[str, int], set[tuple[str, int]]]:
    """What the edge sends and what the gateway takes, as slot and version."""
    turn = turn_of(generation)
    taken = list(zip("ab", turn.versions, strict=True))
    return taken[turn.sent], set(taken)


@given(st.integers(1, 10_000))
def test_no_step_of_a_rotation_shuts_the_edge_out(generation: int) -> None:
    sent, taken = values(generation)
    next_sent, next_taken = values(generation + 1)
    # While a step is deployed, either side may be ahead of the other.
    assert {sent, next_sent} <= taken
    assert {sent, next_sent} <= next_taken
    assert (sent != next_sent) != (taken != next_taken)


@given(st.integers(2, 10_000))
def test_two_steps_end_the_use_of_a_value_for_good(generation: int) -> None:
    sent, _ = values(generation)
    assert values(generation + 2)[0] != sent
    assert sent not in values(generation + 4)[1]
    assert all(
        later >= now
        for later, now in zip(turn_of(generation + 1).versions, turn_of(generation).versions, strict=True)
    )


def test_the_first_generation_sends_the_first_value() -> None:
    assert [(turn_of(step).versions, turn_of(step).sent) for step in range(1, 6)] == [
        ((1, 1), 0), ((1, 1), 1), ((2, 1), 1), ((2, 1), 0), ((2, 2), 0),
    ]  # fmt: skip


def locked(**more: Any) -> Gateway:
    door = edge(**more)
    args = GatewayArgs(
        vpc_id="vpc-1",
        subnet_ids=["subnet-1", "subnet-2"],
        certificate_arn=CERTIFICATE,
        ingress=door.origin_ingress,
    )
    return Gateway(BEHIND_IT, args)


def test_the_balancer_asks_for_what_the_edge_sends(cloud: Cloud) -> None:
    cloud.deploy(lambda: locked().target("la-prod-web", 3000, "/"))
    [origin] = unwrapped(cloud.one("Distribution").inputs["origins"])
    assert origin["customHeaders"] == [{"name": HEADER, "value": DRAWN}]
    path, header = unwrapped(cloud.one("ListenerRule").inputs["conditions"])
    assert path == {"pathPattern": {"values": ["/*"]}}
    assert header == {"httpHeader": {"httpHeaderName": HEADER, "values": [DRAWN, DRAWN]}}


def test_every_rule_asks_for_it(cloud: Cloud) -> None:
    def program() -> None:
        gateway = locked()
        gateway.target("la-prod-web", 3000, "/", hosts=["example.org"])
        gateway.target("la-prod-api", 8000, "/", default=False, paths=["/api/*", "/v1/*"])
        gateway.target("la-prod-new", 9000, "/", default=False, paths=["/new/*"], pair=True)

    cloud.deploy(program)
    rules = cloud.of("ListenerRule")
    assert len(rules) == 3
    for rule in rules:
        *_, last = unwrapped(rule.inputs["conditions"])
        assert last["httpHeader"]["httpHeaderName"] == HEADER


def test_who_tries_a_new_version_comes_past_the_edge(cloud: Cloud) -> None:
    trial = Trial(cidrs=["203.0.113.0/24"])
    cloud.deploy(lambda: locked().target("la-prod-web", 3000, "/", pair=True, trial=trial))
    assert cloud.named("ListenerRule", "la-prod-web-trial").inputs["conditions"] == [
        {"pathPattern": {"values": ["/*"]}}
    ]


def test_the_rule_stands_after_the_distribution_sends(cloud: Cloud) -> None:
    cloud.deploy(lambda: locked().target("la-prod-web", 3000, "/"))
    names = [made.name for made in cloud.made if made.type in ("Distribution", "ListenerRule")]
    assert names == [NAME, "la-prod-web"]
    assert NAME in cloud.one("ListenerRule").after


def test_no_value_stands_in_the_clear(cloud: Cloud) -> None:
    cloud.deploy(lambda: locked().target("la-prod-web", 3000, "/"))
    clear = [made.name for made in cloud.made for text in texts(made.inputs) if DRAWN in text]
    hidden = [made.name for made in cloud.made for text in texts(made.inputs, secrets=True) if DRAWN in text]
    assert clear == []
    assert sorted(set(hidden)) == [NAME, f"{NAME}-lock-a-value", f"{NAME}-lock-b-value", "la-prod-web"]


def texts(value: Any, *, secrets: bool = False) -> Iterator[str]:
    """Every text in a value; those inside of secrets only if asked for."""
    if pulumi.runtime.rpc.is_rpc_secret(value):
        yield from texts(unwrapped(value), secrets=secrets) if secrets else ()
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in texts(item, secrets=secrets))
    elif isinstance(value, list):
        yield from (text for item in value for text in texts(item, secrets=secrets))
    elif isinstance(value, str):
        yield value


def test_the_secrets_are_kept_as_told(cloud: Cloud) -> None:
    args = OriginLockArgs(
        generation=3, kms_key_arn="key", recovery_window_days=7, protect=True, tags={"a": "b"}
    )
    cloud.deploy(lambda: OriginLock("la-prod-lock", args))
    secrets = cloud.of("Secret")
    assert [made.name for made in secrets] == ["la-prod-lock-a", "la-prod-lock-b"]
    for made in secrets:
        assert (made.inputs["kmsKeyId"], made.inputs["recoveryWindowInDays"], made.protect) == (
            "key",
            7,
            True,
        )
        assert made.inputs["tags"] == {"a": "b", "Name": made.name}
    assert [made.inputs["secretStringWoVersion"] for made in cloud.of("SecretVersion")] == [2, 1]
    lengths = {
        args["passwordLength"] for token, args in cloud.looked_up if token.endswith("getRandomPassword")
    }
    # Punctuation would be a wildcard to a listener rule.
    signs = {
        args["excludePunctuation"] for token, args in cloud.looked_up if token.endswith("getRandomPassword")
    }
    assert (lengths, signs) == ({48}, {True})


def test_without_a_lock_only_the_addresses_are_checked(cloud: Cloud) -> None:
    cloud.deploy(lambda: locked(lock=None).target("la-prod-web", 3000, "/"))
    assert cloud.one("ListenerRule").inputs["conditions"] == [{"pathPattern": {"values": ["/*"]}}]
    [origin] = cloud.one("Distribution").inputs["origins"]
    assert "customHeaders" not in origin
    assert cloud.of("Secret") == []


def gateway_with(count: int) -> Gateway:
    header = RequiredHeader(name=HEADER, values=["x"] * count)
    args = GatewayArgs(
        vpc_id="vpc-1",
        subnet_ids=["subnet-1"],
        certificate_arn=CERTIFICATE,
        ingress=Ingress(cidrs=["203.0.113.0/24"], header=header),
    )
    return Gateway(BEHIND_IT, args)


REFUSED = [
    (
        lambda: OriginLock("la-prod-lock", OriginLockArgs(generation=0)),
        "la-prod-lock: the lock is to be of generation 0. Expected 1, raised by one for every step of a rotation. "
        "Fix: correct generation; it never goes back.",
    ),
    (
        lambda: gateway_with(0),
        "la-prod-gateway: the header x-origin-verify has 0 values. Expected 1 to 3, which leaves a listener rule two "
        "values for hosts and paths. Fix: give the value that the edge sends, and the one that it will send next.",
    ),
    (
        lambda: gateway_with(4),
        "la-prod-gateway: the header x-origin-verify has 4 values. Expected 1 to 3, which leaves a listener rule two "
        "values for hosts and paths. Fix: give the value that the edge sends, and the one that it will send next.",
    ),
    (
        lambda: gateway_with(2).target(
            "la-prod-web", 3000, "/", default=False, hosts=["a.org"], paths=["/a", "/b", "/c"]
        ),
        "la-prod-web: 4 hosts and paths lead to this target. Expected at most 3: AWS takes 5 values in a rule, the "
        "edge's header's among them. Fix: join them by a pattern, or make a second target.",
    ),
]


@pytest.mark.parametrize(("program", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, program: Any, sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(program)
    assert str(refused.value) == sentence
    assert cloud.of("Secret") + cloud.of("TargetGroup") == []
