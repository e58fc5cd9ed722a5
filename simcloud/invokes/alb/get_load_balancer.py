from __future__ import annotations

from simcloud.invokes.lb.get_load_balancer import get_load_balancer

__all__ = ["get_load_balancer"]
