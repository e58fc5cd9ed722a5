"""The firewall beyond its baseline: more groups, rates of paths, countries, and counting before blocking."""

from typing import Any

import pytest

from components.edge import RateLimit
from components.errors import ComponentError
from components.waf_rules import BASELINE, MANAGED_GROUPS
from simcloud.testing import Simulation
from tests.components.edges import edge, waf
from tests.components.recording import Cloud

LOGIN = RateLimit(label="login", paths=["/api/auth/*"], requests=60, window_seconds=60)


def rules(cloud: Cloud, **more: Any) -> dict[str, Any]:
    cloud.deploy(lambda: edge(waf=waf(**more)))
    return {rule["name"]: rule for rule in cloud.one("WebAcl").inputs["rules"]}


def test_groups_look_in_the_order_in_which_they_are_named(cloud: Cloud) -> None:
    made = rules(cloud, groups=["sql-injection", *BASELINE])
    assert [(rule["name"], rule["priority"]) for rule in made.values()] == [
        ("rate-limit", 0), ("sql-injection", 1), ("reputation", 2), ("common", 3), ("known-bad-inputs", 4),
    ]  # fmt: skip
    group = made["sql-injection"]["statement"]["managedRuleGroupStatement"]
    assert (group["vendorName"], group["name"]) == ("AWS", "AWSManagedRulesSQLiRuleSet")


def test_a_new_group_counts_while_the_rest_blocks(cloud: Cloud) -> None:
    made = rules(cloud, groups=[*BASELINE, "linux"], counted_groups=["linux"])
    assert {name: rule["overrideAction"] for name, rule in made.items() if name != "rate-limit"} == {
        "reputation": {"none": {}},
        "common": {"none": {}},
        "known-bad-inputs": {"none": {}},
        "linux": {"count": {}},
    }


def test_promotion_changes_actions_and_nothing_else() -> None:
    counting, blocking = Cloud(), Cloud()
    said: dict[str, Any] = {
        "rate_limits": [LOGIN],
        "blocked_countries": ["KP"],
        "groups": list(MANAGED_GROUPS),
    }
    before, after = rules(counting, block=False, **said), rules(blocking, block=True, **said)
    assert list(before) == list(after)
    for name, rule in before.items():
        changed = {key for key in rule if rule[key] != after[name][key]}
        assert changed == {"overrideAction" if "overrideAction" in rule else "action"}
        assert {"count": {}} in (rule.get("action"), rule.get("overrideAction"))
        assert {"count": {}} not in (after[name].get("action"), after[name].get("overrideAction"))


def test_a_path_has_a_rate_of_its_own(cloud: Cloud) -> None:
    rule = rules(cloud, rate_limits=[LOGIN])["rate-login"]
    assert rule["action"] == {"block": {"customResponse": {"responseCode": 429}}}
    assert rule["statement"]["rateBasedStatement"] == {
        "limit": 60,
        "aggregateKeyType": "IP",
        "evaluationWindowSec": 60,
        "scopeDownStatement": {
            "byteMatchStatement": {
                "fieldToMatch": {"uriPath": {}},
                "positionalConstraint": "STARTS_WITH",
                "searchString": "/api/auth/",
                "textTransformations": [
                    {"priority": 0, "type": "URL_DECODE"},
                    {"priority": 1, "type": "NORMALIZE_PATH"},
                    {"priority": 2, "type": "LOWERCASE"},
                ],
            }
        },
    }


def test_countries_are_turned_away(cloud: Cloud) -> None:
    rule = rules(cloud, blocked_countries=["KP", "IR"])["countries"]
    assert (rule["action"], rule["statement"]) == (
        {"block": {}}, {"geoMatchStatement": {"countryCodes": ["KP", "IR"]}},
    )  # fmt: skip


def test_more_headers_can_be_kept_out_of_the_log(cloud: Cloud) -> None:
    cloud.deploy(lambda: edge(waf=waf(redacted_headers=["authorization", "cookie", "x-api-key"])))
    fields = cloud.one("WebAclLoggingConfiguration").inputs["redactedFields"]
    assert [field["singleHeader"]["name"] for field in fields] == ["authorization", "cookie", "x-api-key"]


@pytest.mark.proves("S1-11")
def test_aws_takes_every_group_at_once() -> None:
    simulation = Simulation()
    said = waf(groups=list(MANAGED_GROUPS), rate_limits=[LOGIN], blocked_countries=["KP"])

    def program() -> None:
        import pulumi

        from components.waf import firewall

        firewall(pulumi.ComponentResource("test:index:Parent", "parent"), "la-prod-edge", said, {})

    simulation.run(program)
    client = simulation.client("wafv2", "us-east-1")
    [summary] = client.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    acl = client.get_web_acl(Name=summary["Name"], Id=summary["Id"], Scope="CLOUDFRONT")["WebACL"]
    assert len(acl["Rules"]) == len(MANAGED_GROUPS) + 3
    assert len({rule["Priority"] for rule in acl["Rules"]}) == len(acl["Rules"])


def rate(**more: Any) -> RateLimit:
    return RateLimit(**{"label": "login", "paths": ["/api/auth/*"], "requests": 60, **more})


REFUSED = [
    (
        {"groups": ["sql"]},
        ("groups name the unknown group sql. Expected one of ")
        + ", ".join(MANAGED_GROUPS)
        + ". Fix: correct the group's name.",
    ),
    (
        {"counted_groups": ["linux"]},
        (
            "counted_groups name the unknown group linux. Expected one of reputation, common, "
            "known-bad-inputs. Fix: correct the group's name."
        ),
    ),
    (
        {"groups": ["common", "common"]},
        ("a rule group is named twice. Expected each group once. Fix: drop the second."),
    ),
    (
        {"rate_limits": [rate(), rate()]},
        (
            "a rate limit is called 'login'. Expected small letters, digits and hyphens, each label "
            "once. Fix: give it another label."
        ),
    ),
    (
        {"rate_limits": [rate(label="Log in")]},
        (
            "a rate limit is called 'Log in'. Expected small letters, digits and hyphens, each label "
            "once. Fix: give it another label."
        ),
    ),
    (
        {"rate_limits": [rate(window_seconds=30)]},
        (
            "login allows 60 requests in 30 seconds. Expected 10 to 2000000000 requests in 60, 120, "
            "300, 600 seconds. Fix: choose what AWS can count; finer limits belong into the "
            "application."
        ),
    ),
    (
        {"rate_limits": [rate(requests=9)]},
        (
            "login allows 9 requests in 60 seconds. Expected 10 to 2000000000 requests in 60, 120, "
            "300, 600 seconds. Fix: choose what AWS can count; finer limits belong into the "
            "application."
        ),
    ),
    (
        {"rate_limits": [rate(paths=["api"])]},
        ("login is for 'api'. Expected a path that begins with /. Fix: correct paths."),
    ),
    (
        {"rate_limits": [rate(requests=500)]},
        (
            "login allows 500 requests in 60 seconds, more than the 2000 in 300 that an address has "
            "for everything. Expected a rate below rate_limit_per_5_minutes. Fix: lower the one or "
            "raise the other."
        ),
    ),
    (
        {"blocked_countries": ["Iran"]},
        (
            "'Iran' is not a country. Expected two capitals, as ISO 3166 has them. Fix: correct "
            "blocked_countries."
        ),
    ),
    (
        {"redacted_headers": ["authorization"]},
        (
            "the header cookie would be logged. Expected redacted_headers with authorization and "
            "cookie. Fix: leave them in: they carry credentials."
        ),
    ),
]


@pytest.mark.parametrize(("said", "sentence"), REFUSED)
def test_contradictions_are_refused(cloud: Cloud, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: edge(waf=waf(**said)))
    assert str(refused.value) == f"la-prod-edge: {sentence}"
    assert cloud.made == []
