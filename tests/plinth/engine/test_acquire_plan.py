from dataclasses import replace
from pathlib import Path

import pytest

from plinth.engine.acquire_plan import (
    Build,
    Download,
    Facts,
    Found,
    Impossible,
    Origin,
    Plan,
    Program,
    archive_url,
    decide,
    explain,
)
from tests.plinth.engine.acquire_twins import ARCHIVE, CHECKSUMS

GO = Program(path=Path("/go"), version="go1.26.8")
NEW = Program(path=Path("/usr/bin/pulumi"), version="v3.260.0")
OLD = Program(path=Path("/usr/bin/pulumi"), version="v3.100.0")
CACHED = Program(path=Path("/cache/pulumi"), version="3.259.0")
BARE = Facts(
    on_path=None, cached=None, cache=Path("/cache"), archive=ARCHIVE, platform="Linux x86_64", go=None
)


@pytest.mark.parametrize(
    ("facts", "plan"),
    [
        (replace(BARE, on_path=NEW, cached=CACHED, go=GO), Found(NEW, Origin.PATH)),
        (replace(BARE, on_path=OLD, cached=CACHED, go=GO), Found(CACHED, Origin.CACHE)),
        (replace(BARE, on_path=OLD, go=GO), Download(ARCHIVE, CHECKSUMS)),
        (replace(BARE, go=GO, download_failed="no"), Build(Path("/go"), fetches_toolchain=False)),
        (replace(BARE, go=GO, archive=None), Build(Path("/go"), fetches_toolchain=False)),
        (
            replace(BARE, go=Program(path=Path("/go"), version="go1.22.1"), download_failed="no"),
            Build(Path("/go"), fetches_toolchain=True),
        ),
    ],
)
def test_the_first_open_way_is_taken(facts: Facts, plan: Plan) -> None:
    assert decide(facts) == plan


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (BARE, "building it from Go modules: `go` is not on PATH (1.25.11 or newer is needed)"),
        (
            replace(BARE, go=Program(path=Path("/go"), version="go1.19.8")),
            "building it from Go modules: /go is go1.19.8 (1.25.11 or newer is needed)",
        ),
        (
            replace(BARE, go=GO, build_failed="it failed with\none: broken"),
            "building it from Go modules: it failed with\none: broken",
        ),
    ],
)
def test_the_last_reason_is_about_go(facts: Facts, reason: str) -> None:
    plan = decide(replace(facts, download_failed="no connection within 4 seconds"))
    assert isinstance(plan, Impossible)
    assert plan.tried[-1] == reason


def test_what_is_said_when_no_way_is_left() -> None:
    facts = replace(BARE, on_path=OLD, download_failed="no connection within 4 seconds")
    plan = decide(facts)
    assert isinstance(plan, Impossible)
    assert explain(plan) == (
        "No Pulumi engine: this machine has none, and none could be had. Tried, in this order:\n"
        "  - `pulumi` on PATH: /usr/bin/pulumi is v3.100.0 (3.259.0 or newer, below the next major version, is"
        " needed)\n"
        "  - the cache /cache: empty\n"
        f"  - download {ARCHIVE}: no connection within 4 seconds\n"
        "  - building it from Go modules: `go` is not on PATH (1.25.11 or newer is needed)\n"
        "Expected one of these to work. Two ways to fix it:\n"
        "  1. install Pulumi 3.259.0 or newer and have it on PATH:\n"
        "       curl -fsSL https://get.pulumi.com | sh -s -- --version 3.259.0\n"
        '       export PATH="$HOME/.pulumi/bin:$PATH"\n'
        "  2. install Go 1.25.11 or newer (https://go.dev/dl/) and have it on PATH;\n"
        "     Plinth then builds the engine itself.\n"
        "Then run `make setup` again."
    )


@pytest.mark.parametrize(
    ("system", "processor", "ending"),
    [
        ("Linux", "x86_64", "linux-x64.tar.gz"),
        ("Linux", "aarch64", "linux-arm64.tar.gz"),
        ("Darwin", "arm64", "darwin-arm64.tar.gz"),
    ],
)
def test_the_archive_of_a_machine(system: str, processor: str, ending: str) -> None:
    assert archive_url(system, processor) == f"https://get.pulumi.com/releases/sdk/pulumi-v3.259.0-{ending}"


@pytest.mark.parametrize(("system", "processor"), [("FreeBSD", "amd64"), ("Linux", "riscv64")])
def test_no_archive_for_other_machines(system: str, processor: str) -> None:
    assert archive_url(system, processor) is None
