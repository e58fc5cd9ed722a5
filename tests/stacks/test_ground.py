"""Network, secrets and buckets as the settings ask for them."""

from __future__ import annotations

import json

import pytest

from tests.stacks.grounded import HERE, THERE, Grounded, grounded

PLAIN = {"database": None, "cache": None}
PLAIN_SERVICE = {"services": {"web": {"uses": ["mail"]}}}
TASKS = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]


@pytest.fixture(scope="module")
def connected() -> Grounded:
    overrides = {
        "network": {"nat": "regional", "ipv6": True, "bastion": True, "endpoints": [*TASKS, "dynamodb"]},
        "storage": {"expire_days": 730, "infrequent_after_days": 90, "noncurrent_days": 45},
        "secrets": {"path": "muejam/production", "read_policy": "everywhere"},
        "regions": {"second": THERE, "uploads": True, "uploads_time_control": True, "secrets": True},
        **PLAIN,
        **PLAIN_SERVICE,
    }
    return grounded("learning-assistant-staging", overrides)


def test_a_regional_gateway_stands_in_no_subnet_and_serves_every_zone(connected: Grounded) -> None:
    [gateway] = connected.client("ec2").describe_nat_gateways()["NatGateways"]
    assert (gateway["AvailabilityMode"], gateway.get("SubnetId")) == ("regional", None)
    tables = connected.client("ec2").describe_route_tables()["RouteTables"]
    out = [route for table in tables for route in table["Routes"] if route.get("NatGatewayId")]
    assert {route["NatGatewayId"] for route in out} == {gateway["NatGatewayId"]}
    assert len(out) == 3


def test_every_subnet_has_ipv6_addresses_too(connected: Grounded) -> None:
    subnets = connected.client("ec2").describe_subnets(
        Filters=[{"Name": "default-for-az", "Values": ["false"]}]
    )
    blocks = [subnet["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"] for subnet in subnets["Subnets"]]
    assert len(set(blocks)) == 9
    assert all(block.endswith("/64") for block in blocks)


def test_private_ways_to_the_services_that_are_named_and_to_s3(connected: Grounded) -> None:
    found = {
        (one["ServiceName"].removeprefix(f"com.amazonaws.{HERE}."), one["VpcEndpointType"])
        for one in connected.client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    }
    assert found == {(name, "Interface") for name in TASKS} | {("s3", "Gateway"), ("dynamodb", "Gateway")}


def test_the_bastion_has_no_key_no_public_address_and_no_way_in(connected: Grounded) -> None:
    ec2 = connected.client("ec2")
    [machine] = [
        instance
        for reservation in ec2.describe_instances()["Reservations"]
        for instance in reservation["Instances"]
    ]
    assert (machine.get("KeyName"), machine.get("PublicIpAddress")) == (None, None)
    assert machine["MetadataOptions"]["HttpTokens"] == "required"
    [subnet] = ec2.describe_subnets(SubnetIds=[machine["SubnetId"]])["Subnets"]
    assert {"Key": "plinth:tier", "Value": "private"} in subnet["Tags"]
    [group] = ec2.describe_security_groups(GroupIds=[machine["SecurityGroups"][0]["GroupId"]])[
        "SecurityGroups"
    ]
    assert group["IpPermissions"] == []
    assert [(rule["FromPort"], rule["ToPort"]) for rule in group["IpPermissionsEgress"]] == [(443, 443)]


@pytest.mark.proves("S4-45")
def test_uploads_move_expire_and_are_copied_with_their_lifecycle(connected: Grounded) -> None:
    here, there = connected.client("s3"), connected.client("s3", THERE)
    uploads, copy = _bucket(connected, "la-stg-uploads"), _bucket(connected, "la-stg-uploads-copy")
    [rule] = here.get_bucket_replication(Bucket=uploads)["ReplicationConfiguration"]["Rules"]
    assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{copy}"
    assert rule["Destination"]["ReplicationTime"] == {"Status": "Enabled", "Time": {"Minutes": 15}}
    assert there.get_bucket_location(Bucket=copy)["LocationConstraint"] == THERE
    for s3, bucket in ((here, uploads), (there, copy)):
        assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
        rules = {rule["ID"]: rule for rule in s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]}
        assert rules["cheaper-storage"]["Transitions"] == [{"Days": 90, "StorageClass": "STANDARD_IA"}]
        assert rules["expiry"]["Expiration"] == {"Days": 730}
        assert rules["old-versions"]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 45}
        [cors] = s3.get_bucket_cors(Bucket=bucket)["CORSRules"]
        assert cors["AllowedOrigins"] == ["https://staging.learning-assistant.app"]


def test_what_is_copied_is_encrypted_by_a_key_of_the_second_region(connected: Grounded) -> None:
    copy = _bucket(connected, "la-stg-uploads-copy")
    [rule] = connected.client("s3", THERE).get_bucket_encryption(Bucket=copy)[
        "ServerSideEncryptionConfiguration"
    ]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"].startswith(f"arn:aws:kms:{THERE}:")


def test_secrets_stand_below_their_path_and_in_the_second_region(connected: Grounded) -> None:
    here = connected.client("secretsmanager").list_secrets()["SecretList"]
    assert {one["Name"] for one in here} == {
        f"muejam/production/{slot}" for slot in ("session", "jwt", "elasticsearch", "google-analytics")
    }
    there = {
        one["Name"]: one for one in connected.client("secretsmanager", THERE).list_secrets()["SecretList"]
    }
    assert set(there) == {one["Name"] for one in here}
    assert {one["KmsKeyId"].split(":")[3] for one in there.values()} == {THERE}
    for one in here:
        assert there[one["Name"]]["ARN"] == one["ARN"].replace(HERE, THERE)


def test_the_read_policy_is_the_documents(connected: Grounded) -> None:
    [statement] = json.loads(connected.one("iam/policy:Policy")["policy"])["Statement"]
    assert statement["Action"] == ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    assert statement["Resource"] == "arn:aws:secretsmanager:*:*:secret:muejam/production/*"


def test_a_nat_instance_relays_what_tasks_may_open() -> None:
    services = {"web": {"uses": ["mail"], "egress_ports": [443, 587]}}
    made = grounded("dev", {"network": {"nat": "instance"}, "services": services, **PLAIN})
    ec2 = made.client("ec2")
    assert ec2.describe_nat_gateways()["NatGateways"] == []
    [machine] = ec2.describe_instances()["Reservations"][0]["Instances"]
    assert machine["SourceDestCheck"] is False
    [group] = ec2.describe_security_groups(GroupIds=[machine["SecurityGroups"][0]["GroupId"]])[
        "SecurityGroups"
    ]
    assert {rule["FromPort"] for rule in group["IpPermissions"]} == {80, 443, 587}
    assert {rule["FromPort"] for rule in group["IpPermissionsEgress"]} == {80, 443, 587}


def test_without_nat_nothing_leads_from_the_private_tier_to_the_internet() -> None:
    made = grounded("dev", {"network": {"nat": "none", "endpoints": TASKS}, **PLAIN, **PLAIN_SERVICE})
    ec2 = made.client("ec2")
    private = ec2.describe_subnets(Filters=[{"Name": "tag:plinth:tier", "Values": ["private"]}])["Subnets"]
    ids = [subnet["SubnetId"] for subnet in private]
    tables = ec2.describe_route_tables(Filters=[{"Name": "association.subnet-id", "Values": ids}])[
        "RouteTables"
    ]
    assert len(ids) == 3
    assert {route.get("DestinationCidrBlock") for table in tables for route in table["Routes"]} == {
        "10.0.0.0/16",
        None,
    }


def test_an_environment_that_asks_for_nothing_more_gets_nothing_more() -> None:
    made = grounded("dev", {**PLAIN, **PLAIN_SERVICE})
    assert made.client("ec2").describe_instances()["Reservations"] == []
    assert list(made.of("kms/key:Key")) == ["la-dev-data", "la-dev-secrets-key"]
    assert list(made.of("s3/bucket:Bucket")) == ["la-dev-logs", "la-dev-uploads"]
    assert made.of("iam/policy:Policy") == {}
    assert made.client("kms", THERE).list_keys()["Keys"] == []


def _bucket(made: Grounded, name: str) -> str:
    """The physical name of the bucket whose logical name it is."""
    [found] = [item for item in made.simulation.of_type("aws:s3/bucket:Bucket") if item.name == name]
    return str(found.outputs["bucket"])
