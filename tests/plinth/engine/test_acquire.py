from pathlib import Path

import pytest

from plinth.engine.acquire import acquire, locate
from plinth.engine.acquire_plan import Origin
from plinth.engine.language_host_install import search_path
from plinth.engine.version import PINNED
from plinth.errors import EngineMissing
from tests.plinth.engine.acquire_twins import (
    ARCHIVE,
    CHECKSUMS,
    TwinHttp,
    TwinProgress,
    engine_script,
    fake_go,
    machine,
    script,
    vendor,
    vendors_archive,
)

HOST = "pulumi-language-python"


def files(directory: Path) -> set[str]:
    return {file.name for file in directory.iterdir()}


def test_one_on_path_is_used_as_it_is(tmp_path: Path) -> None:
    theirs = script(tmp_path / "bin" / "pulumi", engine_script("3.300.0"))
    script(tmp_path / "bin" / HOST, "#!/bin/sh\n")
    http = TwinHttp()
    engine = acquire(machine(tmp_path, http), TwinProgress())
    assert (engine.pulumi, engine.version, engine.origin) == (theirs, "v3.300.0", Origin.PATH)
    assert engine.search_path == (tmp_path / "bin",)
    assert http.asked == []
    assert not (tmp_path / "cache").exists()


def test_an_old_one_on_path_is_passed_over_for_the_cache(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "pulumi", engine_script("3.100.0"))
    ours = script(tmp_path / "cache" / "pulumi" / PINNED / "pulumi", engine_script(PINNED))
    engine = acquire(machine(tmp_path), TwinProgress())
    assert (engine.pulumi, engine.origin) == (ours, Origin.CACHE)


def test_a_download_is_unpacked_and_keeps_its_own_language_host(tmp_path: Path) -> None:
    http = TwinHttp(vendor(vendors_archive(outside=True)))
    engine = acquire(machine(tmp_path, http), TwinProgress())
    assert http.asked == [CHECKSUMS, ARCHIVE]
    assert engine.origin is Origin.DOWNLOAD
    assert files(engine.pulumi.parent) == {"pulumi", HOST}
    assert not list(tmp_path.rglob("escaped"))


def test_the_second_time_it_is_in_the_cache(tmp_path: Path) -> None:
    acquire(machine(tmp_path, TwinHttp(vendor(vendors_archive()))), TwinProgress())
    found = locate(machine(tmp_path))
    assert found is not None
    assert found.origin is Origin.CACHE


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({}, "no connection within 4 seconds"),
        (vendor(vendors_archive(), digest="f" * 64), f"the vendor says {'f' * 64}"),
        ({CHECKSUMS: b"<html>not found</html>"}, f"{CHECKSUMS} has no line for {ARCHIVE.rsplit('/', 1)[1]}"),
        (vendor(vendors_archive("3.259.1")), "the engine says it is v3.259.1, not 3.259.0"),
        (vendor(b"no archive at all"), "archive.tar.gz cannot be unpacked"),
    ],
    ids=["unreachable", "wrong sum", "no sum", "other version", "broken"],
)
def test_without_a_good_download_it_is_built(tmp_path: Path, pages: dict[str, bytes], said: str) -> None:
    fake_go(tmp_path)
    progress = TwinProgress()
    engine = acquire(machine(tmp_path, TwinHttp(pages)), progress)
    assert engine.origin is Origin.BUILD
    assert said in progress.notes[1]
    assert files(tmp_path / "cache" / "pulumi") == {PINNED, ".lock"}


def test_a_built_one_gets_our_language_host_and_leaves_no_caches(tmp_path: Path) -> None:
    fake_go(tmp_path)
    progress = TwinProgress()
    engine = acquire(machine(tmp_path), progress)
    beside = {"pulumi", HOST, "language_host.py", "language_program.py"}
    assert beside <= files(engine.pulumi.parent)
    assert engine.search_path == (engine.pulumi.parent,)
    assert files(tmp_path / "cache") == {"pulumi"}
    assert "fetching Go modules: 1 example.com/one v1.0.0" in progress.steps


def test_one_on_path_without_a_language_host_gets_ours_from_the_cache(tmp_path: Path) -> None:
    compiled, ours = Path("/bin/true"), tmp_path / "cache" / "language-host"
    there = machine(tmp_path)
    assert search_path(compiled, there.store, there.processes) == (compiled.parent, ours)
    assert files(ours) == {HOST, "language_host.py", "language_program.py"}


def test_an_updated_language_host_replaces_the_one_in_the_cache(tmp_path: Path) -> None:
    ours = script(tmp_path / "cache" / "pulumi" / PINNED / "pulumi", engine_script(PINNED)).parent
    locate(machine(tmp_path))
    (ours / "language_host.py").write_text("an older one")
    locate(machine(tmp_path))
    assert "class LanguageHost" in (ours / "language_host.py").read_text()


def test_a_failing_build_is_told_with_what_go_said(tmp_path: Path) -> None:
    fake_go(tmp_path, fails=True)
    with pytest.raises(EngineMissing) as refused:
        acquire(machine(tmp_path), TwinProgress())
    assert "  - building it from Go modules: it failed with\n    one: it does not compile\n" in str(
        refused.value
    )
    assert refused.value.exit_code == 2
    assert locate(machine(tmp_path)) is None


def test_a_build_of_the_wrong_version_is_not_taken(tmp_path: Path) -> None:
    fake_go(tmp_path, makes="3.1.0")
    with pytest.raises(EngineMissing, match=r"the engine says it is v3\.1\.0, not 3\.259\.0"):
        acquire(machine(tmp_path), TwinProgress())
    assert files(tmp_path / "cache" / "pulumi") == {".lock"}


def test_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(
        EngineMissing, match="download for FreeBSD x86_64: the vendor has no archive"
    ) as refused:
        acquire(machine(tmp_path, system="FreeBSD"), TwinProgress())
    assert "`go` is not on PATH" in str(refused.value)
