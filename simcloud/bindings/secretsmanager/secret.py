from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from simcloud import policy_document, regions, tagging
from simcloud.binding import AutoName, Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none


class Secret(Binding):
    """A secret without its value. Deleting it schedules the deletion, unless the recovery window is 0."""

    token = "aws:secretsmanager/secret:Secret"
    service = "secretsmanager"
    operation = "create_secret"
    faults = {"ResourceExistsException": "name"}
    replaces = frozenset({"name", "namePrefix", "type"})
    defaults = {"forceOverwriteReplicaSecret": False, "recoveryWindowInDays": 30}
    autoname = AutoName(limit=512)
    tagging = tagging.SECRET
    references = (Reference("kmsKeyId", "kms_key"),)

    def request(self, ctx: Context, new: Props) -> Params:
        replicas = new.get("replicas")
        return without_none(
            {
                "Name": new["name"],
                "Description": new.get("description"),
                "KmsKeyId": new.get("kmsKeyId"),
                "AddReplicaRegions": _regions(replicas) if isinstance(replicas, list) else None,
                "ForceOverwriteReplicaSecret": new["forceOverwriteReplicaSecret"] if replicas else None,
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["ARN"])

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        client = ctx.client("secretsmanager")
        if old and any(new.get(name) != old.get(name) for name in ("description", "kmsKeyId")):
            client.update_secret(
                SecretId=identity,
                Description=new.get("description", ""),
                **without_none({"KmsKeyId": new.get("kmsKeyId")}),
            )
        if new.get("policy") != old.get("policy"):
            _put_policy(client, identity, new.get("policy"))
        if old:
            _sync_replicas(client, identity, new, old)

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        client = ctx.client("secretsmanager")
        secret = client.describe_secret(SecretId=identity)
        if secret.get("DeletedDate"):
            return None
        found = {
            "arn": secret["ARN"],
            "name": secret["Name"],
            "namePrefix": given.get("namePrefix", ""),
            "description": secret.get("Description") or ("" if given.get("description") == "" else None),
            "kmsKeyId": secret.get("KmsKeyId"),
            "policy": client.get_resource_policy(SecretId=identity).get("ResourcePolicy", ""),
        }
        replicas = [
            {"region": item["Region"], "kmsKeyId": item.get("KmsKeyId"), "status": item["Status"]}
            for item in secret.get("ReplicationStatus", [])
        ]
        return {**found, "replicas": replicas} if replicas or given.get("replicas") else found

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        client = ctx.client("secretsmanager")
        regions = [item["region"] for item in old.get("replicas") or ()]
        if regions:
            client.remove_regions_from_replication(SecretId=identity, RemoveReplicaRegions=regions)
        days = old.get("recoveryWindowInDays", 30)
        how = {"RecoveryWindowInDays": int(days)} if days else {"ForceDeleteWithoutRecovery": True}
        client.delete_secret(SecretId=identity, **how)

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        days = new["recoveryWindowInDays"]
        # AWS: DeleteSecret, RecoveryWindowInDays: 7 to 30; 0 is the provider's word for «at once».
        if isinstance(days, int | float) and days != 0 and not 7 <= days <= 30:
            yield Refusal(
                "InvalidParameterException",
                f"the recovery window is {days:g} days, must be 0 or 7 to 30.",
                "recoveryWindowInDays",
            )
        yield from policy_document.problems(new.get("policy"), "policy", policy_document.SECRET)
        yield from _name_problems(new["name"])
        yield from _replica_problems(ctx, new.get("replicas"))

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        if _waits_for_deletion(ctx, new["name"]):
            yield Refusal(
                "InvalidRequestException",
                "You can't create this secret because a secret with this name is already scheduled for deletion.",
                "name",
                f"end the waiting with `aws secretsmanager delete-secret --secret-id {new['name']} "
                "--force-delete-without-recovery`, or bring the old secret back with `restore-secret` and import it.",
            )


def _waits_for_deletion(ctx: Context, name: str) -> bool:
    try:
        return bool(ctx.client("secretsmanager").describe_secret(SecretId=name).get("DeletedDate"))
    except ClientError:
        return False


def _name_problems(name: Any) -> Iterator[Refusal]:
    # AWS: CreateSecret, Name: ASCII letters, digits and /_+=.@-; per reference notes, not verified against AWS.
    if isinstance(name, str) and any(
        not ((one.isascii() and one.isalnum()) or one in "/_+=.@-") for one in name
    ):
        yield Refusal(
            "ValidationException",
            f"Invalid name {name!r}. Must be a valid name containing alphanumeric characters, or any of: -/_+=.@!",
            "name",
        )


def _replica_problems(ctx: Context, replicas: Any) -> Iterator[Refusal]:
    # From memory of AWS's documentation, not verified: ReplicateSecretToRegions.
    seen = {ctx.region}
    for position, replica in enumerate(replicas if isinstance(replicas, list) else ()):
        region = replica.get("region") if isinstance(replica, Mapping) else None
        if isinstance(region, str) and region in seen:
            yield Refusal(
                "InvalidParameterException",
                f"Invalid replica region: the secret is in {region} already.",
                f"replicas[{position}].region",
            )
        if isinstance(region, str) and not regions.zones(region):
            text = f"Invalid replica region: {region} is no region."
            yield Refusal("InvalidParameterException", text, f"replicas[{position}].region")
        seen.update({region} if isinstance(region, str) else ())


def _regions(replicas: list[Props]) -> list[Params]:
    return [without_none({"Region": item["region"], "KmsKeyId": item.get("kmsKeyId")}) for item in replicas]


def _put_policy(client: Any, identity: str, policy: str | None) -> None:
    if policy and policy != "{}":
        client.put_resource_policy(SecretId=identity, ResourcePolicy=policy)
    else:
        client.delete_resource_policy(SecretId=identity)


def _sync_replicas(client: Any, identity: str, new: Props, old: Props) -> None:
    before = {item["region"]: item for item in old.get("replicas") or ()}
    after = {item["region"]: item for item in new.get("replicas") or ()}
    same = {region for region in after.keys() & before.keys() if _key(after[region]) == _key(before[region])}
    gone = sorted(before.keys() - same)
    added = [after[region] for region in sorted(after.keys() - same)]
    if gone:
        client.remove_regions_from_replication(SecretId=identity, RemoveReplicaRegions=gone)
    if added:
        client.replicate_secret_to_regions(
            SecretId=identity,
            AddReplicaRegions=_regions(added),
            ForceOverwriteReplicaSecret=new["forceOverwriteReplicaSecret"],
        )


def _key(replica: Props) -> str | None:
    """The key that was asked for; AWS's own counts as none."""
    key = replica.get("kmsKeyId")
    return None if key == "alias/aws/secretsmanager" else key
