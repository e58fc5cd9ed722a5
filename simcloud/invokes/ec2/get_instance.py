from __future__ import annotations

from simcloud.bindings.ec2 import _instance_outputs
from simcloud.context import Context
from simcloud.invokes import _one
from simcloud.values import Props

_SAME = (
    "ami", "arn", "associatePublicIpAddress", "availabilityZone", "disableApiStop", "disableApiTermination",
    "ebsBlockDevices", "ebsOptimized", "ephemeralBlockDevices", "hostId", "hostResourceGroupArn", "iamInstanceProfile",
    "instanceState", "instanceType", "ipv6Addresses", "keyName", "monitoring", "outpostArn", "passwordData",
    "placementGroup", "placementGroupId", "placementPartitionNumber", "privateDns", "privateIp", "publicDns",
    "publicIp", "secondaryPrivateIps", "securityGroups", "sourceDestCheck", "subnetId", "tenancy",
    "vpcSecurityGroupIds",
)  # fmt: skip


def get_instance(ctx: Context, args: Props) -> Props:
    """An instance by id, tags or whatever else tells it from others; terminated ones are none."""
    ec2 = ctx.client("ec2")
    wanted = _one.filters({**args, "tags": args.get("instanceTags")}, {"instanceId": "instance-id"})
    reservations = ec2.describe_instances(Filters=wanted)["Reservations"]
    listed = [item for each in reservations for item in each["Instances"]]
    found = _one.only([item for item in listed if item["State"]["Name"] != "terminated"], "EC2 Instance")
    identity, read = found["InstanceId"], _instance_outputs.read(ctx, found, {})
    credit = ec2.describe_instance_credit_specifications(InstanceIds=[identity])
    asked = args.get("getUserData")
    return {
        **{name: read[name] for name in _SAME},
        "creditSpecifications": [
            {"cpuCredits": item["CpuCredits"]} for item in credit["InstanceCreditSpecifications"]
        ],
        "enclaveOptions": [read["enclaveOptions"]],
        "filters": args.get("filters"),
        "getPasswordData": args.get("getPasswordData"),
        "getUserData": asked,
        "id": identity,
        "instanceId": args.get("instanceId"),
        "instanceTags": args.get("instanceTags") or {},
        "launchTime": found["LaunchTime"].isoformat().replace("+00:00", "Z"),
        "maintenanceOptions": [read["maintenanceOptions"]],
        "metadataOptions": [read["metadataOptions"]],
        "networkInterfaceId": read["primaryNetworkInterfaceId"],
        "privateDnsNameOptions": [read["privateDnsNameOptions"]],
        "region": ctx.region,
        "rootBlockDevices": [read["rootBlockDevice"]] if read["rootBlockDevice"] else [],
        "tags": _one.tags(found),
        "userData": (read.get("userData") or "") if asked else "",
        "userDataBase64": read["userDataBase64"] if asked else "",
    }
