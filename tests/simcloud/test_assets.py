"""Archives of a program become the ZIP files that the provider would upload."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pytest

from simcloud import assets
from simcloud.diff import difference
from simcloud.refusal import Refusal
from simcloud.testing import Simulation
from simcloud.values import Props

TRUST = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},'
    '"Action":"sts:AssumeRole"}]}'
)


def archive(**held: object) -> Props:
    return {assets.SIGNATURE: assets.ARCHIVE, **held}


def asset(**held: object) -> Props:
    return {assets.SIGNATURE: assets.ASSET, **held}


def listed(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return {name: held.read(name) for name in held.namelist()}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    place = tmp_path / "app"
    (place / "lib").mkdir(parents=True)
    (place / "index.py").write_text("pass")
    (place / "lib" / "a.py").write_text("a = 1")
    return place


def test_directory(app: Path) -> None:
    files = {"index.py": b"pass", "lib/a.py": b"a = 1"}
    assert listed(assets.zipped(archive(path=str(app)))) == files
    assert assets.zipped(archive(path=str(app))) == assets.zipped(archive(path=str(app)))


def test_relative_path_begins_where_the_program_runs(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(app.parent)
    assert set(listed(assets.zipped(archive(path="./app")))) == {"index.py", "lib/a.py"}


def test_zip_goes_as_it_is_and_tar_is_packed_anew(app: Path, tmp_path: Path) -> None:
    packed = tmp_path / "app.zip"
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("index.py", "pass")
    assert assets.zipped(archive(path=str(packed))) == packed.read_bytes()
    rolled = tmp_path / "app.tgz"
    with tarfile.open(rolled, "w:gz") as tar:
        tar.add(app / "index.py", "index.py")
    assert listed(assets.zipped(archive(path=str(rolled)))) == {"index.py": b"pass"}


def test_assets_of_every_kind(app: Path) -> None:
    inside = {
        "a.txt": asset(text="hello"),
        "b.py": asset(path=str(app / "index.py")),
        "c.py": asset(uri=(app / "index.py").as_uri()),
        "dir": archive(path=str(app / "lib")),
    }
    assert listed(assets.zipped(archive(assets=inside))) == {
        "a.txt": b"hello",
        "b.py": b"pass",
        "c.py": b"pass",
        "dir/a.py": b"a = 1",
    }


@pytest.mark.parametrize(
    ("held", "says"),
    [
        ({"path": "/nowhere/app"}, "FileNotFound: /nowhere/app does not exist"),
        ({"uri": "https://example.com/app.zip"}, "outside this machine"),
        ({"path": __file__}, "neither a directory nor"),
    ],
)
def test_what_cannot_be_read(held: dict[str, str], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        assets.zipped(archive(**held))


def test_only_the_content_makes_a_difference() -> None:
    one, moved, other = (
        archive(path=path, hash=content) for path, content in (("app", "1"), ("/app", "1"), ("app", "2"))
    )
    assert difference({"code": one}, {"code": moved}).paths == {}
    assert list(difference({"code": one}, {"code": other}).paths) == ["code"]


def test_program_under_test_hands_its_files_over(app: Path) -> None:
    simulation = Simulation()

    def program() -> pulumi.Output[str]:
        role = aws.iam.Role("runner", assume_role_policy=TRUST)
        function = aws.lambda_.Function(
            "shop",
            role=role.arn,
            runtime="python3.13",
            handler="index.handler",
            code=pulumi.AssetArchive(
                {"index.py": pulumi.StringAsset("pass"), "lib": pulumi.FileArchive(str(app))}
            ),
        )
        return function.source_code_hash

    told = simulation.run(program)
    made = simulation.client("lambda").list_functions()["Functions"]
    assert [item["CodeSha256"] for item in made] == [told]
