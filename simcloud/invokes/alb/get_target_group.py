from __future__ import annotations

from simcloud.invokes.lb.get_target_group import get_target_group

__all__ = ["get_target_group"]
