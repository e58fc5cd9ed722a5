"""Files and archives that a program hands to the provider: what the engine sends of them, and what they hold.

The engine sends where an asset is, not what it holds, with the path as the program wrote it. The real provider runs in
the program's directory; this one looks where the programs run that are connected to it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from simcloud.program_place import directories
from simcloud.refusal import Refusal
from simcloud.values import Value

# Pulumi: sdk/go/common/resource/sig, read 2026-11: the key that marks a special value, and the marks of these two.
SIGNATURE = "4dabf18193072939515e22adb298388d"
ASSET = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7"
# ZIP knows no earlier moment; a fixed one makes equal contents equal archives.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_TARS = (".tar", ".tar.gz", ".tgz")


def is_asset(value: Value) -> bool:
    """Whether `value` is an asset or an archive as the engine sends it."""
    return isinstance(value, Mapping) and value.get(SIGNATURE) in (ASSET, ARCHIVE)


def zipped(archive: Mapping[str, Value], path: str = "code") -> bytes:
    """The ZIP file that the provider would upload for `archive`. Raises Refusal at `path` if it cannot be read."""
    place = _place(archive, path)
    if place is not None and place.is_file() and zipfile.is_zipfile(place):
        return place.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in sorted(_files(archive, path)):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr, entry.compress_type = 0o777 << 16, zipfile.ZIP_DEFLATED
            out.writestr(entry, content)
    return packed.getvalue()


def content_of(asset: Mapping[str, Value], path: str) -> bytes:
    """What a file holds, or the ZIP file of an archive. Raises Refusal at `path` if it cannot be read."""
    if asset.get(SIGNATURE) == ARCHIVE:
        return zipped(asset, path)
    if "text" in asset:
        return str(asset["text"]).encode()
    place = _place(asset, path)
    return place.read_bytes() if place is not None else b""


def fingerprint(content: bytes) -> str:
    """SHA-256 in base64: how Lambda tells code."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _files(value: Mapping[str, Value], path: str) -> Iterator[tuple[str, bytes]]:
    """Every file of an archive, by its name inside."""
    if "assets" in value:
        for name, item in value["assets"].items():
            yield from _named(name, item, path)
        return
    place = _place(value, path)
    if place is None:
        return
    if place.is_dir():
        for file in sorted(place.rglob("*")):
            if file.is_file():
                yield file.relative_to(place).as_posix(), file.read_bytes()
    elif zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as held:
            yield from ((name, held.read(name)) for name in held.namelist() if not name.endswith("/"))
    elif place.name.endswith(_TARS):
        yield from _of_tar(place)
    else:
        raise Refusal(
            "InvalidArchive", f"{place.name} is neither a directory nor a .zip, .tar or .tgz.", path
        )


def _named(name: str, item: Mapping[str, Value], path: str) -> Iterator[tuple[str, bytes]]:
    if item.get(SIGNATURE) == ARCHIVE:
        yield from ((f"{name}/{inner}", content) for inner, content in _files(item, path))
    else:
        yield name, content_of(item, path)


def _of_tar(place: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(place) as held:
        for member in held:
            content = held.extractfile(member) if member.isfile() else None
            if content is not None:
                yield member.name, content.read()


def _place(value: Mapping[str, Value], path: str) -> Path | None:
    """Where the content lies; None for what has no place."""
    if value.get("uri"):
        return _of_address(str(value["uri"]), path)
    if not value.get("path"):
        return None
    given = Path(str(value["path"])).expanduser()
    tried = [given] if given.is_absolute() else [directory / given for directory in directories()]
    found = [place for place in tried if place.exists()]
    if not found:
        raise Refusal(
            "FileNotFound",
            f"{value['path']} does not exist below {', '.join(map(str, tried))}.",
            path,
            "give an absolute path, such as pathlib.Path(__file__).parent / 'app'.",
        )
    return next((place for place in found if _is_meant(value, place)), found[0])


def _is_meant(value: Mapping[str, Value], place: Path) -> bool:
    """Whether the file has the content that the engine saw."""
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == value.get("hash")


def _of_address(address: str, path: str) -> Path:
    parts = urlsplit(address)
    if parts.scheme != "file":
        raise Refusal(
            "UnsupportedAsset",
            f"{address} lies outside this machine, which the simulated cloud never leaves.",
            path,
            "download it, and give its path.",
        )
    return Path(unquote(parts.path))
