"""What the pages promise without anything being run: marks, links, commands that exist, generated parts."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from plinth.main import app
from scripts import simcloud_page
from tests.docs.blocks import COMPONENT_PAGES, MARKS, PAGES, ROOT, Block, blocks, parse

_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
_INLINE = re.compile(r"`((?:plinth|make) [^`]+)`")
_ALL = (*PAGES, *COMPONENT_PAGES)
_BLOCKS = [block for page in PAGES for block in blocks(page)]
_DRY = [block for block in _BLOCKS if block.mark == "dry-run"]


@pytest.mark.parametrize("page", _ALL)
def test_blocks_say_how_they_are_tested(page: str) -> None:
    wrong = [
        f"{block.where}: {block.language} {block.mark}"
        for block in blocks(page)
        if block.mark not in MARKS.get(block.language, {""})
    ]
    assert not wrong, f"marks that tests/docs/blocks.py does not know: {wrong}"


@pytest.mark.parametrize("page", _ALL)
def test_links_lead_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    local = [link for link in _LINK.findall((ROOT / page).read_text()) if "://" not in link]
    broken = [link for link in local if not _leads(here, page, link)]
    assert not broken, f"{page}: nothing is there: {broken}"


@pytest.mark.parametrize("page", _ALL)
def test_commands_named_in_text_exist(page: str) -> None:
    named = _INLINE.findall((ROOT / page).read_text())
    unknown = [command for command in named if not _exists(command)]
    assert not unknown, f"{page} names commands that are not there: {unknown}"


def test_every_page_can_be_found_from_the_readme() -> None:
    linked = set(_LINK.findall((ROOT / "README.md").read_text()))
    assert set(PAGES) - {"README.md"} <= linked


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text()
    root: Any = get_command(app)
    sim = root.get_command(None, "sim")
    commands = [f"plinth {name}" for name in root.list_commands(None) if name != "sim"]
    commands += [f"plinth sim {name}" for name in sim.list_commands(None)]
    assert [command for command in commands if f"`{command}" not in text] == []


def test_generated_parts_of_the_simulated_cloud_s_page_are_current() -> None:
    page = simcloud_page.PAGE.read_text()
    assert simcloud_page.up_to_date(page) == page, (
        "docs/simcloud.md lists what the simulated cloud has. Fix: python scripts/simcloud_page.py"
    )


@pytest.mark.parametrize("block", _DRY, ids=lambda block: block.where)
def test_what_cannot_be_run_inside_of_itself_is_there(block: Block) -> None:
    for command in block.text.splitlines():
        if command.startswith("make "):
            done = subprocess.run(
                ["sh", "-c", f"{command} --dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
        elif command.startswith("python -m "):
            assert (ROOT / f"{command.split()[2].replace('.', '/')}.py").is_file(), command
        else:
            assert (ROOT / command.split()[1]).is_file(), command


def test_blocks_are_found_with_their_marks_and_lines() -> None:
    text = "a\n```sh real-account\npulumi up\n```\n- b\n\n  ```text\n  c\n  ```\n"
    assert parse("x.md", text) == [
        Block("x.md", 2, "sh", "real-account", "pulumi up\n"),
        Block("x.md", 7, "text", "", "c\n"),
    ]


def _leads(here: Path, page: str, link: str) -> bool:
    file, _, anchor = link.partition("#")
    target = (here / file) if file else ROOT / page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> set[str]:
    """GitHub's anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _exists(command: str) -> bool:
    program, *words = command.split()
    if program == "make":
        return bool(re.search(rf"^{words[0]}:", (ROOT / "Makefile").read_text(), re.MULTILINE))
    found: Any = get_command(app)
    for word in words:
        if not hasattr(found, "get_command"):
            break
        if word in ("…", "COMMAND") or word.startswith("-"):
            return True
        found = found.get_command(None, word)
        if found is None:
            return False
    return _has_options(found, [word for word in words if word.startswith("--") and word != "--"])


def _has_options(command: Any, options: list[str]) -> bool:
    known = {name for parameter in command.params for name in parameter.opts}
    return set(options) <= known


def test_sh_is_what_runs_the_blocks() -> None:
    assert shutil.which("sh")
