from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud import tagging
from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_NAME = re.compile(r"[A-Za-z](?:-?[A-Za-z0-9])*")


class ProxyEndpoint(Binding):
    """Another way into a proxy, for readers or from another VPC. The id is `proxy/endpoint`."""

    token = "aws:rds/proxyEndpoint:ProxyEndpoint"
    service = "rds"
    operation = "create_db_proxy_endpoint"
    parameters = {"DBProxyName": "dbProxyName", "DBProxyEndpointName": "dbProxyEndpointName"}
    replaces = frozenset({"dbProxyEndpointName", "dbProxyName", "targetRole", "vpcSubnetIds"})
    defaults = {"targetRole": "READ_WRITE"}
    tagging = tagging.RDS
    references = (
        Reference("dbProxyName", "db_proxy"),
        Reference("vpcSubnetIds[]", "subnet"),
        Reference("vpcSecurityGroupIds[]", "security_group"),
    )

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "DBProxyName": new["dbProxyName"],
                "DBProxyEndpointName": new["dbProxyEndpointName"],
                "VpcSubnetIds": new["vpcSubnetIds"],
                "VpcSecurityGroupIds": new.get("vpcSecurityGroupIds"),
                "TargetRole": new["targetRole"],
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['dbProxyName']}/{new['dbProxyEndpointName']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if old and new.get("vpcSecurityGroupIds") != old.get("vpcSecurityGroupIds"):
            ctx.client("rds").modify_db_proxy_endpoint(
                DBProxyEndpointName=new["dbProxyEndpointName"],
                VpcSecurityGroupIds=new.get("vpcSecurityGroupIds", []),
            )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        proxy, name = identity.split("/", 1)
        listed = ctx.client("rds").describe_db_proxy_endpoints(DBProxyName=proxy, DBProxyEndpointName=name)
        found = listed["DBProxyEndpoints"][0]
        return {
            "arn": found["DBProxyEndpointArn"],
            "dbProxyEndpointName": name,
            "dbProxyName": proxy,
            "endpoint": found["Endpoint"],
            "isDefault": found["IsDefault"],
            "targetRole": found["TargetRole"],
            "vpcId": found["VpcId"],
            "vpcSecurityGroupIds": found["VpcSecurityGroupIds"],
            "vpcSubnetIds": found["VpcSubnetIds"],
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("rds").delete_db_proxy_endpoint(DBProxyEndpointName=identity.split("/", 1)[1])

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        name, subnets = new["dbProxyEndpointName"], new["vpcSubnetIds"]
        # From memory of AWS's documentation, not verified: CreateDBProxyEndpoint, RDS API Reference.
        if isinstance(name, str) and not (_NAME.fullmatch(name) and len(name) <= 63):
            yield Refusal(
                "InvalidParameterValue",
                f"{name!r} must begin with a letter and have at most 63 letters, digits and single hyphens.",
                "dbProxyEndpointName",
            )
        if isinstance(subnets, list) and len(subnets) < 2:
            yield Refusal("InvalidSubnet", "a proxy needs subnets in at least two zones.", "vpcSubnetIds")
