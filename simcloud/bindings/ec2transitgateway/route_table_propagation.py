from __future__ import annotations

from ._membership import Membership


class RouteTablePropagation(Membership):
    """A route table that learns the ranges of an attachment."""

    token = "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation"
    kind = "Propagation"
