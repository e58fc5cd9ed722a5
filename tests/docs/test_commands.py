"""Every command of every page is run, in the order of the page, in a copy of this repository."""

import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, Block, blocks
from tests.docs.scratch import make_scratch, newcomer
from tests.docs.transcript import difference
from tests.docs.walk import Said, walk

pytestmark = [pytest.mark.engine, pytest.mark.slow]

_ACTIVATE = ". .venv/bin/activate\n"
# The account is the simulated cloud; its own state and passphrase step aside for those of the page.
_ACCOUNT = f'{_ACTIVATE}eval "$(plinth sim env)"\nunset PULUMI_BACKEND_URL PULUMI_CONFIG_PASSPHRASE\n'

_BLOCKS = [block for page in PAGES for block in blocks(page)]
_PLAIN = [block for block in _BLOCKS if (block.language, block.mark) == ("sh", "")]
_ACCOUNTED = [block for block in _BLOCKS if block.mark.startswith("real-account")]
_TRANSCRIPTS = [(before, after) for before, after in pairwise(_BLOCKS) if after.mark == "transcript"]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = make_scratch(tmp_path_factory.mktemp("docs") / "plinth")
    yield folder
    subprocess.run([".venv/bin/plinth", "sim", "stop"], cwd=folder, env=newcomer(), check=False)


@pytest.fixture(scope="module")
def said(scratch: Path) -> dict[Block, Said]:
    """What every block said: README first, the other pages after it, as one reads them."""
    told: dict[Block, Said] = {}
    for page in PAGES:
        of_page = [block for block in _PLAIN if block.page == page]
        preparation = "" if page == "README.md" else _ACTIVATE
        told |= walk(of_page, scratch, newcomer(), preparation)
    return told


@pytest.fixture(scope="module")
def said_in_the_account(said: dict[Block, Said], scratch: Path) -> dict[Block, Said]:
    return walk([_parsed_only(block) for block in _ACCOUNTED], scratch, newcomer(), _ACCOUNT)


@pytest.mark.parametrize("block", _PLAIN, ids=lambda block: block.where)
def test_the_commands_work(block: Block, said: dict[Block, Said]) -> None:
    assert said[block].code == 0, f"{block.where}\n{block.text}\n{said[block].text}"


@pytest.mark.parametrize("block", _ACCOUNTED, ids=lambda block: block.where)
def test_the_commands_for_a_real_account_work(block: Block, said_in_the_account: dict[Block, Said]) -> None:
    result = said_in_the_account[_parsed_only(block)]
    assert result.code == 0, f"{block.where}\n{block.text}\n{result.text}"


@pytest.mark.parametrize(("block", "shown"), _TRANSCRIPTS, ids=[shown.where for _, shown in _TRANSCRIPTS])
def test_what_is_shown_is_what_is_printed(block: Block, shown: Block, said: dict[Block, Said]) -> None:
    problem = difference(shown.text, said[block].text)
    assert not problem, (
        f"{shown.where} shows what is printed no more.\n{problem}\n\nAll of it:\n{said[block].text}"
    )


def test_nothing_is_left_in_the_project_s_files(said: dict[Block, Said], scratch: Path) -> None:
    """The simulated cloud never writes into Pulumi.*.yaml."""
    for path in scratch.glob("Pulumi.*.yaml"):
        assert "encryptionsalt" not in path.read_text(), path.name


def _parsed_only(block: Block) -> Block:
    """For commands that ask a person: --help parses the command and its options, and carries nothing out."""
    if block.mark != "real-account interactive":
        return block
    commands = "".join(f"{line} --help >/dev/null\n" for line in block.text.splitlines())
    return Block(block.page, block.line, block.language, block.mark, commands)
