"""RDS proxies as AWS answers them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBProxyNotFoundFault, RDSClientError
from moto.rds.models import DBProxy, DBProxyTarget, DBProxyTargetGroup, RDSBackend
from moto.rds.responses import RDSResponse

from simcloud.patches import adds, around

_CHANGES = {
    "auth": "auth",
    "require_tls": "require_tls",
    "idle_client_timeout": "idle_client_timeout",
    "debug_logging": "debug_logging",
    "role_arn": "role_arn",
    "security_groups": "vpc_security_group_ids",
    "default_auth_scheme": "default_auth_scheme",
}


@adds(RDSResponse)
def modify_db_proxy(self: Any) -> Any:
    """AWS: changes a proxy; moto: not implemented."""
    proxy: DBProxy = _proxy(self.backend, self.params["DBProxyName"])
    for parameter, attribute in _CHANGES.items():
        if self.params.get(parameter) is not None:
            setattr(proxy, attribute, self.params.get(parameter))
    return ActionResult({"DBProxy": proxy})


def _proxy(backend: Any, name: str) -> Any:
    """The proxy, or AWS's answer that there is none; moto: a bare KeyError."""
    if name not in backend.db_proxies:
        raise DBProxyNotFoundFault(name)
    return backend.db_proxies[name]


@around(RDSBackend)
def delete_db_proxy(original: Any, self: Any, proxy_name: str) -> Any:
    """AWS: says that a proxy is not there; moto: a bare KeyError."""
    _proxy(self, proxy_name)
    return original(self, proxy_name)


@around(RDSBackend)
def describe_db_proxy_targets(original: Any, self: Any, proxy_name: str) -> Any:
    """AWS: says that a proxy is not there; moto: a bare KeyError."""
    _proxy(self, proxy_name)
    return original(self, proxy_name)


@around(RDSBackend)
def describe_db_proxy_target_groups(original: Any, self: Any, proxy_name: str) -> Any:
    """AWS: says that a proxy is not there; moto: a bare KeyError."""
    _proxy(self, proxy_name)
    return original(self, proxy_name)


@around(RDSBackend)
def modify_db_proxy_target_group(original: Any, self: Any, proxy_name: str, config: Any) -> Any:
    """AWS: keeps the first query, and no idle connections if told so; moto: drops one and halves the other."""
    _proxy(self, proxy_name)
    group = original(self, proxy_name, config)
    if config.get("MaxIdleConnectionsPercent") is not None:
        group.max_idle_connections = config["MaxIdleConnectionsPercent"]
    if config.get("InitQuery") is not None:
        group.init_query = config["InitQuery"]
    return group


def connection_pool_config(self: Any) -> dict[str, Any]:
    """AWS: with the first query; moto: without."""
    query = getattr(self, "init_query", "")
    return {
        "MaxConnectionsPercent": self.max_connections,
        "MaxIdleConnectionsPercent": self.max_idle_connections,
        "ConnectionBorrowTimeout": self.borrow_timeout,
        "SessionPinningFilters": list(self.session_pinning_filters),
        **({"InitQuery": query} if query else {}),
    }


DBProxyTargetGroup.connection_pool_config = property(connection_pool_config)  # type: ignore[method-assign, assignment]


@around(RDSBackend)
def register_db_proxy_targets(original: Any, self: Any, db_proxy_name: str, *args: Any, **given: Any) -> Any:
    """AWS: knows the database behind a target, and takes it once; moto: takes any name, any number of times."""
    _proxy(self, db_proxy_name)
    held = {target.rds_resource_id for target in self.describe_db_proxy_targets(db_proxy_name)}
    for identifier in given.get("db_instance_identifiers") or ():
        self.find_db_from_id(identifier)
        if identifier in held:
            raise RDSClientError(
                "DBProxyTargetAlreadyRegisteredFault", f"{identifier} is registered already."
            )
    targets: list[DBProxyTarget] = original(self, db_proxy_name, *args, **given)
    for target in targets:
        if target.type == "RDS_INSTANCE":
            instance = self.find_db_from_id(target.rds_resource_id)
            target.endpoint, target.port, target.target_arn = instance.address, instance.port, instance.arn
    return targets
