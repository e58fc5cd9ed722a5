"""A way into the private network for people, through Session Manager only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pulumi
import pulumi_aws as aws

from components import account, names, relations
from components.bastion_policy import session_policy, starter_policy
from components.destination import Destination, allow_to, https_anywhere
from components.errors import ComponentError
from components.iam_policy import trust

__all__ = ["Architecture", "Bastion", "BastionArgs", "Destination"]

# Always Amazon Linux 2023 as it is today; SSM Agent is part of it.
# AWS: "Reference the latest AMIs using Systems Manager public parameters"; per reference notes.
_IMAGE_PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{architecture}"
_LEAST_DISK_GB = 8
_SSH = 22


class Architecture(StrEnum):
    """The processor of the machine, which must be that of its type."""

    ARM = "arm64"
    INTEL = "x86_64"


@dataclass(frozen=True, kw_only=True)
class BastionArgs:
    """`instance_type` must be of `architecture`; the subnet is a private one with a way to Systems Manager.

    `egress` are the destinations besides those that relations open. A new image replaces the machine only when
    `image_id` changes: without it, the image is the one of the first deployment. `existing_role_name` is a role that
    EC2 may take and Session Manager knows: nothing is added to it.
    """

    vpc_id: pulumi.Input[str]
    subnet_id: pulumi.Input[str]
    instance_type: str = "t4g.nano"
    architecture: Architecture = Architecture.ARM
    image_id: pulumi.Input[str] | None = None
    disk_gb: int = 8
    kms_key_arn: pulumi.Input[str] | None = None
    existing_role_name: pulumi.Input[str] | None = None
    egress: Sequence[Destination] = field(default_factory=lambda: (https_anywhere(),))
    tags: Mapping[str, str] = field(default_factory=dict)


class Bastion(pulumi.ComponentResource):
    """One small machine without a key pair, a public address or a way in: sessions come through its own agent.

    A component that a person must reach allows it like any other peer: `database.allow_from(bastion)`.
    """

    component_name: str
    security_group_id: pulumi.Output[str]
    instance_id: pulumi.Output[str]
    role_name: pulumi.Output[str]
    sessions_policy_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: BastionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        _check(name, args)
        super().__init__("plinth:bastion:Bastion", name, {}, opts)
        self.component_name, self._args, self.sessions_policy_arn = name, args, None
        self._here = account.current(self)
        self.security_group_id = self._security_group().id
        self.role_name = self._role_name()
        self.instance_id = self._machine().id
        self.register_outputs({"instance_id": self.instance_id})

    def grant_sessions(self, role_name: pulumi.Input[str], grantee: str = "people") -> None:
        """Let a role open sessions and forward ports through this machine; `grantee` names the grant."""
        aws.iam.RolePolicy(
            f"{self.component_name}-sessions-of-{grantee}",
            role=role_name,
            policy=pulumi.Output.all(self._here, self.instance_id).apply(
                lambda known: starter_policy(known[0], known[1])
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def offer_sessions(self, *, second_factor: bool) -> None:
        """A managed policy (`sessions_policy_arn`) lets whoever carries it do the same; once.

        `second_factor`: only after showing one to this account, which people of IAM Identity Center do elsewhere.
        """
        name = f"{self.component_name}-sessions"
        policy = aws.iam.Policy(
            name,
            description=f"Sessions through {self.component_name}",
            policy=pulumi.Output.all(self._here, self.instance_id).apply(
                lambda known: starter_policy(known[0], known[1], second_factor=second_factor)
            ),
            tags=self._tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.sessions_policy_arn = policy.arn

    def _tags(self, name: str) -> dict[str, str]:
        return {**self._args.tags, "Name": name}

    def _security_group(self) -> aws.ec2.SecurityGroup:
        name, args = self.component_name, self._args
        group = relations.closed_security_group(
            self, f"{name}-sg", vpc_id=args.vpc_id, description="Bastion", tags=args.tags
        )
        for destination in args.egress:
            allow_to(self, name, group.id, destination)
        return group

    def _role_name(self) -> pulumi.Output[str]:
        """Known once the role may do what the agent needs."""
        if self._args.existing_role_name is not None:
            return pulumi.Output.from_input(self._args.existing_role_name)
        role = aws.iam.Role(
            self.component_name,
            assume_role_policy=self._here.apply(lambda here: trust(f"ec2.{here.dns_suffix}", here.id)),
            tags=self._tags(self.component_name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        policy = aws.iam.RolePolicy(
            f"{self.component_name}-policy",
            role=role.name,
            policy=session_policy(),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return pulumi.Output.all(role.name, policy.id).apply(lambda known: str(known[0]))

    def _machine(self) -> aws.ec2.Instance:
        args, name = self._args, self.component_name
        profile = aws.iam.InstanceProfile(
            name, role=self.role_name, tags=self._tags(name), opts=pulumi.ResourceOptions(parent=self)
        )
        return aws.ec2.Instance(
            name,
            ami=self._image() if args.image_id is None else args.image_id,
            instance_type=args.instance_type,
            subnet_id=args.subnet_id,
            vpc_security_group_ids=[self.security_group_id],
            iam_instance_profile=profile.name,
            associate_public_ip_address=False,
            metadata_options={
                "http_endpoint": "enabled",
                # Version 2, and not from a container on the machine.
                "http_tokens": "required",
                "http_put_response_hop_limit": 1,
            },
            root_block_device={
                "encrypted": True,
                "kms_key_id": args.kms_key_arn,
                "volume_size": args.disk_gb,
                "volume_type": "gp3",
            },
            tags=self._tags(name),
            volume_tags=self._tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                # Today's image at the first deployment; a newer one must not replace the machine by surprise.
                ignore_changes=["ami"] if args.image_id is None else None,
            ),
        )

    def _image(self) -> pulumi.Output[str]:
        found = aws.ssm.get_parameter_output(
            name=_IMAGE_PARAMETER.format(architecture=self._args.architecture),
            opts=pulumi.InvokeOutputOptions(parent=self),
        )
        return found.value


def runs_on_arm(instance_type: str) -> bool:
    """Whether the type's processor is AWS's own: its letters after the generation have a g (`t4g`), or it is a1."""
    # AWS: "Amazon EC2 instance type naming conventions"; per reference notes.
    family = instance_type.split(".", 1)[0]
    return family == "a1" or re.match(r"[a-z]+\d+[a-z]*g", family) is not None


def _check(where: str, args: BastionArgs) -> None:
    names.fit(where, names.ROLE)
    if args.disk_gb < _LEAST_DISK_GB:
        raise ComponentError(
            where,
            f"a disk of {args.disk_gb} GB",
            expected=f"{_LEAST_DISK_GB} or more, the size of the image",
            fix=f"set disk_gb to {_LEAST_DISK_GB}",
        )
    if runs_on_arm(args.instance_type) != (args.architecture is Architecture.ARM):
        raise ComponentError(
            where,
            f"an image for {args.architecture} on a {args.instance_type}",
            expected="an image for the machine's processor",
            fix="correct architecture or instance_type",
        )
    if any(destination.port == _SSH for destination in args.egress):
        raise ComponentError(
            where,
            "the bastion opens SSH connections to others",
            expected="sessions to each machine through Systems Manager",
            fix="drop the destination with port 22",
        )
