from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.bindings import _words
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_WORDS = {"iamAuth": "IAMAuth", "username": "UserName"}
_NAME = re.compile(r"[A-Za-z](?:-?[A-Za-z0-9])*")


class Proxy(Binding):
    """A pool of connections in front of a database."""

    token = "aws:rds/proxy:Proxy"
    service = "rds"
    faults = {"DBProxyAlreadyExistsFault": "name"}
    operation = "create_db_proxy"
    parameters = {"DBProxyName": "name", "Auth": "auths", "RequireTLS": "requireTls"}
    # A new name is a new id, which a resource that stays cannot have here.
    replaces = frozenset(
        {"endpointNetworkType", "engineFamily", "name", "targetConnectionNetworkType", "vpcSubnetIds"}
    )
    autoname = AutoName(limit=63)
    tagging = tagging.RDS
    references = (
        Reference("roleArn", "role"),
        Reference("vpcSubnetIds[]", "subnet"),
        Reference("vpcSecurityGroupIds[]", "security_group"),
        Reference("auths[].secretArn", "secret"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "DBProxyName": new["name"],
                "EngineFamily": new["engineFamily"],
                "Auth": _words.to_api(new.get("auths"), _WORDS),
                "RoleArn": new["roleArn"],
                "VpcSubnetIds": new["vpcSubnetIds"],
                "VpcSecurityGroupIds": new.get("vpcSecurityGroupIds"),
                "RequireTLS": new.get("requireTls"),
                "IdleClientTimeout": new.get("idleClientTimeout"),
                "DebugLogging": new.get("debugLogging"),
                "DefaultAuthScheme": new.get("defaultAuthScheme"),
                "EndpointNetworkType": new.get("endpointNetworkType"),
                "TargetConnectionNetworkType": new.get("targetConnectionNetworkType"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["DBProxy"]["DBProxyName"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old:
            return
        changes = without_none(
            {
                "Auth": _words.to_api(new.get("auths"), _WORDS),
                "RequireTLS": new.get("requireTls", False),
                "IdleClientTimeout": new.get("idleClientTimeout"),
                "DebugLogging": new.get("debugLogging", False),
                "RoleArn": new["roleArn"],
                "SecurityGroups": new.get("vpcSecurityGroupIds"),
                "DefaultAuthScheme": new.get("defaultAuthScheme"),
            }
        )
        ctx.client("rds").modify_db_proxy(DBProxyName=identity, **changes)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("rds").describe_db_proxies(DBProxyName=identity)["DBProxies"][0]
        return {
            "arn": found["DBProxyArn"],
            "name": found["DBProxyName"],
            "endpoint": found["Endpoint"],
            "engineFamily": found["EngineFamily"],
            "auths": _words.from_api(found.get("Auth") or [], _WORDS),
            "roleArn": found["RoleArn"],
            "vpcSubnetIds": found["VpcSubnetIds"],
            "vpcSecurityGroupIds": found["VpcSecurityGroupIds"],
            "requireTls": found.get("RequireTLS", False),
            "idleClientTimeout": found["IdleClientTimeout"],
            "debugLogging": found.get("DebugLogging", False),
            "defaultAuthScheme": found.get("DefaultAuthScheme", "NONE"),
            "endpointNetworkType": found.get("EndpointNetworkType", "IPV4"),
            "targetConnectionNetworkType": found.get("TargetConnectionNetworkType", "IPV4"),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_proxy(DBProxyName=identity)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        # AWS: CreateDBProxy, RDS API Reference; per reference notes, not verified against AWS.
        if isinstance(new["name"], str) and not _NAME.fullmatch(new["name"]):
            yield Refusal("InvalidParameterValue", f"{new['name']!r} is not a valid identifier.", "name")
        seconds = new.get("idleClientTimeout")
        if isinstance(seconds, int) and not 1 <= seconds <= 28_800:
            yield Refusal(
                "InvalidParameterValue", f"{seconds} is not 1 to 28800 seconds.", "idleClientTimeout"
            )
        if not new.get("auths") and new.get("defaultAuthScheme") != "IAM_AUTH":
            yield Refusal(
                "MissingParameter", "auths are needed unless defaultAuthScheme is IAM_AUTH.", "auths"
            )
        if isinstance(new["vpcSubnetIds"], list) and len(new["vpcSubnetIds"]) < 2:
            yield Refusal("InvalidSubnet", "subnets in two availability zones are needed.", "vpcSubnetIds")
