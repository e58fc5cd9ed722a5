"""Everything that is decided about a cache before the first resource is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components import cache_checks, cache_engine, cache_parameters, names
from components.cache_args import CacheArgs
from components.cache_mode import mode_of
from components.cache_options import CacheAuth, CacheMode


@dataclass(frozen=True, kw_only=True)
class CachePlan:
    """What a cache will be; `family` and `parameters` mean nothing to a serverless one."""

    mode: CacheMode
    replicas: int
    multi_az: bool
    auth: CacheAuth
    family: str
    major_version: str
    parameters: Mapping[str, str]

    @property
    def clustered(self) -> bool:
        """Whether keys are spread over several shards."""
        return self.mode is CacheMode.CLUSTER

    @property
    def serverless(self) -> bool:
        """Whether there are no nodes."""
        return self.mode is CacheMode.SERVERLESS


def decide(where: str, args: CacheArgs) -> CachePlan:
    """The plan for `args`, or ComponentError for what contradicts itself or ElastiCache."""
    mode, replicas = mode_of(args)
    auth = args.auth or (CacheAuth.RBAC if mode is CacheMode.SERVERLESS else CacheAuth.TOKEN)
    cache_checks.check(where, args, mode, replicas, auth)
    names.fit(where, names.CACHE)
    return CachePlan(
        mode=mode,
        replicas=replicas,
        multi_az=replicas >= 1 if args.multi_az is None else args.multi_az,
        auth=auth,
        family=cache_engine.family(where, args.engine, args.engine_version),
        major_version=args.engine_version.split(".", maxsplit=1)[0],
        parameters=cache_parameters.resolve(
            where, args.workload, args.parameters, clustered=mode is CacheMode.CLUSTER
        ),
    )
