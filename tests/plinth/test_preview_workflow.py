"""The preview of pull requests: with an identity token, per environment, and under the policies."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).parents[2] / ".github" / "workflows" / "preview.yml"


@pytest.fixture(scope="module")
def text() -> str:
    return FILE.read_text()


@pytest.fixture(scope="module")
def workflow(text: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(text)
    return found


@pytest.fixture(scope="module")
def job(workflow: dict[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = workflow["jobs"]["preview"]
    return found


def step_using(job: dict[str, Any], action: str) -> dict[str, Any]:
    (found,) = [step for step in job["steps"] if step.get("uses", "").startswith(f"{action}@")]
    return dict(found)


def commands(job: dict[str, Any]) -> str:
    return "\n".join(step["run"] for step in job["steps"] if "run" in step)


def test_it_runs_on_pull_requests_only(workflow: dict[Any, Any]) -> None:
    # YAML 1.1 reads the key `on` as true.
    assert list(workflow[True]) == ["pull_request"]


def test_it_may_do_no_more_than_read_and_prove_who_it_is(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read", "id-token": "write"}


def test_it_assumes_a_role_and_has_no_keys(job: dict[str, Any], text: str) -> None:
    credentials = step_using(job, "aws-actions/configure-aws-credentials")["with"]
    assert credentials["role-to-assume"] == "${{ vars.AWS_PREVIEW_ROLE_ARN }}"
    assert credentials["aws-region"] == "${{ vars.AWS_REGION }}"
    assert not {"aws-access-key-id", "aws-secret-access-key"} & set(credentials)
    assert "secrets." not in text
    assert not re.search(r"AKIA|AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID", text)


def test_every_environment_of_the_project_is_previewed(job: dict[str, Any]) -> None:
    stacks = {file.name.split(".")[1] for file in FILE.parents[2].glob("Pulumi.*.yaml")}
    assert set(job["strategy"]["matrix"]["environment"]) == stacks == {"dev", "staging", "production"}
    assert job["strategy"]["fail-fast"] is False
    assert "${{ matrix.environment }}" in job["concurrency"]["group"]


def test_the_stock_engine_previews_against_the_shared_state_under_the_policies(job: dict[str, Any]) -> None:
    assert job["env"]["PULUMI_BACKEND_URL"] == "${{ vars.PULUMI_BACKEND_URL }}"
    assert 'pulumi preview --stack "$STACK"' in commands(job)
    assert "--policy-pack policies" in commands(job)
    assert (FILE.parents[2] / "policies" / "PulumiPolicy.yaml").is_file()
    assert "make setup\n" in commands(job)


def test_every_action_is_pinned_to_a_commit(job: dict[str, Any]) -> None:
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert len(used) == 4
    assert [action for action in used if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", action)] == []


def test_nothing_from_the_pull_request_is_pasted_into_a_script(job: dict[str, Any]) -> None:
    assert "${{" not in commands(job)
