"""A read replica of a database in another region, made beside the database or by a stack of that region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import database_access, relations
from components.database_args import DatabaseArgs
from components.database_ground import make_parameter_group, make_subnet_group
from components.database_instance import common, insights
from components.database_logs import Logs, log_group_names, make_log_groups
from components.database_options import CrossRegion
from components.database_plan import decide
from components.engine import Engine
from components.errors import ComponentError
from components.secret_ref import SecretRef


@dataclass(frozen=True, kw_only=True)
class RemoteReplicaArgs:
    """`like` is the primary as it was described: engine, class, settings and care are taken from it.

    `primary_arn` is its ARN: the region in it is how RDS knows where to look. `secret` is what applications of the
    replica's region log in with: the copy of the primary's (`Database.secret_copy`), for users come with the data.
    `promoted` ends the replication, for good: the replica becomes a database of its own that takes writes.
    """

    like: DatabaseArgs
    place: CrossRegion
    primary_arn: pulumi.Input[str]
    secret: SecretRef | None = None
    promoted: bool = False


class RemoteReplica(pulumi.ComponentResource):
    """The copy that a lost region leaves: promote it, point applications at `endpoint`.

    Everything of it is in `region`, whatever region the provider has. `allow_from` takes peers of that region.
    """

    component_name: str
    region: str
    engine: Engine
    endpoint: pulumi.Output[str]
    reader_endpoints: Sequence[pulumi.Output[str]]
    port: int
    database_name: str
    identifier: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    log_group_names: Sequence[str]

    def __init__(
        self, name: str, args: RemoteReplicaArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("plinth:database:RemoteReplica", name, {}, opts)
        self.component_name, self.region, self._args = name, args.place.region, args
        self.engine, self.database_name = args.like.engine, args.like.database_name
        self.port = args.like.engine.port
        self.security_group_id = self._security_group().id
        replica = self._replica()
        self.endpoint, self.identifier = replica.address, replica.identifier
        self.reader_endpoints = (replica.address,)
        self._resource_id = replica.resource_id
        self.log_group_names = log_group_names(name, args.like)
        self.register_outputs({"endpoint": self.endpoint, "identifier": self.identifier})

    @property
    def secret(self) -> SecretRef:
        """What applications here log in with; ComponentError if nobody said."""
        if self._args.secret is not None:
            return self._args.secret
        raise ComponentError(
            self.component_name,
            "nobody said where the password of the replica's users is to be read in its region",
            expected="`secret`, the copy of the primary's",
            fix="describe the primary with `followed`, and give its `secret_copy`",
        )

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer`, of the same region, connect to the database port, in both security groups."""
        relations.allow(
            self,
            source=peer,
            target=self,
            port=self.port,
            description=f"{peer.component_name} to {self.component_name}",
            region=self.region,
        )

    def allow_directly_from(self, peer: relations.Peer) -> None:
        """The same: no proxy stands before a replica."""
        self.allow_from(peer)

    def grant_connect(self, role_name: pulumi.Input[str], role: str, username: str) -> None:
        """Let the IAM role log in as `username` with a token; `role` names the grant, once per role."""
        if not self._args.like.iam_authentication:
            database_access.check_iam(self.component_name, self._args.like, role)
        name = f"{self.component_name}-connect-{role}"
        database_access.grant_connect(self, name, role_name, self._resource_id, username)

    def _security_group(self) -> aws.ec2.SecurityGroup:
        name = f"{self.component_name}-sg"
        return aws.ec2.SecurityGroup(
            name,
            region=self.region,
            vpc_id=self._args.place.vpc_id,
            description="Clients of the replica",
            tags={**self._args.like.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _replica(self) -> aws.rds.Instance:
        name, args, place = self.component_name, self._args.like, self._args.place
        plan = decide(name, args)
        logs = Logs(identifier=name, kind="instance", kms_key_arn=place.kms_key_arn, region=place.region)
        groups = make_log_groups(self, logs, args)
        return aws.rds.Instance(
            name,
            region=place.region,
            replicate_source_db=None if self._args.promoted else self._args.primary_arn,
            instance_class=place.instance_class or args.instance_class,
            multi_az=place.multi_az,
            kms_key_id=place.kms_key_arn,
            db_subnet_group_name=make_subnet_group(self, name, args, place.subnet_ids, place.region).name,
            parameter_group_name=make_parameter_group(self, name, args, plan, place.region).name,
            vpc_security_group_ids=[self.security_group_id],
            backup_retention_period=place.backup_retention_days,
            skip_final_snapshot=True,
            **common(name, args),
            **insights(args, place.kms_key_arn),
            opts=pulumi.ResourceOptions(parent=self, depends_on=groups, protect=args.protect or None),
        )
