"""Where a canary's script comes from: an archive beside the program, or an S3 object."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.binding import Params
from simcloud.program_place import directories
from simcloud.refusal import Refusal
from simcloud.values import UNKNOWN, Props

# AWS: «zip_file» of the provider's page: up to 225 KB; read 2026-11.
_LARGEST = 225 * 1024
_IN_S3 = {"s3Bucket": "S3Bucket", "s3Key": "S3Key", "s3Version": "S3Version"}
SOURCES = ("zipFile", *_IN_S3)


def described(new: Props) -> Params:
    """The code as far as validation needs it: without reading any file."""
    found = {member: new[name] for name, member in _IN_S3.items() if new.get(name) is not None}
    archive = {"ZipFile": UNKNOWN} if new.get("zipFile") is not None else {}
    return {"Handler": new["handler"], **found, **archive}


def uploaded(new: Props) -> Params:
    """The code with the content of its file. Raises Refusal if it cannot be read."""
    given = new.get("zipFile")
    if given is None:
        return described(new)
    places = [directory / given for directory in directories()]
    file = next((place for place in places if place.is_file()), None)
    if file is None:
        raise Refusal("InvalidZipFile", f"there is no file {given}; looked for {places[0]}.", "zipFile")
    content = file.read_bytes()
    if len(content) > _LARGEST:
        raise Refusal(
            "RequestEntityTooLargeException",
            f"{file} has {len(content)} bytes, at most {_LARGEST} can be uploaded.",
            "zipFile",
            "put it into an S3 bucket, and give s3Bucket and s3Key.",
        )
    return {**described(new), "ZipFile": content}


def problems(new: Props) -> Iterator[Refusal]:
    """Code from nowhere, or from two places."""
    in_s3 = [name for name in _IN_S3 if new.get(name) is not None]
    if new.get("zipFile") is not None and in_s3:
        yield Refusal("ValidationException", f"zipFile and {in_s3[0]} exclude each other.", "zipFile")
    if new.get("zipFile") is None and not {"s3Bucket", "s3Key"} <= set(in_s3):
        missing = "s3Key" if "s3Bucket" in in_s3 else "s3Bucket"
        yield Refusal("ValidationException", "either zipFile or s3Bucket and s3Key are needed.", missing)
