"""Stand-ins for the network, for Go and for the vendor, and the machine made of them."""

import hashlib
import io
import os
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plinth.engine.acquire import acquire
from plinth.engine.acquire_machine import Machine
from plinth.engine.acquire_store import Store
from plinth.engine.downloads import Unreachable
from plinth.engine.processes import RealProcesses

ARCHIVE = "https://get.pulumi.com/releases/sdk/pulumi-v3.259.0-linux-x64.tar.gz"
CHECKSUMS = "https://get.pulumi.com/releases/sdk/pulumi-3.259.0-checksums.txt"

# Knows three questions. A build takes SECONDS and leaves word in COUNT that it was done.
FAKE_GO = """#!/bin/sh
case $1 in
env) echo {version} ;;
list) echo 'go: downloading example.com/one v1.0.0'; printf 'one\\ntwo\\n' ;;
build)
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\n' > "$2.part"
    sleep {seconds}
    echo built >> '{count}'
    {last}
    ;;
esac
"""
WRITE_ENGINE = """printf '#!/bin/sh\\necho v{version}\\n' > "$2"; chmod +x "$2" """


def engine_script(version: str) -> str:
    return f"#!/bin/sh\necho v{version}\n"


@dataclass
class TwinHttp:
    """Serves `pages`; everything else is out of reach."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def chunks(self, url: str, *, connect_seconds: float) -> Iterator[bytes]:
        self.asked.append(url)
        if url not in self.pages:
            raise Unreachable(f"no connection within {connect_seconds:.0f} seconds")
        yield self.pages[url]


@dataclass
class TwinProgress:
    """Remembers what would be shown."""

    notes: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def step(self, text: str) -> None:
        self.steps.append(text)


def vendors_archive(version: str = "3.259.0", *, outside: bool = False) -> bytes:
    """An archive like the vendor's: one folder of programs. `outside`: also one that wants to be elsewhere."""
    names = {"pulumi/pulumi": engine_script(version), "pulumi/pulumi-language-python": "#!/bin/sh\n"}
    if outside:
        names["../escaped"] = "no"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in names.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def vendor(archive: bytes, *, digest: str | None = None) -> dict[str, bytes]:
    """The vendor's two pages."""
    found = digest or hashlib.sha256(archive).hexdigest()
    lines = f"{'0' * 64}  pulumi-v3.259.0-darwin-arm64.tar.gz\n{found}  {ARCHIVE.rsplit('/', 1)[1]}\n"
    return {ARCHIVE: archive, CHECKSUMS: lines.encode()}


def script(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)
    return file


def fake_go(
    home: Path, *, version: str = "go1.26.8", seconds: float = 0, makes: str = "3.259.0", fails: bool = False
) -> Path:
    last = "echo 'one: it does not compile'; exit 1" if fails else WRITE_ENGINE.format(version=makes)
    text = FAKE_GO.format(version=version, seconds=seconds, count=home / "builds", last=last)
    return script(home / "bin" / "go", text)


def machine(home: Path, http: TwinHttp | None = None, *, system: str = "Linux") -> Machine:
    """A machine whose PATH is `home`/bin and what a shell script needs."""
    environ = {"PATH": f"{home / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin", "HOME": str(home)}
    return Machine(
        processes=RealProcesses(environ),
        http=http or TwinHttp(),
        store=Store(home / "cache"),
        environ=environ,
        system=system,
        processor="x86_64",
    )


if __name__ == "__main__":
    print(acquire(machine(Path(sys.argv[1]))).origin, flush=True)
