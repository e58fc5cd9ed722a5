"""A read replica of a database in another region."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from components.database_args import DatabaseArgs
from components.database_ground import make_parameter_group, make_subnet_group
from components.database_instance import common, insights
from components.database_logs import Logs, make_log_groups
from components.database_options import CrossRegion
from components.database_plan import Plan
from components.relations import Peer


class RemoteReplica(pulumi.ComponentResource):
    """The copy that a lost region leaves: promote it, point applications at `endpoint`.

    Everything of it is in `region`, whatever region the provider has. `allow_from` takes peers of that region.
    """

    component_name: str
    region: str
    endpoint: pulumi.Output[str]
    identifier: pulumi.Output[str]
    security_group_id: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        args: DatabaseArgs,
        other: CrossRegion,
        plan: Plan,
        primary: aws.rds.Instance,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("plinth:database:RemoteReplica", name, {}, opts)
        self.component_name, self.region, self._args, self._other = name, other.region, args, other
        self.security_group_id = self._security_group().id
        replica = self._replica(plan, primary)
        self.endpoint, self.identifier = replica.address, replica.identifier
        self.register_outputs({"endpoint": self.endpoint, "identifier": self.identifier})

    def allow_from(self, peer: Peer) -> None:
        """Let `peer`, of the same region, connect to the database port, in both security groups."""
        port = self._args.engine.port
        name = f"{self.component_name}-from-{peer.component_name}-{port}"
        words: dict[str, Any] = {
            "ip_protocol": "tcp",
            "from_port": port,
            "to_port": port,
            "description": f"{peer.component_name} to {self.component_name}",
            "region": self.region,
            "opts": pulumi.ResourceOptions(parent=self),
        }
        aws.vpc.SecurityGroupEgressRule(
            f"{name}-egress",
            security_group_id=peer.security_group_id,
            referenced_security_group_id=self.security_group_id,
            **words,
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-ingress",
            security_group_id=self.security_group_id,
            referenced_security_group_id=peer.security_group_id,
            **words,
        )

    def _security_group(self) -> aws.ec2.SecurityGroup:
        name = f"{self.component_name}-sg"
        return aws.ec2.SecurityGroup(
            name,
            region=self.region,
            vpc_id=self._other.vpc_id,
            description="Clients of the replica",
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _replica(self, plan: Plan, primary: aws.rds.Instance) -> aws.rds.Instance:
        name, args, other = self.component_name, self._args, self._other
        logs = Logs(identifier=name, kind="instance", kms_key_arn=other.kms_key_arn, region=other.region)
        groups = make_log_groups(self, logs, args)
        return aws.rds.Instance(
            name,
            region=other.region,
            # The ARN, not the identifier: that is how RDS knows where to look.
            replicate_source_db=primary.arn,
            instance_class=other.instance_class or args.instance_class,
            multi_az=other.multi_az,
            kms_key_id=other.kms_key_arn,
            db_subnet_group_name=make_subnet_group(self, name, args, other.subnet_ids, other.region).name,
            parameter_group_name=make_parameter_group(self, name, args, plan, other.region).name,
            vpc_security_group_ids=[self.security_group_id],
            backup_retention_period=other.backup_retention_days,
            skip_final_snapshot=True,
            **common(name, args),
            **insights(args, other.kms_key_arn),
            opts=pulumi.ResourceOptions(parent=self, depends_on=groups, protect=args.protect or None),
        )
