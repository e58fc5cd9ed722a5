from plinth import errors
from plinth.errors import PlinthError
from plinth.exit_codes import ExitCode


def leaves() -> set[type[PlinthError]]:
    found = {PlinthError}
    while parents := {error for error in found if error.__subclasses__()}:
        found = (found - parents) | {leaf for parent in parents for leaf in parent.__subclasses__()}
    return {error for error in found if error.__module__ == errors.__name__}


def test_the_drawn_tree_names_every_error_with_its_exit_code() -> None:
    drawn = [line.split() for line in (errors.__doc__ or "").splitlines() if "──" in line]

    assert {(words[1], int(words[2])) for words in drawn} == {
        (leaf.__name__, leaf.exit_code.value) for leaf in leaves()
    }


def test_every_failure_of_pulumis_table_can_be_told() -> None:
    assert {leaf.exit_code for leaf in leaves()} == set(ExitCode) - {ExitCode.OK}


def test_the_numbers_are_pulumis() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0,
        "ERROR": 1,
        "CONFIGURATION": 2,
        "AUTHENTICATION": 3,
        "RESOURCE": 4,
        "POLICY": 5,
        "STACK_NOT_FOUND": 6,
        "CHANGES": 7,
        "CANCELLED": 8,
        "TIMEOUT": 9,
        "INTERNAL": 255,
    }


def test_text_ends_with_the_fix() -> None:
    assert str(errors.EngineMissing("No engine.", fix="plinth setup")) == "No engine.\nFix: plinth setup"
    assert str(errors.Cancelled("Interrupted.")) == "Interrupted."
