"""How CloudWatch and Application Auto Scaling name a load balancer."""

from __future__ import annotations


def load_balancer_suffix(listener_arn: str) -> str:
    """The end of the load balancer's ARN, `app/<name>/<id>`, from one of its listeners' ARNs."""
    return "/".join(listener_arn.split(":listener/", 1)[1].split("/")[:3])
