"""Every example of a component's page is a whole program: it is run, as it stands, against the simulated cloud."""

import ast
import re
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs

from simcloud.testing import Simulation
from tests.architecture.repository import python_files, tree
from tests.docs.blocks import COMPONENT_PAGES, ROOT, Block, blocks

_FOLDER = ROOT / "docs" / "components"
_EXAMPLES = [block for page in COMPONENT_PAGES for block in blocks(page) if block.language == "python"]
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

_ELSEWHERE = "somebody-elses-provider"
_LOOK_UP = re.compile(r"\baws\.[\w.]*get_")
_ESCAPES = """import pulumi, pulumi_aws as aws
class Leaky(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("plinth:x:Leaky", "leaky")
        aws.sns.Topic("kept", opts=pulumi.ResourceOptions(parent=self))
        default = aws.Provider("default", region="us-east-1")
        aws.sns.Topic("escaped", opts=pulumi.ResourceOptions(parent=self, provider=default))
        aws.get_region_output(opts=pulumi.InvokeOutputOptions(provider=default))
Leaky()
aws.sns.Topic("outside")
"""
_LATE = """import pulumi_aws as aws
aws.sns.Topic("late").arn.apply(lambda arn: 1 / 0)
"""


def _components() -> dict[str, Path]:
    """Every public component class, with the file that it is in."""
    return {
        node.name: path
        for path in python_files("components")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and any(ast.unparse(base).endswith("ComponentResource") for base in node.bases)
    }


COMPONENTS = _components()


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example.where)
def test_the_example_runs(example: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    simulation = Simulation()
    simulation.run(lambda: _run(example))
    made = [item for item in simulation.registered if not item.type.startswith(("plinth:", "pulumi:"))]
    assert made, f"{example.where}: the example makes nothing"


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example.where)
def test_a_preview_reaches_everything_through_the_given_provider(
    example: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child or look-up that escapes lands in the account and region of the default provider."""
    monkeypatch.chdir(tmp_path)
    simulation = _Watching(preview=True)
    simulation.run(lambda: _run_through_a_provider(example, monkeypatch))
    escaped = simulation.escaped(looks_up_itself=bool(_LOOK_UP.search(example.text)))
    assert not escaped, f"{example.where}: not through the component's provider: {escaped}"


def test_what_escapes_a_component_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    simulation = _Watching(preview=True)
    example = Block("docs/components/x.md", 1, "python", "", _ESCAPES)
    simulation.run(lambda: _run_through_a_provider(example, monkeypatch))
    assert simulation.escaped(looks_up_itself=False) == ["aws:index/getRegion:getRegion", "escaped"]
    assert simulation.escaped(looks_up_itself=True) == ["escaped"]


@pytest.mark.parametrize("page", COMPONENT_PAGES)
def test_the_page_is_about_a_component(page: str) -> None:
    stem = Path(page).stem
    files = {path.stem for path in COMPONENTS.values()}
    assert stem in files, (
        f"{page}: no components/{stem}.py with a component. Fix: name the page after the file"
    )


@pytest.mark.parametrize("page", COMPONENT_PAGES)
def test_the_page_shows_what_it_is_about(page: str) -> None:
    examples = "\n".join(block.text for block in _EXAMPLES if block.page == page)
    about = [name for name, path in COMPONENTS.items() if path.stem == Path(page).stem]
    unused = [name for name in about if not re.search(rf"\b{name}\(", examples)]
    assert not unused, f"{page}: no ```python block makes {', '.join(unused)}"


def test_every_component_has_a_page() -> None:
    without = [name for name, path in COMPONENTS.items() if not _has_page(name, path)]
    assert not without, (
        f"write docs/components/<file>.md for {', '.join(without)}: what is on no page is found by nobody."
    )


def test_an_example_that_fails_late_fails() -> None:
    example = Block("docs/components/x.md", 1, "python", "", _LATE)
    with pytest.raises(ZeroDivisionError):
        Simulation().run(lambda: _run(example))


def test_a_failing_example_points_at_its_line() -> None:
    example = Block("docs/components/x.md", 7, "python", "", "a = 1\nraise ValueError(a)\n")
    with pytest.raises(ValueError, match="1") as raised:
        _run(example)
    assert str(raised.traceback[-1].path).endswith("docs/components/x.md")
    assert raised.traceback[-1].lineno + 1 == 9


def _has_page(name: str, file: Path) -> bool:
    """A page of its own, or a heading of its own on the page of another."""
    own = _FOLDER / f"{file.stem}.md"
    if own.is_file():
        return bool(re.search(rf"\b{name}\b", own.read_text()))
    return any(_heads(name, (ROOT / page).read_text()) for page in COMPONENT_PAGES)


def _heads(name: str, markdown: str) -> bool:
    return any(re.search(rf"\b{name}\b", heading) for heading in _HEADING.findall(markdown))


class _Watching(Simulation):
    """Notes what does not come through the provider that its component was given."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._made: set[str] = set()
        self._asked: list[str] = []

    def escaped(self, *, looks_up_itself: bool) -> list[str]:
        """Children and look-ups; a program may make resources and look things up at its top, too."""
        children = {item.name for item in self.registered if "plinth:" in item.parent}
        return ([] if looks_up_itself else self._asked) + sorted(self._made & children)

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if args.typ.startswith("aws:") and _ELSEWHERE not in (args.provider or ""):
            self._made.add(args.name)
        return super().new_resource(args)

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        if args.token.startswith("aws:") and _ELSEWHERE not in (args.provider or ""):
            self._asked.append(args.token)
        return super().call(args)


def _run_through_a_provider(example: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every component that stands at the top of the program is given an explicit provider."""
    provider = aws.Provider(_ELSEWHERE, region="us-east-1")
    original = pulumi.ComponentResource.__init__

    def given(self: Any, kind: str, name: str, props: Any = None, opts: Any = None, *rest: Any) -> None:
        if opts is None or opts.parent is None:
            opts = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(providers=[provider]))
        original(self, kind, name, props, opts, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(pulumi.ComponentResource, "__init__", given)
        _run(example)


def _run(example: Block) -> None:
    # The program stands at its place in the page, so that a traceback names the page's line.
    code = compile("\n" * example.line + example.text, str(ROOT / example.page), "exec")
    exec(code, {"__name__": "__main__"})
