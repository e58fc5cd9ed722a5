from __future__ import annotations

from simcloud.bindings.lb import load_balancer


class LoadBalancer(load_balancer.LoadBalancer):
    """The same as `aws.lb.LoadBalancer`, under its older name."""

    token = "aws:alb/loadBalancer:LoadBalancer"
