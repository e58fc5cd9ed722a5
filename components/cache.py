"""A Redis or Valkey cache: one replication group with TLS and a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components import cache_checks, cache_engine, names, relations
from components.cache_args import CacheArgs
from components.cache_engine import CacheEngine
from components.cache_nodes import node_numbers
from components.generated_secret import GeneratedSecret, GeneratedSecretArgs
from components.secret_ref import SecretRef

__all__ = ["Cache", "CacheArgs", "CacheEngine"]

_LOGS = ("slow-log", "engine-log")
# AWS: "Authenticating with the Valkey and Redis OSS AUTH command": 16 to 128 characters, read 2026-11.
_TOKEN_LENGTH = 64


class Cache(pulumi.ComponentResource):
    """An encrypted, private cache that only clients with the token can use.

    In cluster mode both endpoints are the configuration endpoint: clients find the nodes themselves.
    """

    component_name: str
    primary_endpoint: pulumi.Output[str]
    reader_endpoint: pulumi.Output[str]
    port: int
    replication_group_id: pulumi.Output[str]
    nodes: Mapping[str, pulumi.Output[str]]
    secret: SecretRef
    security_group_id: pulumi.Output[str]
    log_group_names: Sequence[str]

    def __init__(self, name: str, args: CacheArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        cache_checks.check(name, args)
        family = cache_engine.family(name, args.engine, args.engine_version)
        names.fit(name, names.CACHE)
        super().__init__("plinth:cache:Cache", name, {}, opts)
        self.component_name, self.port, self._args = name, cache_engine.PORT, args
        self.security_group_id = relations.closed_security_group(
            self, f"{name}-sg", vpc_id=args.vpc_id, description="Clients of the cache", tags=args.tags
        ).id
        token = self._token()
        self.secret = token.ref
        self._publish(self._group(token, self._parameter_group(family)))

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect to the cache port, in both security groups."""
        description = f"{peer.component_name} to {self.component_name}"
        relations.allow(self, source=peer, target=self, port=self.port, description=description)

    def _tags(self, name: str) -> dict[str, str]:
        return {**self._args.tags, "Name": name}

    def _token(self) -> GeneratedSecret:
        args = self._args
        token = GeneratedSecretArgs(
            description=f"Token of the cache {self.component_name}",
            generated_field="auth_token",
            length=_TOKEN_LENGTH,
            punctuation=False,
            version=args.token_version,
            kms_key_arn=args.kms_key_arn,
            recovery_window_days=args.secret_recovery_window_days,
            protect=args.protect,
            tags=args.tags,
        )
        return GeneratedSecret(f"{self.component_name}-token", token, pulumi.ResourceOptions(parent=self))

    def _parameter_group(self, family: str) -> aws.elasticache.ParameterGroup:
        # The family is in the name, so that a major upgrade makes a second group beside the one in use.
        name = f"{self.component_name}-{family.replace('.', '-')}"
        cluster_mode = {"cluster-enabled": "yes"} if self._args.clustered else {}
        return aws.elasticache.ParameterGroup(
            name,
            description="Settings of the cache",
            family=family,
            parameters=[
                aws.elasticache.ParameterGroupParameterArgs(name=key, value=value)
                for key, value in sorted({**self._args.parameters, **cluster_mode}.items())
            ],
            tags=self._tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _subnet_group(self) -> aws.elasticache.SubnetGroup:
        name = f"{self.component_name}-subnets"
        return aws.elasticache.SubnetGroup(
            name,
            description="Where the cache may stand",
            subnet_ids=self._args.subnet_ids,
            tags=self._tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _group(
        self, token: GeneratedSecret, parameters: aws.elasticache.ParameterGroup
    ) -> aws.elasticache.ReplicationGroup:
        args, name = self._args, self.component_name
        return aws.elasticache.ReplicationGroup(
            name,
            description=f"Cache {name}",
            engine=args.engine,
            engine_version=args.engine_version,
            node_type=args.node_type,
            port=self.port,
            automatic_failover_enabled=args.replicas >= 1,
            multi_az_enabled=args.multi_az,
            parameter_group_name=parameters.name,
            subnet_group_name=self._subnet_group().name,
            security_group_ids=[self.security_group_id],
            at_rest_encryption_enabled=True,
            kms_key_id=args.kms_key_arn,
            transit_encryption_enabled=True,
            auth_token_wo=token.value,
            auth_token_wo_version=args.token_version,
            auth_token_update_strategy="ROTATE",
            snapshot_retention_limit=args.snapshot_retention_days,
            snapshot_window=args.snapshot_window if args.snapshot_retention_days else None,
            final_snapshot_identifier=f"{name}-final" if args.final_snapshot else None,
            maintenance_window=args.maintenance_window,
            apply_immediately=args.apply_immediately,
            auto_minor_version_upgrade=args.auto_minor_version_upgrade,
            log_delivery_configurations=self._log_delivery(),
            tags=self._tags(name),
            **_size(args),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect or None),
        )

    def _log_delivery(self) -> list[aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs]:
        return [
            aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs(
                destination=self._log_group(log).name,
                destination_type="cloudwatch-logs",
                log_format="json",
                log_type=log,
            )
            for log in _LOGS
        ]

    def _log_group(self, log: str) -> aws.cloudwatch.LogGroup:
        name = f"{self.component_name}-{log}"
        return aws.cloudwatch.LogGroup(
            name,
            name=f"/aws/elasticache/{self.component_name}/{log}",
            retention_in_days=self._args.log_retention_days,
            kms_key_id=self._args.kms_key_arn,
            tags=self._tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _publish(self, group: aws.elasticache.ReplicationGroup) -> None:
        args = self._args
        configuration = group.configuration_endpoint_address
        self.primary_endpoint = configuration if args.clustered else group.primary_endpoint_address
        self.reader_endpoint = configuration if args.clustered else group.reader_endpoint_address
        self.replication_group_id = group.replication_group_id
        self.nodes = {
            number: pulumi.Output.concat(group.replication_group_id, "-", number)
            for number in node_numbers(shards=args.shards, replicas=args.replicas)
        }
        self.log_group_names = [f"/aws/elasticache/{self.component_name}/{log}" for log in _LOGS]
        self.register_outputs(
            {
                "primary_endpoint": self.primary_endpoint,
                "reader_endpoint": self.reader_endpoint,
                "port": self.port,
                "secret_arn": self.secret.arn,
            }
        )


def _size(args: CacheArgs) -> dict[str, Any]:
    if not args.clustered:
        return {"num_cache_clusters": 1 + args.replicas}
    return {
        "cluster_mode": "enabled",
        "num_node_groups": args.shards,
        "replicas_per_node_group": args.replicas,
    }
