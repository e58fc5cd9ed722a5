from __future__ import annotations

from simcloud.bindings.lb import listener


class Listener(listener.Listener):
    """The same as `aws.lb.Listener`, under its older name."""

    token = "aws:alb/listener:Listener"
