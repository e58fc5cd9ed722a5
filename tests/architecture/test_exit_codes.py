"""docs/exit-codes.md is what plinth/exit_codes.py says."""

import re

from plinth import errors
from plinth.exit_codes import ExitCode
from tests.architecture.repository import ROOT

_ROW = re.compile(r"^\| (\d+) \| `(\w+)` \| (.+?) \|", re.MULTILINE)
_PAGE = (ROOT / "docs" / "exit-codes.md").read_text()


def test_the_page_has_every_code_and_no_other() -> None:
    documented = {name: int(number) for number, name, _ in _ROW.findall(_PAGE)}
    assert documented == {code.name: code.value for code in ExitCode}, (
        "scripts are written against docs/exit-codes.md: it must list the enum, number for number"
    )


def test_the_page_names_the_errors_that_end_with_a_code() -> None:
    for number, name, row in re.findall(r"^\| (\d+) \| `(\w+)` \| (.+)$", _PAGE, re.MULTILINE):
        wanted = {error.__name__ for error in _leaves(errors.PlinthError) if error.exit_code == int(number)}
        assert set(re.findall(r"`([A-Z][a-z]\w+)`", row)) == wanted, f"{name}: the kinds in --json documents"


def _leaves(error: type[errors.PlinthError]) -> set[type[errors.PlinthError]]:
    below = set(error.__subclasses__())
    return set.union(*(_leaves(one) for one in below)) if below else {error}
