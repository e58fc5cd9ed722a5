from __future__ import annotations

from simcloud.bindings.lb import target_group_attachment


class TargetGroupAttachment(target_group_attachment.TargetGroupAttachment):
    """The same as `aws.lb.TargetGroupAttachment`, under its older name."""

    token = "aws:alb/targetGroupAttachment:TargetGroupAttachment"
