"""A Redis or Valkey cache: nodes of its own or serverless, with TLS and a password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from components import cache_engine, relations
from components.cache_args import CacheArgs
from components.cache_engine import CacheEngine
from components.cache_group import log_group_names, make_group
from components.cache_nodes import node_numbers
from components.cache_options import (
    CacheAuth,
    CacheMode,
    CacheUser,
    CacheWorkload,
    ExistingCache,
    Serverless,
    Tls,
)
from components.cache_plan import decide
from components.cache_secret import make_entry
from components.cache_serverless import make_serverless
from components.errors import ComponentError
from components.secret_ref import SecretRef

__all__ = [
    "Cache",
    "CacheArgs",
    "CacheAuth",
    "CacheEngine",
    "CacheMode",
    "CacheUser",
    "CacheWorkload",
    "ExistingCache",
    "Serverless",
    "Tls",
]


class Cache(pulumi.ComponentResource):
    """An encrypted, private cache that only clients with the password can use.

    In cluster mode both endpoints are the configuration endpoint: clients find the nodes themselves. A serverless
    cache has no `nodes`; its `reader_port` is another one than its `port`. `secret` is the token's or the user's
    password; with auth `rbac` its field `username` is the user. `replication_group_id` is a serverless cache's name.
    """

    component_name: str
    mode: CacheMode
    bounds: Serverless
    auth: CacheAuth
    primary_endpoint: pulumi.Output[str]
    reader_endpoint: pulumi.Output[str]
    port: int
    reader_port: int
    replication_group_id: pulumi.Output[str]
    nodes: Mapping[str, pulumi.Output[str]]
    security_group_id: pulumi.Output[str]
    log_group_names: Sequence[str]

    def __init__(self, name: str, args: CacheArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        plan = self._plan = decide(name, args)
        super().__init__("plinth:cache:Cache", name, {}, opts)
        self.component_name, self._args, self.mode, self.auth = name, args, plan.mode, plan.auth
        self.bounds = args.serverless or Serverless()
        self.port, self.reader_port = cache_engine.PORT, cache_engine.PORT
        self.security_group_id = self._security_group()
        entry = make_entry(self, name, args, plan)
        self._secret = entry.secret
        if plan.serverless:
            self._publish_serverless(make_serverless(self, name, args, plan, self.security_group_id, entry))
        else:
            self._publish(make_group(self, name, args, plan, self.security_group_id, entry))
        self._register()

    @property
    def secret(self) -> SecretRef:
        """The password; a ComponentError if the cache has none of ours."""
        if self._secret is None:
            raise ComponentError(
                self.component_name,
                "there is no password of this cache: nobody asks for one, or its users are not ours",
                expected="auth `token` or `rbac`, without `existing.user_group_id`",
                fix="set `auth`, or do not give the cache's secret to anybody",
            )
        return self._secret

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect to the cache, for writes and reads, in both security groups."""
        description = f"{peer.component_name} to {self.component_name}"
        for port in dict.fromkeys((self.port, self.reader_port)):
            relations.allow(self, source=peer, target=self, port=port, description=description)

    def _security_group(self) -> pulumi.Output[str]:
        existing = self._args.existing.security_group_id
        if existing is not None:
            return pulumi.Output.from_input(existing)
        return relations.closed_security_group(
            self,
            f"{self.component_name}-sg",
            vpc_id=self._args.vpc_id,
            description="Clients of the cache",
            tags=self._args.tags,
        ).id

    def _publish(self, group: aws.elasticache.ReplicationGroup) -> None:
        plan, configuration = self._plan, group.configuration_endpoint_address
        self.primary_endpoint = configuration if plan.clustered else group.primary_endpoint_address
        self.reader_endpoint = configuration if plan.clustered else group.reader_endpoint_address
        self.replication_group_id = group.replication_group_id
        self.nodes = {
            number: pulumi.Output.concat(group.replication_group_id, "-", number)
            for number in node_numbers(
                shards=self._args.shards, replicas=plan.replicas, clustered=plan.clustered
            )
        }
        self.log_group_names = log_group_names(self.component_name)

    def _publish_serverless(self, cache: aws.elasticache.ServerlessCache) -> None:
        self.primary_endpoint = cache.endpoints.apply(lambda found: str(found[0].address))
        self.reader_endpoint = cache.reader_endpoints.apply(lambda found: str(found[0].address))
        self.reader_port = cache_engine.SERVERLESS_READER_PORT
        self.replication_group_id = cache.name
        self.nodes, self.log_group_names = {}, []

    def _register(self) -> None:
        self.register_outputs(
            {
                "primary_endpoint": self.primary_endpoint,
                "reader_endpoint": self.reader_endpoint,
                "port": self.port,
                "secret_arn": None if self._secret is None else self._secret.arn,
            }
        )
