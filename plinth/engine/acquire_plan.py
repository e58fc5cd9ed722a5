"""Which engine to use and how to get it: decided from facts, before anything is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from textwrap import indent

from plinth.engine.version import PINNED, Version, parse_version

# go.mod of engine/ asks for this Go; 1.21 is the first that fetches a newer toolchain by itself.
GO_WANTED = "1.25.11"
GO_FETCHES_TOOLCHAINS = "1.21.0"


class Origin(StrEnum):
    """Where an engine came from."""

    PATH = "PATH"
    CACHE = "cache"
    DOWNLOAD = "download"
    BUILD = "build"


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program that this machine already has, and the version it says it is."""

    path: Path
    version: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the decision depends on; the failures are filled in as ways turn out to be closed."""

    on_path: Program | None
    cached: Program | None
    cache: Path
    archive: str | None
    platform: str
    go: Program | None
    download_failed: str | None = None
    build_failed: str | None = None


@dataclass(frozen=True)
class Found:
    """Nothing to do: this one is good."""

    program: Program
    origin: Origin


@dataclass(frozen=True)
class Download:
    """Fetch the vendor's archive, compare it with the vendor's checksums, unpack it."""

    archive: str
    checksums: str


@dataclass(frozen=True)
class Build:
    """Compile it from Go modules."""

    go: Path
    fetches_toolchain: bool


@dataclass(frozen=True)
class Impossible:
    """No way is left; `tried` says why, way by way."""

    tried: tuple[str, ...]


Plan = Found | Download | Build | Impossible


def decide(facts: Facts) -> Plan:
    """The first way that is open: PATH, the user's cache, the vendor's download, Go modules."""
    if facts.on_path and _at_least(facts.on_path.version, PINNED):
        return Found(facts.on_path, Origin.PATH)
    if facts.cached:
        return Found(facts.cached, Origin.CACHE)
    if facts.archive and not facts.download_failed:
        return Download(facts.archive, _checksums_beside(facts.archive))
    if facts.go and _at_least(facts.go.version, GO_FETCHES_TOOLCHAINS) and not facts.build_failed:
        return Build(facts.go.path, fetches_toolchain=not _at_least(facts.go.version, GO_WANTED))
    return Impossible(tuple(_reasons(facts)))


def explain(impossible: Impossible) -> str:
    """What a person reads when no way is left: what was tried, and two ways out."""
    tried = "\n".join(indent(reason, "    ").replace("    ", "  - ", 1) for reason in impossible.tried)
    return (
        f"No Pulumi engine: this machine has none, and none could be had. Tried, in this order:\n{tried}\n"
        f"Expected one of these to work. Two ways to fix it:\n"
        f"  1. install Pulumi {PINNED} or newer and have it on PATH:\n"
        f"       curl -fsSL https://get.pulumi.com | sh -s -- --version {PINNED}\n"
        f'       export PATH="$HOME/.pulumi/bin:$PATH"\n'
        f"  2. install Go {GO_WANTED} or newer (https://go.dev/dl/) and have it on PATH;\n"
        f"     Plinth then builds the engine itself.\n"
        f"Then run `make setup` again."
    )


def describe(origin: Origin, version: str, path: Path) -> str:
    """One line on an engine that is there."""
    came = {
        Origin.PATH: "found on PATH",
        Origin.CACHE: "in the cache",
        Origin.DOWNLOAD: "downloaded from the vendor",
        Origin.BUILD: "built from Go modules",
    }
    return f"Pulumi engine {version.removeprefix('v')}, {came[origin]}: {path}"


def archive_url(system: str, machine: str) -> str | None:
    """The vendor's archive for an operating system and processor (as `platform` names them), or None."""
    systems = {"Linux": "linux", "Darwin": "darwin"}
    machines = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
    if system not in systems or machine not in machines:
        return None
    return (
        f"https://get.pulumi.com/releases/sdk/pulumi-v{PINNED}-{systems[system]}-{machines[machine]}.tar.gz"
    )


def _checksums_beside(archive: str) -> str:
    # The name is known from https://github.com/pulumi/pulumi/issues/10807 (read 2026-11): SHA-256 sums of all
    # archives of a release, in the form of `sha256sum`. That 3.259.0 has one could not be checked from here;
    # without it the download counts as failed.
    return f"{archive.rsplit('/', 1)[0]}/pulumi-{PINNED}-checksums.txt"


def _reasons(facts: Facts) -> Iterator[str]:
    yield f"`pulumi` on PATH: {_path_reason(facts.on_path)}"
    yield f"the cache {facts.cache}: empty"
    yield f"download {facts.archive or f'for {facts.platform}'}: {_download_reason(facts)}"
    yield f"building it from Go modules: {_go_reason(facts)}"


def _path_reason(program: Program | None) -> str:
    if program is None:
        return f"not there ({PINNED} or newer is needed)"
    return f"{program.path} is {program.version} ({PINNED} or newer, below the next major version, is needed)"


def _download_reason(facts: Facts) -> str:
    return facts.download_failed or "the vendor has no archive for this machine"


def _go_reason(facts: Facts) -> str:
    if facts.go is None:
        return f"`go` is not on PATH ({GO_WANTED} or newer is needed)"
    if facts.build_failed:
        return facts.build_failed
    return f"{facts.go.path} is {facts.go.version} ({GO_WANTED} or newer is needed)"


def _at_least(text: str, wanted: str) -> bool:
    return _version(text).satisfies(_version(wanted))


def _version(text: str) -> Version:
    return parse_version(text) or Version(0, 0, 0, released=False)
