from __future__ import annotations

from simcloud.bindings.lb import listener_rule


class ListenerRule(listener_rule.ListenerRule):
    """The same as `aws.lb.ListenerRule`, under its older name."""

    token = "aws:alb/listenerRule:ListenerRule"
