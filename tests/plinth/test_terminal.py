import io

import pytest

from plinth.errors import Cancelled, ConfirmationRequired
from plinth.terminal import Terminal, this_terminal


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def sit_down(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}", Tty())


def test_a_person_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    sit_down(monkeypatch)

    assert this_terminal({"TERM": "xterm"}) == Terminal(interactive=True, live=True)


@pytest.mark.parametrize("sign", ["CI", "GITHUB_ACTIONS", "GITLAB_CI"])
def test_ci_is_never_asked_and_never_redrawn(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sit_down(monkeypatch)

    assert this_terminal({sign: "true"}) == Terminal(interactive=False, live=False)


def test_a_false_sign_of_ci_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    sit_down(monkeypatch)

    assert this_terminal({"CI": "false"}).interactive


def test_a_pipe() -> None:
    assert this_terminal({}) == Terminal(interactive=False, live=False)


def test_nobody_can_be_asked() -> None:
    with pytest.raises(ConfirmationRequired):
        Terminal(interactive=False, live=False).confirm("Sure?", yes=False)
    Terminal(interactive=False, live=False).confirm("Sure?", yes=True)


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "nonsense\n"])
def test_anything_but_yes_is_no(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))

    with pytest.raises(Cancelled):
        Terminal(interactive=True, live=True).confirm("Sure?", yes=False)


def test_yes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    Terminal(interactive=True, live=True).confirm("Sure?", yes=False)

    assert capsys.readouterr().err == "Sure? [y/N] "
