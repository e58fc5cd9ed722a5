"""Endpoints of clusters and proxies, which moto lacks."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.moto_api._internal import mock_random
from moto.rds.exceptions import DBClusterNotFoundError, DBProxyNotFoundFault, RDSClientError
from moto.rds.models import RDSBackend, RDSBaseModel
from moto.rds.responses import RDSResponse

from simcloud.patches import adds, around

_CLUSTER_CHANGES = {
    "EndpointType": "CustomEndpointType",
    "StaticMembers": "StaticMembers",
    "ExcludedMembers": "ExcludedMembers",
}


class Endpoint(RDSBaseModel):
    """A thing with a name, an ARN, tags, and what AWS says of it."""

    def __init__(self, backend: Any, kind: str, name: str, said: dict[str, Any]) -> None:
        super().__init__(backend)
        self.resource_type, self.name, self.said = kind, name, said

    @property
    def resource_id(self) -> str:
        return self.name


@around(RDSBackend)
def _find_resource(original: Any, self: Any, resource_type: str, resource_name: str) -> Any:
    """AWS: endpoints have tags as everything else; moto: knows no endpoints."""
    for found in (*_kept(self, "cluster").values(), *_kept(self, "proxy").values()):
        if (found.resource_type, found.name) == (resource_type, resource_name):
            return found
    return original(self, resource_type, resource_name)


@adds(RDSResponse)
def create_db_cluster_endpoint(self: Any) -> Any:
    """AWS: makes an endpoint of some members; moto: not implemented."""
    given, kept = self.params, _kept(self.backend, "cluster")
    name, cluster = given["DBClusterEndpointIdentifier"].lower(), given["DBClusterIdentifier"]
    if cluster not in self.backend.clusters:
        raise DBClusterNotFoundError(cluster)
    if name in kept:
        raise RDSClientError("DBClusterEndpointAlreadyExistsFault", f"{name} already exists")
    _require_members(self.backend, cluster, given)
    host = self.backend.clusters[cluster].url_identifier
    said = {
        "DBClusterEndpointIdentifier": name,
        "DBClusterIdentifier": cluster,
        "DBClusterEndpointResourceIdentifier": f"cluster-endpoint-{mock_random.get_random_hex(26).upper()}",
        "Endpoint": f"{name}.cluster-custom-{host}.{self.region}.rds.amazonaws.com",
        "Status": "available",
        "EndpointType": "CUSTOM",
        "CustomEndpointType": given["EndpointType"],
        "StaticMembers": given.get("StaticMembers") or [],
        "ExcludedMembers": given.get("ExcludedMembers") or [],
    }
    made = kept[name] = Endpoint(self.backend, "cluster-endpoint", name, said)
    made.tags = given.get("Tags") or []
    return ActionResult(_told(made, "DBClusterEndpointArn"))


@adds(RDSResponse)
def describe_db_cluster_endpoints(self: Any) -> Any:
    """AWS: lists a cluster's own endpoints and the custom ones; moto: not implemented."""
    name, cluster = self.params.get("DBClusterEndpointIdentifier"), self.params.get("DBClusterIdentifier")
    listed = [
        _told(endpoint, "DBClusterEndpointArn")
        for endpoint in _kept(self.backend, "cluster").values()
        if name in (None, endpoint.name) and cluster in (None, endpoint.said["DBClusterIdentifier"])
    ]
    return ActionResult({"DBClusterEndpoints": listed})


@adds(RDSResponse)
def modify_db_cluster_endpoint(self: Any) -> Any:
    """AWS: changes who is behind; moto: not implemented."""
    endpoint = _cluster_endpoint(self)
    _require_members(self.backend, endpoint.said["DBClusterIdentifier"], self.params)
    for parameter, field in _CLUSTER_CHANGES.items():
        if self.params.get(parameter) is not None:
            endpoint.said[field] = self.params[parameter]
    for one, other in (("StaticMembers", "ExcludedMembers"), ("ExcludedMembers", "StaticMembers")):
        if self.params.get(one):
            endpoint.said[other] = []
    return ActionResult(_told(endpoint, "DBClusterEndpointArn"))


@adds(RDSResponse)
def delete_db_cluster_endpoint(self: Any) -> Any:
    """AWS: removes a custom endpoint; moto: not implemented."""
    endpoint = _cluster_endpoint(self)
    del _kept(self.backend, "cluster")[endpoint.name]
    return ActionResult({**_told(endpoint, "DBClusterEndpointArn"), "Status": "deleting"})


def _cluster_endpoint(response: Any) -> Endpoint:
    name = response.params["DBClusterEndpointIdentifier"].lower()
    if name not in _kept(response.backend, "cluster"):
        raise RDSClientError("DBClusterEndpointNotFoundFault", f"DBClusterEndpoint {name} not found")
    return _kept(response.backend, "cluster")[name]


def _require_members(backend: Any, cluster: str, given: Any) -> None:
    members = {member.db_instance_identifier for member in backend.clusters[cluster]._members}
    for name in (*(given.get("StaticMembers") or ()), *(given.get("ExcludedMembers") or ())):
        if name not in members:
            raise RDSClientError("DBInstanceNotFound", f"DBInstance {name} is not a member of {cluster}.")


@adds(RDSResponse)
def create_db_proxy_endpoint(self: Any) -> Any:
    """AWS: makes another way into a proxy; moto: not implemented."""
    given, kept = self.params, _kept(self.backend, "proxy")
    name, proxy = given["DBProxyEndpointName"], given["DBProxyName"]
    if proxy not in self.backend.db_proxies:
        raise DBProxyNotFoundFault(proxy)
    if name in kept:
        raise RDSClientError("DBProxyEndpointAlreadyExistsFault", f"{name} already exists")
    subnet = ec2_backends[self.current_account][self.region].get_subnet(given["VpcSubnetIds"][0])
    said = {
        "DBProxyEndpointName": name,
        "DBProxyName": proxy,
        "Status": "available",
        "VpcId": subnet.vpc_id,
        "VpcSecurityGroupIds": given.get("VpcSecurityGroupIds")
        or self.backend.db_proxies[proxy].vpc_security_group_ids,
        "VpcSubnetIds": given["VpcSubnetIds"],
        "Endpoint": f"{name}.endpoint.proxy-{mock_random.get_random_hex(12)}.{self.region}.rds.amazonaws.com",
        "CreatedDate": utcnow(),
        "TargetRole": given.get("TargetRole", "READ_WRITE"),
        "IsDefault": False,
    }
    made = kept[name] = Endpoint(
        self.backend, "db-proxy-endpoint", f"prx-endpoint-{mock_random.get_random_hex(17)}", said
    )
    made.tags = given.get("Tags") or []
    return ActionResult({"DBProxyEndpoint": _told(made, "DBProxyEndpointArn")})


@adds(RDSResponse)
def describe_db_proxy_endpoints(self: Any) -> Any:
    """AWS: lists the ways into proxies; moto: not implemented."""
    proxy, name = self.params.get("DBProxyName"), self.params.get("DBProxyEndpointName")
    listed = [
        _told(endpoint, "DBProxyEndpointArn")
        for key, endpoint in _kept(self.backend, "proxy").items()
        if name in (None, key) and proxy in (None, endpoint.said["DBProxyName"])
    ]
    if name is not None and not listed:
        raise RDSClientError("DBProxyEndpointNotFoundFault", f"DB proxy endpoint {name} not found")
    return ActionResult({"DBProxyEndpoints": listed})


@adds(RDSResponse)
def modify_db_proxy_endpoint(self: Any) -> Any:
    """AWS: changes the groups; moto: not implemented."""
    endpoint = _proxy_endpoint(self)
    endpoint.said["VpcSecurityGroupIds"] = (
        self.params.get("VpcSecurityGroupIds") or endpoint.said["VpcSecurityGroupIds"]
    )
    return ActionResult({"DBProxyEndpoint": _told(endpoint, "DBProxyEndpointArn")})


@adds(RDSResponse)
def delete_db_proxy_endpoint(self: Any) -> Any:
    """AWS: removes one that was made; moto: not implemented."""
    endpoint = _proxy_endpoint(self)
    del _kept(self.backend, "proxy")[endpoint.said["DBProxyEndpointName"]]
    return ActionResult({"DBProxyEndpoint": {**_told(endpoint, "DBProxyEndpointArn"), "Status": "deleting"}})


def _proxy_endpoint(response: Any) -> Endpoint:
    name = response.params["DBProxyEndpointName"]
    if name not in _kept(response.backend, "proxy"):
        raise RDSClientError("DBProxyEndpointNotFoundFault", f"DB proxy endpoint {name} not found")
    return _kept(response.backend, "proxy")[name]


def _kept(backend: Any, kind: str) -> dict[str, Endpoint]:
    every: dict[str, dict[str, Endpoint]] = vars(backend).setdefault("endpoints", {})
    return every.setdefault(kind, {})


def _told(endpoint: Endpoint, arn: str) -> dict[str, Any]:
    return {**endpoint.said, arn: endpoint.arn}
