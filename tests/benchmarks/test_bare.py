"""The bare program that the benchmark compares with: the same resources, and nothing else."""

from typing import Any

from benchmarks.bare import program, resources
from benchmarks.up import Run, report

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
_HEAD = "import pulumi\nimport pulumi_aws as aws\n"


def recorded(token: str, name: str, inputs: dict[str, Any], *after: str, **more: Any) -> dict[str, Any]:
    return {"urn": urn(token, name), "type": token, "inputs": inputs, "dependencies": list(after), **more}


def urn(token: str, name: str) -> str:
    return f"urn:pulumi:dev::plinth::plinth:network:Network${token}::{name}"


VPC = recorded(
    "aws:ec2/vpc:Vpc", "main", {"__defaults": [], "cidrBlock": "10.0.0.0/16", "tags": {"Env": "dev"}}
)
SUBNET = recorded(
    "aws:ec2/subnet:Subnet",
    "a",
    {"vpcId": "vpc-1", "mapPublicIpOnLaunch": False},
    urn("plinth:network:Network", "network"),
    VPC["urn"],
)
DATABASE = recorded(
    "aws:rds/instance:Instance", "db", {"instanceClass": "db.t4g.micro", "passwordWo": SECRET}
)
STATE = {
    "checkpoint": {
        "latest": {
            "resources": [
                recorded("pulumi:pulumi:Stack", "plinth-dev", {}),
                recorded("plinth:network:Network", "network", {}),
                recorded("pulumi:providers:aws", "default", {"region": "us-east-1"}),
                VPC,
                SUBNET,
                DATABASE,
                recorded("aws:ec2/vpc:Vpc", "read-only", {}, external=True),
            ]
        }
    }
}


def test_only_managed_aws_resources_are_left_each_after_what_it_needs() -> None:
    assert [(one.name, one.after) for one in resources(STATE)] == [
        ("main", []),
        ("a", [VPC["urn"]]),
        ("db", []),
    ]


def test_the_program_uses_the_classes_and_names_of_the_sdk_and_knows_no_secret() -> None:
    text = program(resources(STATE))
    assert text == _HEAD + (
        "r0 = aws.ec2.Vpc('main', cidr_block='10.0.0.0/16', tags={'Env': 'dev'})\n"
        "r1 = aws.ec2.Subnet('a', vpc_id='vpc-1', map_public_ip_on_launch=False, "
        "opts=pulumi.ResourceOptions(depends_on=[r0]))\n"
        "r2 = aws.rds.Instance('db', instance_class='db.t4g.micro', password_wo='secret')\n"
    )
    compile(text, "__main__.py", "exec")


def test_the_ratio_is_the_median_of_the_runs_own_ratios() -> None:
    runs = [
        Run(3, 30.0, 6.0, 5.0, 20.0, 5.0),
        Run(3, 12.0, 6.0, 6.0, 10.0, 4.0),
        Run(3, 40.0, 9.0, 7.0, 20.0, 9.0),
    ]
    lines = report(runs).splitlines()
    assert lines[:2] == [
        "first up, Plinth / bare engine    1.50   aim: at most 1.5",
        "preview, Plinth / bare engine     1.20   aim: at most 1.3",
    ]
    assert lines[3] == "plinth sim up dev, first          30.0 s"
    assert lines[-1].startswith("3 AWS resources, medians of 3 runs, ")
