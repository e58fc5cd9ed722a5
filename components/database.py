"""A relational database: one primary, its read replicas and everything around them."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components import credentials, database_checks, database_parameters, engine, relations
from components.credentials import Credentials
from components.database_args import DatabaseArgs
from components.database_instance import (
    Surroundings,
    make_primary,
    make_replica,
    primary_identifier,
    replica_identifier,
)
from components.database_logs import log_group_names
from components.database_monitoring import make_monitoring_role
from components.database_password import Password, make_password, secret_of
from components.database_placement import place
from components.engine import Engine
from components.parameter import Parameter
from components.secret_ref import SecretRef

__all__ = ["Credentials", "Database", "DatabaseArgs", "Engine"]


class Database(pulumi.ComponentResource):
    """An encrypted, private RDS database whose clients must use TLS.

    `endpoint` and `reader_endpoints` are host names, without the port. Replicas are in the primary's region:
    they inherit its subnet group, its key, its engine version and its users.
    """

    component_name: str
    engine: Engine
    endpoint: pulumi.Output[str]
    reader_endpoints: Sequence[pulumi.Output[str]]
    port: int
    database_name: str
    identifier: pulumi.Output[str]
    replica_identifiers: Sequence[pulumi.Output[str]]
    secret: SecretRef
    credentials: credentials.Choice
    security_group_id: pulumi.Output[str]
    log_group_names: Sequence[str]
    storage_gb: int
    max_connections: int | None

    def __init__(self, name: str, args: DatabaseArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        database_checks.check(name, args)
        choice = credentials.choose(name, args.credentials, args.replicas)
        family = engine.family(name, args.engine, args.engine_version)
        parameters = database_parameters.resolve(name, args.engine, args.parameters)
        super().__init__("plinth:database:Database", name, {}, opts)
        self.component_name, self._args, self.credentials = name, args, choice
        self._tell(parameters)
        surroundings = self._surroundings(family, parameters)
        password = make_password(self, name, args, choice.credentials)
        placement = place(args.availability_zones, multi_az=args.multi_az, replicas=args.replicas)
        primary = make_primary(self, name, args, surroundings, password, placement.primary)
        replicas = [
            make_replica(self, name, args, surroundings, primary, number, zone)
            for number, zone in enumerate(placement.replicas, start=1)
        ]
        self._publish(primary, replicas, password)

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect to the database port, in both security groups."""
        description = f"{peer.component_name} to {self.component_name}"
        relations.allow(self, source=peer, target=self, port=self.port, description=description)

    def _tell(self, parameters: tuple[Parameter, ...]) -> None:
        self.engine = self._args.engine
        self.port = self._args.engine.port
        self.database_name = self._args.database_name
        self.storage_gb = self._args.storage_gb
        self.max_connections = database_parameters.max_connections(parameters)

    def _surroundings(self, family: str, parameters: tuple[Parameter, ...]) -> Surroundings:
        name, args = self.component_name, self._args
        security_group = relations.closed_security_group(
            self, f"{name}-sg", vpc_id=args.vpc_id, description="Clients of the database", tags=args.tags
        )
        self.security_group_id = security_group.id
        monitored = args.monitoring_interval_seconds > 0
        return Surroundings(
            security_group_id=security_group.id,
            subnet_group_name=self._subnet_group().name,
            parameter_group_name=self._parameter_group(family, parameters).name,
            monitoring_role_arn=make_monitoring_role(self, name, args.tags) if monitored else None,
        )

    def _subnet_group(self) -> aws.rds.SubnetGroup:
        name = f"{self.component_name}-subnets"
        return aws.rds.SubnetGroup(
            name,
            description="Where the database may stand",
            subnet_ids=self._args.subnet_ids,
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _parameter_group(self, family: str, parameters: tuple[Parameter, ...]) -> aws.rds.ParameterGroup:
        # The family is in the name, so that a major upgrade makes a second group beside the one in use.
        name = f"{self.component_name}-{family.replace('.', '-')}"
        return aws.rds.ParameterGroup(
            name,
            description="Settings of the database",
            family=family,
            parameters=[
                aws.rds.ParameterGroupParameterArgs(name=one.name, value=one.value, apply_method=one.apply)
                for one in parameters
            ],
            tags={**self._args.tags, "Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _publish(
        self, primary: aws.rds.Instance, replicas: list[aws.rds.Instance], password: Password
    ) -> None:
        self.endpoint = primary.address
        self.reader_endpoints = [replica.address for replica in replicas]
        self.identifier = primary.identifier
        self.replica_identifiers = [replica.identifier for replica in replicas]
        self.secret = secret_of(primary, password, self._args.kms_key_arn)
        self.log_group_names = self._log_group_names()
        self.register_outputs(
            {
                "endpoint": self.endpoint,
                "reader_endpoints": self.reader_endpoints,
                "port": self.port,
                "identifier": self.identifier,
                "secret_arn": self.secret.arn,
                "credentials": self.credentials.credentials,
                "credentials_reason": self.credentials.reason,
            }
        )

    def _log_group_names(self) -> list[str]:
        name, numbers = self.component_name, range(1, self._args.replicas + 1)
        identifiers = [primary_identifier(name), *(replica_identifier(name, number) for number in numbers)]
        return [group for identifier in identifiers for group in log_group_names(identifier, self._args)]
