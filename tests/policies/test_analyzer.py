"""The pack started as the engine starts it, and spoken to in the engine's protocol."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2 as wire
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerStub

import policies
from policies import crossguard, waivers
from policies.environment import Environment
from policies.pack import RULES

PACK = Path(policies.__file__).parent

_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_DATABASE = "aws:rds/instance:Instance"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(PACK)]
    elsewhere = tmp_path_factory.mktemp("program")
    with subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def pack(port: str) -> Iterator[AnalyzerStub]:
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield AnalyzerStub(channel)


@pytest.mark.parametrize("environment", ["dev", "staging", "production"])
def test_it_announces_each_rule_at_the_level_of_the_stacks_environment(
    pack: AnalyzerStub, environment: str
) -> None:
    _configure(pack, f"learning-assistant-{environment}")
    info = pack.GetAnalyzerInfo(Empty())
    levels = {
        policy.name: wire.EnforcementLevel.Name(policy.enforcementLevel).lower() for policy in info.policies
    }
    assert levels.pop("waivers-current") == "advisory"
    assert levels == {rule.id: rule.level(Environment(environment)) for rule in RULES}
    assert info.supportsConfig
    assert not info.initialConfig


def test_the_stacks_config_says_which_environment_it_is(pack: AnalyzerStub) -> None:
    _configure(pack, "alice", {"plinth:environment": "dev"})
    assert _level(pack, "edge-waf-everywhere") == "DISABLED"


def test_a_mandatory_violation_names_the_rule_the_resource_and_the_fix(pack: AnalyzerStub) -> None:
    _configure(pack, "production")
    response = pack.Analyze(_request(_DATABASE, {"storageEncrypted": True, "backupRetentionPeriod": 0}))
    [diagnostic] = response.diagnostics
    assert diagnostic.policyName == "rds-backup-enabled"
    assert diagnostic.urn == "urn:pulumi:production::plinth::t::db"
    assert diagnostic.enforcementLevel == wire.MANDATORY
    assert diagnostic.severity == wire.POLICY_SEVERITY_HIGH
    assert diagnostic.message == (
        "Databases keep automated backups.\n"
        "backupRetentionPeriod is 0: no backups are kept.\n"
        "Fix: Set backup_retention_period to at least 1 day."
    )


def test_what_did_not_judge_is_not_counted_as_passed(pack: AnalyzerStub) -> None:
    _configure(pack, "production")
    response = pack.Analyze(_request(_DATABASE, {"storageEncrypted": True, "backupRetentionPeriod": 7}))
    assert not response.diagnostics
    judged = {"rds-encrypted", "rds-not-public", "rds-backup-enabled"}
    resource_rules = {rule.id for rule in RULES if rule.scope == "resource"}
    assert {one.policy_name for one in response.not_applicable} == resource_rules - judged


def test_an_unknown_is_a_note_and_never_stops(pack: AnalyzerStub) -> None:
    _configure(pack, "production")
    request = _request("aws:ecs/taskDefinition:TaskDefinition", {"containerDefinitions": _UNKNOWN})
    [diagnostic] = pack.Analyze(request).diagnostics
    assert diagnostic.enforcementLevel == wire.ADVISORY
    assert diagnostic.message == (
        "containerDefinitions is not known before deployment: it is judged during the deployment."
    )


def test_a_secret_is_looked_into_and_never_told(pack: AnalyzerStub) -> None:
    _configure(pack, "production")
    definitions = '[{"environment": [{"name": "DB_PASSWORD", "value": "canary"}]}]'
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": definitions}
    request = _request("aws:ecs/taskDefinition:TaskDefinition", {"containerDefinitions": secret})
    response = pack.Analyze(request)
    assert [one.policyName for one in response.diagnostics] == ["ecs-task-no-env-secrets"]
    assert "canary" not in str(response)


def test_stack_rules_follow_the_recorded_references_through_unknowns(pack: AnalyzerStub) -> None:
    _configure(pack, "dev")
    switches = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    block = _resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", bucket="data")
    block.properties.update({"bucket": _UNKNOWN, **dict.fromkeys(switches, True)})
    buckets = [_resource("aws:s3/bucket:Bucket", name) for name in ("data", "logs")]
    response = pack.AnalyzeStack(wire.AnalyzeStackRequest(resources=[*buckets, block]))
    said = {(one.policyName, one.urn) for one in response.diagnostics}
    assert ("s3-public-access-blocked", "urn:data") not in said
    assert ("s3-public-access-blocked", "urn:logs") in said


def test_all_unknowns_of_a_stack_rule_are_one_note(pack: AnalyzerStub) -> None:
    _configure(pack, "production")
    distributions = [_resource("aws:cloudfront/distribution:Distribution", name) for name in ("b", "a")]
    for one in distributions:
        one.properties.update({"webAclId": _UNKNOWN})
    [note] = pack.AnalyzeStack(wire.AnalyzeStackRequest(resources=distributions)).diagnostics
    assert note.message == "Not known before deployment, judged at its end: a (webAclId), b (webAclId)."
    assert (note.enforcementLevel, note.urn) == (wire.ADVISORY, "")


@pytest.mark.parametrize(
    ("level", "expected"),
    [(wire.DISABLED, []), (wire.ADVISORY, [wire.ADVISORY]), (wire.REMEDIATE, [wire.MANDATORY])],
)
def test_a_policy_pack_config_overrides_a_level(
    pack: AnalyzerStub, level: wire.EnforcementLevel.ValueType, expected: list[int]
) -> None:
    _configure(pack, "production")
    pack.Configure(
        wire.ConfigureAnalyzerRequest(
            policyConfig={"rds-not-public": wire.PolicyConfig(enforcementLevel=level)}
        )
    )
    properties = {"storageEncrypted": True, "backupRetentionPeriod": 7, "publiclyAccessible": True}
    diagnostics = pack.Analyze(_request(_DATABASE, properties)).diagnostics
    assert [one.enforcementLevel for one in diagnostics] == expected


def test_nothing_is_ever_changed(pack: AnalyzerStub) -> None:
    assert not pack.Remediate(_request(_DATABASE, {"publiclyAccessible": True})).remediations


def test_waivers_with_a_mistake_keep_the_pack_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("waivers: [rds]", encoding="utf-8")
    monkeypatch.setattr(waivers, "FILE", path)
    assert crossguard.serve() == 1
    said = capsys.readouterr()
    assert said.err.startswith("waivers.yaml: waiver 1: is not a mapping.")
    assert said.out == ""


def _configure(pack: AnalyzerStub, stack: str, config: dict[str, str] | None = None) -> None:
    pack.ConfigureStack(wire.AnalyzerStackConfigureRequest(stack=stack, project="plinth", config=config))


def _level(pack: AnalyzerStub, rule: str) -> str:
    policies_ = pack.GetAnalyzerInfo(Empty()).policies
    return next(wire.EnforcementLevel.Name(one.enforcementLevel) for one in policies_ if one.name == rule)


def _request(type_: str, properties: Mapping[str, object]) -> wire.AnalyzeRequest:
    urn = "urn:pulumi:production::plinth::t::db"
    return wire.AnalyzeRequest(
        urn=urn, type=type_, name="db", properties=ParseDict(dict(properties), Struct())
    )


def _resource(type_: str, name: str, **references: str) -> wire.AnalyzerResource:
    dependencies = {
        key: wire.AnalyzerPropertyDependencies(urns=[f"urn:{target}"]) for key, target in references.items()
    }
    return wire.AnalyzerResource(urn=f"urn:{name}", type=type_, name=name, propertyDependencies=dependencies)
