"""Where code comes from: an archive of the program, an S3 object or an image."""

from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError

from simcloud import assets
from simcloud.binding import Params
from simcloud.context import Context
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props, Value

# AWS: «Lambda quotas»: a deployment package that is uploaded directly, zipped: 50 MB; from memory, not verified.
_LARGEST = 50 * 1024 * 1024
_SOURCES = ("code", "imageUri", "s3Bucket")
_MEMBERS = {
    "imageUri": "ImageUri",
    "s3Bucket": "S3Bucket",
    "s3Key": "S3Key",
    "s3ObjectVersion": "S3ObjectVersion",
    "sourceKmsKeyArn": "SourceKMSKeyArn",
}


def described(new: Props) -> Params:
    """The code as far as validation needs it: without reading any file."""
    found = {member: new[name] for name, member in _MEMBERS.items() if new.get(name) is not None}
    return {**found, **({"ZipFile": UNKNOWN} if new.get("code") is not None else {})}


def uploaded(new: Props) -> Params:
    """The code with the content of its files."""
    if new.get("code") is None:
        return described(new)
    content = assets.zipped(new["code"])
    if len(content) > _LARGEST:
        raise Refusal(
            "RequestEntityTooLargeException",
            f"The archive has {len(content)} bytes, at most {_LARGEST} can be uploaded.",
            "code",
            "put it into an S3 bucket, and give s3Bucket and s3Key.",
        )
    return {**described(new), "ZipFile": content}


def problems(new: Props, sources: tuple[str, ...] = _SOURCES) -> Iterator[Refusal]:
    """Code from nowhere, from two places, or in no archive."""
    given = [name for name in sources if new.get(name) is not None]
    if len(given) != 1:
        told = f"{' and '.join(given)} are given" if given else "none is given"
        yield Refusal(
            "InvalidParameterValueException",
            f"Exactly one of {', '.join(sources)} must be specified, {told}.",
            given[1] if len(given) > 1 else sources[0],
        )
    for name, other in (("s3Bucket", "s3Key"), ("s3Key", "s3Bucket")):
        if new.get(name) is not None and new.get(other) is None:
            yield Refusal("InvalidParameterValueException", f"{name} needs {other}.", other)
    code = new.get("code")
    if isinstance(code, str | list) or (isinstance(code, dict) and not assets.is_asset(code)):
        yield Refusal(
            "InvalidParameterType", "expected an archive, such as pulumi.FileArchive('./app').", "code"
        )


def absences(ctx: Context, new: Props) -> Iterator[Refusal]:
    """An object that is not there, or an image of a repository that is not."""
    yield from _object(ctx, new)
    yield from _image(ctx, new.get("imageUri"))


def _object(ctx: Context, new: Props) -> Iterator[Refusal]:
    if new.get("s3Bucket") is None or new.get("s3Key") is None:
        return
    try:
        ctx.client("s3").head_object(Bucket=new["s3Bucket"], Key=new["s3Key"])
    except ClientError as error:
        code = "NoSuchBucket" if error.response["Error"]["Code"] == "NoSuchBucket" else "NoSuchKey"
        what = "bucket" if code == "NoSuchBucket" else "key"
        yield Refusal(
            "InvalidParameterValueException",
            f"Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: "
            f"The specified {what} does not exist.",
            "s3Bucket" if code == "NoSuchBucket" else "s3Key",
        )


def _image(ctx: Context, address: Value) -> Iterator[Refusal]:
    """moto's registry holds no layers, so the repository is looked up, not the image."""
    if not isinstance(address, str):
        return
    host, _, rest = address.partition("/")
    name = rest.split("@")[0].split(":")[0]
    registry = f"{ctx.account}.dkr.ecr.{ctx.region}.amazonaws.com"
    try:
        if host == registry:
            ctx.client("ecr").describe_repositories(repositoryNames=[name])
            return
    except ClientError:
        pass
    yield Refusal(
        "InvalidParameterValueException",
        f"Source image {address} does not exist. Provide a valid source image of a repository in {registry}.",
        "imageUri",
    )
