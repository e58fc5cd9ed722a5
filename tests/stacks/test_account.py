"""What whole stacks answer for: records, costs, and who may deploy."""

import json
from typing import Any

import pytest

from stacks.parts.account import standards
from tests.stacks.settings.loading import loaded
from tests.stacks.test_watch import promising, several
from tests.stacks.watched import watched

TRUSTED = "token.actions.githubusercontent.com:sub"


@pytest.mark.proves("S1-42", "S2-52")
def test_production_writes_down_every_call_for_a_year() -> None:
    stack = watched("learning-assistant-production")
    [trail] = stack.answers["trails"]
    assert trail["LogFileValidationEnabled"] is True
    lifecycle = stack.of("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")["audit"]
    assert 365 in [rule.get("expiration", {}).get("days") for rule in lifecycle["rules"]]
    groups = {one["logGroupName"]: one.get("retentionInDays") for one in stack.answers["groups"]}
    [searched] = [
        days for name, days in groups.items() if name == trail["CloudWatchLogsLogGroupArn"].split(":")[6]
    ]
    assert searched == 90


def test_what_an_account_has_once_is_switched_on_where_it_is_asked_for() -> None:
    asked = watched("learning-assistant-production")
    assert len(asked.of("guardduty/detector:Detector")) == 1
    assert len(asked.of("securityhub/account:Account")) == 1
    assert len(asked.of("cfg/recorder:Recorder")) == 1
    other = promising()
    assert len(other.of("cloudtrail/trail:Trail")) == 1
    assert not other.of("guardduty/detector:Detector")
    assert not other.of("securityhub/account:Account")


def test_pci_is_checked_where_it_is_to_be_answered_for() -> None:
    plain, pci = (
        loaded("production", {"compliance": {"standards": standards}, "audit": {"account": True}})
        for standards in ([], ["pci-dss"])
    )
    assert [standard.name for standard in standards(plain)] == ["BEST_PRACTICES", "CIS_3"]
    assert [standard.name for standard in standards(pci)] == ["BEST_PRACTICES", "CIS_3", "PCI_DSS"]


@pytest.mark.proves("S3-33", "S4-51")
def test_the_budget_is_what_aws_bills_of_525_in_the_document_s_parts() -> None:
    stack = promising()
    budgets = {name: float(one["limitAmount"]) for name, one in stack.of("budgets/budget:Budget").items()}
    assert budgets == {
        "budget": 495,
        "budget-servers": 150,
        "budget-database": 200,
        "budget-cache": 50,
        "budget-balancer": 25,
        "budget-storage": 20,
        "budget-monitoring": 50,
    }
    assert budgets["budget"] + sum(stack.settings.budget.elsewhere_usd.values()) == 525


@pytest.mark.proves("S1-06", "S4-51")
def test_costs_are_told_to_the_warnings_topic_and_counted_by_the_stack_s_own_tag() -> None:
    stack = promising()
    whole = stack.of("budgets/budget:Budget")["budget"]
    assert whole["costFilters"] == [
        {"name": "TagKeyValue", "values": ["user:Stack$scalable-next-production"]}
    ]
    told = {topic for one in whole["notifications"] for topic in one["subscriberSnsTopicArns"]}
    [topic] = told
    assert topic == stack.outputs["warning_topic_arn"]
    monitor = stack.of("costexplorer/anomalyMonitor:AnomalyMonitor")["budget-monitor"]
    assert json.loads(monitor["monitorSpecification"]) == {
        "Tags": {"Key": "Stack", "Values": ["scalable-next-production"], "MatchOptions": ["EQUALS"]}
    }


def subjects(stack: Any) -> dict[str, str]:
    roles = {name: one for name, one in stack.of("iam/role:Role").items() if name.startswith("ci-")}
    return {
        name: json.loads(one["assumeRolePolicy"])["Statement"][0]["Condition"]["StringEquals"][TRUSTED]
        for name, one in roles.items()
    }


def test_after_an_approval_the_environment_deploys() -> None:
    assert subjects(several()) == {
        "ci-preview": "repo:acme/platform:pull_request",
        "ci-deploy": "repo:acme/platform:environment:production",
    }
    assert several().outputs["deploy_role_arn"].endswith(":role/api-prod-ci-deploy")


@pytest.mark.proves("S4-43")
def test_whoever_deploys_makes_no_role_without_the_boundary_of_its_own() -> None:
    roles = several().of("iam/role:Role")
    [boundary] = {one["permissionsBoundary"] for one in roles.values()}
    assert boundary.endswith(":policy/api-prod-ci-boundary")
    policy = json.loads(several().of("iam/rolePolicy:RolePolicy")["ci-deploy-roles"]["policy"])
    wanted = [
        one["Condition"]["StringEquals"] for one in policy["Statement"] if "iam:CreateRole" in one["Action"]
    ]
    assert wanted == [{"iam:PermissionsBoundary": boundary}]
    assert not [one for one in promising().of("iam/role:Role").values() if "permissionsBoundary" in one]


def test_without_one_the_branch_main_does() -> None:
    assert (
        subjects(watched("muejam-library-production"))["ci-deploy"]
        == "repo:muejam/library:ref:refs/heads/main"
    )


def test_dev_answers_for_nothing() -> None:
    dev = watched("learning-assistant-dev")
    assert (dev.answers["trails"], dev.answers["budgets"]) == ([], [])
    assert subjects(dev) == {}
