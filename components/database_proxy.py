"""RDS Proxy in front of a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import account as accounts
from components import relations
from components.account import Account
from components.database_args import DatabaseArgs
from components.database_options import Proxy
from components.database_servers import Servers
from components.engine import Engine
from components.iam_policy import allow, document
from components.peer import OwnPeer
from components.secret_ref import SecretRef
from components.service_trust import trusted_by

# AWS: CreateDBProxy, EngineFamily and ClientPasswordAuthType; per reference notes.
_FAMILY = {Engine.POSTGRES: "POSTGRESQL", Engine.MYSQL: "MYSQL"}


@dataclass(frozen=True, kw_only=True)
class MadeProxy:
    """`peer` is what clients connect to and what connects to the database."""

    peer: OwnPeer
    endpoint: pulumi.Output[str]
    resource_id: pulumi.Output[str]


def make_proxy(
    parent: pulumi.Resource,
    name: str,
    args: DatabaseArgs,
    options: Proxy,
    servers: Servers,
    logins: Sequence[SecretRef],
) -> MadeProxy:
    """A proxy called `<name>-proxy`, its role, its log group and its way to the database's servers.

    Clients are the users of `logins`.
    """
    full = f"{name}-proxy"
    group = relations.closed_security_group(
        parent, f"{full}-sg", vpc_id=args.vpc_id, description="Clients of the proxy", tags=args.tags
    )
    proxy = aws.rds.Proxy(
        full,
        name=full,
        engine_family=_FAMILY[args.engine],
        require_tls=True,
        auths=[
            aws.rds.ProxyAuthArgs(
                auth_scheme="SECRETS",
                iam_auth="REQUIRED" if options.iam else "DISABLED",
                secret_arn=login.arn,
            )
            for login in logins
        ],
        role_arn=_role(parent, full, args, logins),
        vpc_subnet_ids=args.subnet_ids,
        vpc_security_group_ids=[group.id],
        idle_client_timeout=options.idle_client_timeout_seconds,
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[_log_group(parent, full, args)]),
    )
    target = _target(parent, full, proxy, options, servers)
    return MadeProxy(
        peer=OwnPeer(full, group.id),
        # Known only once there is a database behind it.
        endpoint=pulumi.Output.all(proxy.endpoint, target.id).apply(lambda both: str(both[0])),
        resource_id=proxy.arn.apply(lambda arn: arn.rsplit(":", 1)[-1]),
    )


def _target(
    parent: pulumi.Resource, full: str, proxy: aws.rds.Proxy, options: Proxy, servers: Servers
) -> aws.rds.ProxyTarget:
    pool = aws.rds.ProxyDefaultTargetGroup(
        f"{full}-pool",
        db_proxy_name=proxy.name,
        connection_pool_config=aws.rds.ProxyDefaultTargetGroupConnectionPoolConfigArgs(
            max_connections_percent=options.max_connections_percent,
            max_idle_connections_percent=options.max_idle_connections_percent,
            connection_borrow_timeout=options.borrow_timeout_seconds,
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    cluster = servers.cluster
    return aws.rds.ProxyTarget(
        f"{full}-target",
        db_proxy_name=proxy.name,
        target_group_name=pool.name,
        db_instance_identifier=servers.identifier if cluster is None else None,
        db_cluster_identifier=None if cluster is None else cluster.cluster_identifier,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _log_group(parent: pulumi.Resource, full: str, args: DatabaseArgs) -> aws.cloudwatch.LogGroup:
    return aws.cloudwatch.LogGroup(
        f"{full}-logs",
        name=f"/aws/rds/proxy/{full}",
        retention_in_days=args.log_retention_days,
        kms_key_id=args.kms_key_arn,
        tags={**args.tags, "Name": f"{full}-logs"},
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _role(
    parent: pulumi.Resource, full: str, args: DatabaseArgs, logins: Sequence[SecretRef]
) -> pulumi.Output[str]:
    here = accounts.current(parent)
    role = aws.iam.Role(
        full,
        assume_role_policy=trusted_by("rds.amazonaws.com"),
        tags={**args.tags, "Name": full},
        opts=pulumi.ResourceOptions(parent=parent),
    )
    arns = pulumi.Output.all(*(login.arn for login in logins))
    policy = aws.iam.RolePolicy(
        f"{full}-reads-secret",
        role=role.name,
        policy=pulumi.Output.all(here, arns, args.kms_key_arn).apply(lambda known: _policy(*known)),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return pulumi.Output.all(role.arn, policy.id).apply(lambda both: str(both[0]))


# AWS: "Setting up database credentials for RDS Proxy", the policy shown there; per reference notes.
def _policy(here: Account, secret_arns: Sequence[str], kms_key_arn: str | None) -> str:
    read = allow("ReadTheSecret", ["secretsmanager:GetSecretValue"], secret_arns)
    if kms_key_arn is None:
        return document(read)
    through = {"StringEquals": {"kms:ViaService": f"secretsmanager.{here.region}.{here.dns_suffix}"}}
    return document(read, allow("DecryptIt", ["kms:Decrypt"], [kms_key_arn], condition=through))
