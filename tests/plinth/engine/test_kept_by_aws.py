import json
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from plinth.engine.kept_by_aws import kept_by_aws, remove_kept
from plinth.engine.layout import Layout


class Service:
    """Remembers calls; knows nothing of what is named `gone`."""

    def __init__(self, asked: list[tuple[str, dict[str, Any]]]) -> None:
        self._asked = asked

    def __getattr__(self, call: str) -> Any:
        def answer(**arguments: Any) -> None:
            if "gone" in arguments.values():
                raise ClientError({"Error": {"Code": "DBSnapshotNotFound", "Message": "no"}}, call)
            self._asked.append((call, arguments))

        return answer


def state(tmp_path: Path, *resources: tuple[str, str, dict[str, Any]]) -> Layout:
    layout = Layout(tmp_path, "plinth")
    layout.stacks.mkdir(parents=True)
    listed = [
        {"urn": f"urn::{name}", "type": token, "id": name, "outputs": {"region": "eu-west-1", **outputs}}
        for token, name, outputs in resources
    ]
    layout.state_file("dev").write_text(json.dumps({"checkpoint": {"latest": {"resources": listed}}}))
    return layout


def test_scheduled_secrets_and_final_snapshots_are_removed_and_told(tmp_path: Path) -> None:
    layout = state(
        tmp_path,
        ("aws:secretsmanager/secret:Secret", "arn:session", {}),
        ("aws:secretsmanager/secret:Secret", "arn:email", {}),
        ("aws:rds/instance:Instance", "db", {"finalSnapshotIdentifier": "db-final"}),
        ("aws:rds/instance:Instance", "old", {"finalSnapshotIdentifier": "gone"}),
        ("aws:rds/instance:Instance", "replica", {"deleteAutomatedBackups": False, "resourceId": "db-X"}),
        (
            "aws:elasticache/replicationGroup:ReplicationGroup",
            "cache",
            {"finalSnapshotIdentifier": "cache-final"},
        ),
        ("aws:rds/cluster:Cluster", "cluster", {"finalSnapshotIdentifier": "cluster-final"}),
        ("aws:cloudwatch/logGroup:LogGroup", "audit", {"name": "/a/audit", "skipDestroy": True}),
        ("aws:cloudwatch/logGroup:LogGroup", "web", {"name": "/a/web", "skipDestroy": False}),
    )
    asked: list[tuple[str, dict[str, Any]]] = []
    told = remove_kept(kept_by_aws(layout, "dev"), lambda _service, _region: Service(asked))
    assert asked == [
        ("delete_secret", {"SecretId": "arn:session", "ForceDeleteWithoutRecovery": True}),
        ("delete_secret", {"SecretId": "arn:email", "ForceDeleteWithoutRecovery": True}),
        ("delete_db_snapshot", {"DBSnapshotIdentifier": "db-final"}),
        ("delete_db_instance_automated_backup", {"DbiResourceId": "db-X"}),
        ("delete_snapshot", {"SnapshotName": "cache-final"}),
        ("delete_db_cluster_snapshot", {"DBClusterSnapshotIdentifier": "cluster-final"}),
        ("delete_log_group", {"logGroupName": "/a/audit"}),
    ]
    assert told == (
        "AWS would have kept, and here it is gone too: "
        "1 automated backups, 3 final snapshots, 1 log groups, 2 scheduled secrets.",
    )


def test_nothing_kept_nothing_told(tmp_path: Path) -> None:
    assert remove_kept(kept_by_aws(state(tmp_path), "dev"), lambda *_: None) == ()
