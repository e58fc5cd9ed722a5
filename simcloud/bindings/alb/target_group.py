from __future__ import annotations

from simcloud.bindings.lb import target_group


class TargetGroup(target_group.TargetGroup):
    """The same as `aws.lb.TargetGroup`, under its older name."""

    token = "aws:alb/targetGroup:TargetGroup"
