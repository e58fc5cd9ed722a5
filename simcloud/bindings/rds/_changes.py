"""Changes of instances and clusters that are more than a new value."""

from __future__ import annotations

from simcloud.binding import Params
from simcloud.values import Props


def password(new: Props, old: Props, plain: str = "password") -> Params:
    """The master password, if it changed; a write-only one only changes with its version."""
    write_only = f"{plain}Wo"
    if plain in new and new[plain] != old.get(plain):
        return {"MasterUserPassword": new[plain]}
    if write_only in new and new.get(f"{write_only}Version") != old.get(f"{write_only}Version"):
        return {"MasterUserPassword": new[write_only]}
    return {}


def log_exports(new: Props, old: Props) -> Params:
    """Which logs go to CloudWatch from now on, and which no longer."""
    before, after = (set(props.get("enabledCloudwatchLogsExports") or ()) for props in (old, new))
    if before == after:
        return {}
    change = {"EnableLogTypes": sorted(after - before), "DisableLogTypes": sorted(before - after)}
    return {"CloudwatchLogsExportConfiguration": change}
