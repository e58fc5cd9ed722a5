"""A relational database: its servers and everything around them."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components import credentials, database_access, database_events, database_parameters, relations
from components.connection_budget import Clients
from components.credentials import Credentials
from components.database_args import DatabaseArgs
from components.database_cluster import make_cluster
from components.database_failover import Survival
from components.database_ground import lay_ground
from components.database_instance import make_instances
from components.database_options import (
    NO_ROTATION,
    BackupRegion,
    CrossRegion,
    Events,
    Existing,
    Followed,
    Insights,
    NoRotation,
    Proxy,
    Restore,
    Rotation,
)
from components.database_password import make_password, secret_of
from components.database_plan import Plan, decide
from components.database_proxy import MadeProxy, make_proxy
from components.database_rotation import Renewed, Rotated, alone, let_rds_rotate, rotate_two_users
from components.database_servers import Servers
from components.engine import Engine
from components.remote_replica import RemoteReplica, RemoteReplicaArgs
from components.secret_ref import SecretRef, copied_to
from components.workload import Workload

__all__ = [
    "NO_ROTATION",
    "BackupRegion",
    "Clients",
    "Credentials",
    "CrossRegion",
    "Database",
    "DatabaseArgs",
    "Engine",
    "Events",
    "Existing",
    "Followed",
    "Insights",
    "NoRotation",
    "Proxy",
    "Restore",
    "Rotation",
    "Workload",
]


class Database(pulumi.ComponentResource):
    """An encrypted, private RDS database whose clients must use TLS.

    `endpoint` (the proxy's if there is one) and `reader_endpoints` are host names, without the port; `secret` is
    whom applications are, `master_secret` the master user, for what needs an owner of everything: dumps, extensions,
    roles. They are the same unless a function of ours (`rotation_peer`) rotates: then applications are now one and now
    the other of `usernames`. `secret_copy` is what clients of a replica elsewhere are (`followed`). Replicas are in the
    primary's region: they inherit its subnet group, its key, its engine version and its users; `remote_replica` is in
    another one.
    """

    component_name: str
    engine: Engine
    endpoint: pulumi.Output[str]
    writer_endpoint: pulumi.Output[str]
    reader_endpoints: Sequence[pulumi.Output[str]]
    port: int
    database_name: str
    arn: pulumi.Output[str]
    identifier: pulumi.Output[str]
    replica_identifiers: Sequence[pulumi.Output[str]]
    secret: SecretRef
    secret_copy: SecretRef | None
    master_secret: SecretRef
    credentials: credentials.Choice
    survival: Survival
    security_group_id: pulumi.Output[str]
    subnet_group_name: pulumi.Output[str]
    log_group_names: Sequence[str]
    storage_gb: int
    max_connections: int | None
    proxy: MadeProxy | None
    usernames: Sequence[str]
    rotation_peer: relations.Peer | None
    remote_replica: RemoteReplica | None

    def __init__(self, name: str, args: DatabaseArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        plan = decide(name, args)
        super().__init__("plinth:database:Database", name, {}, opts)
        self.component_name, self._args = name, args
        self._tell(plan)
        ground = lay_ground(self, name, args, plan)
        self.security_group_id = ground.security_group_id
        self.subnet_group_name = pulumi.Output.concat(ground.subnet_group_name)
        password = make_password(self, name, args, plan.credentials.credentials)
        make = make_cluster if plan.survival.clustered else make_instances
        self._servers = servers = make(self, name, args, ground, password)
        self._publish(servers)
        self.master_secret = secret_of(servers.managed_secret_arn, password, args.kms_key_arn)
        renewed = self._rotated(plan, servers)
        self.secret, self.rotation_peer = renewed.secret, renewed.peer
        self.usernames = renewed.usernames or (args.username,)
        self.secret_copy = self._secret_copy()
        self.proxy = self._proxied(servers, renewed.logins)
        self.remote_replica = self._replicated_elsewhere(servers)
        if args.events is not None:
            database_events.subscribe(self, name, args.events, servers, args.tags)
        self._register()

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect, in both security groups: to the proxy if there is one, and to what it leaves out.

        A proxy stands before the writer only; readers are connected to directly.
        """
        if self.proxy is None or self.reader_endpoints:
            self.allow_directly_from(peer)
        if self.proxy is not None:
            database_access.let(self, peer, self.proxy.peer, self.port)

    def allow_directly_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect to the servers themselves, past the proxy: for migrations and dumps."""
        database_access.let(self, peer, self, self.port)

    def grant_connect(self, role_name: pulumi.Input[str], role: str, username: str) -> None:
        """Let the IAM role log in as `username` with a token; `role` names the grant, once per role.

        In PostgreSQL the user must have the role `rds_iam`; in MySQL it is made with the plugin of AWS.
        """
        database_access.check_iam(self.component_name, self._args, role)
        through = self._resource_id if self.proxy is None else self.proxy.resource_id
        database_access.grant_connect(
            self, f"{self.component_name}-connect-{role}", role_name, through, username
        )

    def send(self, events: Events, audience: str) -> None:
        """RDS's own messages of these categories go to a topic; `audience` names the subscription, once for each."""
        name = f"{self.component_name}-{audience}"
        database_events.subscribe(self, name, events, self._servers, self._args.tags)

    def _tell(self, plan: Plan) -> None:
        self.credentials, self.survival = plan.credentials, plan.survival
        self.engine = self._args.engine
        self.port = self._args.engine.port
        self.database_name = self._args.database_name
        self.storage_gb = self._args.storage_gb
        self.max_connections = database_parameters.max_connections(plan.parameters)

    def _publish(self, servers: Servers) -> None:
        self.endpoint = self.writer_endpoint = servers.writer_endpoint
        self.reader_endpoints = servers.reader_endpoints
        self.arn, self.identifier = servers.arn, servers.identifier
        self.replica_identifiers = servers.replica_identifiers
        self.log_group_names = servers.log_group_names
        self._resource_id = servers.resource_id

    def _rotated(self, plan: Plan, servers: Servers) -> Renewed:
        rotation = plan.credentials.rotation
        if rotation is None:
            return alone(self.master_secret)
        rotated = Rotated(
            parent=self,
            peer=self,
            args=self._args,
            rotation=rotation,
            servers=servers,
            master=self.master_secret,
        )
        managed = plan.credentials.credentials is Credentials.MANAGED
        return let_rds_rotate(rotated) if managed else rotate_two_users(rotated)

    def _secret_copy(self) -> SecretRef | None:
        followed = self._args.followed
        if followed is None:
            return None
        arn = copied_to(followed.region, pulumi.Output.from_input(self.secret.arn))
        return SecretRef(arn=arn, kms_key_arn=followed.kms_key_arn)

    def _proxied(self, servers: Servers, logins: Sequence[SecretRef]) -> MadeProxy | None:
        options = self._args.proxy
        if options is None:
            return None
        made = make_proxy(self, self.component_name, self._args, options, servers, logins)
        database_access.let(self, made.peer, self, self.port)
        self.endpoint = made.endpoint
        return made

    def _replicated_elsewhere(self, servers: Servers) -> RemoteReplica | None:
        args, name, child = self._args, self.component_name, pulumi.ResourceOptions(parent=self)
        if args.backup_region is not None:
            aws.rds.InstanceAutomatedBackupsReplication(
                f"{name}-backups-{args.backup_region.region}",
                region=args.backup_region.region,
                source_db_instance_arn=servers.arn,
                kms_key_id=args.backup_region.kms_key_arn,
                retention_period=args.backup_region.retention_days,
                opts=child,
            )
        if args.cross_region is None or servers.primary is None:
            return None
        replica = RemoteReplicaArgs(like=args, place=args.cross_region, primary_arn=servers.arn)
        return RemoteReplica(f"{name}-{args.cross_region.region}", replica, child)

    def _register(self) -> None:
        self.register_outputs(
            {
                "endpoint": self.endpoint,
                "reader_endpoints": self.reader_endpoints,
                "port": self.port,
                "identifier": self.identifier,
                "secret_arn": self.secret.arn,
                "credentials": self.credentials.credentials,
                "credentials_reason": self.credentials.reason,
                "availability": self.survival.availability,
                "availability_reason": self.survival.reason,
            }
        )
