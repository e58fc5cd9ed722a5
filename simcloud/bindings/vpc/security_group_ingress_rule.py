from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props

from ._rule import SecurityGroupVpcRule


class SecurityGroupIngressRule(SecurityGroupVpcRule):
    """Who may come in."""

    token = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    operation = "authorize_security_group_ingress"

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").revoke_security_group_ingress(
            GroupId=old["securityGroupId"], SecurityGroupRuleIds=[identity]
        )
