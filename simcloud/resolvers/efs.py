"""What other resources name of EFS."""

from __future__ import annotations

from simcloud.resolver import Resolver

RESOLVERS = {
    "file_system": Resolver(
        "FileSystemNotFound",
        "File system '{value}' does not exist.",
        lambda ctx, value: ctx.client("efs").describe_file_systems(FileSystemId=value.rsplit("/", 1)[-1]),
        given_out=True,
    ),
    "access_point": Resolver(
        "AccessPointNotFound",
        "Access Point {value} does not exist.",
        lambda ctx, value: ctx.client("efs").describe_access_points(AccessPointId=value.rsplit("/", 1)[-1]),
        given_out=True,
    ),
}
