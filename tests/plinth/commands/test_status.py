import json
import platform
import re

LATEST = {
    "resources": [
        {"urn": "urn:pulumi:dev::plinth::aws:ec2/vpc:Vpc::v", "type": "aws:ec2/vpc:Vpc", "custom": True},
        {
            "urn": "urn:pulumi:dev::plinth::aws:s3/bucket:Bucket::b",
            "type": "aws:s3/bucket:Bucket",
            "custom": True,
        },
    ]
}


def with_dev(cli) -> None:
    state = cli.home / "backend" / ".pulumi" / "stacks" / "plinth" / "dev.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({"checkpoint": {"latest": LATEST}}))


def test_document_of_a_running_cloud(cli) -> None:
    with_dev(cli)
    cli.cloud.up = True
    found = cli.document("sim", "status")
    updated = found["environments"]["dev"].pop("updated")

    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", updated)
    assert found["environments"] == {
        "dev": {
            "resources": 2,
            "types": {"aws:ec2/vpc:Vpc": 1, "aws:s3/bucket:Bucket": 1},
            "protected": 0,
            "unfinished": 0,
        }
    }
    assert {
        key: found[key] for key in ("running", "http_endpoint", "provider_port", "pid", "state_folder")
    } == {
        "running": True,
        "http_endpoint": "http://127.0.0.1:40003",
        "provider_port": 40001,
        "pid": 4711,
        "state_folder": str(cli.home),
    }
    assert set(found["versions"]) >= {"simcloud", "moto", "pulumi", "pulumi-aws", "python"}
    assert (found["versions"]["python"], found["versions"]["pulumi"]) == (
        platform.python_version(),
        "3.259.0",
    )


def test_a_stopped_cloud_still_has_its_environments(cli) -> None:
    with_dev(cli)
    found = cli.document("sim", "status")

    assert (found["running"], found["http_endpoint"], found["pid"]) == (False, None, None)
    assert found["environments"]["dev"]["resources"] == 2
    assert cli.cloud.starts == 0


def test_the_table_for_people(cli) -> None:
    with_dev(cli)
    cli.cloud.up = True
    text = cli.run("sim", "status").stdout

    assert text.startswith(
        "SIMULATED  status\n  cloud         running, pid 4711, since 2026-11-21T14:00:00Z\n"
    )
    assert re.search(r"^dev +2 +20\S+ \S+ +1 ec2, 1 s3 *$", text, re.MULTILINE)


def test_before_the_first_up(cli) -> None:
    text = cli.run("sim", "status").stdout

    assert "cloud     stopped; the next command that needs it starts it" in text
    assert text.endswith("No environment yet: plinth sim up\n")
