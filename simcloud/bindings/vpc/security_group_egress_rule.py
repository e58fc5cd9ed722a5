from __future__ import annotations

from simcloud.context import Context
from simcloud.values import Props

from ._rule import SecurityGroupVpcRule


class SecurityGroupEgressRule(SecurityGroupVpcRule):
    """Where members may go."""

    token = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    operation = "authorize_security_group_egress"

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        ctx.client("ec2").revoke_security_group_egress(
            GroupId=old["securityGroupId"], SecurityGroupRuleIds=[identity]
        )
