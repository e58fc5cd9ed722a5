"""The bastion: nobody connects to it, and sessions are what a role may open."""

import json
from typing import Any

import pytest

from components.bastion import Architecture, Bastion, BastionArgs, Destination, runs_on_arm
from components.errors import ComponentError
from components.network import Network, NetworkArgs
from simcloud.testing import Simulation
from tests.components.recording import Cloud

NAME = "la-prod-bastion"


def program(**changes: Any) -> Bastion:
    network = Network("la-prod-network", NetworkArgs(cidr_block="10.0.0.0/16", az_count=2))
    args = BastionArgs(vpc_id=network.vpc_id, subnet_id=network.private_subnet_ids[0], **changes)
    return Bastion(NAME, args)


@pytest.fixture(scope="module")
def standing() -> Simulation:
    """A bastion in the simulated AWS, and a role that may use it."""

    def with_people() -> None:
        program().grant_sessions("somebody")

    simulation = Simulation()
    simulation.client("iam").create_role(RoleName="somebody", AssumeRolePolicyDocument=json.dumps(_TRUST))
    simulation.run(with_people)
    return simulation


_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


def machine(simulation: Simulation) -> Any:
    [reservation] = simulation.client("ec2").describe_instances(
        Filters=[{"Name": "tag:Name", "Values": [NAME]}]
    )["Reservations"]
    [instance] = reservation["Instances"]
    return instance


def test_it_has_no_key_no_address_and_the_second_metadata_service(standing: Simulation) -> None:
    instance = machine(standing)
    assert "KeyName" not in instance
    assert "PublicIpAddress" not in instance
    assert instance["InstanceType"] == "t4g.nano"
    assert instance["Architecture"] == "arm64"
    assert instance["MetadataOptions"]["HttpTokens"] == "required"
    assert instance["MetadataOptions"]["HttpPutResponseHopLimit"] == 1
    [disk] = instance["BlockDeviceMappings"]
    [volume] = standing.client("ec2").describe_volumes(VolumeIds=[disk["Ebs"]["VolumeId"]])["Volumes"]
    assert (volume["Encrypted"], volume["VolumeType"], volume["Size"]) == (True, "gp3", 8)


def test_nobody_connects_to_it(standing: Simulation) -> None:
    [group] = machine(standing)["SecurityGroups"]
    rules = standing.client("ec2").describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [group["GroupId"]]}]
    )["SecurityGroupRules"]
    assert [(rule["IsEgress"], rule["FromPort"], rule["CidrIpv4"]) for rule in rules] == [
        (True, 443, "0.0.0.0/0")
    ]


def test_its_agent_may_talk_to_session_manager_only(standing: Simulation) -> None:
    iam = standing.client("iam")
    profile = machine(standing)["IamInstanceProfile"]["Arn"].rsplit("/", 1)[-1]
    [role] = iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]["Roles"]
    assert iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"] == []
    [name] = iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
    [statement] = iam.get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"][
        "Statement"
    ]
    assert {action.split(":")[0] for action in statement["Action"]} == {"ssm", "ssmmessages", "ec2messages"}
    assert "ssm:GetParameter" not in statement["Action"]


def test_people_may_use_this_machine_and_no_other(standing: Simulation) -> None:
    iam = standing.client("iam")
    [name] = iam.list_role_policies(RoleName="somebody")["PolicyNames"]
    document = iam.get_role_policy(RoleName="somebody", PolicyName=name)["PolicyDocument"]
    start, end = document["Statement"]
    assert start["Action"] == ["ssm:StartSession"]
    assert start["Resource"] == [
        f"arn:aws:ec2:us-east-1:123456789012:instance/{machine(standing)['InstanceId']}",
        "arn:aws:ssm:us-east-1:123456789012:document/SSM-SessionManagerRunShell",
        "arn:aws:ssm:us-east-1::document/AWS-StartPortForwardingSession",
        "arn:aws:ssm:us-east-1::document/AWS-StartPortForwardingSessionToRemoteHost",
    ]
    assert end["Resource"] == ["arn:aws:ssm:*:123456789012:session/${aws:userid}-*"]


@pytest.mark.parametrize(
    ("second_factor", "condition"), [(True, {"Bool": {"aws:MultiFactorAuthPresent": "true"}}), (False, None)]
)
def test_a_policy_opens_sessions_for_whoever_carries_it(
    second_factor: bool, condition: dict[str, dict[str, str]] | None
) -> None:
    simulation = Simulation()
    simulation.run(lambda: program().offer_sessions(second_factor=second_factor))
    iam = simulation.client("iam")
    [policy] = iam.list_policies(Scope="Local")["Policies"]
    document = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
    start, end = document["PolicyVersion"]["Document"]["Statement"]
    assert start["Resource"][0].endswith(f"instance/{machine(simulation)['InstanceId']}")
    assert start.get("Condition") == condition
    assert "Condition" not in end


def test_an_image_of_ones_own_is_followed(cloud: Cloud) -> None:
    given = {"vpc_id": "vpc-1", "subnet_id": "subnet-1", "image_id": "ami-1"}
    cloud.deploy(lambda: Bastion(NAME, BastionArgs(**given)))
    made = cloud.one("Instance")
    assert (made.inputs["ami"], made.ignored) == ("ami-1", [])
    assert made.inputs["associatePublicIpAddress"] is False


def test_a_role_that_exists_is_given_nothing(cloud: Cloud) -> None:
    args = BastionArgs(vpc_id="vpc-1", subnet_id="s-1", image_id="ami-1", existing_role_name="theirs")
    made = cloud.deploy(lambda: Bastion(NAME, args))
    assert (cloud.of("Role"), cloud.of("RolePolicy")) == ([], [])
    assert cloud.one("InstanceProfile").inputs["role"] == "theirs"
    assert cloud.value(made.role_name) == "theirs"


def test_the_machine_comes_when_its_role_can_work(cloud: Cloud) -> None:
    cloud.deploy(lambda: Bastion(NAME, BastionArgs(vpc_id="vpc-1", subnet_id="s-1", image_id="ami-1")))
    assert f"{NAME}-policy" in cloud.named("InstanceProfile", NAME).after


def test_todays_image_never_replaces_the_machine(standing: Simulation) -> None:
    [made] = standing.of_type("aws:ec2/instance:Instance")
    assert made.inputs["ami"].startswith("ami-")


@pytest.mark.parametrize(
    ("instance_type", "arm"),
    [
        ("t4g.nano", True),
        ("a1.medium", True),
        ("c7gn.large", True),
        ("im4gn.large", True),
        ("g5g.xlarge", True),
        ("t3.nano", False),
        ("g4dn.xlarge", False),
        ("m5dn.large", False),
        ("r6idn.large", False),
    ],
)
def test_whose_processor_a_type_has(instance_type: str, arm: bool) -> None:
    assert runs_on_arm(instance_type) is arm


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"instance_type": "t3.nano"},
            "an image for arm64 on a t3.nano. Expected an image for the machine's processor. "
            "Fix: correct architecture or instance_type.",
        ),
        (
            {"architecture": Architecture.INTEL},
            "an image for x86_64 on a t4g.nano. Expected an image for the machine's processor. "
            "Fix: correct architecture or instance_type.",
        ),
        (
            {"disk_gb": 4},
            "a disk of 4 GB. Expected 8 or more, the size of the image. Fix: set disk_gb to 8.",
        ),
        (
            {"egress": [Destination(22, "10.0.0.0/16", "SSH")]},
            "the bastion opens SSH connections to others. Expected sessions to each machine through Systems "
            "Manager. Fix: drop the destination with port 22.",
        ),
    ],
)
def test_contradictions_are_refused(cloud: Cloud, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ComponentError) as refused:
        cloud.deploy(lambda: Bastion(NAME, BastionArgs(vpc_id="vpc-1", subnet_id="subnet-1", **changes)))
    assert str(refused.value) == f"{NAME}: {sentence}"
    assert cloud.made == []
