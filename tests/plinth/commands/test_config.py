"""`plinth config …`: what stacks are told, without any engine."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

BROKEN = """\
config:
  aws:region: us-east-1
  plinth:overrides:
    network: {nat: none}
    services: {web: {cpu: 512, memory: 512, scalling: null}}
"""
NAT = (
    "network.nat: without NAT and without endpoints the private tasks cannot fetch their image or secrets, or send "
    "their logs: they lack ecr.api, ecr.dkr, logs, secretsmanager. Expected a NAT, or network.endpoints with what "
    "tasks cannot start without. Fix: pulumi config set -s dev --path plinth:overrides.network.nat single"
)


@pytest.fixture(autouse=True)
def nowhere_in_particular(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION", raising=False)


def broken(cli) -> None:
    (cli.project / "Pulumi.dev.yaml").write_text(BROKEN)


def test_check_is_content_with_the_projects_stacks(cli) -> None:
    result = cli.run("config", "check")
    assert (result.exit_code, result.stdout) == (0, "ok    dev\n")


def test_check_tells_every_problem_of_every_stack_and_ends_with_two(cli) -> None:
    broken(cli)
    result = cli.run("config", "check", "dev", "production")
    lines = result.stdout.splitlines()
    assert result.exit_code == 2
    assert [line for line in lines if not line.startswith(" ")] == [
        "FAIL  dev",
        "ok    production",
        "2 stacks, 1 with problems",
    ]
    assert lines[1] == f"      {NAT}"
    assert [line.split(":")[0].strip() for line in lines[1:4]] == [
        "network.nat",
        "services.web.memory",
        "services.web.scalling",
    ]
    assert lines[3].endswith("Fix: did you mean services.web.scaling?")


def test_check_goes_on_behind_a_file_that_cannot_be_read(cli) -> None:
    (cli.project / "Pulumi.dev.yaml").write_text("config: [")
    result = cli.run("config", "check", "dev", "staging")
    assert result.exit_code == 2
    assert result.stdout.startswith("FAIL  dev\n      Pulumi.dev.yaml: it cannot be read: ")
    assert result.stdout.endswith("Fix: correct the file\nok    staging\n2 stacks, 1 with problems\n")


def test_check_all_is_every_system_in_every_environment(cli) -> None:
    found = cli.document("config", "check", "--all")
    names = [one["stack"] for one in found["stacks"]]
    systems = ("api-platform", "learning-assistant", "muejam-library", "practice-app", "scalable-next")
    wanted = {
        f"{system}-{environment}" for system in systems for environment in ("dev", "staging", "production")
    }
    assert (found["schema_version"], found["command"], found["ok"]) == (1, "config check", True)
    assert set(names) == {"dev", *wanted, "api-platform-production-standby"}
    assert len(names) == len(set(names))


def test_check_for_programs(cli) -> None:
    broken(cli)
    [stack] = cli.document("config", "check")["stacks"]
    assert (stack["stack"], stack["ok"], stack["unreadable"]) == ("dev", False, None)
    assert stack["problems"][1] == {
        "path": "services.web.memory",
        "problem": "Fargate does not sell cpu 512 with memory 512 MiB",
        "expected": "memory for cpu 512 to be one of 1024, 2048, 3072, 4096",
        "fix": "use cpu 512 with memory 1024",
    }


def test_check_of_a_stack_that_nobody_means(cli) -> None:
    result = cli.run("config", "check", "prodution")
    assert result.exit_code == 2
    assert '      plinth:environment: there is no environment "prodution".' in result.stdout


def test_show_lays_the_file_over_system_and_environment(cli) -> None:
    (cli.project / "Pulumi.dev.yaml").write_text(
        "config:\n  plinth:overrides:\n    services: {web: {cpu: 1024, memory: 2048}}\n"
    )
    shown = yaml.safe_load(cli.run("config", "show", "dev").stdout)
    assert (shown["system"], shown["environment"], shown["network"]["nat"]) == (
        "learning-assistant",
        "dev",
        "single",
    )
    assert shown["services"]["web"]["cpu"] == 1024
    assert cli.run("config", "show", "dev", "services.web.cpu").stdout == "1024\n"
    assert cli.run("config", "show", "dev", "services.web.scaling").stdout == "null\n"
    assert cli.run("config", "show", "dev", "network.public_cidrs[1]").stdout == "10.0.2.0/24\n"
    assert cli.run("config", "show", "dev", "services.web.hosts").stdout == "- '@'\n"


def test_show_for_programs(cli) -> None:
    assert cli.document("config", "show", "muejam-library-production", "cache.shards") == {
        "schema_version": 1,
        "command": "config show",
        "stack": "muejam-library-production",
        "path": "cache.shards",
        "value": 2,
    }


def test_show_of_the_second_region_is_what_runs_there(cli) -> None:
    shown = cli.document("config", "show", "api-platform-production-standby")["value"]
    assert (shown["standby"], shown["region"], shown["budget"]["monthly_usd"]) == (True, "us-west-2", None)
    assert [one["scaling"] for one in shown["services"].values()] == [None, None]


def test_show_of_what_is_not_there_and_of_what_is_wrong(cli) -> None:
    missing = cli.run("config", "show", "dev", "network.natt")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr.endswith("Fix: did you mean network.nat?\n")
    broken(cli)
    wrong = cli.run("config", "show", "dev")
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("plinth: Configuration of stack dev has 3 problems:\n")
    assert f"  {NAT}\n" in wrong.stderr


def test_diff_names_each_path_with_both_values(cli) -> None:
    lines = cli.run("config", "diff", "dev", "production").stdout.splitlines()
    assert lines[0] == f"dev → production: {len(lines) - 1} settings differ"
    assert "  network.nat: single → per_az" in lines
    assert "  database.replicas: 0 → 2" in lines
    assert not [line for line in lines if line.startswith("  network.cidr_block")]


def test_diff_for_programs_leaves_out_what_is_absent(cli) -> None:
    found = cli.document("config", "diff", "learning-assistant-staging", "practice-app-staging")
    by_path = {one["path"]: one for one in found["differences"]}
    assert (found["a"], found["b"]) == ("learning-assistant-staging", "practice-app-staging")
    assert by_path["short_name"] == {"path": "short_name", "a": "la", "b": "sp"}
    assert set(by_path["services.api"]) == {"path", "b"}
    assert by_path["services.api"]["b"]["port"] == 8000


def test_diff_of_a_stack_with_itself(cli) -> None:
    result = cli.run("config", "diff", "staging", "staging")
    assert (result.exit_code, result.stdout) == (0, "staging and staging have the same settings.\n")


def test_docs_of_one_setting(cli) -> None:
    lines = cli.run("config", "docs", "network.nat").stdout.splitlines()
    assert lines[0] == "network"
    assert lines[3] == "  network.nat"
    assert lines[6:9] == [
        "      takes   one of none, instance, single, per_az, regional",
        "      value   dev single, staging single, production per_az",
        "      why     A lost zone may stop tests but not customers; each further NAT gateway costs by the",
    ]


def test_docs_of_everything_has_every_section(cli) -> None:
    lines = cli.run("config", "docs").stdout.splitlines()
    assert {"network", "services.<name>.scaling", "edge.headers", "application.auth"} <= set(lines)
    assert "  short_name" in lines


def test_docs_for_programs(cli) -> None:
    [section] = cli.document("config", "docs", "protection")["sections"]
    [setting] = section["settings"]
    assert section["path"] == "protection"
    assert setting["path"] == "protection.enabled"
    assert setting["values"] == {"dev": False, "staging": False, "production": True}


def test_docs_of_an_unknown_section(cli) -> None:
    result = cli.run("config", "docs", "databse")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, "Fix: did you mean database?")
    failure = cli.document("config", "docs", "databse")
    assert (failure["exit_code"], failure["error"]["kind"]) == (2, "ConfigurationError")
    assert "simulated" not in failure


def test_schema_is_one_for_stack_files(cli, project: Path) -> None:
    validator = Draft7Validator(json.loads(cli.run("config", "schema").stdout))
    assert list(validator.iter_errors(yaml.safe_load((project / "Pulumi.dev.yaml").read_text()))) == []
    assert len(list(validator.iter_errors(yaml.safe_load(BROKEN)))) == 1


@pytest.mark.parametrize("words", [["check"], ["show", "dev"], ["diff", "dev", "staging"]])
def test_outside_of_a_project(cli, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nowhere").mkdir()
    monkeypatch.chdir(tmp_path / "nowhere")
    result = cli.run("config", *words)
    assert result.exit_code == 2
    assert "no Pulumi.yaml here or in any directory above" in result.stderr
