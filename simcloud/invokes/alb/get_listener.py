from __future__ import annotations

from simcloud.invokes.lb.get_listener import get_listener

__all__ = ["get_listener"]
