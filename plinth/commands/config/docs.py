"""`plinth config docs`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from plinth.commands.config.options import AsJson
from plinth.commands.frame import framed, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stacks.settings.chapters import Chapter

Section = Annotated[
    str | None,
    typer.Argument(metavar="[SECTION]", help="A section or a setting: network, services.scaling, edge.kind."),
]


def docs(section: Section = None, as_json: AsJson = False) -> None:
    """Print what each setting means, takes and is, and why."""
    with framed("config docs", as_json=as_json):
        from plinth.render.json import document
        from plinth.render.settings import docs_lines
        from plinth.settings.sections import sections

        found = sections(section)
        content = {"sections": described(found)}
        tell(document("config docs", content) if as_json else "\n".join(docs_lines(found)).rstrip())


def described(chapters: "Iterable[Chapter]") -> list[dict[str, Any]]:
    """The same for programs."""
    from dataclasses import asdict

    return [
        {
            "path": chapter.path,
            "promise": chapter.promise,
            "settings": [asdict(entry) for entry in chapter.entries],
        }
        for chapter in chapters
    ]
