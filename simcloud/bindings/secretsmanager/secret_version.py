from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params, Reference
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props, without_none

_CURRENT = "AWSCURRENT"


class SecretVersion(Binding):
    """One value of a secret. The id is `secret|version`; every change of the value is a new version."""

    token = "aws:secretsmanager/secretVersion:SecretVersion"
    service = "secretsmanager"
    operation = "put_secret_value"
    parameters = {"SecretString": "secretString"}
    replaces = frozenset({"secretId", "secretString", "secretBinary", "secretStringWoVersion"})
    references = (Reference("secretId", "secret"),)

    def request(self, ctx: Context, new: Props) -> Params:
        return without_none(
            {
                "SecretId": new["secretId"],
                "SecretString": new.get("secretString", new.get("secretStringWo")),
                "SecretBinary": _bytes(new.get("secretBinary")),
                "VersionStages": new.get("versionStages"),
            }
        )

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return f"{new['secretId']}|{response['VersionId']}"

    def configure(self, ctx: Context, identity: str, new: Props, old: Props) -> None:
        if not old or new.get("versionStages") is None:
            return
        secret, version = identity.split("|", 1)
        client = ctx.client("secretsmanager")
        present = client.get_secret_value(SecretId=secret, VersionId=version)["VersionStages"]
        for stage in new["versionStages"]:
            if stage not in present:
                _move(client, secret, stage, version)
        for stage in present:
            if stage not in (*new["versionStages"], _CURRENT):
                client.update_secret_version_stage(
                    SecretId=secret, VersionStage=stage, RemoveFromVersionId=version
                )

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        secret, version = identity.split("|", 1)
        client = ctx.client("secretsmanager")
        if client.describe_secret(SecretId=secret).get("DeletedDate"):
            return None
        value = client.get_secret_value(SecretId=secret, VersionId=version)
        write_only = "secretStringWo" in given or bool(given.get("hasSecretStringWo"))
        return {
            "arn": value["ARN"],
            "secretArn": value["ARN"],
            "secretId": secret,
            "versionId": value["VersionId"],
            "versionStages": value["VersionStages"],
            "hasSecretStringWo": write_only,
            "secretString": None if write_only else value.get("SecretString"),
            "secretBinary": _text(value.get("SecretBinary")),
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        """Take the labels away; the current version stays until its secret goes, as AWS has it."""
        secret, version = identity.split("|", 1)
        client = ctx.client("secretsmanager")
        if client.describe_secret(SecretId=secret).get("DeletedDate"):
            return
        for stage in client.get_secret_value(SecretId=secret, VersionId=version)["VersionStages"]:
            if stage != _CURRENT:
                client.update_secret_version_stage(
                    SecretId=secret, VersionStage=stage, RemoveFromVersionId=version
                )

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        given = [name for name in ("secretString", "secretStringWo", "secretBinary") if name in new]
        if len(given) != 1:
            yield Refusal(
                "InvalidRequestException",
                f"exactly one of secretString, secretStringWo and secretBinary is needed, got {len(given)}.",
                given[0] if given else "secretString",
            )
        for one, other in (
            ("secretStringWo", "secretStringWoVersion"),
            ("secretStringWoVersion", "secretStringWo"),
        ):
            if one in new and other not in new:
                yield Refusal("MissingParameter", f"{one} needs {other}.", other)
        binary = new.get("secretBinary")
        if isinstance(binary, str) and _bytes(binary) is None:
            yield Refusal("InvalidParameterException", "secretBinary is not base64.", "secretBinary")


def _move(client: Any, secret: str, stage: str, version: str) -> None:
    """Give `version` the label, taking it from the version that has it."""
    versions = client.list_secret_version_ids(SecretId=secret, IncludeDeprecated=True)["Versions"]
    holder = next((item["VersionId"] for item in versions if stage in item["VersionStages"]), None)
    client.update_secret_version_stage(
        SecretId=secret,
        VersionStage=stage,
        MoveToVersionId=version,
        **without_none({"RemoveFromVersionId": holder}),
    )


def _bytes(encoded: Any) -> Any:
    if not isinstance(encoded, str):
        return encoded
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return None


def _text(binary: bytes | None) -> str | None:
    return None if binary is None else base64.b64encode(binary).decode()
