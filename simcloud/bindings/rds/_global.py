"""Which global database a cluster belongs to."""

from __future__ import annotations

from simcloud.context import Context


def of_cluster(ctx: Context, arn: str) -> str | None:
    """The global database that the cluster is a member of."""
    for found in ctx.client("rds").describe_global_clusters()["GlobalClusters"]:
        if any(member["DBClusterArn"] == arn for member in found.get("GlobalClusterMembers", ())):
            return str(found["GlobalClusterIdentifier"])
    return None


def leave(ctx: Context, cluster: str, before: str | None, after: str | None) -> None:
    """Take the cluster out of `before`, unless that is where it stays. The provider cannot put it into another."""
    if not before or before == after:
        return
    rds = ctx.client("rds")
    arn = rds.describe_db_clusters(DBClusterIdentifier=cluster)["DBClusters"][0]["DBClusterArn"]
    if of_cluster(ctx, arn) == before:
        rds.remove_from_global_cluster(GlobalClusterIdentifier=before, DbClusterIdentifier=arn)
