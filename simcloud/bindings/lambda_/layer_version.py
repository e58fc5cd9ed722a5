from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.binding import Binding, Params
from simcloud.bindings import _api
from simcloud.bindings.lambda_ import _code, _runtimes
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import Props

_MEMBERS = _api.members(
    ("compatibleArchitectures", "compatibleRuntimes", "description", "layerName", "licenseInfo"),
    {},
    capital=True,
)
_OF_CODE = ("code", "s3Bucket", "s3Key", "s3ObjectVersion", "sourceCodeHash")


class LayerVersion(Binding):
    """Files that functions share. Every change publishes another version: AWS never changes one."""

    token = "aws:lambda/layerVersion:LayerVersion"
    service = "lambda"
    operation = "publish_layer_version"
    parameters = {"Content": "code", **{member: name for name, member in _MEMBERS.items()}}
    replaces = frozenset({*_MEMBERS, *_OF_CODE})
    defaults = {"skipDestroy": False}

    def request(self, ctx: Context, new: Props) -> Params:
        said = _api.said(ctx, "lambda", "PublishLayerVersion", new, _MEMBERS)
        return {"Content": _code.described(new), **said}

    def create(self, ctx: Context, new: Props) -> str:
        request = {**self.request(ctx, new), "Content": _code.uploaded(new)}
        return self.identify(ctx, ctx.client("lambda").publish_layer_version(**request), new)

    def identify(self, ctx: Context, response: Mapping[str, Any], new: Props) -> str:
        return str(response["LayerVersionArn"])

    def read(self, ctx: Context, identity: str, given: Props) -> Props | None:
        found = ctx.client("lambda").get_layer_version(**_target(identity))
        content = found["Content"]
        return {
            "arn": found["LayerVersionArn"],
            "layerArn": found["LayerArn"],
            "layerName": identity.split(":")[-2],
            "version": str(found["Version"]),
            "createdDate": found["CreatedDate"],
            "codeSha256": content["CodeSha256"],
            "sourceCodeHash": given.get("sourceCodeHash") or content["CodeSha256"],
            "sourceCodeSize": content["CodeSize"],
            "signingJobArn": content.get("SigningJobArn", ""),
            "signingProfileVersionArn": content.get("SigningProfileVersionArn", ""),
            "description": found.get("Description") or None,
            "licenseInfo": found.get("LicenseInfo") or None,
            "compatibleRuntimes": found.get("CompatibleRuntimes") or None,
            "compatibleArchitectures": found.get("CompatibleArchitectures") or None,
        }

    def delete(self, ctx: Context, identity: str, old: Props) -> None:
        if not old.get("skipDestroy"):
            ctx.client("lambda").delete_layer_version(**_target(identity))

    def rules(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        yield from _code.problems(new, ("code", "s3Bucket"))
        # AWS: PublishLayerVersion, Lambda API Reference: at most 15 runtimes; from memory, not verified.
        runtimes = new.get("compatibleRuntimes")
        for position, runtime in enumerate(runtimes if isinstance(runtimes, list) else ()):
            known = isinstance(runtime, str) and runtime in (*_runtimes.SUPPORTED, *_runtimes.ENDED)
            if isinstance(runtime, str) and not known:
                yield Refusal(
                    "InvalidParameterValueException",
                    _runtimes.complaint(runtime),
                    f"compatibleRuntimes[{position}]",
                )

    def presence(self, ctx: Context, new: Props) -> Iterator[Refusal]:
        return _code.absences(ctx, new)


def _target(identity: str) -> Params:
    name, version = identity.split(":")[-2:]
    return {"LayerName": name, "VersionNumber": int(version)}
