"""The vendor's archive: fetched, compared with the vendor's checksum, unpacked."""

import hashlib
import tarfile
from pathlib import Path, PurePosixPath

from plinth.engine.acquire_plan import Download
from plinth.engine.acquire_progress import Progress
from plinth.engine.downloads import Http

CONNECT_SECONDS = 4.0


class BadArchive(Exception):
    """The archive is not what the vendor published; the text says how it differs."""


def download(plan: Download, into: Path, http: Http, progress: Progress) -> None:
    """Unpack the vendor's programs into the directory `into`. Raises Unreachable or BadArchive."""
    expected = _published_sum(plan, http)
    archive = into / "archive.tar.gz"
    _require(expected, _fetch(plan.archive, archive, http, progress), plan.archive)
    _unpack(archive, into)
    archive.unlink()


def _published_sum(plan: Download, http: Http) -> str:
    text = b"".join(http.chunks(plan.checksums, connect_seconds=CONNECT_SECONDS)).decode("ascii", "replace")
    name = plan.archive.rsplit("/", 1)[1]
    for line in text.splitlines():
        match line.split():
            case [digest, file] if file.lstrip("*") == name:
                return digest.lower()
    raise BadArchive(f"{plan.checksums} has no line for {name}")


def _fetch(url: str, file: Path, http: Http, progress: Progress) -> str:
    """Returns the SHA-256 of what arrived, in hexadecimal."""
    digest, received = hashlib.sha256(), 0
    with file.open("wb") as out:
        for chunk in http.chunks(url, connect_seconds=CONNECT_SECONDS):
            out.write(chunk)
            digest.update(chunk)
            received += len(chunk)
            progress.step(f"downloading {url}: {received / 1e6:.0f} MB")
    return digest.hexdigest()


def _require(expected: str, actual: str, url: str) -> None:
    if actual != expected:
        raise BadArchive(f"SHA-256 of {url} is {actual}, the vendor says {expected}")


def _unpack(archive: Path, into: Path) -> None:
    """Only plain files of the archive's one folder, by their bare names: nothing can land elsewhere."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                path = PurePosixPath(member.name)
                content = tar.extractfile(member) if member.isfile() else None
                if content is not None and path.parent.name == "pulumi":
                    file = into / path.name
                    file.write_bytes(content.read())
                    file.chmod(0o755)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BadArchive(f"{archive.name} cannot be unpacked: {error}") from error
